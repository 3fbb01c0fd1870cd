import { describe, expect, test } from '@jest/globals'

import { parseStore, publicPath, remotePath, segmentStore, type Store } from '../index.ts'

const store = (value: string, attributes: Record<string, string> = {}): Store =>
  parseStore(value, attributes, new Set()).store

describe('paths of a key', () => {
  test.each([
    ['nectar:neurodesk', {}, 'nectar:neurodesk/a.simg'],
    ['nectar:/neurodesk/', {}, 'nectar:/neurodesk/a.simg'],
    ['aws:', { prefix: 'x/y' }, 'aws:x/y/a.simg'],
    [':local:/srv/store', {}, ':local:/srv/store/a.simg'],
    [':local:/', {}, ':local:/a.simg']
  ])('%s %j', (value, attributes, expected) => {
    expect(remotePath(store(value, attributes), 'a.simg')).toBe(expected)
  })

  test('the public address has the prefix as well, and is encoded', () => {
    const one = store('a:b', { 'public-url': 'https://example.org/v1/', prefix: 'x y' })
    expect(publicPath(one, 'z/a+b.simg')).toBe('https://example.org/v1/x%20y/z/a%2Bb.simg')
    expect(publicPath(store('a:b'), 'a')).toBeUndefined()
  })

  test('segments lie beside the container, not beside a folder in it', () => {
    expect(segmentStore(store('nectar:/neurodesk'))?.remote).toBe('nectar:neurodesk_segments')
    expect(segmentStore(store('nectar:neurodesk/sub'))).toBeUndefined()
    expect(segmentStore(store('nectar:neurodesk', { prefix: 'sub' }))).toBeUndefined()
    expect(segmentStore(store('https://example.org'))).toBeUndefined()
  })
})
