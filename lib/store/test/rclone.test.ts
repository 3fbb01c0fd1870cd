import { describe, expect, test } from '@jest/globals'

import { silentLog, skippingClock } from '../../../testbed/ports.ts'
import { ToolError, TransientError } from '../../failure/index.ts'
import type { Exec } from '../../ports/index.ts'
import { createRclone, type Rclone } from '../rclone.ts'
import type { Store } from '../store.ts'

const store: Store = {
  name: 'one',
  remote: 'one:bucket',
  prefix: '',
  publicUrl: undefined,
  required: true
}
const clock = skippingClock()

/** An rclone that answers by its first argument that is no flag; every transfer lasts ten minutes. */
function fake(api: string, answers: Readonly<Record<string, string>>, failures = 0) {
  const calls: (readonly string[])[] = []
  let left = failures
  const run = async (_command: string, args: readonly string[] = []) => {
    await Promise.resolve()
    const own = args.slice(3)
    calls.push(own)
    const [verb = ''] = own
    if (verb === 'backend') return { stdout: JSON.stringify({ String: api, Features: {} }), exitCode: 0 }
    if (verb === 'copyto' || verb === 'hashsum') {
      clock.pass(600_000)
      if (left-- > 0)
        throw new ToolError({
          command: 'rclone',
          exitCode: 5,
          reason: 'exit',
          summary: 'rclone ended with 5',
          detail: 'connection reset'
        })
    }
    return { stdout: answers[verb] ?? '', stderr: '', exitCode: 0 }
  }
  const rclone: Rclone = createRclone({ exec: { run } as unknown as Exec, clock, log: silentLog })
  return { rclone, calls, transfers: () => calls.filter(([verb]) => verb !== 'backend').length }
}
const sha256 = 'a'.repeat(64)

describe('rclone', () => {
  test('an upload that breaks off after ten minutes is tried again, and so is reading back', async () => {
    const upload = fake('Swift container one', {}, 2)
    await upload.rclone.put(store, '/file', 'key', { sha256 })
    expect(upload.transfers()).toBe(3)
    const back = fake('Swift container one', { hashsum: `${sha256}  key` }, 2)
    expect(await back.rclone.sha256(store, 'key')).toBe(sha256)
  })

  test('it is tried so many times, and no more', async () => {
    const { rclone, transfers } = fake('Swift container one', {}, 9)
    await expect(rclone.put(store, '/file', 'key', { sha256 })).rejects.toBeInstanceOf(TransientError)
    expect(transfers()).toBe(3)
  })

  test('to S3 no MD5 of rclone’s own goes along, which it would tell as the store’s', async () => {
    for (const [api, flag] of [
      ['S3 bucket one', true],
      ['Swift container one', false]
    ] as const) {
      const { rclone, calls } = fake(api, {})
      await rclone.put(store, '/file', 'key', { sha256 })
      expect(calls.at(-1)?.includes('--s3-disable-checksum')).toBe(flag)
    }
  })

  test('what is kept with an object is told with it', async () => {
    const item = { Path: 'key', Size: 7, IsDir: false, Hashes: { md5: 'b'.repeat(32) }, Metadata: { sha256 } }
    const { rclone } = fake('S3 bucket one', { lsjson: JSON.stringify(item) })
    expect(await rclone.stat(store, 'key')).toEqual({ key: 'key', bytes: 7, md5: 'b'.repeat(32), sha256 })
  })
})
