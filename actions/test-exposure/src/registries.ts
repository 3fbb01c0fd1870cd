/** The input `registries`: where images are pulled from, and with which login. */
import { isSkipped, readLogins, refuseLogin, type Entry } from '../../../lib/action/index.ts'
import type { Ports } from '../../../lib/ports/index.ts'
import { BadReference, isLoopback, parseRepository } from '../../../lib/registry/index.ts'

export interface PullSource {
  /** For the runtime: `docker://HOST/NAMESPACE/IMAGE:TAG`. */
  readonly reference: string
  /** What the runtime needs for it in its environment: a login, plain http on loopback. */
  readonly env: Readonly<Record<string, string>>
}

/** Every reason why an entry is refused. */
export function refuseRegistry(entry: Entry): readonly string[] {
  const problems = [
    ...(entry.attributes['image'] === undefined
      ? []
      : ['no image=: the name of the image is that of the container']),
    ...refuseLogin(entry)
  ]
  if (isSkipped(entry)) return problems
  try {
    parseRepository(`${entry.value}/image`, entry.value)
  } catch (error) {
    if (!(error instanceof BadReference)) throw error
    problems.push(error.message)
  }
  return problems
}

/**
 * Where the image is looked for, in the order of the input. The login goes by the environment, never by an argument.
 * @throws InputError where only one of a login's two variables is set.
 */
export function pullSources(
  entries: readonly Entry[],
  image: { readonly name: string; readonly tag: string },
  { runner }: Pick<Ports, 'runner'>
): readonly PullSource[] {
  const logins = readLogins(entries, runner.env)
  return entries
    .filter((entry) => !isSkipped(entry))
    .map((entry) => {
      const { host, path } = parseRepository(`${entry.value}/${image.name}`)
      const known = logins.get(entry)
      const login =
        known === undefined
          ? {}
          : bothNames({ DOCKER_USERNAME: known.username, DOCKER_PASSWORD: known.password })
      const plain = isLoopback(host) ? bothNames({ NOHTTPS: '1' }) : {}
      return { reference: `docker://${host}/${path}:${image.tag}`, env: { ...login, ...plain } }
    })
}

/** Apptainer reads APPTAINER_*, SingularityCE SINGULARITY_*. */
function bothNames(variables: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) => [
      [`APPTAINER_${name}`, value],
      [`SINGULARITY_${name}`, value]
    ])
  )
}
