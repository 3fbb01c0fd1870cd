import { describe, expect, test } from '@jest/globals'

import { compareSnapshots } from '../check/scripts.ts'
import { downloaderShim, parseDownloads, parseRecords, runtimeShim } from '../host/shims.ts'
import { judgeOutput, judgeTransfer, transferOf } from '../install/effects.ts'

const container = 'tool_1.0.0_20240902'

describe('an installation', () => {
  test('is judged by its effects, and by what it printed', () => {
    const ids = (output: string, exitCode: number | null, exposed: number): readonly string[] =>
      judgeOutput(container, output, exitCode, exposed).map(({ id, severity }) => `${severity} ${id}`)
    expect(ids('all done\nno FATALities\n', 0, 3)).toEqual([])
    expect(ids('x\nFATAL:   no\n', 0, 3)).toEqual(['error exposure-installer-trouble'])
    expect(ids('line 9: $x: ambiguous redirect', 0, 3)).toEqual(['error exposure-installer-trouble'])
    expect(ids('chmod: invalid mode', 0, 3)).toEqual(['error exposure-installer-trouble'])
    expect(ids('', 0, 0)).toEqual(['error exposure-installer-silent'])
    expect(ids('', 2, 3)).toEqual(['warning exposure-installer-exit'])
    expect(ids('', 2, 0)).toEqual([])
  })

  test('the way of the image is seen', () => {
    const url = `https://store.example/${container}.simg`
    expect(
      transferOf(container, [], `/cvmfs/neurodesk.ardc.edu.au/containers/${container}/x.simg`)
    ).toMatchObject({ source: 'cvmfs' })
    expect(
      transferOf(
        container,
        [
          ['curl', '--head', url],
          ['aria2c', url]
        ],
        undefined
      )
    ).toEqual({
      source: 'store',
      downloader: 'aria2c',
      from: url
    })
    expect(
      transferOf(
        container,
        [
          ['curl', '--silent', '--head', url],
          ['/usr/bin/apptainer', 'pull', 'x.simg', 'docker://vnmd/x:1']
        ],
        undefined
      )
    ).toMatchObject({
      source: 'docker',
      from: 'docker://vnmd/x:1'
    })
    expect(
      transferOf(
        container,
        [
          ['curl', '-I', url],
          ['curl', 'https://other.example/']
        ],
        undefined
      )
    ).toMatchObject({ source: 'unknown' })
    expect(transferOf(container, [['curl', '-I', url]], '/mnt/images/x.simg')).toEqual({
      source: 'link',
      downloader: undefined,
      from: '/mnt/images/x.simg'
    })
  })

  test('and must be the one that was asked for', () => {
    const from = 'https://store.example/x'
    const judge = (
      downloader: string | undefined,
      cvmfsDisabled: boolean,
      transfer: Parameters<typeof judgeTransfer>[1]
    ): string | undefined => judgeTransfer(container, transfer, { downloader, cvmfsDisabled })?.id
    const store = { source: 'store', downloader: 'curl', from } as const
    const cvmfs = { source: 'cvmfs', downloader: undefined, from: '/cvmfs/x' } as const
    expect(judge(undefined, false, store)).toBeUndefined()
    expect(judge('curl', true, store)).toBeUndefined()
    expect(judge('aria2c', false, store)).toBe('exposure-other-downloader')
    expect(judge('curl', false, { source: 'docker', downloader: undefined, from })).toBe(
      'exposure-other-downloader'
    )
    expect(judge(undefined, false, cvmfs)).toBeUndefined()
    expect(judge(undefined, true, cvmfs)).toBe('exposure-cvmfs-used')
    for (const source of ['link', 'unknown'] as const) {
      const unseen = { source, downloader: undefined, from: undefined }
      expect(judge(undefined, true, unseen)).toBe('exposure-transfer-unseen')
      expect(judge('curl', false, unseen)).toBe('exposure-other-downloader')
    }
  })

  test('a second one is compared file by file', () => {
    const first = new Map([
      ['a', '1'],
      ['b', '1'],
      ['c', '1']
    ])
    expect(compareSnapshots(container, first, new Map(first)).tests[0]?.outcome).toBe('passed')
    const second = new Map([
      ['a', '1'],
      ['b', '2'],
      ['d', '1']
    ])
    expect(compareSnapshots(container, first, second).findings[0]?.message).toMatch(/changes b, d, c$/)
  })
})

describe('shims', () => {
  test('their texts quote what they are given', () => {
    expect(runtimeShim("/opt/it's/apptainer", '/tmp/l og')).toContain(`exec '/opt/it'\\''s/apptainer' "$@"`)
    expect(downloaderShim('curl', '/usr/bin/curl', '/tmp/l og')).toContain(`>> '/tmp/l og'`)
  })

  test('their records are read back, a cut one left out', () => {
    const record = ['3', '2', 'exec', '/image', 'tool'].join('\0')
    expect(parseRecords(Buffer.from(`${record}\0${record}\0`))).toEqual([
      { imageAt: 2, words: ['exec', '/image', 'tool'] },
      { imageAt: 2, words: ['exec', '/image', 'tool'] }
    ])
    expect(parseRecords(Buffer.from([record, '3', '2', 'exec', ''].join('\0')))).toHaveLength(1)
    expect(parseDownloads(Buffer.from('2\0curl\0url\0'))).toEqual([['curl', 'url']])
    expect(parseDownloads(Buffer.from('no number\0'))).toEqual([])
  })
})
