/**
 * Bundles every action (or those that are named) with ncc, each on its own: dist/index.js, post.js, package.json,
 * licenses.txt and the chunks of what is loaded later. The same source gives the same bytes in any folder.
 *
 *   npm run build [-- name …] [--out <folder>]
 */
import { spawn } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import path from 'node:path'

import pLimit from 'p-limit'

import { writePostEntry } from './post-entry.ts'
import { actionFolder, actionNames, top } from './repository.ts'

const args = process.argv.slice(2)
const at = args.indexOf('--out')
const out = at === -1 ? undefined : args.splice(at, 2)[1]
const names = args.length > 0 ? args : actionNames()
const limit = pLimit(Math.min(availableParallelism(), 4))
await Promise.all(names.map((name) => limit(() => build(name))))

async function build(name: string): Promise<void> {
  const started = performance.now()
  // Built aside and moved whole: a failed build leaves the old bundle, and no stale chunk stays.
  const temporary = await mkdtemp(path.join(tmpdir(), `neurodesk-ci-build-${name}-`))
  try {
    await run([
      path.join(top, 'node_modules', '@vercel', 'ncc', 'dist', 'ncc', 'cli.js'),
      ...['build', path.join(actionFolder(name), 'src', 'index.ts'), '--out', temporary, '--quiet'],
      ...['--transpile-only', '--license', 'licenses.txt', '--target', 'es2022', '--no-cache']
    ])
    await writePostEntry(temporary)
    const target = out === undefined ? path.join(actionFolder(name), 'dist') : path.join(out, name)
    await rm(target, { recursive: true, force: true })
    await cp(temporary, target, { recursive: true })
    console.log(`${name}: built in ${((performance.now() - started) / 1000).toFixed(1)} s`)
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

async function run(parameters: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, parameters, { cwd: top, stdio: ['ignore', 'ignore', 'inherit'] })
  await new Promise<void>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`ncc ended with ${code}`))))
  })
}
