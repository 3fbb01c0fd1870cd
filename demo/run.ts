/**
 * The whole pipeline in one command: looks at what is there, installs what is missing, starts a NeuroDesk on
 * loopback, and runs the built bundles in the order of a release.
 *
 *   npm run demo [-- --no-install]
 */
import { mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'

import { provision } from '../scripts/provision.ts'
import { top } from '../scripts/repository.ts'
import { startNeurodesk } from '../testbed/neurodesk.ts'
import { closing, stageTable, summaryPage } from './show.ts'
import { runStage, type StageResult } from './stage.ts'
import { stages } from './stages.ts'

const NEEDS = 'core'
const tell = (line: string): void => {
  console.log(line)
}

const started = performance.now()
const install = process.argv.includes('--no-install') ? [] : ['--yes']
if ((await provision(['--need', NEEDS, ...install], tell)) === 0) {
  process.exitCode = await demo()
} else {
  tell('The demo needs the above. Install it, then run `npm run demo` again.')
  process.exitCode = 1
}

async function demo(): Promise<number> {
  const out = path.join(top, 'demo', 'out')
  await rm(out, { recursive: true, force: true })
  await mkdir(out, { recursive: true })
  tell('\nStarting a NeuroDesk on this machine')
  await using desk = await startNeurodesk((line) => tell(`  ${line}`))
  const results: StageResult[] = []
  const reports = path.join(out, 'reports')
  const all = stages(desk, reports)
  for (const [index, { prepare, stage }] of all.entries()) {
    await prepare?.()
    tell('')
    const result = await runStage(stage, desk, top)
    results.push(result)
    tell(stageTable(result, index + 1, all.length))
    await writeFile(path.join(out, 'summary.md'), summaryPage(results))
  }
  tell(`\n${closing(results, (performance.now() - started) / 1000)}`)
  tell(
    `Step summaries: ${path.relative(process.cwd(), path.join(out, 'summary.md'))}; reports: ${path.relative(process.cwd(), reports)}`
  )
  return results.every(({ problems }) => problems.length === 0) ? 0 : 1
}
