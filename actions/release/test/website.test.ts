/** The pages of the web site after the edit, held against golden files; the version files; the pull request's text. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

import { describe, expect, test } from '@jest/globals'

import { PageError } from '../src/website/lines.ts'
import { editPage, releasesOnPage, sectionOfPage } from '../src/website/page.ts'
import { editVersion } from '../src/website/versions.ts'
import { expectGolden, fixtures } from './golden.ts'

/** Lines that one text has and the other has not, in order. */
function difference(before: string, after: string): { gone: string[]; come: string[] } {
  const [a, b] = [before.split('\n'), after.split('\n')]
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end])
    end++
  return { gone: a.slice(start, a.length - end), come: b.slice(start, b.length - end) }
}

const NOTES = `## 2025-07-12

### New Features
- added nextcloud again
- Add \`{model}\` name &#123;and&#125; vendor to <cpuinfo> with {braces} @\u200Bsomebody #\u200B12 ([#304](https://github.com/neurodesk/neurodesktop/pull/304) by micmas)

### Bug Fixes
- Set .vnc/passwd to 600
  when it is not

<details><summary>3 smaller changes</summary>

- Add files via upload

</details>

[All changes](https://github.com/neurodesk/neurodesktop/compare/2025-06-10...abc)
`

const HUGO = `---
title: "Release History"
description: >-
     ## 2030-01-01 is no release
---

Latest Version
: {{< params/neurodesktop/jupyter_neurodesk_version >}}

\`\`\`
## 2029-01-01
\`\`\`

## 2025-06-10
### New Features
- upgrade to jupyterhub 5.3.0
### Bug Fixes
- split cvmfs in 3 different regions


## 2025-04-08
### New Features
- Added dcm2bids

## 20230628
- older form
`

describe('the Hugo page', () => {
  test('gets the section above the newest, and nothing else changes', () => {
    const edited = editPage('release-history.md', HUGO, '2025-07-12', NOTES)
    expect(difference(HUGO, edited)).toEqual({
      gone: [],
      come: [
        '## 2025-07-12',
        '### New Features',
        '- added nextcloud again',
        '- Add `{model}` name &#123;and&#125; vendor to <cpuinfo> with {braces} @somebody #12 ([#304](https://github.com/neurodesk/neurodesktop/pull/304) by micmas)',
        '### Bug Fixes',
        '- Set .vnc/passwd to 600',
        '  when it is not',
        ''
      ]
    })
    expect(edited.indexOf('## 2025-07-12')).toBe(HUGO.indexOf('## 2025-06-10'))
  })

  test('a second edit gives the same bytes, and another text replaces the section only', () => {
    const once = editPage('h.md', HUGO, '2025-07-12', NOTES)
    expect(editPage('h.md', once, '2025-07-12', NOTES)).toBe(once)
    const again = editPage('h.md', once, '2025-07-12', '### Removed\n- x\n')
    expect(difference(HUGO, again).come).toEqual(['## 2025-07-12', '### Removed', '- x', ''])
  })

  test('an older date goes between its neighbours, the oldest to the end, also behind a date without hyphens', () => {
    expect(editPage('h.md', HUGO, '2025-05-01', '')).toMatch(
      /regions\n\n\n## 2025-05-01\n- n\/a\n\n## 2025-04-08/
    )
    expect(editPage('h.md', HUGO, '2023-07-01', '### Removed\n- x')).toMatch(
      /dcm2bids\n\n## 2023-07-01\n### Removed\n- x\n\n## 20230628/
    )
    expect(editPage('h.md', HUGO, '2020-01-01', '### Removed\n- x')).toBe(
      `${HUGO}\n## 2020-01-01\n### Removed\n- x\n`
    )
  })

  test('a shortcode in a note does not run', () => {
    expect(editPage('h.md', HUGO, '2025-07-12', '### Removed\n- {{< x >}} and `{{% y %}}`')).toContain(
      '- &#123;&#123;< x >}} and `{ {% y %}}`\n'
    )
  })

  test('line ends of the page are kept', () => {
    const edited = editPage('h.md', HUGO.replaceAll('\n', '\r\n'), '2025-07-12', NOTES)
    expect(edited.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  })
})

const ASTRO_ITEM = (date: string, badge = ''): string => `<details class="release-item" open>
<summary>

### ${date}${badge}

</summary>

#### Improvements

- x
</details>`
const BADGE = ' <Badge text="Latest" variant="success" />'
const ASTRO = `---
title: Release History
---

import { Badge } from '@astrojs/starlight/components';

## 2026

${ASTRO_ITEM('2026-07-11', BADGE)}

${ASTRO_ITEM('2026-06-04')}


## 2025

${ASTRO_ITEM('2025-12-20')}
`

describe('the Astro page', () => {
  test('gets the fold-out first in its year, and the badge moves', () => {
    const edited = editPage('index.mdx', ASTRO, '2026-09-23', NOTES)
    const { gone, come } = difference(ASTRO, edited)
    expect(gone).toEqual([`### 2026-07-11${BADGE}`])
    expect(come.join('\n')).toBe(`### 2026-09-23${BADGE}

</summary>

#### New Features

- added nextcloud again
- Add \`{model}\` name &#123;and&#125; vendor to &lt;cpuinfo> with &#123;braces&#125; @somebody #12 ([#304](https://github.com/neurodesk/neurodesktop/pull/304) by micmas)

#### Bug Fixes

- Set .vnc/passwd to 600
  when it is not
</details>

<details class="release-item" open>
<summary>

### 2026-07-11`)
    expect(edited.match(/<Badge/g)).toHaveLength(1)
    expect(editPage('index.mdx', edited, '2026-09-23', NOTES)).toBe(edited)
  })

  test('a new year gets its heading; an old release takes no badge', () => {
    const edited = editPage('index.mdx', ASTRO, '2027-01-02', '### Removed\n- x')
    expect(edited).toContain(
      `components';\n\n## 2027\n\n<details class="release-item" open>\n<summary>\n\n### 2027-01-02${BADGE}\n`
    )
    expect(edited).toContain('</details>\n\n\n## 2026\n')
    expect(edited.match(/<Badge/g)).toHaveLength(1)
    const old = editPage('index.mdx', ASTRO, '2026-06-30', '### Removed\n- x')
    expect(old).toContain(`### 2026-07-11${BADGE}`)
    expect(old.indexOf('### 2026-06-30\n')).toBeGreaterThan(old.indexOf('### 2026-07-11'))
    expect(old.indexOf('### 2026-06-30\n')).toBeLessThan(old.indexOf('### 2026-06-04'))
    expect(editPage('index.mdx', ASTRO, '2026-01-01', '### Removed\n- x')).toMatch(
      /### 2026-06-04[\s\S]*### 2026-01-01\n[\s\S]*<\/details>\n\n\n## 2025/
    )
    expect(
      editPage('index.mdx', ASTRO, '2020-01-01', '### Removed\n- x').endsWith(
        '\n\n\n## 2020\n\n<details class="release-item" open>\n<summary>\n\n### 2020-01-01\n\n</summary>\n\n#### Removed\n\n- x\n</details>\n'
      )
    ).toBe(true)
  })

  test('nothing of a note can be an expression, an element or a statement', () => {
    const edited = editPage(
      'index.mdx',
      ASTRO,
      '2026-09-23',
      'import x from "y"\nexport default 1\n\n### Removed\n- {process.exit()} <script> `{code} <b>` ``a ` {b}`` </details>\n- <!-- x -->'
    )
    const added = difference(ASTRO, edited).come.join('\n')
    expect(added).toContain('&#105;mport x from "y"\n&#101;xport default 1')
    expect(added).toContain('- &#123;process.exit()&#125; &lt;script> `{code} <b>` ``a ` {b}`` &lt;/details>')
    expect(added).toContain('- &lt;!-- x -->')
  })

  test('a page of another form is not touched', () => {
    expect(() => editPage('index.mdx', '---\ntitle: x\n---\n\n# nothing\n', '2026-09-23', NOTES)).toThrow(
      PageError
    )
    expect(() => editPage('index.mdx', ASTRO.replace('</details>', ''), '2026-09-23', NOTES)).toThrow(
      PageError
    )
    expect(() => editPage('index.mdx', `## 2026\n\n### 2026-01-01\n`, '2026-09-23', NOTES)).toThrow(
      /stands in no <details>/
    )
  })
})

test('dates and sections are found in both forms', () => {
  expect(releasesOnPage(HUGO).slice(-3)).toEqual(['2025-06-10', '2025-04-08', '2023-06-28'])
  expect(releasesOnPage(ASTRO)).toEqual(['2026-07-11', '2026-06-04', '2025-12-20'])
  expect(sectionOfPage('h.md', HUGO, '2025-04-08')).toBe('## 2025-04-08\n### New Features\n- Added dcm2bids')
  expect(sectionOfPage('h.md', HUGO, '2025-04-09')).toBeUndefined()
  expect(sectionOfPage('i.mdx', ASTRO, '2025-12-20')).toBe(ASTRO_ITEM('2025-12-20'))
})

const real = existsSync(fixtures) ? describe : describe.skip
if (!existsSync(fixtures)) console.warn(`skipped: ${fixtures} is not there`)

real("NeuroDesk's own files", () => {
  const read = (file: string): string => readFileSync(path.join(fixtures, file), 'utf8')

  test('the history of 2025', () => {
    const page = read('neurodesk-2025/release-history.md')
    const edited = editPage('release-history.md', page, '2025-07-12', NOTES)
    expect(difference(page, edited).gone).toEqual([])
    expectGolden('release-history-2025.md', difference(page, edited).come.join('\n'))
    expect(releasesOnPage(page).filter((date) => date > '2023-09-01')).toHaveLength(19)
  })

  test('every section of it is found, and putting one in again changes nothing else', () => {
    const page = read('neurodesk-2025/release-history.md')
    for (const date of releasesOnPage(page)) expect(sectionOfPage('h.md', page, date)).toMatch(/^## /)
  })

  test('the history of 2026', () => {
    const page = read('neurodesk-2026/release-history.mdx')
    const edited = editPage('index.mdx', page, '2026-09-23', NOTES)
    expect(difference(page, edited).gone).toEqual([`### 2026-07-11${BADGE}`])
    expectGolden('release-history-2026.mdx', difference(page, edited).come.join('\n'))
    expectGolden(
      'release-history-2027.mdx',
      difference(page, editPage('index.mdx', page, '2027-01-05', NOTES)).come.join('\n')
    )
  })

  test('the version of the latest desktop', async () => {
    const toml = read('neurodesk-2025/neurodesktop.toml')
    expect(difference(toml, await editVersion('data/neurodesktop.toml', toml, '2025-07-12'))).toEqual({
      gone: ['jupyter_neurodesk_version = "2025-06-10"'],
      come: ['jupyter_neurodesk_version = "2025-07-12"']
    })
  })
})
