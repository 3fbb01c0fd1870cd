/** The registries that must have the image: their names, and who is logged in there. */
import { isSkipped, readLogins, refuseLogin, type Entry } from '../../../../lib/action/index.ts'
import type { Runner } from '../../../../lib/ports/index.ts'
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

/** Where the image must be, by the name that it has in `registries`. Pure. */
export function placesOf(registries: readonly Entry[], image: string): Place[] {
  return registries
    .filter((entry) => !isSkipped(entry))
    .map((entry) => ({ repository: repositoryOf(entry, image), isOptional: entry.flags.has('optional') }))
}

/** Why an entry cannot be meant. Pure. */
export function refuseRegistry(entry: Entry): readonly string[] {
  const problems = refuseLogin(entry)
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
 * The logins that the entries name.
 * @throws InputError when only one of two variables is set.
 */
export function loginsOf(registries: readonly Entry[], { env }: Pick<Runner, 'env'>): Credentials {
  const byHost: Record<string, Credential> = {}
  for (const [entry, login] of readLogins(registries, env)) byHost[repositoryOf(entry, 'image').host] = login
  return given(byHost)
}

function repositoryOf(entry: Entry, image: string): Repository {
  return parseRepository(`${entry.value.replace(/\/$/, '')}/${entry.attributes['image'] ?? image}`)
}
