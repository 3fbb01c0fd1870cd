/** The chain of trust: master key -> whitelist -> certificate -> manifest -> root catalog. */
import {
  X509Certificate,
  constants,
  createPublicKey,
  publicDecrypt,
  verify,
  type KeyObject
} from 'node:crypto'

import { messageOf } from '../failure/index.ts'
import { Fault } from './faults.ts'
import { hashBytes } from './hash.ts'
import type { Manifest } from './manifest.ts'
import type { Whitelist } from './whitelist.ts'

const BLOCK = /-----BEGIN (?:RSA )?PUBLIC KEY-----[\s\S]{1,20000}?-----END (?:RSA )?PUBLIC KEY-----/g

/**
 * The master keys in a text: one or more PEM blocks.
 * @throws Error when there is none, or one that is not an RSA key.
 */
export function readMasterKeys(text: string): KeyObject[] {
  const blocks = text.match(BLOCK) ?? []
  if (blocks.length === 0) throw new Error('there is no PEM block "PUBLIC KEY" in it')
  return blocks.map((block) => {
    let key: KeyObject
    try {
      key = createPublicKey(block)
    } catch (error) {
      throw new Error(`the PEM block is not a public key: ${messageOf(error)}`, { cause: error })
    }
    if (key.asymmetricKeyType !== 'rsa')
      throw new Error(`the key is ${key.asymmetricKeyType ?? 'of no known type'}, not RSA`)
    return key
  })
}

/**
 * The certificate object, inflated: a PEM.
 * @throws Fault certificate-format
 */
export function parseCertificate(pem: Buffer): X509Certificate {
  try {
    return new X509Certificate(pem)
  } catch (error) {
    throw new Fault('certificate-format', `The certificate cannot be read: ${messageOf(error)}`, error)
  }
}

/**
 * Raw RSA with PKCS#1 type 1 padding around the hash text, without DigestInfo; one matching key is enough.
 * @throws Fault whitelist-signature
 */
export function verifyWhitelist(whitelist: Whitelist, keys: readonly KeyObject[]): void {
  const wanted = Buffer.from(whitelist.letter.hashText, 'latin1')
  for (const key of keys) {
    try {
      const opened = publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, whitelist.letter.signature)
      if (opened.equals(wanted)) return
    } catch {
      // Not signed by this key: the next one may fit.
    }
  }
  throw new Fault('whitelist-signature', 'The whitelist is not signed by any of the master keys.')
}

/**
 * The hash text signed by RSASSA-PKCS1-v1_5 with SHA-1, whatever algorithm the repository uses.
 * @throws Fault manifest-signature
 */
export function verifyManifest(manifest: Manifest, certificate: X509Certificate): void {
  let valid = false
  try {
    const text = Buffer.from(manifest.letter.hashText, 'latin1')
    valid = verify('RSA-SHA1', text, certificate.publicKey, manifest.letter.signature)
  } catch {
    // A key of another kind than RSA: not a signature of this protocol.
  }
  if (!valid)
    throw new Fault('manifest-signature', "The manifest's signature does not belong to its certificate.")
}

/**
 * The certificate must stand in the whitelist, by the hash of its DER form.
 * @throws Fault certificate-not-listed
 */
export function verifyListed(whitelist: Whitelist, certificate: X509Certificate): void {
  const der = certificate.raw
  const listed = whitelist.fingerprints.some((print) => hashBytes(print.algorithm, der) === print.hex)
  if (!listed) {
    throw new Fault(
      'certificate-not-listed',
      'The certificate that signed the manifest does not stand in the whitelist: the two are out of step.'
    )
  }
}
