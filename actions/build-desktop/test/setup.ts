/** A prepared run, for tests of single steps. */
import { readInputs } from '../../../lib/action/index.ts'
import type { Runner } from '../../../lib/ports/index.ts'
import { check, inputs } from '../src/inputs.ts'
import { prepare, type Setup } from '../src/setup.ts'
import { realPorts } from './desk.ts'

export async function setupOf(
  given: Readonly<Record<string, string>>,
  runner: Partial<Runner> = {}
): Promise<Setup> {
  const variables = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])
  )
  return await prepare(
    readInputs(inputs, variables, check),
    realPorts({ runner, folder: '/nonexistent', env: {} }).ports
  )
}
