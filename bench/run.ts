/**
 * Runs benchmarks: us and the peer in the same run, on the same machine.
 *
 *   npm run bench                  lists them
 *   npm run bench -- start-up …    runs those that are named; `all` for all
 *
 * A benchmark is a file bench/<name>.bench.ts; it ends with lines
 *   <name>: ratio <number> (ours <figure>, peer <figure>)
 * where the ratio says how many times better we are. None is part of the tests: a shared machine's clock proves nothing.
 */
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import path from 'node:path'

import { top } from '../scripts/repository.ts'

const all = readdirSync(path.join(top, 'bench'))
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.slice(0, -'.bench.ts'.length))
  .sort()
const names = process.argv[2] === 'all' ? all : process.argv.slice(2)
const unknown = names.filter((name) => !all.includes(name))

if (names.length === 0 || unknown.length > 0) {
  if (unknown.length > 0) console.error(`no benchmark is called ${unknown.join(', ')}`)
  console.error(`usage: npm run bench -- <name> …\nbenchmarks: ${all.join(', ')}`)
  process.exitCode = unknown.length > 0 ? 2 : 0
} else {
  for (const name of names) {
    const { status } = spawnSync(process.execPath, [path.join(top, 'bench', `${name}.bench.ts`)], {
      stdio: 'inherit'
    })
    if (status !== 0) process.exitCode = 1
  }
}
