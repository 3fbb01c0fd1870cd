/** Who a server says it is, and whether that is true: manifest, certificate and whitelist, verified. */
import type { KeyObject, X509Certificate } from 'node:crypto'
import { inflateSync } from 'node:zlib'

import { messageOf } from '../failure/index.ts'
import type { HttpHead, HttpResponse } from '../ports/index.ts'
import { Unanswered, cacheEvidence, type Endpoint } from './endpoint.ts'
import { Fault } from './faults.ts'
import { MAX_MANIFEST_BYTES, parseManifest, type Manifest } from './manifest.ts'
import { readObject, type BadObject } from './objects.ts'
import { parseCertificate, verifyListed, verifyManifest, verifyWhitelist } from './trust.ts'
import { MAX_WHITELIST_BYTES, parseWhitelist, type Whitelist } from './whitelist.ts'

/** What kept a file from being read. */
export type NotRead =
  | { readonly why: 'unanswered'; readonly error: Unanswered }
  | { readonly why: 'status'; readonly status: number }
  | { readonly why: 'redirect'; readonly status: number; readonly location: string }
  /** A web page where the file should be: a captive portal, a web server's welcome. */
  | { readonly why: 'page' }

export interface Identity {
  readonly manifest: Manifest | undefined
  readonly whitelist: Whitelist | undefined
  /** Everything that the protocol does not allow; none when all is well. */
  readonly faults: readonly Fault[]
  readonly manifestNotRead: NotRead | undefined
  readonly whitelistNotRead: NotRead | undefined
  /** The certificate's object, when it was bad or not readable. */
  readonly certificateBad: BadObject | undefined
  readonly certificateUnknown: string | undefined
  /** The manifest's signature and its certificate's place in a signed whitelist are proved. */
  readonly trusted: boolean
  /** Of the manifest's answer. */
  readonly head: HttpHead | undefined
  readonly evidence: Readonly<Record<string, string>>
}

const MAX_CERTIFICATE = 256 * 1024

/**
 * Reads and verifies. Independent faults are all told; one that follows from another is not.
 * @param now milliseconds since 1970, for the whitelist's expiry as clients take it.
 */
export async function identify(
  endpoint: Endpoint,
  fqrn: string,
  keys: readonly KeyObject[],
  now: number
): Promise<Identity> {
  const [published, listed] = await Promise.all([
    readFile(endpoint, '.cvmfspublished', MAX_MANIFEST_BYTES, 'manifest-format'),
    readFile(endpoint, '.cvmfswhitelist', MAX_WHITELIST_BYTES, 'whitelist-format')
  ])
  const faults: Fault[] = []
  const { value: manifest, notRead: manifestNotRead } = parsed(published, parseManifest, faults)
  // Of a server that serves something else altogether, the whitelist is no news.
  const { value: whitelist, notRead: whitelistNotRead } =
    manifestNotRead === undefined ? parsed(listed, parseWhitelist, faults) : EMPTY
  if (manifest !== undefined && manifest.name !== fqrn) {
    faults.push(
      new Fault('manifest-name', `The manifest is that of ${shown(manifest.name)}, not of ${fqrn}.`)
    )
  }
  if (whitelist !== undefined) faults.push(...whitelistFaults(whitelist, fqrn, keys, now))

  const certificate = manifest === undefined ? {} : await fetchCertificate(endpoint, manifest, faults)
  const { value: signer } = certificate
  const signed =
    manifest !== undefined && signer !== undefined && collect(faults, () => verifyManifest(manifest, signer))
  const listSigned = !faults.some(({ code }) => code === 'whitelist-signature' || code === 'whitelist-name')
  // Only two valid signatures can be out of step with each other.
  const inStep =
    signed && listSigned && whitelist !== undefined && collect(faults, () => verifyListed(whitelist, signer))
  return {
    manifest,
    whitelist,
    faults,
    manifestNotRead,
    whitelistNotRead,
    certificateBad: certificate.bad,
    certificateUnknown: certificate.unknown,
    trusted: inStep && !faults.some(({ code }) => code === 'manifest-name'),
    head: 'status' in published ? published : undefined,
    evidence: 'status' in published ? cacheEvidence(published.headers) : {}
  }
}

/**
 * The manifest once more, past every cache.
 * @returns it when it could be read and its signature is that of the certificate it names; undefined otherwise.
 */
export async function identifyFresh(endpoint: Endpoint): Promise<Manifest | undefined> {
  try {
    const reply = await endpoint.ask('.cvmfspublished', { maxBytes: MAX_MANIFEST_BYTES, fresh: true })
    if (reply.status !== 200) return undefined
    const manifest = parseManifest(reply.body)
    const { value } = await fetchCertificate(endpoint, manifest, [])
    if (value === undefined) return undefined
    verifyManifest(manifest, value)
    return manifest
  } catch (error) {
    if (error instanceof Unanswered || error instanceof Fault) return undefined
    throw error
  }
}

type Read = HttpResponse | Unanswered | Fault

async function readFile(
  endpoint: Endpoint,
  path: string,
  maxBytes: number,
  tooLarge: 'manifest-format' | 'whitelist-format'
): Promise<Read> {
  try {
    return await endpoint.ask(path, { maxBytes })
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error
    return error.kind === 'too-large'
      ? new Fault(tooLarge, `${path} is larger than ${maxBytes} bytes.`)
      : error
  }
}

interface Parsed<T> {
  readonly value: T | undefined
  readonly notRead: NotRead | undefined
}
const EMPTY = { value: undefined, notRead: undefined }

function parsed<T>(read: Read, parse: (bytes: Buffer) => T, faults: Fault[]): Parsed<T> {
  if (read instanceof Unanswered) return { value: undefined, notRead: { why: 'unanswered', error: read } }
  if (read instanceof Fault) {
    faults.push(read)
    return EMPTY
  }
  const { status, headers, body } = read
  if (status >= 300 && status < 400) {
    const location = shown(headers['location'] ?? '')
    return { value: undefined, notRead: { why: 'redirect', status, location } }
  }
  if (status !== 200) return { value: undefined, notRead: { why: 'status', status } }
  if (/^\s*<(!doctype|html|head|body|\?xml)/i.test(body.subarray(0, 200).toString('latin1'))) {
    return { value: undefined, notRead: { why: 'page' } }
  }
  let value: T | undefined
  collect(faults, () => {
    value = parse(body)
  })
  return { value, notRead: undefined }
}

function whitelistFaults(
  whitelist: Whitelist,
  fqrn: string,
  keys: readonly KeyObject[],
  now: number
): Fault[] {
  const faults: Fault[] = []
  if (whitelist.name !== fqrn) {
    faults.push(
      new Fault('whitelist-name', `The whitelist is that of ${shown(whitelist.name)}, not of ${fqrn}.`)
    )
  }
  collect(faults, () => verifyWhitelist(whitelist, keys))
  if (now >= whitelist.expiresForClients) {
    const literal = new Date(whitelist.expires).toISOString()
    const rounded = now < whitelist.expires ? ' (clients compare whole hours: for them it has expired)' : ''
    faults.push(new Fault('whitelist-expired', `The whitelist expires at ${literal}${rounded}.`))
  }
  return faults
}

async function fetchCertificate(
  endpoint: Endpoint,
  manifest: Manifest,
  faults: Fault[]
): Promise<{ value?: X509Certificate; bad?: BadObject; unknown?: string }> {
  const state = await readObject(endpoint, {
    hash: manifest.certificate,
    kind: 'certificate',
    stored: 'zlib'
  })
  if (state.state === 'bad') return { bad: state }
  if (state.state === 'unknown') return { unknown: state.reason }
  const read: { value?: X509Certificate } = {}
  collect(faults, () => {
    read.value = parseCertificate(inflated(state.body ?? Buffer.alloc(0)))
  })
  return read
}

function inflated(body: Buffer): Buffer {
  try {
    return inflateSync(body, { maxOutputLength: MAX_CERTIFICATE })
  } catch (error) {
    throw new Fault('certificate-format', `The certificate cannot be inflated: ${messageOf(error)}`, error)
  }
}

/** True when nothing was thrown; a fault is kept. */
function collect(faults: Fault[], check: () => void): boolean {
  try {
    check()
    return true
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    faults.push(error)
    return false
  }
}

/** Text from outside, fit for a message. */
function shown(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, 200)
}
