/** What retention lists in a store, by its kind. */
import { expect, test } from '@jest/globals'

import type { Features, Rclone } from '../../../lib/store/index.ts'
import { runnerIn, silentLog, stillClock } from '../../../testbed/ports.ts'
import { listContents } from '../src/sweep.ts'
import { store } from './samples.ts'

test.each<[Features['api'], string[], string[]]>([
  ['s3', ['one'], []],
  ['other', ['one'], []],
  ['swift', [], ['retain-store-unknown']]
])(
  '%s: only Swift has segments beside a store, and only there they are asked for',
  async (api, seen, told) => {
    const objects = [{ key: 'fsl_6.0_20250101.simg', bytes: 1, modified: 0 }]
    const rclone = {
      features: () => Promise.resolve({ rename: false, copy: true, md5: true, buckets: true, api }),
      list: () => Promise.resolve(objects),
      // Of a bucket that is somebody else's, or cannot be called so, S3 says 403 or 400.
      listAll: (asked: { remote?: string }) =>
        asked.remote === 'one:bucket' ? Promise.resolve(objects) : Promise.reject(new Error('403 Forbidden'))
    } as unknown as Rclone
    const http = {
      request: () => Promise.reject(new Error('unused')),
      stream: () => Promise.reject(new Error('unused'))
    }
    const ports = { http, clock: stillClock, log: silentLog, runner: runnerIn('/nowhere') }
    const { contents, findings } = await listContents([store('one')], 'cache', rclone, ports)
    expect([contents.map((one) => one.store), findings.map(({ id }) => id)]).toEqual([seen, told])
  }
)
