/**
 * Proves that the committed bundles are what the sources give: builds all of them from a copy of the sources in
 * another folder and compares byte for byte, names included. Fails on a missing file, a changed one, one too many,
 * and on what git does not know or ignores.
 *
 *   npm run check-dist [-- name …]
 */
import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { compareBundle } from './compare-bundle.ts'
import { copyRepository } from './copy-repository.ts'
import { actionFolder, actionNames, top } from './repository.ts'
import { uncommitted } from './uncommitted.ts'

const given = process.argv.slice(2)
const names = given.length > 0 ? given : actionNames()
const temporary = await mkdtemp(path.join(tmpdir(), 'neurodesk-ci-dist-'))
const problems: string[] = []
try {
  const copy = path.join(temporary, 'another', 'folder')
  await copyRepository(copy, 'whole')
  execFileSync(process.execPath, [path.join(copy, 'scripts', 'build.ts'), ...names], { stdio: 'inherit' })
  for (const name of names) {
    const built = path.join(copy, 'actions', name, 'dist')
    problems.push(...(await compareBundle(name, path.join(actionFolder(name), 'dist'), built)))
  }
  problems.push(...uncommitted(top))
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
  console.log(`dist: ${names.length} bundles match their sources`)
}
