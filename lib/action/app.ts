/** The inputs of a GitHub App, for actions that have a `token` as well. */
import { createPrivateKey } from 'node:crypto'

import type { InputProblem } from '../failure/index.ts'
import { refuse, text, type Field } from './fields.ts'

export const appInputs = {
  'app-id': text({
    default: '',
    pattern: /^(?:\d{1,12}|Iv[A-Za-z0-9.]{10,40})$/,
    allowed: 'the ID of a GitHub App (digits), or its client ID'
  }),
  'app-private-key': privateKey()
} as const

interface Given {
  readonly appId: string
  readonly appPrivateKey: string
}

/** One of the two is none. */
export function checkApp({ appId, appPrivateKey }: Given): readonly InputProblem[] {
  if ((appId === '') === (appPrivateKey === '')) return []
  const [input, other] = appId === '' ? ['app-id', 'app-private-key'] : ['app-private-key', 'app-id']
  return [{ input, given: '', allowed: `something, as \`${other}\` is given`, fix: 'give both, or neither' }]
}

/** Whether GitHub can be asked as somebody. */
export function mayAsk(given: Given & { readonly token: string }): boolean {
  return given.token !== '' || given.appId !== ''
}

/** Who asks GitHub: the App when one is given, else the token. */
export function identityOf(given: Given & { readonly token: string }): {
  readonly token: string
  readonly app: { readonly id: string; readonly privateKey: string } | undefined
} {
  const { token, appId: id, appPrivateKey } = given
  return { token, app: id === '' ? undefined : { id, privateKey: appPrivateKey } }
}

/** A secret of many lines: a private key that can sign for a GitHub App, so RSA. Line breaks may be written as `\n`. */
function privateKey(): Field<string> {
  const allowed = "the App's private key as GitHub made it: PEM, RSA"
  return {
    kind: 'private key',
    default: '',
    secret: true,
    allowed,
    others: (raw) => [raw],
    parse: (raw) => {
      if (raw === '') return ''
      const key = raw.replaceAll('\\n', '\n').replaceAll('\r', '')
      if (!isRsa(key))
        throw refuse('***', allowed, 'store the whole file as a secret, its first and last line included')
      return key
    }
  }
}

function isRsa(key: string): boolean {
  try {
    return createPrivateKey(key).asymmetricKeyType === 'rsa'
  } catch {
    // What OpenSSL says of it would show parts of it.
    return false
  }
}
