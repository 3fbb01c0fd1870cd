/** A prepared run, for tests of single steps. */
import { readInputs } from '../../../lib/action/index.ts'
import type { Runner } from '../../../lib/ports/index.ts'
import { inputVariables } from '../../../testbed/ports.ts'
import { check, inputs } from '../src/inputs.ts'
import { prepare, type Setup } from '../src/setup.ts'
import { realPorts } from './desk.ts'

export async function setupOf(
  given: Readonly<Record<string, string>>,
  runner: Partial<Runner> = {}
): Promise<Setup> {
  return await prepare(
    readInputs(inputs, inputVariables(given), check),
    realPorts({ runner, folder: '/nonexistent', env: {} }).ports
  )
}
