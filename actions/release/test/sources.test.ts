/** Notes from other sources than commits: catalogues, a Dockerfile, a person. */
import { describe, expect, test } from '@jest/globals'

import { parseContainerName } from '../../../lib/catalogue/index.ts'
import { InputError } from '../../../lib/failure/index.ts'
import { DEFAULT_CONFIG } from '../src/notes/config.ts'
import { containerChanges, readContainers } from '../src/notes/containers.ts'
import { entriesOf } from '../src/notes/entries.ts'
import { readHandWritten } from '../src/notes/hand.ts'
import { movedPins, pinsOf } from '../src/notes/pins.ts'
import { notesOf, renderNotes } from '../src/notes/render.ts'
import { commit } from './notes-sample.ts'

describe('containers', () => {
  const of = (...ids: string[]) =>
    ids.map(
      (id) =>
        parseContainerName(id) ??
        (() => {
          throw new Error(id)
        })()
    )

  test('new tools, newer versions, new builds, what is gone', () => {
    const { lines, ...counts } = containerChanges(
      of(
        'ants_2.5.3_20240101',
        'niimath_1.0.0_20240902',
        'qsmxt_7.3.1_20240101',
        'qsmxt_7.3.2_20250101',
        'old_1_20200101',
        'fsl_6.0.7.14_20240101'
      ),
      of(
        'ants_2.5.3_20240101',
        'ants_2.6.0_20250601',
        'niimath_1.0.0_20250617',
        'qsmxt_8.0.2_20250401',
        'qsmxt_7.3.2_20250101',
        'qsirecon_1.1.0_20250601',
        'fsl_6.0.7.16_20250201',
        'fsl_6.0.7.18_20250501'
      )
    )
    expect(
      Object.entries(lines).map(([section, list]) => [section, list.map((line) => line.markdown)])
    ).toEqual([
      ['New Features', ['added qsirecon 1.1.0']],
      [
        'Improvements',
        [
          'updated ants to 2.6.0 (from 2.5.3)',
          'updated fsl to 6.0.7.16 and 6.0.7.18 (from 6.0.7.14)',
          'rebuilt niimath 1.0.0 (20250617)',
          'updated qsmxt to 8.0.2 (from 7.3.2)'
        ]
      ],
      ['Bug Fixes', []],
      ['Removed', ['removed fsl 6.0.7.14', 'removed old (1)', 'removed qsmxt 7.3.1']]
    ])
    expect(counts).toEqual({ added: 1, updated: 3, removed: 3 })
  })

  test('an image for arm64 is told as such', () => {
    const { lines } = containerChanges(
      of('amico_2.1.0_20250101'),
      of('amico_2.1.0_20250101', 'amico_2.1.0_arm64_20260101')
    )
    expect(lines.Improvements.map((line) => line.markdown)).toEqual([
      'updated amico to 2.1.0 (arm64) (from 2.1.0)'
    ])
  })

  test('apps.json and log.txt give the same; what is neither is refused', () => {
    const apps = JSON.stringify({
      afni: {
        apps: {
          'afni 24.3.00': { version: '20241003', exec: '' },
          'sumaGUI-afni 24.3.00': { version: '20241003', exec: 'suma' }
        },
        categories: ['functional imaging']
      }
    })
    expect(readContainers(apps, 'a', 'catalogue-after').map((one) => one.id)).toEqual([
      'afni_24.3.00_20241003'
    ])
    expect(
      readContainers('afni_24.3.00_20241003 categories:functional imaging,\n', 'l', 'catalogue-after').map(
        (one) => one.id
      )
    ).toEqual(['afni_24.3.00_20241003'])
    for (const text of ['', '{}', '{"a":', '<html>captive portal</html>'])
      expect(() => readContainers(text, 'x', 'catalogue-after')).toThrow(InputError)
  })
})

describe('pins', () => {
  const before = `ARG TOMCAT_REL="9"
FROM quay.io/jupyter/base-notebook:2025-03-14@sha256:${'a'.repeat(64)}
FROM --platform=linux/amd64 ubuntu AS build
ENV TOMCAT_VERSION="9.0.87" APPTAINER_VERSION=1.3.4
RUN pip install "ipyniivue==2.0.0" jupyter-lmod==4.0.3 && conda install x
# FROM commented:1
FROM build
`
  test('are found', () => {
    expect([...pinsOf(before)]).toEqual([
      ['quay.io/jupyter/base-notebook', '2025-03-14'],
      ['TOMCAT_VERSION', '9.0.87'],
      ['APPTAINER_VERSION', '1.3.4'],
      ['ipyniivue', '2.0.0'],
      ['jupyter-lmod', '4.0.3']
    ])
  })

  test('only those that moved are told', () => {
    const after = before
      .replace('2025-03-14', '2025-06-01')
      .replace('ipyniivue==2.0.0', 'ipyniivue==2.3.1')
      .replace('jupyter-lmod==4.0.3', '')
      .replace('9.0.87', '9.0.102')
    expect(movedPins(before, after).map((line) => line.markdown)).toEqual([
      'updated quay.io/jupyter/base-notebook to 2025-06-01 (from 2025-03-14)',
      'updated TOMCAT\\_VERSION to 9.0.102 (from 9.0.87)',
      'updated ipyniivue to 2.3.1 (from 2.0.0)'
    ])
    expect(movedPins(before, before)).toEqual([])
  })

  test('an image by digest alone is told by a short one', () => {
    const by = (digit: string): string => `FROM a@sha256:${digit.repeat(64)}\n`
    expect(movedPins(by('1'), by('2')).map((line) => line.markdown)).toEqual([
      'updated a to sha256:222222222222… (from sha256:111111111111…)'
    ])
  })
})

describe('notes of a person', () => {
  test('come first, in their section', () => {
    const hand = readHandWritten(
      'Big news.\n\n### new features\n- our **best** one\n  with a second line\n',
      'n.md'
    )
    const notes = notesOf(
      '2025-06-10',
      entriesOf([commit('Add x')], new Map(), new Map(), DEFAULT_CONFIG),
      {},
      hand
    )
    expect(renderNotes(notes)).toBe(
      '## 2025-06-10\n\nBig news.\n\n### New Features\n- our **best** one   with a second line\n- Add x\n'
    )
  })

  test('other headings are refused with their lines', () => {
    expect(() => readHandWritten('## 2025-06-10\n### Known Issues\n- x\n', 'n.md')).toThrow(
      /n\.md, line 2: Known Issues/
    )
  })
})
