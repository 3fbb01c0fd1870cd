/** The input `registries`: where images are looked for, and who is logged in there. */
import type { Entry } from '../../../lib/action/index.ts'
import { InputError, type InputProblem } from '../../../lib/failure/index.ts'
import type { Ports } from '../../../lib/ports/index.ts'
import {
  BadReference,
  dockerCredentials,
  firstOf,
  given,
  parseRepository,
  type Credential,
  type Credentials,
  type Repository
} from '../../../lib/registry/index.ts'

export interface ImageRegistry {
  /** What stands before the names of images. */
  readonly namespace: Repository
  /** When it does not answer, that is no reason to wait for it. */
  readonly optional: boolean
  readonly login: { readonly usernameEnv: string; readonly passwordEnv: string } | undefined
}

/**
 * `docker.io/vnmd` or `ghcr.io/neurodesk`.
 * @throws BadReference
 */
export function parseNamespace(text: string): Repository {
  // With an image's name behind it: alone, Docker Hub's `vnmd` would be read as an image of its own.
  const whole = parseRepository(`${text}/image`, text)
  return { host: whole.host, path: whole.path.slice(0, -'/image'.length) }
}

/** The registries in their order; one without a namespace (`docker.io/`, as on a fork) is left out. */
export function registriesOf(entries: readonly Entry[]): readonly ImageRegistry[] {
  return entries
    .filter((entry) => !isEmpty(entry))
    .map(({ value, attributes, flags }) => {
      const { 'username-env': usernameEnv, 'password-env': passwordEnv } = attributes
      return {
        namespace: parseNamespace(value),
        optional: flags.has('optional'),
        login:
          usernameEnv === undefined || passwordEnv === undefined ? undefined : { usernameEnv, passwordEnv }
      }
    })
}

/** Every reason why an entry is refused. */
export function refuseRegistry(entry: Entry): readonly string[] {
  const problems: string[] = []
  const { 'username-env': user, 'password-env': password, image } = entry.attributes
  if (image !== undefined) {
    problems.push('no image= here: every container has an image of its own, NAMESPACE/NAME_VERSION:BUILDDATE')
  }
  if ((user === undefined) !== (password === undefined)) {
    problems.push('username-env= and password-env= together, or neither')
  }
  for (const name of [user, password]) {
    if (name !== undefined && !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
      problems.push(`the name of a variable instead of ${name}`)
  }
  if (isEmpty(entry)) return problems
  try {
    parseNamespace(entry.value)
  } catch (error) {
    if (!(error instanceof BadReference)) throw error
    problems.push(error.message)
  }
  return problems
}

/**
 * Logins from the variables that the input names, then what `docker login` has left.
 * @throws InputError for a variable of two that is empty. Both empty is a fork: nobody is logged in.
 */
export function credentialsFor(
  registries: readonly ImageRegistry[],
  ports: Pick<Ports, 'fs' | 'exec' | 'runner' | 'log'>
): Credentials {
  const byHost: Record<string, Credential> = {}
  const problems: InputProblem[] = []
  for (const { namespace, login } of registries) {
    if (login === undefined) continue
    const [username = '', password = ''] = [login.usernameEnv, login.passwordEnv].map(
      (name) => ports.runner.env[name]
    )
    if (password !== '') ports.log.mask(password)
    if (username !== '' && password !== '') byHost[namespace.host] = { username, password }
    else if (username !== password) {
      const empty = username === '' ? login.usernameEnv : login.passwordEnv
      problems.push({
        input: 'registries',
        given: `${empty} is empty`,
        allowed: 'both variables of a login, or neither'
      })
    }
  }
  if (problems.length > 0) throw new InputError(problems)
  return firstOf(given(byHost), dockerCredentials(ports))
}

function isEmpty({ value }: Entry): boolean {
  return /^[^/]+\/$/.test(value)
}
