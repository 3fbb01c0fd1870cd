/** Manifest, whitelist and certificate in every form of the protocol, signed by the testbed. */
import { constants, privateEncrypt } from 'node:crypto'

import { describe, expect, test } from '@jest/globals'

import { Repository, keyPair, letter } from '../../../testbed/cvmfs/index.ts'
import {
  Fault,
  hashBytes,
  parseCertificate,
  parseManifest,
  parseWhitelist,
  readMasterKeys,
  verifyListed,
  verifyManifest,
  verifyWhitelist
} from '../index.ts'

const NOW = Date.UTC(2024, 5, 21, 12)
const HOUR = 3_600_000
const repository = new Repository({ fqrn: 'x.example.org', now: NOW })
const master = readMasterKeys(repository.masterKeyPem)
const certificate = parseCertificate(Buffer.from(repository.certificatePem))
const HEX = '0123456789abcdef0123456789abcdef01234567'

const LINES: Readonly<Record<string, string>> = {
  C: HEX,
  B: '4096',
  R: 'd41d8cd98f00b204e9800998ecf8427e',
  D: '240',
  S: '17',
  N: 'x.example.org',
  X: HEX,
  T: '1718960000'
}

function manifest(changes: Readonly<Record<string, string | undefined>> = {}, extra = ''): Buffer {
  const lines = Object.entries({ ...LINES, ...changes }).filter(([, value]) => value !== undefined)
  return repository.signManifest(lines.map(([key, value]) => `${key}${value ?? ''}\n`).join('') + extra)
}

function codeOf(action: () => unknown): string | undefined {
  try {
    action()
    return undefined
  } catch (error) {
    if (error instanceof Fault) return error.code
    throw error
  }
}

describe('manifest', () => {
  test('is read and verified', () => {
    const read = parseManifest(manifest())
    expect(read).toMatchObject({
      name: 'x.example.org',
      revision: 17,
      ttl: 240,
      published: 1_718_960_000_000,
      rootCatalog: { algorithm: 'sha1', hex: HEX },
      rootCatalogSize: 4096,
      history: undefined,
      alternativeNames: false
    })
    verifyManifest(read, certificate)
  })

  test('unknown letters, empty values, another order and repeated Z are tolerated', () => {
    const read = parseManifest(
      manifest({ H: '', M: '', V: '2.2.0', Q: 'x', T: undefined, B: '0' }, 'Zone\nZtwo\n\n')
    )
    expect(read.published).toBeUndefined()
    expect(read.rootCatalogSize).toBeUndefined()
    expect(read.metaInfo).toBeUndefined()
  })

  test.each(['rmd160', 'shake128'] as const)('hashes of %s', (algorithm) => {
    const other = new Repository({ fqrn: 'x.example.org', now: NOW, algorithm })
    const text = `${HEX}-${algorithm}`
    const payload = Object.entries({ ...LINES, C: text, X: text }).map(([key, value]) => `${key}${value}\n`)
    const read = parseManifest(other.signManifest(payload.join('')))
    expect(read.letter.hashText).toMatch(new RegExp(`-${algorithm}$`))
    expect(read.rootCatalog.algorithm).toBe(algorithm)
    // The signature's digest is SHA-1 whatever the repository uses.
    verifyManifest(read, certificate)
  })

  test('every problem is told', () => {
    const bytes = manifest({ C: 'nothing', S: '-1', N: undefined, X: undefined, D: '1e3' })
    expect(() => parseManifest(bytes)).toThrow(
      /C is not a hash; S is not a number; D is not a number; X is not given; N is not given|C is not a hash/
    )
    for (const part of [
      'C is not a hash',
      'X is not given',
      'S is not a number',
      'D is not a number',
      'N is not given'
    ]) {
      expect(() => parseManifest(bytes)).toThrow(part)
    }
  })

  test.each([
    ['nothing', Buffer.alloc(0), 'manifest-format'],
    ['a web page', Buffer.from('<html></html>\n'), 'manifest-format'],
    ['no signature', manifest().subarray(0, manifest().length - 256), 'manifest-format'],
    ['half of it', manifest().subarray(0, 90), 'manifest-format'],
    ['a repeated key', manifest({}, 'S18\n'), 'manifest-format'],
    ['a tail of kilobytes', Buffer.concat([manifest(), Buffer.alloc(5000)]), 'manifest-format'],
    ['another root path', manifest({ R: '0'.repeat(32) }), 'manifest-root-path'],
    [
      'one changed digit',
      Buffer.from(manifest().toString('latin1').replace('S17', 'S18'), 'latin1'),
      'manifest-altered'
    ]
  ])('%s', (_what, bytes, code) => {
    expect(codeOf(() => parseManifest(bytes))).toBe(code)
  })

  test('the signature covers the text of the hash and nothing else', () => {
    const forged = repository.signManifest('', keyPair('forger').privateKey)
    const good = manifest()
    const mixed = Buffer.concat([good.subarray(0, good.length - 256), forged.subarray(forged.length - 256)])
    expect(codeOf(() => verifyManifest(parseManifest(mixed), certificate))).toBe('manifest-signature')
    expect(codeOf(() => verifyManifest(parseManifest(good), certificate))).toBeUndefined()
  })

  test('a signature with line breaks and dashes in it is cut as bytes', () => {
    const good = manifest()
    const signature = Buffer.from('\n--\n'.repeat(64))
    const read = parseManifest(Buffer.concat([good.subarray(0, good.length - 256), signature]))
    expect(read.letter.signature).toEqual(signature)
  })
})

describe('whitelist', () => {
  const whitelist = (options: Partial<Parameters<Repository['whitelist']>[0]> = {}): Buffer =>
    repository.whitelist({ issued: NOW - HOUR, expires: NOW + 48 * HOUR, ...options })

  test('is read and verified, and lists the certificate', () => {
    const read = parseWhitelist(whitelist())
    expect(read).toMatchObject({ name: 'x.example.org', issued: NOW - HOUR, expires: NOW + 48 * HOUR })
    verifyWhitelist(read, master)
    verifyListed(read, certificate)
  })

  test('clients compare its expiry by the hour', () => {
    const expires = NOW + 59 * 60_000 + 33_000
    const read = parseWhitelist(whitelist({ expires }))
    expect(read.expires).toBe(expires)
    expect(read.expiresForClients).toBe(NOW)
  })

  test('any one of several master keys will do', () => {
    const read = parseWhitelist(whitelist())
    const other = readMasterKeys(
      keyPair('forger').publicKey.export({ type: 'spki', format: 'pem' }).toString()
    )
    expect(codeOf(() => verifyWhitelist(read, other))).toBe('whitelist-signature')
    verifyWhitelist(read, [...other, ...master])
  })

  test('a signature over the binary digest, as other tools make it, is none', () => {
    const { payload } = parseWhitelist(whitelist()).letter
    const digest = Buffer.from(hashBytes('sha1', payload), 'hex')
    const key = keyPair('master').privateKey
    const wrong = letter(payload.toString('latin1'), 'sha1', () =>
      privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, digest)
    )
    expect(codeOf(() => verifyWhitelist(parseWhitelist(wrong), master))).toBe('whitelist-signature')
  })

  test.each(['-RMD160', '-SHAKE128'])('fingerprints of other algorithms: %s', (tag) => {
    const algorithm = tag === '-RMD160' ? 'rmd160' : 'shake128'
    const print = (hashBytes(algorithm, certificate.raw).toUpperCase().match(/../g) ?? []).join(':')
    const read = parseWhitelist(whitelist({ certificates: [], options: [`${print}${tag}\tthe publisher`] }))
    expect(read.fingerprints).toEqual([{ algorithm, hex: hashBytes(algorithm, certificate.raw) }])
    verifyListed(read, certificate)
  })

  test('another certificate is not listed', () => {
    const none = (new Array(20).fill('00') as string[]).join(':')
    const read = parseWhitelist(whitelist({ certificates: [], options: [none] }))
    expect(codeOf(() => verifyListed(read, certificate))).toBe('certificate-not-listed')
  })

  test.each([
    ['nothing', Buffer.alloc(0), 'whitelist-format'],
    ['no certificate', whitelist({ certificates: [] }), 'whitelist-format'],
    ['half of it', whitelist().subarray(0, 30), 'whitelist-format'],
    ['PKCS#7', whitelist({ options: ['Vpkcs7'] }), 'whitelist-unsupported'],
    ['a certificate authority', whitelist({ options: ['Wcachain'] }), 'whitelist-unsupported'],
    [
      'altered',
      Buffer.from(whitelist().toString('latin1').replace('\nN', '\nNx'), 'latin1'),
      'whitelist-altered'
    ]
  ])('%s', (_what, bytes, code) => {
    expect(codeOf(() => parseWhitelist(bytes))).toBe(code)
  })

  test('every line that is wrong is told', () => {
    const bytes = letter('2024\nE2024\nX\n', 'sha1', () => Buffer.alloc(256, 1))
    for (const part of ['line 1', 'line 2', 'line 3', 'lists no certificate']) {
      expect(() => parseWhitelist(bytes)).toThrow(part)
    }
  })
})

describe('keys and certificates', () => {
  test('several keys in one text', () => {
    expect(readMasterKeys(`# mine\n${repository.masterKeyPem}\n${repository.masterKeyPem}`)).toHaveLength(2)
  })

  test.each([
    ['no PEM', 'hello', /no PEM block/],
    ['a broken one', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----', /not a public key/],
    [
      'another kind of key',
      '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----',
      /ed25519, not RSA/
    ]
  ])('%s', (_what, text, message) => {
    expect(() => readMasterKeys(text)).toThrow(message)
  })

  test('what is no certificate', () => {
    expect(codeOf(() => parseCertificate(Buffer.from('-----BEGIN CERTIFICATE-----\nAAAA\n-----END')))).toBe(
      'certificate-format'
    )
  })
})
