import path from 'node:path'

import type { Outcome } from '../../../lib/action/index.ts'
import {
  findRuntime,
  parseSmokeFile,
  RuntimeError,
  type Runtime,
  type SmokeTest
} from '../../../lib/exposure/index.ts'
import { InputError, messageOf, type InputProblem } from '../../../lib/failure/index.ts'
import { examine, type CaseResult, type Host } from './examine.ts'
import type { Inputs } from './inputs.ts'
import { planCases } from './plan.ts'
import type { ExposurePorts } from './ports.ts'
import { planOutcome, toOutcome } from './report.ts'

/**
 * 1. Read the smoke file and find the runtimes: what is missing fails before anything is started.
 * 2. For every container, source and runtime: get the image, read what it promises, expose it in a clean folder.
 * 3. Compare the promise with the files, then call every wrapper by its host name.
 * 4. Report.
 */
export async function run(inputs: Inputs, ports: ExposurePorts): Promise<Outcome> {
  const cases = planCases(inputs)
  const smokeTests = await readSmokeFile(inputs, ports)
  if (inputs.dryRun) return planOutcome(cases, smokeTests)
  const runtimes = await findRuntimes(inputs, ports)
  const host = await lookAtHost(ports)
  const results: CaseResult[] = []
  for (const plan of cases) {
    const runtime = runtimes.get(plan.runtime)
    if (runtime === undefined) continue
    results.push(
      await ports.log.group(
        plan.label,
        async () => await examine(ports, inputs, host, plan, runtime, smokeTests)
      )
    )
  }
  return toOutcome(results, inputs.failOn)
}

async function readSmokeFile(inputs: Inputs, ports: ExposurePorts): Promise<readonly SmokeTest[]> {
  if (inputs.smokeFile === '') return []
  const file = path.resolve(ports.runner.workspace, inputs.smokeFile)
  const problem = (given: string, allowed: string): InputProblem => ({ input: 'smoke-file', given, allowed })
  let text: string
  try {
    text = await ports.fs.readFile(file, 'utf8')
  } catch (error) {
    throw new InputError([problem(inputs.smokeFile, `a file that can be read (${messageOf(error)})`)])
  }
  const { tests, problems } = parseSmokeFile(text)
  if (problems.length > 0) throw new InputError(problems.map((what) => problem(inputs.smokeFile, what)))
  return tests
}

async function findRuntimes(inputs: Inputs, ports: ExposurePorts): Promise<ReadonlyMap<string, Runtime>> {
  const found = new Map<string, Runtime>()
  const problems: InputProblem[] = []
  for (const name of new Set(inputs.runtimes)) {
    try {
      found.set(name, await findRuntime(ports.exec, name))
    } catch (error) {
      if (!(error instanceof RuntimeError)) throw error
      problems.push({
        input: 'runtimes',
        given: name,
        allowed: `a container runtime that is on this machine: ${error.message}`,
        fix: 'install it in a step before, or take it out of `runtimes`'
      })
    }
  }
  if (problems.length > 0) throw new InputError(problems)
  return found
}

async function lookAtHost(ports: ExposurePorts): Promise<Host> {
  const { env } = ports.runner
  const folders = (env['PATH'] ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder))
  const names = await Promise.all(
    folders.map(async (folder) => await ports.fs.readdir(folder).catch(() => []))
  )
  return { path: folders, commands: new Set(names.flat()), user: env['USER'] ?? env['LOGNAME'] ?? 'user' }
}
