/** A small fleet and a way to check it, in this process. */
import { writeFile } from 'node:fs/promises'
import path from 'node:path'

import { readInputs, type Outcome } from '../../../lib/action/index.ts'
import { startCvmfs, type Cvmfs, type CvmfsOptions } from '../../../testbed/cvmfs/index.ts'
import { inputVariables } from '../../../testbed/ports.ts'
import { check as checkInputs, inputs as schema } from '../src/inputs.ts'
import { run } from '../src/run.ts'
import type { TestPorts } from './ports.ts'

export const FQRN = 'x.example.org'
export const CONTAINERS = ['fsl_6.0.5.1_20221016', 'afni_21.2.00_20210714', 'niimath_1.0.0_20240902'] as const

/** Stratum 0, the server that a test spoils, and one that stays as it is. */
export async function startFleet(options: Partial<CvmfsOptions> = {}): Promise<Cvmfs> {
  return await startCvmfs({
    fqrn: FQRN,
    containers: CONTAINERS,
    servers: [{ name: 'zero', stratum0: true }, { name: 'bad' }, { name: 'good' }],
    ...options
  })
}

/** Runs the action with inputs as a workflow gives them; what is not given has its default, and time-outs are shorter. */
export async function check(
  fleet: Cvmfs,
  ports: TestPorts,
  given: Readonly<Record<string, string>> = {}
): Promise<Outcome> {
  const log = path.join(ports.folder, 'log.txt')
  await writeFile(log, CONTAINERS.map((name) => `${name} categories:x,\n`).join(''))
  const all: Record<string, string> = {
    fqrn: FQRN,
    servers: given['servers'] ?? lines(fleet, { zero: 'stratum0', bad: '', good: '' }),
    'public-key': fleet.publicKeyPem,
    catalogue: log,
    'sample-objects': '100',
    timeout: '5s',
    ...given
  }
  return await run(readInputs(schema, inputVariables(all), checkInputs), ports)
}

/** The input `servers`, with attributes by name. */
export function lines(fleet: Cvmfs, attributes: Readonly<Record<string, string>>): string {
  return Object.entries(attributes)
    .map(([name, rest]) => `${fleet.urlOf(name)} name=${name} ${rest}`)
    .join('\n')
}

/** `subject: id` of every finding. */
export function found(outcome: Outcome): string[] {
  return outcome.findings.map(({ id, subject }) => `${subject}: ${id}`)
}

export function list(outcome: Outcome, output: string): string[] {
  return JSON.parse(outcome.outputs[output] ?? '') as string[]
}
