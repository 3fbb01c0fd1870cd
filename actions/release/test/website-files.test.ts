/** The version files of the web site, and the text of its pull request. */
import { describe, expect, test } from '@jest/globals'

import { pullBody } from '../src/website/body.ts'
import { editVersion, refusePath, refuseVersionFile, VersionFileError } from '../src/website/versions.ts'

describe('version files', () => {
  test('only the value changes, in TOML', async () => {
    const toml =
      '# jupyter_neurodesk_version = "commented"\nx = """\njupyter_neurodesk_version = "inside"\n"""\njupyter_neurodesk_version   =  "2025-06-10" # kept\r\n\n[linux]\njupyter_neurodesk_version = "other table"\n'
    expect(await editVersion('data/n.toml', toml, '2025-07-12')).toBe(
      toml.replace('2025-06-10', '2025-07-12')
    )
    expect(await editVersion('data/n.toml', toml, '2025-06-10')).toBe(toml)
  })

  test.each([
    ['no such key', 'a = 1\n'],
    ['no TOML', 'jupyter_neurodesk_version = "x\n'],
    ['a number', 'jupyter_neurodesk_version = 2025\n'],
    ['another form', 'jupyter_neurodesk_version = """2025"""\n'],
    ['only in a table', '[a]\njupyter_neurodesk_version = "x"\n']
  ])('TOML with %s is not touched', async (_, toml) => {
    await expect(editVersion('n.toml', toml, '2025-07-12')).rejects.toThrow(VersionFileError)
  })

  test('only the value changes, in TypeScript', async () => {
    const ts =
      "// Stable release.\n\nexport const jupyterNeurodeskVersion = '2026-09-23';\n\nexport const ports = {\n\trdp: '-p 3390:3389',\n} as const;\n"
    expect(await editVersion('src/config/n.ts', ts, '2026-10-01')).toBe(
      ts.replace('2026-09-23', '2026-10-01')
    )
    await expect(editVersion('n.ts', ts + ts, '2026-10-01')).rejects.toThrow('has 2 lines')
    await expect(editVersion('n.ts', 'export const other = 1\n', '2026-10-01')).rejects.toThrow(
      VersionFileError
    )
  })

  test('paths stay inside of the repository, and have a known form', () => {
    for (const bad of [
      '/etc/passwd',
      '../x.md',
      'a/../../b.md',
      'a//b.md',
      '.git/config',
      'a\\b.md',
      './a.md',
      ''
    ])
      expect([bad, refusePath(bad)]).not.toEqual([bad, undefined])
    expect(refusePath('content/en/overview/release-history.md')).toBeUndefined()
    expect(refuseVersionFile('a.yml')).toBeDefined()
    expect(refuseVersionFile('a.toml')).toBeUndefined()
  })
})

describe('the text of the pull request', () => {
  const facts = {
    version: '2025-07-12',
    releaseUrl: 'https://github.com/o/r/releases/1',
    isPublished: false,
    files: ['data/neurodesktop.toml'],
    remarks: []
  }

  test('has the check list, with promote-to-prod', () => {
    expect(pullBody(facts)).toContain('then run promote-to-prod')
    expect(pullBody(facts)).toContain('- [ ] The release is published')
    expect(pullBody({ ...facts, isPublished: true })).toContain('- [x] The release is published')
  })

  test('keeps ticks and what people wrote', () => {
    const ticked = `Hi!\n\n${pullBody(facts).replace('- [ ] The notes', '- [X] The notes')}\nBye`.replaceAll(
      '\n',
      '\r\n'
    )
    const body = pullBody({ ...facts, isPublished: true }, ticked)
    expect(body.startsWith('Hi!\n\n')).toBe(true)
    expect(body.endsWith('\nBye')).toBe(true)
    expect(body).toContain('- [x] The notes say what users need to know')
    expect(body).toContain('- [ ] The announcement is posted')
    expect(pullBody(facts, 'Only words.')).toContain('Only words.\n\n<!-- neurodesk-ci:pull -->')
  })
})
