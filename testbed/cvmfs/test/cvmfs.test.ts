/** The testbed itself: what it signs is what node:crypto accepts, and a fault is on and off. */
import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'

import { parseManifest } from '../../../lib/cvmfs/index.ts'
import { keyPair, selfSigned, startCvmfs, type Cvmfs } from '../index.ts'

const FQRN = 'x.example.org'

describe('certificates', () => {
  test('are read by node, signed by their own key, and good for their time', () => {
    const from = Date.UTC(2024, 0, 1)
    const until = Date.UTC(2025, 0, 1)
    const certificate = new X509Certificate(
      selfSigned(keyPair('publisher').privateKey, 'a name', from, until)
    )
    expect(certificate.subject).toBe('CN=a name')
    expect(certificate.issuer).toBe('CN=a name')
    expect(certificate.verify(certificate.publicKey)).toBe(true)
    expect([Date.parse(certificate.validFrom), Date.parse(certificate.validTo)]).toEqual([from, until])
  })
})

describe('servers', () => {
  let fleet: Cvmfs
  beforeAll(async () => {
    fleet = await startCvmfs({
      fqrn: FQRN,
      containers: ['tool_1.0_20240101'],
      servers: [{ name: 'zero', stratum0: true }, { name: 'one' }]
    })
  })
  afterAll(async () => {
    await fleet[Symbol.asyncDispose]()
  })

  const revision = async (name: string): Promise<number> => {
    const answer = await fetch(`${fleet.urlOf(name)}/cvmfs/${FQRN}/.cvmfspublished`)
    return parseManifest(Buffer.from(await answer.arrayBuffer())).revision
  }

  test('urls are in the order of the servers, the key is a file', () => {
    expect(fleet.urls).toEqual([fleet.urlOf('zero'), fleet.urlOf('one')])
    expect(readFileSync(fleet.publicKeyPem, 'utf8')).toMatch(/BEGIN PUBLIC KEY/)
    expect(() => fleet.urlOf('nobody')).toThrow(/no server nobody/)
  })

  test('a stale one stays where it is while others go on, and catches up when it is repaired', async () => {
    const before = await revision('one')
    await fleet.setFault('one', 'stale')
    expect(await revision('one')).toBe(before - 1)
    await fleet.publish()
    await fleet.publish()
    expect([await revision('zero'), await revision('one')]).toEqual([before + 2, before - 1])
    await fleet.setFault('one', undefined)
    expect(await revision('one')).toBe(before + 2)
  })

  test('one that refuses comes back at the same address', async () => {
    await fleet.setFault('one', 'refused')
    await expect(revision('one')).rejects.toThrow()
    await fleet.setFault('one', undefined)
    expect(await revision('one')).toBe(fleet.revision.number)
  })

  test('what has not changed keeps its catalog', async () => {
    const before = fleet.revision.catalogs
    const { catalogs } = await fleet.publish({ containers: ['other_1.0_20240101'] })
    const folder = '/containers/tool_1.0_20240101'
    expect(catalogs.get(folder)).toBe(before.get(folder))
    expect(catalogs.get('/containers')).not.toBe(before.get('/containers'))
  })

  test('an unknown fault is refused', async () => {
    const servers = [{ name: 'a', fault: 'nonsense' as never }]
    await expect(startCvmfs({ fqrn: FQRN, containers: [], servers })).rejects.toThrow(
      /unknown faults: nonsense/
    )
  })
})
