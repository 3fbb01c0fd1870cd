/** What the entries of `registries` have in common in every action: the empty namespace, and the login. Pure. */
import { InputError, type InputProblem } from '../failure/index.ts'
import type { Entry } from './grammar.ts'

export interface Login {
  readonly username: string
  readonly password: string
}

/** `docker.io/` with nothing behind it: the organisation's variable is not set, as on a fork. Such a line is left out. */
export function isSkipped({ value }: Entry): boolean {
  return /^[^/]+\/$/.test(value)
}

/** What is wrong with the names of the variables that have the login. */
export function refuseLogin({ attributes }: Entry): readonly string[] {
  const { 'username-env': user, 'password-env': password } = attributes
  const problems =
    (user === undefined) === (password === undefined)
      ? []
      : ['username-env= and password-env= together, or neither']
  for (const name of [user, password]) {
    if (name !== undefined && !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
      problems.push(`the name of a variable instead of ${name}`)
  }
  return problems
}

/**
 * The login of each entry that has one. Both variables empty: nobody is logged in, which is how a fork looks. The
 * passwords are masked before this (namedPasswords).
 * @throws InputError where only one of two is set.
 */
export function readLogins(
  registries: readonly Entry[],
  env: Readonly<Record<string, string | undefined>>
): ReadonlyMap<Entry, Login> {
  const logins = new Map<Entry, Login>()
  const problems: InputProblem[] = []
  for (const entry of registries.filter((one) => !isSkipped(one))) {
    const { 'username-env': user = '', 'password-env': secret = '' } = entry.attributes
    const [username, password] = [env[user] ?? '', env[secret] ?? '']
    if (username !== '' && password !== '') logins.set(entry, { username, password })
    else if (username !== password) {
      const missing = username === '' ? user : secret
      problems.push({
        input: 'registries',
        given: entry.value,
        allowed: `both variables set, or neither; ${missing} is empty`,
        fix: `set ${missing} in \`env:\` of the step`
      })
    }
  }
  if (problems.length > 0) throw new InputError(problems)
  return logins
}
