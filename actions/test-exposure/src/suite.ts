/** All tests of one exposed container, in the order in which they may disturb each other least. */
import {
  checkConformance,
  checkMissingImage,
  checkThroughScheduler,
  isFor,
  measureOverhead,
  runSmokeTest,
  together,
  type Checked,
  type Conformer,
  type Overhead
} from '../../../lib/exposure/index.ts'
import { checkGpu, conformersOf, judgeTargets, recordAll, startAll } from './commands.ts'
import { checkExpected, checkModuleForNothing, compareFiles, promiseTest } from './files.ts'
import type { Suite } from './scene.ts'
import { checkInstallations, checkSessions } from './sessions.ts'
import { jobName, JOBS_KIND, srun } from './slurm.ts'

export interface Tested {
  readonly wrapped: readonly string[]
  readonly checked: Checked
  readonly overhead: Overhead | undefined
}

export async function testInstalled(suite: Suite): Promise<Tested> {
  const files = await compareFiles(suite)
  const parts: Checked[] = [promiseTest(suite, files), checkExpected(suite, files.wrapped)]
  let overhead: Overhead | undefined
  if (files.wrapped.length > 0) {
    const recorded = await recordAll(suite, files.wrapped)
    parts.push(await judgeTargets(suite, files.wrapped, recorded), await startAll(suite, files.wrapped))
    parts.push(await checkGpu(suite, recorded))
    const conformers = await conformersOf(suite, files.wrapped, recorded)
    const behaviour: Checked[] = []
    for (const conformer of conformers) behaviour.push(await checkConformance(conformer))
    parts.push(...behaviour)
    const [first] = conformers
    // The time of a wrapper that does something else than the program says nothing.
    if (first?.shell !== undefined && !hasFailed(together(behaviour)))
      overhead = await measureOverhead(first, suite.runtime.kind, first.shell)
    parts.push(await smoke(suite, []))
    if (suite.host.usesSlurm) parts.push(await throughSlurm(suite, first))
    parts.push(await checkSessions(suite, first?.command ?? files.wrapped[0] ?? ''))
    if (first !== undefined) parts.push(await checkMissingImage(first))
  } else parts.push(await checkModuleForNothing(suite))
  parts.push(await checkInstallations(suite, files))
  return { wrapped: files.wrapped, checked: together(parts), overhead }
}

function hasFailed({ tests }: Checked): boolean {
  return tests.some(({ outcome }) => outcome === 'failed')
}

async function smoke(suite: Suite, through: readonly string[]): Promise<Checked> {
  const { ports, plan, wanted } = suite
  const runner = {
    fs: ports.fs,
    caller: ports.caller,
    env: suite.env,
    container: plan.container.id,
    folder: suite.calls,
    timeoutMs: suite.inputs.timeout,
    through,
    signal: ports.runner.signal
  }
  const parts: Checked[] = []
  for (const [index, test] of wanted.smokeTests.entries()) {
    if (isFor(test, plan.container)) parts.push(await runSmokeTest(runner, test, index + 1))
  }
  return together(parts)
}

async function throughSlurm(suite: Suite, first: Conformer | undefined): Promise<Checked> {
  const name = jobName(suite.ports.runner)
  const jobs = { kind: JOBS_KIND, id: name }
  suite.ports.cleanup.register(jobs)
  const through = srun(name)
  const behaviour = first === undefined ? [] : [await checkThroughScheduler({ ...first, through })]
  const checked = together([...behaviour, await smoke(suite, through)])
  suite.ports.cleanup.release(jobs)
  return checked
}
