/** The input `registries`: where images are looked for, and who is logged in there. */
import { isSkipped, readLogins, refuseLogin, type Entry } from '../../../lib/action/index.ts'
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
    .filter((entry) => !isSkipped(entry))
    .map(({ value, flags }) => ({ namespace: parseNamespace(value), optional: flags.has('optional') }))
}

/** Every reason why an entry is refused. */
export function refuseRegistry(entry: Entry): readonly string[] {
  const problems = [
    ...(entry.attributes['image'] === undefined
      ? []
      : ['no image= here: every container has an image of its own, NAMESPACE/NAME_VERSION:BUILDDATE']),
    ...refuseLogin(entry)
  ]
  if (isSkipped(entry)) return problems
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
 * @throws InputError for a variable of two that is empty.
 */
export function credentialsFor(
  registries: readonly Entry[],
  ports: Pick<Ports, 'fs' | 'exec' | 'runner' | 'log'>
): Credentials {
  const byHost: Record<string, Credential> = {}
  for (const [{ value }, login] of readLogins(registries, ports.runner.env))
    byHost[parseNamespace(value).host] = login
  return firstOf(given(byHost), dockerCredentials(ports))
}
