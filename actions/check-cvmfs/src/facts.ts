/** What was seen of a server. Facts only: what they mean is for judge.ts to say. */
import type { Fault, Identity, ObjectState, Storage } from '../../../lib/cvmfs/index.ts'
import type { PlannedServer } from './plan.ts'

/**
 * - `present`: commands.txt and the image directory are in the signed tree, and this server has what it takes to read them
 * - `pending`: not in the tree, and too young to be missed
 * - `missing`: not in the tree
 * - `broken`: in the tree, but this server lacks or has damaged what it takes
 * - `unknown`: could not be found out
 */
export type ContainerState = 'present' | 'pending' | 'missing' | 'broken' | 'unknown'

/** An object that is bad or could not be looked at, and what breaks with it. */
export interface ObjectTrouble {
  readonly state: Exclude<ObjectState, { state: 'present' }>
  readonly kind: 'catalog' | 'object'
  readonly stored: Storage
  /** What it is, for people: "catalog of /containers/x". */
  readonly what: string
  readonly containers: readonly string[]
  readonly isRoot: boolean
}

export interface RequiredFile {
  readonly path: string
  readonly state: 'verified' | 'absent' | 'external' | 'unresolvable' | 'damaged' | 'unknown'
  readonly reason?: string
  readonly bytes: number
}

export interface Snapshot {
  /** Milliseconds since 1970; undefined when the server does not say. */
  readonly last: number | undefined
  /** What it says cannot be understood as a time. */
  readonly unreadable: string | undefined
  readonly runningSince: number | 'unreadable' | undefined
  readonly checkFailed: boolean
}

export interface GeoAnswer {
  readonly state: 'ok' | 'absent' | 'wrong' | 'error' | 'unanswered' | 'untested'
  readonly text: string
}

export interface Info {
  readonly version: string | undefined
  readonly geoDatabase: number | undefined
  /** The repository stands in the server's list; undefined when the list is empty. */
  readonly listed: boolean | undefined
}

export interface ServerFacts {
  readonly server: PlannedServer
  /** Of a name with several addresses, the one that was asked. */
  readonly address: string | undefined
  readonly identity: Identity
  readonly snapshot: Snapshot
  /** Past every cache, when that was asked for and could be verified. */
  readonly fresh:
    | { readonly revision: number; readonly published: number | undefined; readonly rootHash: string }
    | undefined
  /** Milliseconds that the server's clock is ahead of ours. */
  readonly skewMs: number | undefined
  readonly ipv6: 'works' | 'fails' | 'none' | 'untested'
  readonly ipv6Error: string | undefined
  readonly geo: GeoAnswer
  readonly info: Info | undefined
  readonly containers: ReadonlyMap<string, ContainerState>
  /** What is absent of each container that is missing or pending. */
  readonly absent: ReadonlyMap<string, readonly string[]>
  readonly troubles: readonly ObjectTrouble[]
  /** Catalogs that have the right hash and are still no good: the publisher's fault, on every server. */
  readonly treeFaults: readonly { readonly fault: Fault; readonly containers: readonly string[] }[]
  readonly required: readonly RequiredFile[]
  readonly sampled: number
  readonly latencyMs: { readonly median: number; readonly p95: number } | undefined
  readonly requests: number
  readonly bytes: number
  readonly elapsedMs: number
}

/** `name`, or `name (address)` for one address of several. */
export function subjectOf({ server, address }: Pick<ServerFacts, 'server' | 'address'>): string {
  return address === undefined ? server.name : `${server.name} (${address})`
}
