import { describe, expect, test } from '@jest/globals'
import { anonymous, dockerCredentials, firstOf, given } from '../credentials.ts'
import { parseChallenges } from '../auth.ts'
import {
  at,
  BadReference,
  formatReference,
  isLoopback,
  notesOnCapitals,
  parseReference,
  parseRepository,
  endpointOf
} from '../reference.ts'

const digest = `sha256:${'a'.repeat(64)}`

describe('references', () => {
  test.each([
    ['debian', 'docker.io/library/debian:latest'],
    ['vnmd/neurodesktop:2026-01-01', 'docker.io/vnmd/neurodesktop:2026-01-01'],
    ['index.docker.io/vnmd/x', 'docker.io/vnmd/x:latest'],
    [
      'ghcr.io/neurodesk/neurodesktop/neurodesktop:latest',
      'ghcr.io/neurodesk/neurodesktop/neurodesktop:latest'
    ],
    ['127.0.0.1:5000/vnmd/niimath_1.0.0:20240902', '127.0.0.1:5000/vnmd/niimath_1.0.0:20240902'],
    ['localhost/x', 'localhost/x:latest'],
    ['[::1]:5000/x', '[::1]:5000/x:latest'],
    ['GHCR.io/NeuroDesk/neurodesktop:Latest', 'ghcr.io/neurodesk/neurodesktop:Latest'],
    ['NeuroDesk/x', 'docker.io/neurodesk/x:latest'],
    [`quay.io/a/b:tag@${digest}`, `quay.io/a/b@${digest}`]
  ])('%s', (text, canonical) => {
    expect(formatReference(parseReference(text))).toBe(canonical)
  })

  test.each([
    '',
    'Ü/x',
    'ghcr.io/a//b',
    'ghcr.io/../x',
    'x:t ag',
    'x@sha256:12',
    'ghcr.io/a/b:-x',
    'a b',
    'x/',
    '/x'
  ])('%j is refused', (text) => {
    expect(() => parseReference(text)).toThrow(BadReference)
  })

  test('capitals are told to who wrote them, and only there', () => {
    expect(
      notesOnCapitals([
        'ghcr.io/NeuroDesk/Desktop:V-1',
        '127.0.0.1:5000/Vnmd',
        `GHCR.io/neurodesk/x@${digest}`
      ])
    ).toEqual([
      'ghcr.io/NeuroDesk/Desktop is taken as ghcr.io/neurodesk/desktop: registries know names in lower case only',
      expect.stringContaining('taken as 127.0.0.1:5000/vnmd'),
      expect.stringContaining('taken as ghcr.io/neurodesk/x:')
    ])
    expect(notesOnCapitals(['ghcr.io/neurodesk/x:V-1', `docker.io/vnmd@${digest}`])).toEqual([])
  })

  test('loopback speaks plain http, everything else https', () => {
    expect(['localhost', '127.0.0.1:5000', '127.8.8.8', '[::1]:80'].map(isLoopback)).toEqual([
      true,
      true,
      true,
      true
    ])
    expect(['127.0.0.1.example.org', 'ghcr.io', '10.0.0.1'].map(isLoopback)).toEqual([false, false, false])
    expect(endpointOf('docker.io')).toBe('https://registry-1.docker.io')
    expect(endpointOf('127.0.0.1:5000')).toBe('http://127.0.0.1:5000')
  })

  test('a tag or a digest is put on a repository, nothing else', () => {
    const repository = parseRepository('ghcr.io/a/b')
    expect(at(repository, digest)).toMatchObject({ tag: undefined, digest })
    expect(() => at(repository, 'no tag')).toThrow(BadReference)
  })
})

describe('challenges', () => {
  test.each([
    [
      'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:a/b:pull,push"',
      [
        {
          scheme: 'bearer',
          parameters: {
            realm: 'https://auth.docker.io/token',
            service: 'registry.docker.io',
            scope: 'repository:a/b:pull,push'
          }
        }
      ]
    ],
    ['Basic realm="Registry Realm"', [{ scheme: 'basic', parameters: { realm: 'Registry Realm' } }]],
    [
      'Negotiate, Basic realm="x", Bearer realm="https://y", error="invalid_token"',
      [
        { scheme: 'basic', parameters: { realm: 'x' } },
        { scheme: 'bearer', parameters: { realm: 'https://y', error: 'invalid_token' } }
      ]
    ],
    ['', []],
    ['nonsense ===,,,"', []]
  ])('%s', (header, expected) => {
    expect(parseChallenges(header)).toEqual(expected)
  })
})

describe('credentials', () => {
  const encode = (text: string): string => Buffer.from(text).toString('base64')
  const reading = (
    config: unknown,
    helper?: (name: string, server: string) => string
  ): Parameters<typeof dockerCredentials>[0] =>
    ({
      fs: {
        readFile: () =>
          config === undefined
            ? Promise.reject(Object.assign(new Error('gone'), { code: 'ENOENT' }))
            : Promise.resolve(typeof config === 'string' ? config : JSON.stringify(config))
      },
      exec: {
        run: (name: string, _: readonly string[], options: { stdin?: string }) => {
          const stdout = helper?.(name, options.stdin ?? '') ?? ''
          return Promise.resolve({
            exitCode: stdout === '' ? 1 : 0,
            stdout: stdout === '' ? 'credentials not found in native keychain' : stdout,
            stderr: ''
          })
        }
      },
      runner: { env: { DOCKER_CONFIG: '/config' } }
    }) as unknown as Parameters<typeof dockerCredentials>[0]

  test("Docker Hub's old address, plain hosts, identity tokens, padded passwords", async () => {
    const ask = dockerCredentials(
      reading({
        auths: {
          'https://index.docker.io/v1/': { auth: encode('me:pass:word\0\0') },
          'ghcr.io': { auth: encode('gh:token') },
          'https://quay.io': { identitytoken: 'refresh' },
          '127.0.0.1:5000': {}
        }
      })
    )
    expect(await ask('docker.io')).toEqual({ username: 'me', password: 'pass:word' })
    expect(await ask('ghcr.io')).toEqual({ username: 'gh', password: 'token' })
    expect(await ask('quay.io')).toEqual({ identityToken: 'refresh' })
    expect(await ask('127.0.0.1:5000')).toBeUndefined()
    expect(await ask('example.org')).toBeUndefined()
  })

  test('helpers: one for a host, one for the rest; "not found" is nobody, not a failure', async () => {
    const asked: string[] = []
    const ask = dockerCredentials(
      reading({ credHelpers: { 'ghcr.io': 'gh' }, credsStore: 'desktop' }, (name, server) => {
        asked.push(`${name} ${server}`)
        return name.endsWith('gh') ? JSON.stringify({ Username: '<token>', Secret: 'abc' }) : ''
      })
    )
    expect(await ask('ghcr.io')).toEqual({ identityToken: 'abc' })
    expect(await ask('quay.io')).toBeUndefined()
    expect(asked[0]).toBe('docker-credential-gh ghcr.io')
    expect(asked).toContain('docker-credential-desktop quay.io')
  })

  test('a configuration that cannot be read is told, without its text', async () => {
    const ask = dockerCredentials(reading('{"auths": {"x": secret'))
    await expect(ask('x')).rejects.toThrow(/^the Docker configuration \/config\/config.json is no JSON$/)
    expect(await dockerCredentials(reading(undefined))('x')).toBeUndefined()
  })

  test('the first source that knows wins', async () => {
    const ask = firstOf(
      anonymous,
      given({ x: { username: 'a', password: 'b' } }),
      given({ x: { username: 'c', password: 'd' } })
    )
    expect(await ask('x')).toEqual({ username: 'a', password: 'b' })
  })
})
