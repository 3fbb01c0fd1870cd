/**
 * The signed form of manifest and whitelist: payload, a line `--`, the payload's hash as text, and a raw signature
 * over that text. cvmfs/signature.cc, SignatureManager::CutLetter and VerifyLetter.
 */
import { hashBytes, parseHash } from './hash.ts'

export interface Letter {
  /** The signed lines, the newline before `--` included. */
  readonly payload: Buffer
  /** The printed hash with its algorithm's tag: the very text that is signed. */
  readonly hashText: string
  /** True when the payload has the printed hash. */
  readonly intact: boolean
  readonly signature: Buffer
}

const CUT = Buffer.from('\n--\n')
/** Longest hash text: 40 digits and the longest tag. */
const MAX_HASH_TEXT = 64
/** An RSA key of 8192 bits signs with 1024 bytes. */
const MAX_SIGNATURE = 1024

/**
 * Cuts a letter. The signature is binary and may hold newlines and `--`: nothing is decoded as text before the cut.
 * @returns the letter, or what is wrong with its form.
 */
export function cutLetter(bytes: Buffer): Letter | { readonly problem: string } {
  const at = bytes.indexOf(CUT)
  if (at < 0) return { problem: 'there is no line "--" that ends the signed text' }
  const payload = bytes.subarray(0, at + 1)
  const rest = bytes.subarray(at + CUT.length)
  const end = rest.subarray(0, MAX_HASH_TEXT + 1).indexOf(0x0a)
  if (end < 0) return { problem: 'no hash stands behind the line "--"' }
  const hashText = rest.subarray(0, end).toString('latin1')
  const hash = parseHash(hashText)
  if (hash === undefined) return { problem: 'what stands behind the line "--" is not a hash' }
  const signature = rest.subarray(end + 1)
  if (signature.length === 0) return { problem: 'there is no signature' }
  if (signature.length > MAX_SIGNATURE) return { problem: `the signature has ${signature.length} bytes` }
  return { payload, hashText, intact: hashBytes(hash.algorithm, payload) === hash.hex, signature }
}
