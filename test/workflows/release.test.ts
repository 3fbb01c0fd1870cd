/** The release of this repository itself: what stops it, what is packed, where the pins go. */
import { createHash } from 'node:crypto'
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { readFile, utimes } from 'node:fs/promises'
import path from 'node:path'

import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'

import { top } from '../../scripts/repository.ts'
import { asData, listOf, readWorkflow, textOf } from '../../scripts/workflows/model.ts'
import { judgeRelease, sectionOf } from '../../scripts/workflows/release-rules.ts'
import { ownSet } from '../../scripts/workflows/sets.ts'
import { makeCheckout, type Checkout } from './fixtures.ts'

const CHANGELOG =
  '# Changelog\n\n## Unreleased\n\n- later\n\n## [1.2.3] - 2026-11-23\n\n- now\n\n## 1.2.0\n\n- before\n'
const facts = { version: 'v1.2.3', tags: ['v1.2.0', 'v0.9.0'], packageVersion: '1.2.3', changelog: CHANGELOG }

describe('a release', () => {
  test('has the notes of its own section', () => {
    expect(judgeRelease(facts)).toEqual({ problems: [], notes: '- now\n' })
    expect(sectionOf(CHANGELOG, '1.2.0')).toBe('- before')
    expect(sectionOf(CHANGELOG, '1.2')).toBeUndefined()
  })

  test.each([
    ['has no version', { version: '1.2.3' }, /a version is v1\.2\.3/],
    ['has a version with more in it', { version: 'v1.2.3; rm' }, /a version is/],
    ['is there already', { tags: ['v1.2.3'] }, /never moves/],
    ['is older than another', { tags: ['v1.10.0'] }, /v1\.10\.0 is newer/],
    ['is not what package.json says', { packageVersion: '1.2.2' }, /package\.json says 1\.2\.2/],
    ['is not in the changelog', { changelog: '# Changelog\n' }, /has no section/],
    ['has nothing to say', { changelog: '## 1.2.3\n\n## 1.2.0\n' }, /says nothing/]
  ])('is stopped when it %s', (_, change, problem) => {
    expect(judgeRelease({ ...facts, ...change }).problems.join('\n')).toMatch(problem)
  })

  test('tells all problems at once', () => {
    expect(
      judgeRelease({ ...facts, packageVersion: '1', changelog: '', tags: ['v2.0.0'] }).problems
    ).toHaveLength(3)
  })
})

async function repository(): Promise<Checkout> {
  const checkout = await makeCheckout()
  for (const [file, text] of Object.entries({
    'package.json': '{"version": "1.2.3"}\n',
    'CHANGELOG.md': CHANGELOG,
    LICENSE: 'MIT\n',
    'README.md': '- uses: neurodesk/ci/actions/look@<sha>\n- uses: actions/checkout@<sha>\n',
    'actions/look/action.yml': 'name: look\n',
    'actions/look/README.md': '      - uses: neurodesk/ci/actions/look@v1 # old\n',
    'actions/look/dist/index.js': '1\n',
    'workflows/desktop/a.yml': `        uses: neurodesk/ci/actions/look@${'0'.repeat(40)} # v0.0.0\n`
  }))
    await checkout.write(file, text)
  checkout.git('add', '.')
  checkout.git('commit', '--quiet', '--message', 'one')
  return checkout
}

function release(checkout: Checkout, ...args: readonly string[]): { code: number | null; out: string } {
  const script = path.join(top, 'scripts', 'workflows', 'release.ts')
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [script, ...args, '--top', checkout.folder],
    { encoding: 'utf8' }
  )
  return { code: status, out: `${stdout}${stderr}` }
}

describe('the workflow', () => {
  const { jobs } = readWorkflow(
    readFileSync(path.join(top, '.github', 'workflows', 'release.yml'), 'utf8'),
    'release.yml'
  )
  const job = (id: string): (typeof jobs)[number] => {
    const found = jobs.find((one) => one.id === id)
    if (found === undefined) throw new Error(`there is no job ${id}`)
    return found
  }
  /** In order: what a step runs or uses. */
  const steps = (id: string): readonly string[] =>
    job(id).steps.map(({ data }) => textOf(data['run']) || textOf(data['uses']))

  test('publishes what was built from a clean clone and passed CI, and pins what cannot be moved', () => {
    expect(textOf(job('test').data['uses'])).toBe('./.github/workflows/ci.yml')
    expect(Object.fromEntries(jobs.map(({ id, data }) => [id, listOf(data['needs'])]))).toEqual({
      test: [],
      build: [],
      publish: ['test', 'build'],
      verify: ['publish'],
      pins: ['verify']
    })
    for (const id of ['test', 'build'])
      expect(textOf(job(id).data['if'])).toBe("${{ github.ref == 'refs/heads/main' }}")
    expect(steps('build').some((step) => step.startsWith('actions/cache'))).toBe(false)
    expect(steps('build')).toContain('npm run check-dist')
  })

  test('drafts, attests, and only then publishes', () => {
    const order = [/^gh release create .*--draft /, /^actions\/attest@/, /^gh release edit .*--draft=false$/]
    expect(order.map((step) => steps('publish').findIndex((one) => step.test(one)))).toEqual([1, 2, 3])
  })

  test('hands rights to no job that runs code of packages, but to the one that opens the pull request', () => {
    const writing = jobs.filter(({ data }) => Object.values(asData(data['permissions'])).includes('write'))
    expect(writing.map(({ id }) => id)).toEqual(['publish', 'pins'])
    expect(steps('publish').join('\n')).not.toMatch(/\b(npm|node)\b/)
  })
})

test('Dependabot looks at everything that is pinned, and at nothing that is younger than a week', async () => {
  const file = parse(await readFile(path.join(top, '.github', 'dependabot.yml'), 'utf8')) as {
    readonly updates: readonly {
      readonly 'package-ecosystem': string
      readonly directory: string
      readonly cooldown: { readonly 'default-days': number }
    }[]
  }
  const PINS: Readonly<Record<string, string>> = {
    npm: 'package-lock.json',
    'github-actions': '.github/workflows',
    pip: 'requirements.txt'
  }
  expect(file.updates.map((update) => update['package-ecosystem']).sort()).toEqual(Object.keys(PINS).sort())
  for (const update of file.updates) {
    const place = path.join(top, update.directory, PINS[update['package-ecosystem']] ?? '')
    expect([place, existsSync(place)]).toEqual([place, true])
    expect(update.cooldown['default-days']).toBeGreaterThanOrEqual(7)
  }
})

test('in our own workflows packages are installed before a step needs them', async () => {
  const [set] = await ownSet(top)
  for (const { workflow } of set?.files ?? []) {
    for (const { id, steps } of workflow?.jobs ?? []) {
      const commands = steps.flatMap(({ data }) => textOf(data['run']).split('\n'))
      const first = commands.findIndex((command) => /^(node scripts\/|npm (run|test))/.test(command))
      const installed = commands.findIndex((command) => /^npm ci\b/.test(command))
      if (first !== -1)
        expect([workflow?.file, id, installed !== -1 && installed < first]).toEqual([
          workflow?.file,
          id,
          true
        ])
    }
  }
})

describe('the script', () => {
  test('writes the notes, and says in the words of a runner what is wrong', async () => {
    await using checkout = await repository()
    const notes = path.join(checkout.folder, 'notes.md')
    expect(release(checkout, 'check', 'v1.2.3', '--notes', notes)).toMatchObject({ code: 0 })
    expect(await readFile(notes, 'utf8')).toBe('- now\n')
    checkout.git('tag', 'v1.2.3')
    const again = release(checkout, 'check', 'v1.2.3', '--notes', notes)
    expect(again.code).toBe(1)
    expect(again.out).toContain('::error::v1.2.3 is a tag already')
    expect(release(checkout, 'nonsense').code).toBe(2)
  }, 60_000)

  test('packs the same bytes whenever and wherever it packs, with the sum beside them', async () => {
    await using checkout = await repository()
    const pack = async (out: string): Promise<string> => {
      expect(release(checkout, 'pack', 'v1.2.3', '--out', path.join(checkout.folder, out)).code).toBe(0)
      const bytes = await readFile(path.join(checkout.folder, out, 'neurodesk-ci-v1.2.3.tar.gz'))
      const sum = createHash('sha256').update(bytes).digest('hex')
      expect(await readFile(path.join(checkout.folder, out, 'SHA256SUMS'), 'utf8')).toBe(
        `${sum}  neurodesk-ci-v1.2.3.tar.gz\n`
      )
      return sum
    }
    const first = await pack('one')
    await utimes(path.join(checkout.folder, 'actions/look/dist/index.js'), 1, 1)
    expect(await pack('two')).toBe(first)
    await checkout.write('actions/look/dist/index.js', '2\n')
    expect(await pack('three')).not.toBe(first)
  }, 60_000)

  test('sets the pins of our actions everywhere, and of nothing else', async () => {
    await using checkout = await repository()
    const commit = 'a'.repeat(40)
    expect(release(checkout, 'pins', 'v1.2.3', '--commit', 'main').code).toBe(1)
    expect(release(checkout, 'pins', 'v1.2.3', '--commit', commit).code).toBe(0)
    const text = async (file: string): Promise<string> =>
      await readFile(path.join(checkout.folder, file), 'utf8')
    expect(await text('README.md')).toBe(
      `- uses: neurodesk/ci/actions/look@${commit} # v1.2.3\n- uses: actions/checkout@<sha>\n`
    )
    expect(await text('actions/look/README.md')).toBe(
      `      - uses: neurodesk/ci/actions/look@${commit} # v1.2.3\n`
    )
    expect(await text('workflows/desktop/a.yml')).toBe(
      `        uses: neurodesk/ci/actions/look@${commit} # v1.2.3\n`
    )
  }, 60_000)
})
