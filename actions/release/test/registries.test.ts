/** Which registries, and who is logged in there. */
import { describe, expect, test } from '@jest/globals'

import { entries, grammars } from '../../../lib/action/index.ts'
import { imagesOf } from '../src/gates/image.ts'
import { loginsOf, refuseRegistry } from '../src/gates/registries.ts'

const parse = (text: string) => entries({ ...grammars.registries, refuse: refuseRegistry }).parse(text)
const names = (reference: string, registries: string): string[] =>
  imagesOf(reference, parse(registries), '2025-06-10').map(
    ({ reference: one, isOptional }) =>
      `${one.host}/${one.path}:${one.tag ?? ''}${one.digest === undefined ? '' : '@'}${isOptional ? '?' : ''}`
  )

describe('references', () => {
  test('the version is the tag where there is none; the image keeps its name unless the line says another', () => {
    expect(
      names(
        'ghcr.io/NeuroDesk/neurodesktop/neurodesktop',
        'docker.io/vnmd\nquay.io/NeuroDesk/ image=Desktop optional\ndocker.io/'
      )
    ).toEqual([
      'ghcr.io/neurodesk/neurodesktop/neurodesktop:2025-06-10',
      'docker.io/vnmd/neurodesktop:2025-06-10',
      'quay.io/neurodesk/desktop:2025-06-10?'
    ])
  })

  test('{version}, a tag, a port and a digest are read as such; the same place is asked once', () => {
    expect(names('localhost:5000/n/desktop:v-{version}', 'localhost:5000/n')).toEqual([
      'localhost:5000/n/desktop:v-2025-06-10'
    ])
    expect(names('localhost:5000/n/desktop', '')).toEqual(['localhost:5000/n/desktop:2025-06-10'])
    expect(names(`ghcr.io/n/desktop@sha256:${'a'.repeat(64)}`, 'docker.io/vnmd')).toEqual([
      'ghcr.io/n/desktop:@',
      'docker.io/vnmd/desktop:@'
    ])
  })

  test.each([
    'vnmd',
    'docker.io/vnmd username-env=A',
    'docker.io/vnmd username-env=A password-env=B-C',
    'docker.io/Ü'
  ])('%s is refused', (line) => {
    expect(() => parse(line)).toThrow()
  })
})

describe('logins', () => {
  const line = 'docker.io/vnmd username-env=USER_X password-env=PASS_X'

  test('come from the variables', async () => {
    const credentials = loginsOf(parse(line), { env: { USER_X: 'u', PASS_X: 'very-secret' } })
    expect(await credentials('docker.io')).toEqual({ username: 'u', password: 'very-secret' })
    expect(await credentials('quay.io')).toBeUndefined()
  })

  test('both empty is a fork, one of them a mistake', async () => {
    expect(await loginsOf(parse(line), { env: {} })('docker.io')).toBeUndefined()
    expect(() => loginsOf(parse(line), { env: { USER_X: 'u' } })).toThrow(/PASS_X is empty/)
  })
})
