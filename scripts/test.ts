/**
 * The test command: unit and contract tests, and integration tests for the services that are there.
 *
 *   npm test                    everything but the heavy tier
 *   npm test -- --unit [path]   tests that need no service and no bundle
 *   npm test -- [path]          tests below a path; jest's own options after it: npm test -- lib/retry -t jitter
 *   npm run test:heavy          the heavy tier: *.heavy.test.ts
 *
 * Ends with jest's own lines, and with jest's exit code.
 */
import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import path from 'node:path'

import { top } from './repository.ts'

const args = process.argv.slice(2)
const has = (name: string): boolean => {
  const at = args.indexOf(name)
  if (at !== -1) args.splice(at, 1)
  return at !== -1
}
const heavy = has('--heavy')
const unit = has('--unit')

// Jest takes all that follows `--` for a path.
const firstOption = args.findIndex((arg) => arg.startsWith('-'))
const [paths, options] =
  firstOption === -1 ? [args, []] : [args.slice(0, firstOption), args.slice(firstOption)]

const selection = !heavy
  ? [
      '--testPathIgnorePatterns',
      ...ignored(['\\.heavy\\.test\\.ts$', ...(unit ? ['\\.(contract|integration)\\.test\\.ts$'] : [])])
    ]
  : ['--testMatch', '**/test/**/*.heavy.test.ts']

const child = spawn(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    path.join(top, 'node_modules', 'jest', 'bin', 'jest.js'),
    // Most of the time goes to waiting for services: jest's own "all but one" leaves two cores half idle.
    `--maxWorkers=${Math.max(2, availableParallelism())}`,
    ...selection,
    ...options,
    '--',
    ...paths
  ],
  { cwd: top, stdio: 'inherit' }
)
child.on('close', (code) => {
  process.exitCode = code ?? 1
})

function ignored(patterns: readonly string[]): readonly string[] {
  return ['/node_modules/', '/dist/', '/demo/out/', ...patterns]
}
