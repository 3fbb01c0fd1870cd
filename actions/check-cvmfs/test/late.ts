/** What a check is in the middle of: the catalogs and objects of real repositories on real servers, one of which hangs. */
import { writeFile } from 'node:fs/promises'
import path from 'node:path'

import type { Late } from '../../../test/contract/contract.ts'
import { CONTAINERS, FQRN, lines, startFleet } from './scene.ts'

/** So long without a question, it waits for an answer. */
const QUIET_MS = 700

export const late: readonly Late[] = (['catalog-hangs', 'object-hangs'] as const).map((fault) => ({
  title: `while a server does not answer: ${fault}`,
  services: [],
  open: async () => {
    const fleet = await startFleet()
    await fleet.setFault('bad', fault)
    const asked = (): number => fleet.server('bad').asked.length
    let seen = { count: 0, at: 0 }
    return {
      inputs: {
        fqrn: FQRN,
        servers: lines(fleet, { zero: 'stratum0', bad: '', good: '' }),
        'public-key': fleet.publicKeyPem,
        catalogue: 'log.txt',
        'sample-objects': '100',
        timeout: '5m'
      },
      prepare: async (folder: string) => {
        await writeFile(
          path.join(folder, 'log.txt'),
          CONTAINERS.map((name) => `${name} categories:x,\n`).join('')
        )
        seen = { count: asked(), at: Infinity }
      },
      reached: async () => {
        if (asked() !== seen.count) seen = { count: asked(), at: Date.now() }
        return await Promise.resolve(Date.now() - seen.at > QUIET_MS)
      },
      [Symbol.asyncDispose]: async () => await fleet[Symbol.asyncDispose]()
    }
  }
}))
