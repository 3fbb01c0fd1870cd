import { describe, expect, test } from '@jest/globals'

import { readInputs } from '../../../lib/action/index.ts'
import { InputError } from '../../../lib/failure/index.ts'
import { inputVariables } from '../../../testbed/ports.ts'
import { check, inputs, storesOf, type Inputs } from '../src/inputs.ts'

function read(given: Readonly<Record<string, string>>): Inputs {
  return readInputs(inputs, inputVariables({ catalogue: 'apps.json', stores: 'a:b', ...given }), check)
}

function refused(given: Readonly<Record<string, string>>): readonly string[] {
  try {
    read(given)
    return []
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    return error.problems.map(({ input, allowed }) => `${input}: ${allowed}`)
  }
}

describe('inputs', () => {
  test('stores: names, addresses, prefixes, and which are required', () => {
    const stores = storesOf(
      read({
        stores: `nectar:/neurodesk/ name=nectar required public-url=https://example.org/v1/x/
          # a comment
          aws:bucket prefix=/sub/folder/
          https://mirror.example.org/files`
      })
    )
    expect(stores).toEqual([
      {
        name: 'nectar',
        remote: 'nectar:/neurodesk',
        prefix: '',
        publicUrl: 'https://example.org/v1/x',
        required: true
      },
      { name: 'aws', remote: 'aws:bucket', prefix: 'sub/folder', publicUrl: undefined, required: false },
      {
        name: 'mirror.example.org',
        remote: undefined,
        prefix: '',
        publicUrl: 'https://mirror.example.org/files',
        required: false
      }
    ])
  })

  test('none required means all', () => {
    expect(storesOf(read({ stores: 'a:b\nc:d' })).map(({ required }) => required)).toEqual([true, true])
  })

  test('the cache is a folder below the store', () => {
    const prefix = (given: string): string => read({ 'cache-prefix': given }).cachePrefix
    expect(['', 'builds/', 'a/b', '.builds', 'a.b/..c'].map(prefix)).toEqual([
      'temporary-builds-new',
      'builds',
      'a/b',
      '.builds',
      'a.b/..c'
    ])
    for (const given of [
      '.',
      '/',
      './',
      '//',
      '/builds',
      'builds//',
      'a//b',
      './a',
      'a/.',
      'a/./b',
      '..',
      'a/..',
      '../a'
    ])
      expect([given, ...refused({ 'cache-prefix': given })]).toEqual([
        given,
        expect.stringContaining('a folder below the store')
      ])
  })

  test.each([
    ['no store', { stores: '# nothing' }, 'stores: at least one store'],
    ['two of one name', { stores: 'a:b\na:c' }, 'stores: a name of its own for each store'],
    [
      'a secret on the line',
      { stores: ':s3,secret_access_key=x:b' },
      'stores: no secrets in the remote: put them into RCLONE_CONFIG or RCLONE_CONFIG_<REMOTE>_<OPTION>'
    ],
    [
      'an option of rclone',
      { stores: '--config=/x' },
      'stores: an rclone remote path such as nectar:neurodesk or :local:/srv/store'
    ],
    ['out of the store', { stores: 'a:b/../c' }, 'stores: a path without ".." and control characters'],
    [
      'a signed URL',
      { stores: 'a:b public-url=https://x/y?sig=1' },
      'stores: public-url as http(s):// without user, password, query and fragment'
    ],
    ['only with publish', { mode: 'publish', only: 'fsl' }, 'only: nothing with mode publish'],
    ['delete by the way', { mode: 'all', delete: 'true' }, 'delete: only with mode retain'],
    [
      'deleting with nothing to compare the catalogue with',
      { mode: 'retain', delete: 'true' },
      'base-catalogue: a catalogue of before, with `delete`'
    ],
    [
      'deleting by a catalogue that is compared with itself',
      { mode: 'retain', delete: 'true', 'base-catalogue': './apps.json' },
      'base-catalogue: a catalogue of before, with `delete`'
    ],
    ['a level that gzip has not', { 'compression-level': '15' }, 'compression-level: 1 to 9 for gzip'],
    [
      'a required store that cannot be written to',
      { mode: 'convert', stores: 'https://example.org name=look' },
      'stores: an rclone remote path for a required store with mode convert'
    ],
    [
      'a registry that is none',
      { registries: 'docker.io/vn@md' },
      'registries: docker.io/vn@md: "vn@md/image" is no repository name (lower-case letters, digits, single separators . _ -, parts joined by /)'
    ],
    [
      'a name for all images',
      { registries: 'ghcr.io/neurodesk image=fsl' },
      'registries: no image= here: every container has an image of its own, NAMESPACE/NAME_VERSION:BUILDDATE'
    ],
    [
      'a name for all images',
      { registries: 'ghcr.io/neurodesk image=fsl' },
      'registries: no image= here: every container has an image of its own, NAMESPACE/NAME_VERSION:BUILDDATE'
    ],
    [
      'only what has changed, against nothing',
      { only: 'changed' },
      'only: `changed` together with `base-catalogue`'
    ],
    ['a file outside', { 'log-file': '../log.txt' }, 'log-file: a path without ".."'],
    [
      'a work folder that is not the cache',
      { 'work-dir': '/storage/tmp', 'local-cache': '/storage/tmp/' },
      'work-dir: another folder than `local-cache`'
    ],
    [
      'a token for the commit',
      { commit: 'true', token: '' },
      'token: a token that may write contents, for `commit`'
    ]
  ])('refuses %s', (_title, given, problem) => {
    expect(refused(given)).toEqual([problem])
  })
})
