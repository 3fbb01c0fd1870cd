/**
 * A CernVM-FS on loopback: a signed repository with one nested catalog per container, and servers that serve it
 * over plain HTTP, each with a switchable fault.
 */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { clearEstate, createEstate } from '../services/estate.ts'
import { FAULTS, behaviourOf, type Behaviour, type FaultName } from './faults.ts'
import { Repository, type PublishOptions, type Revision } from './repository.ts'
import { ReplicaServer, type View } from './server.ts'
import { addContainer, file, type Tree } from './tree.ts'

export { FAULTS, type FaultName } from './faults.ts'
export { Repository, keyPair, letter, type Revision } from './repository.ts'
export { ReplicaServer, type Answer, type Ask, type Spoiler, type View } from './server.ts'
export { selfSigned } from './certificate.ts'
export { addContainer, file, type Node, type Tree } from './tree.ts'

export interface CvmfsOptions {
  readonly fqrn: string
  /** NAME_VERSION_BUILDDATE; each gets /containers/<name>/{commands.txt,<name>.simg/…}. */
  readonly containers: readonly string[]
  readonly servers: readonly ServerOptions[]
  /** Milliseconds since 1970. Default: the machine's clock. */
  readonly now?: () => number
  /** Further files. */
  readonly tree?: Tree
  readonly algorithm?: 'sha1' | 'rmd160' | 'shake128'
}

export interface ServerOptions {
  readonly name: string
  readonly fault?: FaultName
  /** The publisher itself: takes no snapshots. */
  readonly stratum0?: boolean
  /** Added before every answer. */
  readonly delayMs?: number
  /** Address to listen on. Default 127.0.0.1. */
  readonly host?: string
}

export interface Cvmfs extends AsyncDisposable {
  readonly fqrn: string
  /** `http://127.0.0.1:port` of each server, in the order of `servers`. */
  readonly urls: readonly string[]
  /** The same by name. */
  readonly urlOf: (server: string) => string
  /** Path of a file with the master key. */
  readonly publicKeyPem: string
  readonly repository: Repository
  readonly server: (name: string) => ReplicaServer
  /** The revision that a healthy server has. */
  readonly revision: Revision
  /** Publishes a revision; every server without a fault of freshness gets it at once. */
  publish(options?: PublishRequest): Promise<Revision>
  /** Switches a server's fault, or none. */
  setFault(server: string, fault: FaultName | undefined): Promise<void>
}

export interface PublishRequest extends Partial<PublishOptions> {
  /** Containers to add. */
  readonly containers?: readonly string[]
  readonly tree?: Tree
}

const HOUR = 3_600_000
const DAY = 24 * HOUR

/**
 * Starts it. Two revisions are published, ten days and thirty hours ago, so that a server with the fault `stale`
 * has really missed something for longer than a day.
 */
export async function startCvmfs(options: CvmfsOptions): Promise<Cvmfs> {
  const unknown = options.servers.filter(({ fault }) => fault !== undefined && !FAULTS.includes(fault))
  if (unknown.length > 0)
    throw new Error(`unknown faults: ${unknown.map(({ fault }) => fault ?? '').join(', ')}`)
  const now = options.now ?? Date.now
  const repository = new Repository({
    fqrn: options.fqrn,
    now: now(),
    ...(options.algorithm === undefined ? {} : { algorithm: options.algorithm })
  })
  const tree: Tree = new Map(options.tree ?? [])
  tree.set('/README', file(`${options.fqrn}\n`))
  for (const name of options.containers) addContainer(tree, name)
  let previous = repository.publish(tree, { time: now() - 10 * DAY })
  tree.set('/news', file('a second revision\n'))
  let revision = repository.publish(tree, { time: now() - 30 * HOUR })

  const estate = await createEstate('cvmfs')
  const publicKeyPem = join(estate.folder, `${options.fqrn}.pub`)
  await writeFile(publicKeyPem, repository.masterKeyPem)

  const whitelist = repository.whitelist({ issued: now() - 3 * DAY, expires: now() + 27 * DAY })
  const current = (server: ServerOptions): View => ({
    revision,
    whitelist,
    ...(server.stratum0 === true ? {} : { lastSnapshot: now() - 300_000, checkStatus: 'succeeded' as const })
  })
  const faults = new Map<string, FaultName | undefined>(
    options.servers.map(({ name, fault }) => [name, fault])
  )
  // A stale server stays where it was when it got stuck, whatever is published later.
  const stuckAt = new Map<string, Revision>(options.servers.map(({ name }) => [name, previous]))
  const first = options.containers[0] ?? ''
  const behaviour = (server: ServerOptions): Behaviour => {
    const fault = faults.get(server.name)
    if (fault === undefined) return {}
    return behaviourOf(fault, {
      repository,
      now: now(),
      current: current(server),
      previous: stuckAt.get(server.name) ?? previous,
      fork: () => {
        const other: Tree = new Map(tree).set('/news', file('the same number, another content\n'))
        return repository.publish(other, { time: revision.published, number: revision.number })
      },
      object: revision.files.get(`/containers/${first}/commands.txt`)?.[0] ?? '',
      catalog: revision.catalogs.get(`/containers/${first}`) ?? ''
    })
  }

  const servers = new Map<string, { settings: ServerOptions; replica: ReplicaServer }>()
  const apply = async ({
    settings,
    replica
  }: {
    settings: ServerOptions
    replica: ReplicaServer
  }): Promise<void> => {
    const { view, spoiler, closed } = behaviour(settings)
    replica.view = view ?? current(settings)
    replica.spoiler = spoiler
    if (closed === true) await replica.close()
    else await replica.open()
  }
  for (const settings of options.servers) {
    const replica = await ReplicaServer.start({ ...settings, repository, view: current(settings), now })
    servers.set(settings.name, { settings, replica })
    await apply({ settings, replica })
  }
  const find = (name: string): { settings: ServerOptions; replica: ReplicaServer } => {
    const found = servers.get(name)
    if (found === undefined) throw new Error(`there is no server ${name}`)
    return found
  }

  return {
    fqrn: options.fqrn,
    urls: [...servers.values()].map(({ replica }) => replica.origin),
    urlOf: (name) => find(name).replica.origin,
    publicKeyPem,
    repository,
    server: (name) => find(name).replica,
    get revision() {
      return revision
    },
    publish: async (request = {}) => {
      const { containers = [], tree: more, ...rest } = request
      for (const [path, node] of more ?? []) tree.set(path, node)
      for (const name of containers) addContainer(tree, name)
      tree.set('/news', file(`revision ${revision.number + 1}\n`))
      const next = repository.publish(tree, { time: now(), ...rest })
      previous = revision
      revision = next
      for (const server of servers.values()) await apply(server)
      return next
    },
    setFault: async (name, fault) => {
      faults.set(name, fault)
      stuckAt.set(name, previous)
      await apply(find(name))
    },
    [Symbol.asyncDispose]: async () => {
      for (const { replica } of servers.values()) await replica.close()
      await clearEstate(estate)
    }
  }
}
