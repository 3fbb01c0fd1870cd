/**
 * What must be gone afterwards is written to the step's state before it exists, so that the post step can remove
 * it, also when main was killed. GITHUB_STATE is a file that is appended to: the last value of a name counts.
 */
import { rm } from 'node:fs/promises'
import path from 'node:path'

import * as core from '@actions/core'

import { messageOf } from '../failure/index.ts'
import { PART_KIND, removePart } from '../files/index.ts'
import type { Cleanup, Log, Ports, Resource } from '../ports/index.ts'
import { endTracked } from '../shell/index.ts'

const STATE_NAME = 'resources'

/** Removes one resource; must be content when it is not there. */
export type Cleaner = (id: string, ports: Ports) => Promise<void>

/** The cleanup port of main: keeps the state up to date. */
export function createCleanup(save: (name: string, value: string) => void = core.saveState): Cleanup & {
  readonly open: readonly Resource[]
} {
  const open: Resource[] = []
  return {
    open,
    register: (resource) => {
      open.push({ kind: resource.kind, id: resource.id })
      save(STATE_NAME, JSON.stringify(open))
    },
    release: (resource) => {
      const index = open.findIndex((other) => other.kind === resource.kind && other.id === resource.id)
      if (index === -1) return
      open.splice(index, 1)
      save(STATE_NAME, JSON.stringify(open))
    }
  }
}

/** What main left in the state, newest first: a container goes before the folder that it was given. */
export function resourcesIn(state: string | undefined): readonly Resource[] {
  if (state === undefined || state === '') return []
  const value: unknown = JSON.parse(state)
  if (!Array.isArray(value)) return []
  return value.filter(isResource).reverse()
}

/**
 * Removes the resources one after another, processes first: one that was left may still make what is to go. A failure
 * does not stop the others.
 * @param removed told of each that is gone
 * @returns one sentence for each that is still there.
 */
export async function removeAll(
  resources: readonly Resource[],
  cleaners: Readonly<Record<string, Cleaner>>,
  ports: Ports,
  removed: (resource: Resource) => void = () => undefined
): Promise<readonly string[]> {
  const failures: string[] = []
  const isProcess = ({ kind }: Resource): boolean => kind === 'process'
  const ordered = [...resources.filter(isProcess), ...resources.filter((one) => !isProcess(one))]
  for (const resource of ordered) {
    const { kind, id } = resource
    const cleaner = cleaners[kind]
    try {
      if (cleaner === undefined) throw new Error('nothing here knows how to remove it')
      await cleaner(id, ports)
      removed(resource)
      ports.log.debug(`removed ${kind} ${id}`)
    } catch (error) {
      failures.push(`${kind} ${id} is still there: ${messageOf(error)}`)
    }
  }
  return failures
}

/** The kinds that every action has: a folder below RUNNER_TEMP, a temporary file, and processes by their tracking id. */
export function builtInCleaners(
  runnerTemp: string,
  log: Pick<Log, 'debug'>
): Readonly<Record<string, Cleaner>> {
  return {
    folder: async (id) => {
      const inside = path.relative(path.resolve(runnerTemp), path.resolve(id))
      if (inside === '' || inside.startsWith('..') || path.isAbsolute(inside)) {
        throw new Error('it does not lie below RUNNER_TEMP')
      }
      await rm(id, { recursive: true, force: true, maxRetries: 3 })
    },
    [PART_KIND]: async (id, { fs }) => await removePart(fs, id),
    process: async (id) => {
      const count = await endTracked(id)
      if (count > 0) log.debug(`ended ${count} processes that were left`)
    }
  }
}

function isResource(value: unknown): value is Resource {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    typeof value.kind === 'string' &&
    'id' in value &&
    typeof value.id === 'string'
  )
}
