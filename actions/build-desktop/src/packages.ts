/** Which packages changed: the built image's own database against the software list of the published image. */
import { randomBytes } from 'node:crypto'
import { containerResource, type Package } from '../../../lib/docker/index.ts'
import { messageOf } from '../../../lib/failure/index.ts'
import type { Resource } from '../../../lib/ports/index.ts'
import { at, type Registry, type RemoteImage, type Repository } from '../../../lib/registry/index.ts'
import { findAttestation } from './attest.ts'
import type { Setup } from './setup.ts'

export interface PackageChanges {
  readonly added: readonly string[]
  readonly removed: readonly string[]
  /** `curl 7.88 -> 8.5`. */
  readonly updated: readonly string[]
}

const MAX_LIST = 32 * 1024 * 1024

/** Packages of an image in the engine; undefined where they cannot be had. */
export async function packagesOf(setup: Setup, image: string): Promise<readonly Package[] | undefined> {
  const container = `neurodesk-ci-${randomBytes(6).toString('hex')}`
  const resource = containerResource(container, image)
  setup.ports.cleanup.register(resource)
  try {
    return await setup.docker.packages(image, container)
  } catch (error) {
    setup.ports.runner.signal.throwIfAborted()
    setup.ports.log.debug(`no list of packages: ${messageOf(error)}`)
    return undefined
  } finally {
    await removed(setup, container, resource)
  }
}

/** What cannot be removed now, as in a run that is cancelled, stays registered for the clean-up. */
async function removed(setup: Setup, container: string, resource: Resource): Promise<void> {
  try {
    await setup.docker.removeContainer(container)
    setup.ports.cleanup.release(resource)
  } catch (error) {
    setup.ports.log.debug(`${container} is left for the clean-up: ${messageOf(error)}`)
  }
}

/** The packages that an attestation of the published image lists; undefined when there is none. */
export async function publishedPackages(
  registry: Registry,
  repository: Repository,
  published: RemoteImage
): Promise<ReadonlyMap<string, string> | undefined> {
  const entry = await findAttestation(registry, repository, published)
  const attestation = entry === undefined ? undefined : await registry.manifest(at(repository, entry.digest))
  if (attestation?.manifest.kind !== 'image') return undefined
  const list = attestation.manifest.layers.find(
    (layer) => layer.annotations?.['in-toto.io/predicate-type']?.startsWith('https://spdx.dev/') === true
  )
  if (list === undefined) return undefined
  const statement: unknown = JSON.parse((await registry.blob(repository, list, MAX_LIST)).toString('utf8'))
  return readList(statement)
}

/** Name and version of every package in an SPDX document inside of an in-toto statement. */
function readList(statement: unknown): ReadonlyMap<string, string> | undefined {
  const predicate = (statement as { predicate?: { packages?: unknown } } | null)?.predicate
  if (!Array.isArray(predicate?.packages)) return undefined
  const found = new Map<string, string>()
  for (const one of predicate.packages as readonly unknown[]) {
    const { name, versionInfo } = (one ?? {}) as { name?: unknown; versionInfo?: unknown }
    if (typeof name === 'string' && typeof versionInfo === 'string') found.set(name, versionInfo)
  }
  return found
}

/** Pure. */
export function comparePackages(
  before: ReadonlyMap<string, string>,
  now: readonly Package[]
): PackageChanges {
  const current = new Map(now.map((one) => [one.name, one.version]))
  const names = [...new Set([...before.keys(), ...current.keys()])].sort()
  const shown = (name: string, version: string | undefined): string => `${name} ${version ?? ''}`
  return {
    added: names.filter((name) => !before.has(name)).map((name) => shown(name, current.get(name))),
    removed: names.filter((name) => !current.has(name)).map((name) => shown(name, before.get(name))),
    updated: names
      .filter((name) => before.has(name) && current.has(name) && before.get(name) !== current.get(name))
      .map((name) => `${name} ${before.get(name)} -> ${current.get(name)}`)
  }
}
