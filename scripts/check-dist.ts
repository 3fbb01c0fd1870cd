/**
 * Proves that the committed bundles are what the sources give: builds all of them in another folder and compares
 * byte for byte, names included. Fails on a missing file, a changed one, one too many, and on what git does not know.
 *
 *   npm run check-dist
 */
import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { actionFolder, actionNames, top } from './repository.ts'

const temporary = await mkdtemp(path.join(tmpdir(), 'neurodesk-ci-dist-'))
const problems: string[] = []
try {
  execFileSync(process.execPath, [path.join(top, 'scripts', 'build.ts'), '--out', temporary], {
    stdio: 'inherit'
  })
  for (const name of actionNames()) {
    problems.push(...(await compare(name, path.join(actionFolder(name), 'dist'), path.join(temporary, name))))
  }
  const untracked = execFileSync('git', ['status', '--porcelain', '--', ':(glob)actions/*/dist/**'], {
    cwd: top,
    encoding: 'utf8'
  })
  for (const line of untracked.split('\n').filter((text) => text !== ''))
    problems.push(`not committed: ${line}`)
} finally {
  await rm(temporary, { recursive: true, force: true })
}
for (const problem of problems) console.error(problem)
if (problems.length > 0) {
  console.error(
    'The bundles do not match the sources: run `npm run build` and commit actions/*/dist in a commit of its own.'
  )
  process.exitCode = 1
} else {
  console.log(`dist: ${actionNames().length} bundles match their sources`)
}

async function compare(name: string, committed: string, built: string): Promise<readonly string[]> {
  const [have, want] = await Promise.all([files(committed), files(built)])
  const all = [...new Set([...have, ...want])].sort()
  const differences = await Promise.all(
    all.map(async (file) => {
      if (!have.includes(file)) return `${name}: dist/${file} is missing`
      if (!want.includes(file)) return `${name}: dist/${file} is not built any more`
      const [a, b] = await Promise.all([
        readFile(path.join(committed, file)),
        readFile(path.join(built, file))
      ])
      return a.equals(b) ? undefined : `${name}: dist/${file} differs`
    })
  )
  return differences.filter((difference) => difference !== undefined)
}

async function files(folder: string): Promise<readonly string[]> {
  try {
    const found = await readdir(folder, { recursive: true, withFileTypes: true })
    return found
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
  } catch {
    return []
  }
}
