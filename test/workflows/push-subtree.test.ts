/** The script that brings transparent-singularity into neurocommand, on real repositories. */
import { spawnSync } from 'node:child_process'
import { chmod, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'

import { expect } from '@jest/globals'

import { top } from '../../scripts/repository.ts'
import { testOn } from '../../testbed/jest.ts'
import { git, GIT_ENV, makeCheckout, makeFolder, type Checkout } from './fixtures.ts'

const SCRIPT = path.join(top, 'workflows', 'transparent-singularity', 'push-subtree.sh')
const PREFIX = 'neurodesk/transparent-singularity'
const TOKEN = 'ghp_not-a-real-token'

interface Scene extends AsyncDisposable {
  readonly source: Checkout
  /** Bare. */
  readonly target: string
  /** Somebody else's clone of the target. */
  readonly other: string
}

async function scene(): Promise<Scene> {
  const source = await makeCheckout('master')
  await source.write('run.sh', 'one\n')
  source.git('add', '.')
  source.git('commit', '--quiet', '--message', 'one')
  const place = await makeFolder()
  const target = path.join(place.folder, 'target.git')
  const other = path.join(place.folder, 'other')
  git(place.folder, 'init', '--quiet', '--bare', '--initial-branch', 'main', target)
  git(place.folder, 'clone', '--quiet', target, other)
  await place.write('other/README.md', 'neurocommand\n')
  git(other, 'add', '.')
  git(other, 'commit', '--quiet', '--message', 'start')
  git(other, 'subtree', 'add', '-q', '--squash', '--prefix', PREFIX, source.folder, 'master')
  git(other, 'push', '--quiet', 'origin', 'HEAD:main')
  return {
    source,
    target,
    other,
    [Symbol.asyncDispose]: async () => {
      await source[Symbol.asyncDispose]()
      await place[Symbol.asyncDispose]()
    }
  }
}

async function commit({ source }: Scene, text: string): Promise<void> {
  await source.write('run.sh', text)
  source.git('commit', '--quiet', '--all', '--message', text.trim())
}

function push(
  { source, target }: Scene,
  env: Readonly<Record<string, string>> = {}
): { code: number | null; out: string } {
  const { status, stdout, stderr } = spawnSync('bash', [SCRIPT], {
    cwd: source.folder,
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: source.folder,
      ...GIT_ENV,
      TARGET: target,
      BRANCH: 'main',
      PREFIX,
      TOKEN,
      ...env
    }
  })
  return { code: status, out: `${stdout}${stderr}` }
}

const there = ({ target }: Scene): string => git(target, 'show', `main:${PREFIX}/run.sh`)
const tip = ({ target }: Scene): string => git(target, 'rev-parse', 'main')

testOn(
  'posix',
  'brings the commit that is checked out, also without a branch',
  async () => {
    await using place = await scene()
    await commit(place, 'two\n')
    place.source.git('checkout', '--quiet', '--detach')
    expect(push(place)).toMatchObject({ code: 0 })
    expect(there(place)).toBe('two')
    expect(git(place.target, 'show', 'main:README.md')).toBe('neurocommand')
  },
  60_000
)

testOn(
  'posix',
  'pushes nothing when the branch has the commit already',
  async () => {
    await using place = await scene()
    const before = tip(place)
    const result = push(place)
    expect(result).toMatchObject({ code: 0 })
    expect(result.out).toMatch(/has commit [0-9a-f]{12} already/)
    expect(tip(place)).toBe(before)
  },
  60_000
)

testOn(
  'posix',
  'stops at a change over there that collides, names the file, and pushes nothing',
  async () => {
    await using place = await scene()
    spawnSync('bash', ['-c', `echo theirs > ${PREFIX}/run.sh`], { cwd: place.other })
    git(place.other, 'commit', '--quiet', '--all', '--message', 'theirs')
    git(place.other, 'push', '--quiet', 'origin', 'HEAD:main')
    await commit(place, 'ours\n')
    const before = tip(place)
    const result = push(place)
    expect(result.code).not.toBe(0)
    expect(result.out).toContain(`collides with this commit: ${PREFIX}/run.sh`)
    expect(tip(place)).toBe(before)
  },
  60_000
)

testOn(
  'posix',
  'goes on when the branch moved meanwhile, and loses nothing of it',
  async () => {
    await using place = await scene()
    await commit(place, 'two\n')
    // A git that lets somebody else push first, once.
    await place.source.write(
      'bin/git',
      `#!/bin/bash
PATH="\${PATH#*:}"
if [ "$1" = push ] && [ ! -e '${place.other}/more' ]; then
  (cd '${place.other}' && touch more && git add more && git commit --quiet --message more && git push --quiet origin HEAD:main)
fi
exec git "$@"
`
    )
    const bin = path.join(place.source.folder, 'bin')
    await chmod(path.join(bin, 'git'), 0o755)
    const result = push(place, { PATH: `${bin}:${process.env['PATH'] ?? ''}` })
    expect(result).toMatchObject({ code: 0 })
    expect(result.out).toContain('has moved; attempt 1 of 3')
    expect(there(place)).toBe('two')
    expect(git(place.target, 'ls-tree', '--name-only', 'main')).toContain('more')
  },
  60_000
)

testOn(
  'posix',
  'a push that is refused is a failure, not a reason to try for ever',
  async () => {
    await using place = await scene()
    await commit(place, 'two\n')
    const hook = path.join(place.target, 'hooks', 'pre-receive')
    await writeFile(hook, '#!/bin/sh\nexit 1\n')
    await chmod(hook, 0o755)
    const result = push(place)
    expect(result.code).not.toBe(0)
    expect(result.out).toContain('the push was refused all the same')
  },
  60_000
)

testOn(
  'posix',
  'says what it needs',
  async () => {
    await using place = await scene()
    expect(push(place, { TARGET: '' }).out).toContain('address of the repository')
  },
  60_000
)

testOn(
  'posix',
  'keeps the token out of its log, the arguments of git, and the repository',
  async () => {
    await using place = await scene()
    await commit(place, 'two\n')
    // A git that writes down its arguments, before the real one.
    const bin = path.join(place.source.folder, 'bin')
    await place.source.write(
      'bin/git',
      '#!/bin/bash\nprintf "%s\\n" "$*" >> "$LOG"\nPATH="${PATH#*:}" exec git "$@"\n'
    )
    await chmod(path.join(bin, 'git'), 0o755)
    const log = path.join(place.source.folder, 'arguments')
    const result = push(place, { PATH: `${bin}:${process.env['PATH'] ?? ''}`, LOG: log })
    expect(result.code).toBe(0)
    const args = await readFile(log, 'utf8')
    expect(args).toContain('push')
    expect(`${args}${result.out}`).not.toContain(TOKEN)
    expect(spawnSync('grep', ['-r', TOKEN, place.target]).status).toBe(1)
  },
  60_000
)
