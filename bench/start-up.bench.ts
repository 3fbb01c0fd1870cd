/**
 * How long each bundle takes until it has read its inputs, against `node -e 0`. Every run refuses its inputs (an
 * unreadable `dry-run`), so that no work is measured. The target is at most four times; more fails.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { actionFolder, actionNames } from '../scripts/repository.ts'

const ROUNDS = 11
const folder = mkdtempSync(path.join(tmpdir(), 'neurodesk-ci-bench-'))
const env: NodeJS.ProcessEnv = {
  PATH: process.env['PATH'],
  GITHUB_ACTIONS: 'true',
  RUNNER_TEMP: folder,
  'INPUT_DRY-RUN': 'perhaps'
}
for (const name of ['OUTPUT', 'STATE', 'STEP_SUMMARY']) {
  env[`GITHUB_${name}`] = path.join(folder, name)
  writeFileSync(path.join(folder, name), '')
}

function time(args: readonly string[]): number {
  const started = performance.now()
  spawnSync(process.execPath, args, { env, stdio: 'ignore' })
  return performance.now() - started
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

try {
  for (const name of actionNames()) {
    const bundle = path.join(actionFolder(name), 'dist', 'index.js')
    const rounds = Array.from({ length: ROUNDS }, () => ({ peer: time(['-e', '0']), ours: time([bundle]) }))
    const [ours, peer] = [
      median(rounds.map((round) => round.ours)),
      median(rounds.map((round) => round.peer))
    ]
    const times = (ours / peer).toFixed(1)
    if (ours / peer > 4) process.exitCode = 1
    console.log(
      `${name}: ${times} times \`node -e 0\`${ours / peer > 4 ? ', more than the target of 4' : ''}`
    )
    console.log(
      `start-up/${name}: ratio ${(peer / ours).toFixed(2)} (ours ${ours.toFixed(0)} ms, peer ${peer.toFixed(0)} ms)`
    )
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
