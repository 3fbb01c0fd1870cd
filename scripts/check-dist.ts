/**
 * Proves that the committed bundles are what the sources give: builds all of them in another folder and compares
 * byte for byte, names included. Fails on a missing file, a changed one, one too many, and on what git does not know.
 *
 *   npm run check-dist
 */
import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { compareBundle } from './compare-bundle.ts'
import { actionFolder, actionNames, top } from './repository.ts'

const temporary = await mkdtemp(path.join(tmpdir(), 'neurodesk-ci-dist-'))
const problems: string[] = []
try {
  execFileSync(process.execPath, [path.join(top, 'scripts', 'build.ts'), '--out', temporary], {
    stdio: 'inherit'
  })
  for (const name of actionNames()) {
    problems.push(
      ...(await compareBundle(name, path.join(actionFolder(name), 'dist'), path.join(temporary, name)))
    )
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
