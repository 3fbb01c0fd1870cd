import path from 'node:path'

import type { Outcome } from '../../../lib/action/index.ts'
import { isLog, readCatalogue, readCatalogueLog, type ContainerName } from '../../../lib/catalogue/index.ts'
import { parseSmokeFile, startDisplay, type SmokeTest } from '../../../lib/exposure/index.ts'
import { InputError, messageOf, type InputProblem } from '../../../lib/failure/index.ts'
import { expectStatus } from '../../../lib/http/index.ts'
import { classifyHttp, retry } from '../../../lib/retry/index.ts'
import { notesOnCapitals } from '../../../lib/registry/index.ts'
import { examine, type CaseResult } from './examine.ts'
import type { Wanted } from './scene.ts'
import { readExpected } from './expected.ts'
import { lookAtHost, type Host } from './host.ts'
import type { Inputs } from './inputs.ts'
import { toJunit } from './junit.ts'
import { namedContainers, planCases, type Case } from './plan.ts'
import type { ExposurePorts } from './ports.ts'
import { logLines, planOutcome, toOutcome } from './report.ts'

/**
 * 1. Read the catalogue, the smoke file and the expected commands; look at this machine. What is missing fails here.
 * 2. For every container, source, runtime and downloader: get the image, read what it promises, expose it in a
 *    clean folder.
 * 3. Compare the promise with the files, call every wrapper by its host name, and ask one of each kind whether it
 *    behaves like the program itself.
 * 4. Activate, load the module, go through the scheduler; install again, move, uninstall.
 * 5. Report.
 */
export async function run(inputs: Inputs, ports: ExposurePorts): Promise<Outcome> {
  const cases = planCases(inputs, await readContainers(inputs, ports))
  const smokeTests = await readSmokeFile(inputs, ports)
  const expected = await readExpected(inputs.expectedCommands, ports)
  if (inputs.dryRun) return planOutcome(cases, smokeTests)
  for (const note of notesOnCapitals(inputs.registries.map(({ value }) => value))) ports.log.info(note)
  const host = await lookAtHost(inputs, ports)
  const display = await startScreen(inputs, ports, host)
  try {
    const results = await examineAll(inputs, ports, host, cases, {
      smokeTests,
      expected,
      display: display?.name
    })
    const place = inputs.junitPath === '' ? '' : path.resolve(ports.runner.workspace, inputs.junitPath)
    const outcome = toOutcome(results, inputs.failOn, place)
    return place === '' ? outcome : { ...outcome, junit: { path: place, xml: toJunit(results) } }
  } finally {
    await display?.stop()
  }
}

async function examineAll(
  inputs: Inputs,
  ports: ExposurePorts,
  host: Host,
  cases: readonly Case[],
  wanted: Wanted
): Promise<readonly CaseResult[]> {
  const results: CaseResult[] = []
  for (const plan of cases) {
    const runtime = host.runtimes.get(plan.runtime)
    if (runtime === undefined) throw new Error(`the runtime ${plan.runtime} was not looked for`)
    results.push(
      await ports.log.group(plan.label, async () => {
        const result = await examine({ ports, inputs, host, plan, runtime }, wanted)
        for (const line of logLines(result)) ports.log.info(line)
        return result
      })
    )
  }
  return results
}

async function readContainers(inputs: Inputs, ports: ExposurePorts): Promise<readonly ContainerName[]> {
  const catalogue = inputs.catalogue === '' ? [] : await readApps(inputs.catalogue, ports)
  const { containers, unknown } = namedContainers(inputs.containers, catalogue)
  if (unknown.length > 0) {
    const allowed = `a container of ${inputs.catalogue === '' ? 'a catalogue' : inputs.catalogue}`
    throw new InputError(unknown.map((given) => ({ input: 'containers', given, allowed })))
  }
  return containers
}

async function readApps(
  place: string,
  ports: ExposurePorts
): Promise<ReturnType<typeof readCatalogue>['containers']> {
  const problem = (allowed: string): InputError =>
    new InputError([{ input: 'catalogue', given: place, allowed }])
  let text: string
  try {
    text = /^https?:\/\//i.test(place)
      ? await retry(
          `GET ${place}`,
          async () => expectStatus(await ports.http.request(place)).body.toString('utf8'),
          {
            classify: classifyHttp,
            clock: ports.clock,
            log: ports.log,
            signal: ports.runner.signal
          }
        )
      : await ports.fs.readFile(path.resolve(ports.runner.workspace, place), 'utf8')
  } catch (error) {
    if (/^https?:/i.test(place)) throw error
    throw problem(`a file that can be read (${messageOf(error)})`)
  }
  const options = { file: place, rules: '2026' } as const
  const catalogue = isLog(text) ? readCatalogueLog(text, options) : readCatalogue(text, options)
  if (catalogue.broken) throw problem("NeuroDesk's apps.json or log.txt")
  return catalogue.containers
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

async function startScreen(
  inputs: Inputs,
  ports: ExposurePorts,
  host: Host
): ReturnType<typeof startDisplay> {
  if (inputs.probe === 'none') return undefined
  const env = { PATH: host.path.join(path.delimiter), HOME: ports.runner.temp }
  return await startDisplay(ports.caller, ports, env, ports.runner.temp, ports.runner.signal)
}
