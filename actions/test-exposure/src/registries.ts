/** The input `registries`: where images are pulled from, and with which login. */
import type { Entry } from '../../../lib/action/index.ts'
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
  const problems: string[] = []
  const { 'username-env': user, 'password-env': password, image } = entry.attributes
  if (image !== undefined) problems.push('no image=: the name of the image is that of the container')
  if ((user === undefined) !== (password === undefined))
    problems.push('username-env= and password-env= together, or neither')
  if (isEmpty(entry)) return problems
  try {
    parseRepository(`${entry.value}/image`, entry.value)
  } catch (error) {
    if (!(error instanceof BadReference)) throw error
    problems.push(error.message)
  }
  return problems
}

/** True for a registry without a namespace (`docker.io/`), as a fork has it: it is left out. */
export function isEmpty({ value }: Entry): boolean {
  return /^[^/]+\/$/.test(value)
}

/** Where the image is looked for, in the order of the input. The login goes by the environment, never by an argument. */
export function pullSources(
  entries: readonly Entry[],
  image: { readonly name: string; readonly tag: string },
  ports: Pick<Ports, 'runner' | 'log'>
): readonly PullSource[] {
  return entries
    .filter((entry) => !isEmpty(entry))
    .map(({ value, attributes }) => {
      const { host, path } = parseRepository(`${value}/${image.name}`)
      const [username = '', password = ''] = ['username-env', 'password-env'].map(
        (key) => ports.runner.env[attributes[key] ?? ''] ?? ''
      )
      if (password !== '') ports.log.mask(password)
      // Both empty is a fork, which has no secrets: then nobody is logged in.
      const login =
        username === '' || password === ''
          ? {}
          : bothNames({ DOCKER_USERNAME: username, DOCKER_PASSWORD: password })
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
