/**
 * What the release workflow of this repository has to know.
 *
 *   node scripts/workflows/release.ts check v1.2.3 --notes <file>      may it be released? writes the notes
 *   node scripts/workflows/release.ts pack v1.2.3 --out <folder>       what is released, the same bytes every time
 *   node scripts/workflows/release.ts pins v1.2.3 --commit <sha>       READMEs and workflows refer to it
 */
import { createHash } from 'node:crypto'
import { execFile } from 'node:child_process'
import { glob, mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs, promisify } from 'node:util'

import { actionNames, top } from '../repository.ts'
import { isPin, setPin } from './pin.ts'
import { judgeRelease } from './release-rules.ts'

const run = promisify(execFile)

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    notes: { type: 'string' },
    out: { type: 'string' },
    commit: { type: 'string' },
    /** For tests: the folder that stands for this repository. */
    top: { type: 'string', default: top }
  }
})
const [command = '', version = ''] = positionals
const folder = path.resolve(values.top)

switch (command) {
  case 'check':
    process.exitCode = await check(values.notes)
    break
  case 'pack':
    process.exitCode = await pack(values.out)
    break
  case 'pins':
    process.exitCode = await pins(values.commit)
    break
  default:
    console.error('check, pack or pins?')
    process.exitCode = 2
}

async function check(notesFile: string | undefined): Promise<number> {
  const { stdout } = await run('git', ['-C', folder, 'tag', '--list', 'v*'])
  const manifest = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as {
    version: string
  }
  const { problems, notes } = judgeRelease({
    version,
    tags: stdout.split('\n').filter((tag) => tag !== ''),
    packageVersion: manifest.version,
    changelog: await readFile(path.join(folder, 'CHANGELOG.md'), 'utf8')
  })
  for (const problem of problems) console.error(`::error::${problem}`)
  if (problems.length > 0) return 1
  if (notesFile !== undefined) await writeFile(notesFile, notes)
  console.log(`${version} may be released`)
  return 0
}

/** Times, owners and order do not depend on the machine: whoever packs the same commit gets the same sum. */
async function pack(out: string | undefined): Promise<number> {
  if (out === undefined) return 2
  await mkdir(out, { recursive: true })
  const name = `neurodesk-ci-${version}.tar.gz`
  const { stdout: seconds } = await run('git', ['-C', folder, 'log', '-1', '--format=%ct'])
  const names = folder === top ? actionNames() : await namesIn(folder)
  const parts = names.flatMap((action) =>
    ['action.yml', 'README.md', 'dist'].map((part) => `actions/${action}/${part}`)
  )
  await run('tar', [
    ...['--create', '--directory', folder, '--file', path.join(out, name)],
    ...['--sort=name', '--owner=0', '--group=0', '--numeric-owner', '--mode=u+rw,go+r-w'],
    ...[`--mtime=@${seconds.trim()}`, '--use-compress-program=gzip -n'],
    'LICENSE',
    ...parts
  ])
  const sum = createHash('sha256')
    .update(await readFile(path.join(out, name)))
    .digest('hex')
  await writeFile(path.join(out, 'SHA256SUMS'), `${sum}  ${name}\n`)
  console.log(`${sum}  ${name}`)
  return 0
}

async function pins(commit: string | undefined): Promise<number> {
  if (commit === undefined || !isPin(commit)) {
    console.error(`::error::--commit ${commit ?? ''}: a whole commit SHA`)
    return 1
  }
  for await (const file of glob(['README.md', 'actions/*/README.md', 'workflows/*/*.yml'], { cwd: folder })) {
    const before = await readFile(path.join(folder, file), 'utf8')
    const after = setPin(before, { sha: commit, version })
    if (after === before) continue
    await writeFile(path.join(folder, file), after)
    console.log(file)
  }
  return 0
}

async function namesIn(other: string): Promise<readonly string[]> {
  const names: string[] = []
  for await (const file of glob('actions/*/action.yml', { cwd: other }))
    names.push(path.basename(path.dirname(file)))
  return names.sort()
}
