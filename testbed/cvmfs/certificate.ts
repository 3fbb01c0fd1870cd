/** A self-signed X.509 certificate: just enough DER (X.690) for Node to read, since node:crypto cannot make one. */
import { createPublicKey, sign, type KeyObject } from 'node:crypto'

const SHA256_WITH_RSA = '2a864886f70d01010b'
const COMMON_NAME = '550403'

/** The certificate of a key, as PEM. Times in milliseconds since 1970; good until 2049, as UTCTime is. */
export function selfSigned(privateKey: KeyObject, commonName: string, from: number, until: number): string {
  const algorithm = sequence(tagged(0x06, Buffer.from(SHA256_WITH_RSA, 'hex')), tagged(0x05, Buffer.alloc(0)))
  const name = sequence(
    tagged(
      0x31,
      sequence(tagged(0x06, Buffer.from(COMMON_NAME, 'hex')), tagged(0x0c, Buffer.from(commonName)))
    )
  )
  const body = sequence(
    tagged(0x02, Buffer.from([0x01])), // serial number; without an explicit version this is version 1
    algorithm,
    name,
    sequence(utcTime(from), utcTime(until)),
    name,
    createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
  )
  const signature = sign('sha256', body, privateKey)
  const der = sequence(body, algorithm, tagged(0x03, Buffer.concat([Buffer.from([0]), signature])))
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}

function utcTime(ms: number): Buffer {
  const text = new Date(ms).toISOString().replace(/[-:T]/g, '').slice(2, 14)
  return tagged(0x17, Buffer.from(`${text}Z`))
}

function sequence(...parts: Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts))
}

function tagged(tag: number, content: Buffer): Buffer {
  const short = content.length < 0x80
  const size = Buffer.from(content.length.toString(16).padStart(content.length > 0xff ? 4 : 2, '0'), 'hex')
  const length = short
    ? Buffer.from([content.length])
    : Buffer.concat([Buffer.from([0x80 | size.length]), size])
  return Buffer.concat([Buffer.from([tag]), length, content])
}
