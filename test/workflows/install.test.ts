/** Taking a set over into a repository, and proving later that it is still the same. */
import { execFileSync, spawnSync } from 'node:child_process'
import { readFile, readdir } from 'node:fs/promises'
import path from 'node:path'

import { describe, expect, test } from '@jest/globals'

import { top } from '../../scripts/repository.ts'
import { isPin, pinsIn } from '../../scripts/workflows/pin.ts'
import { withoutJobs } from '../../scripts/workflows/remainder.ts'
import { readWorkflow } from '../../scripts/workflows/model.ts'
import { makeCheckout, type Checkout } from './fixtures.ts'

interface Result {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** HEAD of this repository: what is installed without a version tag. */
const HEAD = execFileSync('git', ['-C', top, 'rev-parse', 'HEAD'], { encoding: 'utf8' }).trim()

function script(name: 'install' | 'check', ...args: readonly string[]): Result {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(top, 'scripts', 'workflows', `${name}.ts`), ...args],
    { encoding: 'utf8' }
  )
  return { code: status, out: stdout, err: stderr }
}

const install = (checkout: Checkout, ...args: readonly string[]): Result =>
  script('install', checkout.folder, '--ref', HEAD, ...args)
const check = (checkout: Checkout, ...args: readonly string[]): Result =>
  script('check', checkout.folder, ...args)

/** As somebody may have had it before. */
const OLD = `name: Update neurocontainers
on: push
jobs:
  upload_containers_simg:
    runs-on: self-hosted
    steps:
      - run: ./upload
`

async function neurocommand(): Promise<Checkout> {
  const checkout = await makeCheckout()
  checkout.git('remote', 'add', 'origin', 'https://github.com/NeuroDesk/neurocommand.git')
  await checkout.write('.github/workflows/update-neurocontainers.yml', OLD)
  return checkout
}

const workflowsIn = async (checkout: Checkout): Promise<readonly string[]> =>
  await readdir(path.join(checkout.folder, '.github', 'workflows'))

describe('an installation', () => {
  test('replaces, says what, and is what is here', async () => {
    await using checkout = await neurocommand()
    await checkout.write('.github/workflows/free-up-space.sh', '')
    const result = install(checkout)
    expect(result).toMatchObject({ code: 0, err: '' })
    expect(result.out).toMatch(/update-neurocontainers\.yml: replaced, 7 lines before, \d+ after/)
    expect(result.out).toMatch(/test-neurocommand\.yml: new/)
    expect(result.out).toMatch(/Not needed any more[^]*free-up-space\.sh/)
    const text = await readFile(
      path.join(checkout.folder, '.github/workflows/update-neurocontainers.yml'),
      'utf8'
    )
    expect(pinsIn(text)).toEqual([HEAD])
    expect(check(checkout)).toMatchObject({ code: 0 })
    // A second time there is nothing to do.
    expect(install(checkout).out).not.toContain('replaced')
  }, 60_000)

  test('names who speaks of what is replaced, and calls nothing unused that somebody uses', async () => {
    await using checkout = await neurocommand()
    await checkout.write('.github/workflows/free-up-space.sh', '')
    await checkout.write('.github/workflows/upload_containers_simg.sh', '')
    await checkout.write('test/test_workflow.py', 'read(".github/workflows/update-neurocontainers.yml")\n')
    await checkout.write('.github/workflows/other.yml', 'run: bash .github/workflows/free-up-space.sh\n')
    checkout.git('add', '.')
    const { out } = install(checkout, '--dry-run')
    expect(out).toContain(
      'look at test/test_workflow.py: it speaks of .github/workflows/update-neurocontainers.yml'
    )
    expect(out).toContain(
      'look at .github/workflows/other.yml: it speaks of .github/workflows/free-up-space.sh'
    )
    const { out: done } = install(checkout)
    expect(done).toMatch(/Not needed any more[^]*upload_containers_simg\.sh/)
    expect(done).not.toMatch(/Not needed any more[^]*free-up-space\.sh/)
  }, 60_000)

  test('knows the repository by its origin, in any spelling, and asks when it does not', async () => {
    await using checkout = await makeCheckout()
    expect(install(checkout)).toMatchObject({ code: 1 })
    expect(install(checkout).err).toContain(
      'give --set with one of neurodesktop, neurocommand, transparent-singularity'
    )
    checkout.git('remote', 'add', 'origin', 'git@github.com:NeuroDesk/transparent-singularity.git')
    expect(install(checkout, '--dry-run')).toMatchObject({ code: 0 })
    expect(install(checkout, '--dry-run', '--set', 'neurodesktop').out).toContain('build-neurodesktop.yml')
  }, 60_000)

  test('refuses a version that there is not', async () => {
    await using checkout = await neurocommand()
    const result = script('install', checkout.folder, '--ref', 'v99.0.0')
    expect(result.code).toBe(1)
    expect(result.err).toContain('--ref v99.0.0: there is no such version or commit')
    expect(script('install', checkout.folder, '--ref', '--output=/tmp/x').code).not.toBe(0)
  }, 60_000)

  test('in a dry run writes nothing', async () => {
    await using checkout = await neurocommand()
    expect(install(checkout, '--dry-run')).toMatchObject({ code: 0 })
    expect(await workflowsIn(checkout)).toEqual(['update-neurocontainers.yml'])
  }, 60_000)

  test('refuses as a whole while somebody acts on a run that is replaced', async () => {
    await using checkout = await neurocommand()
    await checkout.write(
      '.github/workflows/wipe.yml',
      'name: Wipe\non:\n  workflow_run:\n    workflows: [Update neurocontainers]\njobs: { a: { runs-on: x, steps: [] } }\n'
    )
    const result = install(checkout)
    expect(result.code).toBe(1)
    expect(result.err).toContain('wipe.yml starts after "Update neurocontainers", which is replaced')
    expect(result.err).toContain('Nothing was written.')
    expect(
      await readFile(path.join(checkout.folder, '.github/workflows/update-neurocontainers.yml'), 'utf8')
    ).toBe(OLD)
    expect(install(checkout, '--allow-consumer', 'wipe.yml')).toMatchObject({ code: 0 })
  }, 60_000)

  test('loses no job of the old file', async () => {
    await using checkout = await neurocommand()
    await checkout.write(
      '.github/workflows/test-neurocommand.yml',
      `name: Test neurocommand
on: push
jobs:
  unit_tests: { runs-on: x, steps: [{ run: pytest }] }
  test_neurocommand: { runs-on: x, steps: [{ run: ./test }] }
  required: { needs: [unit_tests, test_neurocommand], runs-on: x, steps: [{ run: ./ok }] }
`
    )
    const refused = install(checkout)
    expect(refused.code).toBe(1)
    expect(refused.err).toContain(
      'test-neurocommand.yml has jobs that the new file does not have: unit_tests, required'
    )
    expect(install(checkout, '--keep-rest')).toMatchObject({ code: 0 })
    const text = await readFile(
      path.join(checkout.folder, '.github/workflows/test-neurocommand-rest.yml'),
      'utf8'
    )
    const rest = readWorkflow(text, 'rest')
    expect(rest.name).toBe('Test neurocommand (rest)')
    expect(rest.jobs.map(({ id, data }) => [id, data['needs']])).toEqual([
      ['unit_tests', undefined],
      ['required', ['unit_tests']]
    ])
    // The next time the rest is left alone.
    expect(install(checkout)).toMatchObject({ code: 0 })
  }, 60_000)

  test('does not replace a file that it cannot read', async () => {
    await using checkout = await neurocommand()
    await checkout.write('.github/workflows/test-neurocommand.yml', 'jobs: [')
    const result = install(checkout)
    expect(result.code).toBe(1)
    expect(result.err).toContain('it is not replaced')
  }, 60_000)

  test('as a trial lies beside what is there', async () => {
    await using checkout = await neurocommand()
    await checkout.write(
      '.github/workflows/wipe.yml',
      'name: Wipe\non:\n  workflow_run:\n    workflows: [Update neurocontainers]\njobs: { a: { runs-on: x, steps: [] } }\n'
    )
    expect(install(checkout, '--trial')).toMatchObject({ code: 0 })
    expect((await workflowsIn(checkout)).filter((file) => file.startsWith('trial-'))).toEqual([
      'trial-cleanup_neurocontainers.yml',
      'trial-test-neurocommand.yml',
      'trial-update-neurocontainers.yml'
    ])
    expect(
      await readFile(path.join(checkout.folder, '.github/workflows/update-neurocontainers.yml'), 'utf8')
    ).toBe(OLD)
    expect(check(checkout, '--trial')).toMatchObject({ code: 0 })
  }, 60_000)
})

describe('what is installed', () => {
  test('is told apart from what is here, by file and line', async () => {
    await using checkout = await neurocommand()
    install(checkout)
    const file = '.github/workflows/update-neurocontainers.yml'
    const text = await readFile(path.join(checkout.folder, file), 'utf8')
    const edited = text.replace('cancel-in-progress: false', 'cancel-in-progress: true')
    await checkout.write(file, edited)
    const line = edited.split('\n').findIndex((one) => one.includes('cancel-in-progress')) + 1
    const result = check(checkout)
    expect(result.code).toBe(1)
    expect(result.out).toContain(`${file}:${line}: differs from what is here`)
  }, 60_000)

  test('has one pin, which is a commit', async () => {
    await using checkout = await neurocommand()
    install(checkout)
    const file = '.github/workflows/update-neurocontainers.yml'
    const text = await readFile(path.join(checkout.folder, file), 'utf8')
    await checkout.write(file, text.replaceAll(HEAD, 'a'.repeat(40)))
    expect(check(checkout).out).toContain(`our actions by`)
    await checkout.write(file, text.replaceAll(HEAD, '0'.repeat(40)))
    expect(check(checkout).out).toContain('is no commit')
    expect(isPin('0'.repeat(40))).toBe(false)
    expect(isPin('main')).toBe(false)
  }, 60_000)

  test('is missed when it is not there', async () => {
    await using checkout = await makeCheckout()
    const result = check(checkout, '--set', 'transparent-singularity')
    expect(result.code).toBe(1)
    expect(result.out).toContain('.github/scripts/push-subtree.sh:1: it is not there')
  }, 60_000)
})

test('the rest of a workflow keeps its comments, and waits for nobody who has gone', () => {
  const rest = withoutJobs(
    '# Why\nname: A\non: push\nconcurrency:\n  group: a\njobs:\n  one: { needs: two }\n  two: {}\n  # Three\n  three: { needs: [two, one] }\n',
    ['two'],
    'A (rest)'
  )
  expect(rest).toContain('# Why')
  expect(rest).toContain('# Three')
  expect(rest).toContain('group: rest-a')
  expect(readWorkflow(rest, 'rest').jobs.map(({ id, data }) => [id, data['needs']])).toEqual([
    ['one', undefined],
    ['three', ['one']]
  ])
})
