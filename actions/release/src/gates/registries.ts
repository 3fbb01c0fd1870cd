/** The registries that must have the image: their names, and who is logged in there. */
import type { Entry } from '../../../../lib/action/index.ts'
import { InputError, type InputProblem } from '../../../../lib/failure/index.ts'
import type { Ports } from '../../../../lib/ports/index.ts'
import {
  given,
  parseRepository,
  type Credential,
  type Credentials,
  type Repository
} from '../../../../lib/registry/index.ts'

export interface Place {
  readonly repository: Repository
  /** What it lacks is told, and stops nothing. */
  readonly isOptional: boolean
}

/** `docker.io/` with nothing behind it: the organisation's variable is not set, as on a fork. */
const isSkipped = (entry: Entry): boolean => /^[^/]+\/$/.test(entry.value)

/** Where the image must be, by the name that it has in `registries`. Pure. */
export function placesOf(registries: readonly Entry[], image: string): Place[] {
  return registries
    .filter((entry) => !isSkipped(entry))
    .map((entry) => ({ repository: repositoryOf(entry, image), isOptional: entry.flags.has('optional') }))
}

/** Why an entry cannot be meant. Pure. */
export function refuseRegistry(entry: Entry): string[] {
  const { 'username-env': user, 'password-env': password } = entry.attributes
  const problems =
    (user === undefined) === (password === undefined)
      ? []
      : ['username-env= and password-env= together, or neither']
  for (const name of [user, password])
    if (name !== undefined && !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
      problems.push(`the name of a variable instead of ${name}`)
  if (isSkipped(entry)) return problems
  try {
    repositoryOf(entry, 'image')
    return /^(?:[^/]*[.:][^/]*|localhost)\//.test(entry.value)
      ? problems
      : [...problems, 'host/namespace, such as ghcr.io/neurodesk']
  } catch (error) {
    return [...problems, error instanceof Error ? error.message : String(error)]
  }
}

/**
 * The logins that the entries name. Both variables empty: nobody is logged in, which is how a fork looks.
 * @throws InputError when only one of them is set.
 */
export function readLogins(
  registries: readonly Entry[],
  { runner, log }: Pick<Ports, 'runner' | 'log'>
): Credentials {
  const byHost: Record<string, Credential> = {}
  const problems: InputProblem[] = []
  for (const entry of registries.filter((one) => !isSkipped(one))) {
    const { 'username-env': user = '', 'password-env': secret = '' } = entry.attributes
    const [username, password] = [runner.env[user] ?? '', runner.env[secret] ?? '']
    if (user === '' || (username === '' && password === '')) continue
    log.mask(password)
    if (username === '' || password === '') {
      const missing = username === '' ? user : secret
      problems.push({
        input: 'registries',
        given: entry.value,
        allowed: `both variables set, or neither; ${missing} is empty`,
        fix: `set ${missing} in \`env:\` of the step`
      })
    } else byHost[repositoryOf(entry, 'image').host] = { username, password }
  }
  if (problems.length > 0) throw new InputError(problems)
  return given(byHost)
}

function repositoryOf(entry: Entry, image: string): Repository {
  return parseRepository(`${entry.value.replace(/\/$/, '')}/${entry.attributes['image'] ?? image}`)
}
