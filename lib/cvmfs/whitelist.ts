/** `.cvmfswhitelist`: which certificates may sign, until when; signed by a master key. cvmfs/whitelist.cc. */
import { Fault } from './faults.ts'
import { parseStamp } from './dates.ts'
import { cutLetter, type Letter } from './letter.ts'
import type { Algorithm } from './hash.ts'

export interface Whitelist {
  readonly name: string
  /** Milliseconds since 1970. */
  readonly issued: number
  /** As written. */
  readonly expires: number
  /** As the reference client takes it: the start of the hour in which it expires (it compares no minutes). */
  readonly expiresForClients: number
  readonly fingerprints: readonly Fingerprint[]
  readonly letter: Letter
}

/** Hash of a certificate in DER form. */
export interface Fingerprint {
  readonly algorithm: Algorithm
  readonly hex: string
}

export const MAX_WHITELIST_BYTES = 1024 * 1024

const MAX_LINES = 20_000
const HOUR = 3_600_000

/**
 * Reads a whitelist. Its signature and its expiry are NOT checked here.
 * @throws Fault whitelist-format, whitelist-altered, or whitelist-unsupported for one that is to be verified by
 *   PKCS#7 or by a certificate authority.
 */
export function parseWhitelist(bytes: Buffer): Whitelist {
  const letter = cutLetter(bytes)
  if ('problem' in letter) throw new Fault('whitelist-format', `The whitelist is not one: ${letter.problem}.`)
  if (!letter.intact) {
    throw new Fault(
      'whitelist-altered',
      'The whitelist is altered: its text has not the hash that stands below it.'
    )
  }
  const lines = letter.payload.toString('latin1').split('\n')
  if (lines.length > MAX_LINES) {
    throw new Fault('whitelist-format', `The whitelist has more than ${MAX_LINES} lines.`)
  }
  const [issuedText = '', expiresText = '', nameText = '', ...rest] = lines
  const issued = parseStamp(issuedText)
  const expires = expiresText.startsWith('E') ? parseStamp(expiresText.slice(1)) : undefined
  const problems: string[] = []
  if (issued === undefined) problems.push('line 1 is not a time of issue (YYYYMMDDhhmmss)')
  if (expires === undefined) problems.push('line 2 is not an expiry (EYYYYMMDDhhmmss)')
  if (!/^N./.test(nameText)) problems.push('line 3 does not name the repository (N…)')

  const fingerprints: Fingerprint[] = []
  for (const line of rest) {
    if (line === 'Vpkcs7' || line === 'Wcachain') {
      throw new Fault(
        'whitelist-unsupported',
        `The whitelist is to be verified by ${line === 'Vpkcs7' ? 'PKCS#7 (.cvmfswhitelist.pkcs7)' : 'a certificate authority'} (its line ${line}), which this check cannot do: nothing of this server could be trusted.`
      )
    }
    const fingerprint = parseFingerprint(line)
    if (fingerprint !== undefined) fingerprints.push(fingerprint)
  }
  if (fingerprints.length === 0) problems.push('it lists no certificate')
  if (issued === undefined || expires === undefined || problems.length > 0) {
    throw new Fault('whitelist-format', `The whitelist is not one: ${problems.join('; ')}.`)
  }
  return {
    name: nameText.slice(1),
    issued,
    expires,
    expiresForClients: expires - (expires % HOUR),
    fingerprints,
    letter
  }
}

/** `AB:CD:…`, with `-RMD160` or `-SHAKE128` for other algorithms than SHA-1, and perhaps a comment behind it. */
function parseFingerprint(line: string): Fingerprint | undefined {
  const match = /^((?:[0-9A-Fa-f]{2}:){19}[0-9A-Fa-f]{2})(-RMD160|-SHAKE128)?(?:[ \t#].*)?$/.exec(line)
  if (match?.[1] === undefined) return undefined
  return {
    algorithm: match[2] === undefined ? 'sha1' : match[2] === '-RMD160' ? 'rmd160' : 'shake128',
    hex: match[1].replaceAll(':', '').toLowerCase()
  }
}
