/** The built bundle with OpenStack Swift as two stores: over its own API, and over its S3 API. */
import { createHash } from 'node:crypto'
import * as fs from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'

import { inspectFile } from '../../../lib/sif/index.ts'
import { createExec } from '../../../lib/shell/index.ts'
import { findTools, type SwiftService } from '../../../testbed/index.ts'
import { describeWithServices } from '../../../testbed/jest.ts'
import { createSwiftWorld, DATE, listOf, NAMES, reportOf, THREE, type World } from './world.ts'

// Each test runs the bundle several times, on machines that do other things as well.
jest.setTimeout(120_000)

const BIG = `big_1_${DATE}`
const CACHE = 'temporary-builds-new'

describeWithServices(['registry', 'apptainer', 'rclone', 'fixtures', 'swift'], 'Swift and its S3 API', () => {
  let swift: SwiftService
  let world: World
  let stores: string
  const names = [BIG, ...NAMES]

  const rclone = async (...args: readonly string[]): Promise<string> => {
    const exec = createExec({
      env: { ...process.env, ...findTools().env, ...swift.rcloneEnv('n'), RCLONE_SWIFT_CHUNK_SIZE: '2M' }
    })
    return (await exec.run('rclone', args, { accept: 'any' })).stdout
  }
  const listing = async (remote: string): Promise<readonly string[]> => {
    const items = JSON.parse(await rclone('lsjson', '-R', '--files-only', '--no-modtime', remote)) as {
      Path: string
    }[]
    return items.map((item) => item.Path).sort()
  }
  const setAcl = async (container: string, acl: string): Promise<void> => {
    const answer = await fetch(`${swift.storageUrl}/${container}`, {
      method: 'POST',
      headers: { 'x-auth-token': await swift.token(), 'x-container-read': acl }
    })
    expect(answer.ok).toBe(true)
  }

  beforeAll(async () => {
    ;({ swift, world, stores } = await createSwiftWorld(THREE))
  }, 120_000)

  afterAll(async () => {
    await world[Symbol.asyncDispose]()
    await swift[Symbol.asyncDispose]()
  })

  test('converts into both, large objects in segments, and compares what is there', async () => {
    const run = await world.run({ stores, mode: 'all' })
    expect([run.exitCode, listOf(run, 'converted')]).toEqual([0, names])
    const { details } = await reportOf(world)
    const carried = details['carried'] as {
      id: string
      sha256: string
      deliveries: { store: string; assurance: string; readable: boolean }[]
    }[]
    const assurance = (id: string): unknown =>
      Object.fromEntries(
        carried.find((one) => one.id === id)?.deliveries.map((own) => [own.store, own.assurance]) ?? []
      )
    // Without segments Swift tells the MD5 of the whole; with them, of each; S3 has none of what came in parts.
    expect(assurance(NAMES[0] ?? '')).toEqual({ nectar: 'md5', aws: 'md5' })
    expect(assurance(BIG)).toEqual({ nectar: 'md5 of its segments', aws: 'sha256' })
    expect(carried.every(({ deliveries }) => deliveries.every(({ readable }) => readable))).toBe(true)
    expect((await listing('n:neurodesk_segments')).length).toBeGreaterThanOrEqual(6)
  }, 120_000)

  test('what the public reads is the SIF, and its SHA-256 is kept with it', async () => {
    for (const container of ['neurodesk', 'neurocontainers']) {
      for (const name of [BIG, NAMES[0] ?? '']) {
        const answer = await fetch(`${swift.storageUrl}/${container}/${name}.simg`)
        const bytes = Buffer.from(await answer.arrayBuffer())
        const sha256 = createHash('sha256').update(bytes).digest('hex')
        expect(answer.headers.get('x-object-meta-sha256')).toBe(sha256)
        const file = path.join(world.workspace, 'downloaded.simg')
        await fs.writeFile(file, bytes)
        expect((await inspectFile(fs, file)).header.fileBytes).toBe(bytes.length)
      }
    }
  })

  test('segments in a private container: HEAD says 200, and the check says unreadable', async () => {
    await setAcl('neurocontainers+segments', 'nobody')
    const head = await fetch(`${swift.storageUrl}/neurocontainers/${BIG}.simg`, { method: 'HEAD' })
    const run = await world.run({ stores })
    await setAcl('neurocontainers+segments', '.r:*,.rlistings')
    expect([head.status, run.exitCode, listOf(run, 'missing')]).toEqual([200, 1, [BIG]])
    expect((await reportOf(world)).findings[0]).toMatchObject({ id: 'container-unreadable', subject: BIG })
  }, 60_000)

  test('an upload into a store whose segments are private fails: users could not read it', async () => {
    await rclone('deletefile', `ns3:neurocontainers/${BIG}.simg`)
    await setAcl('neurocontainers+segments', 'nobody')
    const run = await world.run({ stores, mode: 'convert' })
    await setAcl('neurocontainers+segments', '.r:*,.rlistings')
    expect([run.exitCode, listOf(run, 'failed')]).toEqual([1, [BIG]])
    expect((await reportOf(world)).findings.find(({ id }) => id === 'convert-failed')?.message).toContain(
      'its segments are private'
    )
    expect((await world.run({ stores })).exitCode).toBe(0)
  }, 60_000)

  test('an upload that S3 got in parts is compared with the ETag of its parts', async () => {
    // A bucket that the public reads through S3 itself: its objects by addresses that are signed for us.
    const front = createServer((request, response) => {
      void (async () => {
        const key = (request.url ?? '').slice(1)
        const signed = (await rclone('link', `ns3:neurocontainers/${key}`)).trim()
        const range = request.headers.range
        const answer =
          signed === ''
            ? new Response(null, { status: 404 })
            : await fetch(signed, { headers: range === undefined ? {} : { range } })
        const names = ['etag', 'content-range', 'content-length', 'x-amz-meta-sha256']
        const headers = names.flatMap((name) => [[name, answer.headers.get(name) ?? ''] as const])
        response.writeHead(answer.status, Object.fromEntries(headers.filter(([, value]) => value !== '')))
        response.end(Buffer.from(await answer.arrayBuffer()))
      })().catch((error: unknown) => response.destroy(error as Error))
    })
    await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve))
    const address = `http://127.0.0.1:${(front.address() as AddressInfo).port}`
    try {
      await rclone('deletefile', `ns3:neurocontainers/${BIG}.simg`)
      const run = await world.run({
        stores: `ns3:neurocontainers name=aws required public-url=${address}`,
        mode: 'convert',
        only: BIG
      })
      expect([run.exitCode, listOf(run, 'converted')]).toEqual([0, [BIG]])
      const carried = (await reportOf(world)).details['carried'] as { deliveries: { assurance: string }[] }[]
      expect(carried[0]?.deliveries).toMatchObject([{ assurance: 'md5 of its parts' }])
    } finally {
      front.closeAllConnections()
      front.close()
    }
  }, 120_000)

  /** Moves objects of a store into its cache. */
  const toCache = async (
    place: string,
    of: readonly string[],
    ...flags: readonly string[]
  ): Promise<void> => {
    const file = path.join(world.workspace, 'cached')
    for (const name of of) {
      await rclone('copyto', `${place}/${name}.simg`, file)
      await rclone('copyto', ...flags, file, `${place}/${CACHE}/${name}.simg`)
      await rclone('deletefile', `${place}/${name}.simg`)
    }
  }
  const howOf = async (): Promise<unknown> => {
    const { details } = await reportOf(world)
    const carried = details['carried'] as { id: string; deliveries: { how: string }[] }[]
    return Object.fromEntries(carried.map(({ id, deliveries }) => [id, deliveries.map((own) => own.how)]))
  }
  const sha256Of = async (url: string): Promise<readonly (string | null)[]> => {
    const answer = await fetch(url)
    const bytes = Buffer.from(await answer.arrayBuffer())
    return [createHash('sha256').update(bytes).digest('hex'), answer.headers.get('x-object-meta-sha256')]
  }

  test('builds in the cache: one that tells its SHA-256 is copied by the store, the others travel', async () => {
    const [small = '', told = ''] = [NAMES[1], NAMES[2]]
    const [sha256] = await sha256Of(`${swift.storageUrl}/neurodesk/${told}.simg`)
    await toCache('n:neurodesk', [small, BIG])
    await toCache('n:neurodesk', [told], '--header-upload', `X-Object-Meta-sha256: ${sha256 ?? ''}`)
    await toCache('ns3:neurocontainers', [told], '--header-upload', `x-amz-meta-sha256: ${sha256 ?? ''}`)
    const run = await world.run({ stores, mode: 'convert' })
    expect([run.exitCode, listOf(run, 'converted')]).toEqual([0, [BIG, small, told]])
    expect(await howOf()).toEqual({
      [told]: ['copied in the store', 'copied in the store'],
      [small]: ['uploaded'],
      [BIG]: ['uploaded']
    })
    for (const name of [small, told, BIG]) {
      const [own, kept] = await sha256Of(`${swift.storageUrl}/neurodesk/${name}.simg`)
      expect([name, kept]).toEqual([name, own])
    }
    const { details } = await reportOf(world)
    const copied = (details['carried'] as { id: string; deliveries: object[] }[]).find(
      ({ id }) => id === told
    )
    // What S3 tells of a copy is what somebody wrote beside it: it is read back.
    expect(copied?.deliveries).toMatchObject([
      { store: 'nectar', assurance: 'md5' },
      { store: 'aws', assurance: 'sha256' }
    ])
    // The cache is cleaned: what was published does not hang on it.
    for (const name of [small, told, BIG]) await rclone('deletefile', `n:neurodesk/${CACHE}/${name}.simg`)
    await rclone('deletefile', `ns3:neurocontainers/${CACHE}/${told}.simg`)
    expect((await world.run({ stores })).exitCode).toBe(0)
    const whole = await fetch(`${swift.storageUrl}/neurodesk/${BIG}.simg`)
    expect((await whole.arrayBuffer()).byteLength).toBeGreaterThan(12_000_000)
  }, 120_000)

  test('different files under one name are told, and left for a person', async () => {
    const name = NAMES[2] ?? ''
    const other = path.join(world.workspace, 'other.simg')
    await rclone('copyto', `n:neurodesk/${NAMES[0] ?? ''}.simg`, other)
    await fs.appendFile(other, 'more')
    await rclone('copyto', other, `ns3:neurocontainers/${name}.simg`)
    const run = await world.run({ stores, mode: 'convert' })
    expect([run.exitCode, listOf(run, 'converted'), listOf(run, 'missing')]).toEqual([1, [], []])
    expect((await reportOf(world)).findings[0]).toMatchObject({ id: 'container-size-differs', subject: name })
    // Where that store is not required it is no fault of the required one.
    const optional = stores.replace('name=aws required', 'name=aws')
    expect((await world.run({ stores: optional })).exitCode).toBe(0)
    expect((await reportOf(world)).findings).toMatchObject([
      { id: 'container-optional-differs', subject: name, severity: 'warning' }
    ])
    await rclone('deletefile', `ns3:neurocontainers/${name}.simg`)
    expect((await world.run({ stores, mode: 'convert' })).exitCode).toBe(0)
  }, 60_000)

  test('wrong credentials are no missing containers', async () => {
    const run = await world.run(
      { stores: `${stores.split('\n')[0]?.replace(/ public-url=\S+/, '') ?? ''}` },
      { env: { RCLONE_CONFIG_N_KEY: 'wrong' } }
    )
    expect([run.exitCode, listOf(run, 'missing'), listOf(run, 'unknown')]).toEqual([1, [], names])
    // With a public address everybody can still look.
    const open = await world.run({ stores }, { env: { RCLONE_CONFIG_N_KEY: 'wrong' } })
    expect([open.exitCode, listOf(open, 'unknown')]).toEqual([0, []])
    expect((await reportOf(world)).findings.map(({ id, severity }) => `${id} ${severity}`)).toEqual([
      'store-not-listed warning'
    ])
  }, 60_000)

  test('no secret is on a command line, in the log, the report or the summary', async () => {
    // One to convert into both, one to bring from the other.
    await rclone('deletefile', `n:neurodesk/${NAMES[0] ?? ''}.simg`)
    await rclone('deletefile', `ns3:neurocontainers/${NAMES[0] ?? ''}.simg`)
    await rclone('deletefile', `n:neurodesk/${NAMES[1] ?? ''}.simg`)
    // Every command line of rclone is noted on its way to the real one.
    const folder = await fs.mkdtemp(path.join(tmpdir(), 'neurodesk-ci-argv-'))
    const lines = path.join(folder, 'lines')
    const { env, paths } = findTools()
    const note = `#!/bin/sh\nprintf '%s ' "$@" >> '${lines}'\necho >> '${lines}'\nexec '${paths.rclone ?? ''}' "$@"\n`
    await fs.writeFile(path.join(folder, 'rclone'), note, { mode: 0o755 })
    const PATH = `${folder}:${env['PATH'] ?? process.env['PATH'] ?? ''}`
    const run = await world.run({ stores, mode: 'all' }, { env: { PATH } })
    const report = await fs.readFile(path.join(world.workspace, 'report.json'), 'utf8')
    const argv = await fs.readFile(lines, 'utf8')
    await fs.rm(folder, { recursive: true })
    expect([run.exitCode, listOf(run, 'converted')]).toEqual([0, NAMES.slice(0, 2)])
    expect(argv.match(/ copyto .* n:neurodesk\/alpha_1/gm)).toHaveLength(1)
    expect(argv).toMatch(/ copyto ns3:neurocontainers\/beta-x_1/)
    expect([run.raw, run.summary, report, argv].join('\n')).not.toContain(swift.key)
  }, 60_000)

  test('retain lists objects and segments by the store’s own clock, and keeps the young', async () => {
    await rclone('copyto', path.join(world.workspace, 'other.simg'), 'n:neurodesk/gone_1_20200101.simg')
    await rclone(
      'copyto',
      path.join(world.workspace, 'other.simg'),
      'n:neurodesk_segments/lost_1_20200101.simg/2026-01-01-000000-B1xU5JhrhsglMgqI3LHh9g/00000000'
    )
    const run = await world.run({
      stores,
      mode: 'retain',
      delete: 'true',
      'base-catalogue': 'cvmfs/log.txt'
    })
    expect([run.exitCode, run.outputs['has-work']]).toEqual([0, 'false'])
    const { figures } = await reportOf(world)
    expect(figures['young-count']).toBeGreaterThanOrEqual(2)
    expect(figures['protected-count']).toBeGreaterThanOrEqual(8)
    expect(await listing('n:neurodesk')).toContain('gone_1_20200101.simg')
  }, 60_000)
})
