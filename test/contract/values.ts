/** Values for inputs of every kind: such as no field takes, and secrets. */
import { generateKeyPairSync } from 'node:crypto'

import type { Schema } from '../../lib/action/index.ts'
import type { Contract } from './contract.ts'

export interface BadValue {
  readonly value: string
  /** What the error shows of it; the value itself when it is not said. */
  readonly given?: string
}

const BAD: readonly (readonly [RegExp, BadValue])[] = [
  [/^boolean$/, { value: 'perhaps' }],
  [/^duration$/, { value: 'a while' }],
  [/^integer$/, { value: 'many' }],
  [/^size$/, { value: 'large' }],
  [/^count-or-percent$/, { value: 'most' }],
  [/^choice/, { value: 'anything' }],
  [/^entries$/, { value: 'x nonsense=1 nonsense=2' }],
  [/^(text|lines)$/, { value: 'a\u0007b' }],
  [/^secret$/, { value: 'two-lines-1\ntwo-lines-2', given: '***' }],
  [/^private key$/, { value: 'no-key-at-all', given: '***' }]
]

/** A bad value for every field, by the names of the inputs; undefined where nobody knows one. */
export function badValues(
  schema: Schema,
  own: Contract['bad'] = {}
): ReadonlyMap<string, BadValue | undefined> {
  return new Map(
    Object.entries(schema).map(([name, { kind }]) => [
      name,
      own[name] ?? BAD.find(([pattern]) => pattern.test(kind))?.[1]
    ])
  )
}

/** A good value for every secret field. */
export function secretValues(schema: Schema): Readonly<Record<string, string>> {
  const secrets = Object.entries(schema).filter(([, field]) => field.secret)
  return Object.fromEntries(
    secrets.map(([name, { kind }]) => [
      name,
      kind === 'private key' ? privateKey() : `hunter2-${name}-0123456789`
    ])
  )
}

/** The forms in which a secret could be shown: as it is, each line of a key, base64, URL-encoded. */
export function formsOf(secret: string): readonly string[] {
  const lines = secret.split('\n').filter((line) => line.length > 15 && !line.startsWith('-----'))
  return [...new Set([secret, ...lines, Buffer.from(secret).toString('base64'), encodeURIComponent(secret)])]
}

function privateKey(): string {
  const { privateKey: key } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return key.export({ type: 'pkcs8', format: 'pem' }).toString().trim()
}
