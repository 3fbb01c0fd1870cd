/** Notes for the release windows of NeuroDesk's own log, by whole runs; one of them stands in docs/release-notes.md. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

import { describe, expect, test } from '@jest/globals'

import { top } from '../../../scripts/repository.ts'
import type { CommitSeed } from '../../../testbed/github/index.ts'
import { withoutMarks } from '../src/notes/marked.ts'
import { sectionOfPage } from '../src/website/page.ts'
import { expectGolden, fixtures } from './golden.ts'
import { NAME, setUp, SITE, type Setting } from './setting.ts'

const real = existsSync(fixtures) ? describe : describe.skip
if (!existsSync(fixtures)) console.warn(`skipped: ${fixtures} is not there`)

const read = (file: string): string => readFileSync(path.join(fixtures, 'neurodesk-2025', file), 'utf8')

/** The log is newest first; its first commit stands for everything before. */
function readLog(): { sha: string; seed: CommitSeed }[] {
  return read('neurodesktop-log.txt')
    .trim()
    .split('\n')
    .map((line) => line.split('\t'))
    .map(([sha = '', date = '', message = '']) => ({
      sha,
      seed: { message, date: new Date(date).toISOString() }
    }))
    .reverse()
}

async function history(): Promise<Setting> {
  const log = readLog()
  const setting = await setUp({
    repositories: {
      [NAME]: {
        commits: [{ message: 'before the log', date: '2025-03-13T00:00:00Z' }, ...log.map((one) => one.seed)]
      },
      [SITE]: {
        commits: [
          {
            message: 'site',
            files: {
              'content/en/overview/release-history.md': read('release-history.md'),
              'data/neurodesktop.toml': read('neurodesktop.toml')
            }
          }
        ]
      }
    }
  })
  const shas = setting.repository
    .log()
    .map((one) => one.sha)
    .reverse()
  setting.repository.setRef('refs/tags/2025-03-14', shas[0] ?? '')
  for (const line of read('neurodesktop-tags.txt').trim().split('\n')) {
    const [tag = '', , sha] = line.split(' ')
    const at = log.findIndex((one) => one.sha === sha)
    if (at !== -1) setting.repository.setRef(`refs/tags/${tag}`, shas[at + 1] ?? '')
  }
  return setting
}

/** Addresses and SHAs are those of the testbed. */
const plain = (notes: string): string =>
  notes.replace(/ \(\[[0-9a-f]{7}\]\([^)]*\)\)/g, '').replace(/\n\[All changes\].*\n/, '')

real("NeuroDesk's own releases", () => {
  test.each([
    ['2025-03-14', '2025-04-08', 8],
    ['2025-04-08', '2025-06-10', 44],
    ['2025-06-10', '2025-07-12', 14]
  ])('from %s to %s: %d commits', async (previous, version, commits) => {
    await using setting = await history()
    const outcome = await setting.release({ version, previous })
    expect(outcome).toMatchObject({ verdict: 'ok', figures: { 'commit-count': commits } })
    expectGolden(`notes-${version}.md`, plain(withoutMarks(setting.repository.releases.at(-1)?.body ?? '')))
  })

  test('by default it is the newest build since the newest date of the history, and the page gets its section', async () => {
    await using setting = await history()
    const outcome = await setting.release({ 'website-repository': SITE, 'website-token': 'app-token' })
    expect(outcome).toMatchObject({
      outputs: { version: '2025-07-12' },
      figures: { 'commit-count': 14 },
      findings: []
    })
    const page = setting.site.file('content/en/overview/release-history.md', 'neurodesktop-2025-07-12') ?? ''
    expectGolden('section-2025-07-12.md', sectionOfPage('release-history.md', page, '2025-07-12') ?? '')
    expect(setting.site.file('data/neurodesktop.toml', 'neurodesktop-2025-07-12')).toBe(
      read('neurodesktop.toml').replace('2025-06-10', '2025-07-12')
    )
    expect(page.replace(/## 2025-07-12[\s\S]*?(?=## 2025-06-10)/, '')).toBe(read('release-history.md'))
  })

  test('the comparison in docs/ shows what is written now, and what NeuroDesk wrote', () => {
    const doc = readFileSync(path.join(top, 'docs', 'release-notes.md'), 'utf8')
    const ours = readFileSync(
      path.join(top, 'actions', 'release', 'test', 'fixtures', 'notes-2025-06-10.md'),
      'utf8'
    )
    const theirs = sectionOfPage('release-history.md', read('release-history.md'), '2025-06-10') ?? ''
    for (const [name, text] of [
      ['ours', ours],
      ['theirs', theirs]
    ] as const) {
      const shown = new RegExp(`<!-- ${name} -->\n\`\`\`\`md\n([\\s\\S]*?)\`\`\`\`\n`).exec(doc)?.[1]
      expect(shown).toBe(`${text.trimEnd()}\n`)
    }
  })
})
