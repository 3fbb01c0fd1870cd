import { describe, expect, test } from '@jest/globals'
import { compareImages, CONTENT_DIGEST, isOnlyTimes, type Comparable } from '../compare.ts'
import {
  formatPlatform,
  ManifestError,
  normalPlatform,
  parseConfig,
  parseManifest,
  parsePlatform
} from '../manifest.ts'

const id = (letter: string): string => `sha256:${letter.repeat(64)}`

function image(
  layers: readonly string[],
  settings: Record<string, unknown> = {},
  contents: readonly (string | undefined)[] = []
): Comparable {
  const body = {
    os: 'linux',
    architecture: 'amd64',
    created: 'now',
    config: settings,
    rootfs: { type: 'layers', diff_ids: layers.map(id) },
    history: [
      { created_by: 'ENV x', empty_layer: true },
      ...layers.map((one) => ({ created_by: `RUN ${one}` }))
    ]
  }
  return {
    config: parseConfig(Buffer.from(JSON.stringify(body))),
    layers: layers.map((one, index) => {
      const content = contents[index]
      return {
        mediaType: 'x',
        digest: id(one),
        size: 1,
        ...(content === undefined ? {} : { annotations: { [CONTENT_DIGEST]: content } })
      }
    })
  }
}

describe('comparing images', () => {
  test('the same, whatever the builder wrote for "not set"', () => {
    const before = image(['a', 'b'], {
      Env: ['A=1', 'B=2'],
      Cmd: null,
      Entrypoint: [],
      ExposedPorts: { '1/tcp': {}, '2/tcp': {} }
    })
    const after = image(['a', 'b'], {
      Env: ['B=2', 'A=1'],
      ExposedPorts: { '2/tcp': {}, '1/tcp': {} },
      User: ''
    })
    expect(compareImages(before, after)).toEqual({ same: true, layers: [], fields: [] })
  })

  test('layers that changed, were added or removed, with what made them', () => {
    expect(compareImages(image(['a', 'b']), image(['a', 'c', 'd'])).layers).toEqual([
      { index: 1, before: id('b'), after: id('c'), createdBy: 'RUN c', kind: 'unknown' },
      { index: 2, before: undefined, after: id('d'), createdBy: 'RUN d', kind: 'content' }
    ])
    expect(compareImages(image(['a', 'b']), image(['a'])).layers).toMatchObject([
      { before: id('b'), after: undefined, kind: 'content' }
    ])
  })

  test('only times: the content digests are the same, and nothing else changed', () => {
    const before = image(['a', 'b'], {}, ['1', '2'])
    const same = compareImages(before, image(['a', 'c'], {}, ['1', '2']))
    expect(same.layers).toMatchObject([{ kind: 'times' }])
    expect(isOnlyTimes(same)).toBe(true)
    expect(isOnlyTimes(compareImages(before, image(['a', 'c'], {}, ['1', '3'])))).toBe(false)
    expect(isOnlyTimes(compareImages(before, image(['a', 'c'], { User: 'x' }, ['1', '2'])))).toBe(false)
    expect(isOnlyTimes(compareImages(before, before))).toBe(false)
  })

  test('fields by name; names that are to be ignored do not count', () => {
    const before = image(['a'], {
      Env: ['DATE=1', 'PATH=/bin'],
      Labels: { version: '1', who: 'me' },
      Cmd: ['x']
    })
    const after = image(['a'], {
      Env: ['DATE=2', 'PATH=/sbin', 'NEW='],
      Labels: { version: '2' },
      Cmd: ['x', 'y']
    })
    expect(compareImages(before, after, ['DATE', 'version']).fields).toEqual([
      { name: 'Cmd', before: '["x"]', after: '["x","y"]' },
      { name: 'Env.NEW', before: undefined, after: '""' },
      { name: 'Env.PATH', before: '"/bin"', after: '"/sbin"' },
      { name: 'Labels.who', before: '"me"', after: undefined }
    ])
  })
})

describe('documents from outside', () => {
  const parse = (value: unknown): unknown =>
    parseManifest(Buffer.from(JSON.stringify(value)), 'application/json')
  test.each([
    ['schema 1', { schemaVersion: 1, fsLayers: [] }],
    ['neither layers nor manifests', { schemaVersion: 2 }],
    ['no config', { schemaVersion: 2, layers: [] }],
    ['a digest that is a path', { schemaVersion: 2, config: { digest: '../../x', size: 1 }, layers: [] }],
    ['a negative size', { schemaVersion: 2, config: { digest: id('a'), size: -1 }, layers: [] }],
    ['a list', []],
    ['text', 'x']
  ])('%s is refused', (_, value) => {
    expect(() => parse(value)).toThrow(ManifestError)
  })

  test('no JSON, no diff_ids', () => {
    expect(() => parseManifest(Buffer.from('<html>'), 'text/html')).toThrow(/is no JSON/)
    expect(() => parseConfig(Buffer.from('{"rootfs":{"diff_ids":["x"]}}'))).toThrow(/diff_ids/)
  })

  test('platforms', () => {
    expect(formatPlatform(parsePlatform('Linux/aarch64'))).toBe('linux/arm64')
    expect(formatPlatform(normalPlatform({ os: 'linux', architecture: 'arm64', variant: 'v8' }))).toBe(
      'linux/arm64'
    )
    expect(formatPlatform(parsePlatform('linux/arm/v7'))).toBe('linux/arm/v7')
    for (const text of ['linux', 'a/b/c/d', '', 'linux/'])
      expect(() => parsePlatform(text)).toThrow(ManifestError)
  })
})
