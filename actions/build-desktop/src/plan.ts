/** What is to be done, given facts. Pure: no clock, no network, no file. */
import { isSkipped, type Entry } from '../../../lib/action/index.ts'
import type { Runner } from '../../../lib/ports/index.ts'
import { notesOnCapitals, parseRepository, type Repository } from '../../../lib/registry/index.ts'
import type { Inputs } from './inputs.ts'

export interface Target {
  /** Host and namespace as the caller wrote it: a name for people. */
  readonly name: string
  readonly repository: Repository
  /** A failure here is told, and does not fail the job. */
  readonly optional: boolean
}

export interface TargetPlan {
  readonly targets: readonly Target[]
  /** Lines without a namespace: the organisation is not set here. */
  readonly skipped: readonly string[]
  /** What to tell about names that were written with capitals. */
  readonly notes: readonly string[]
}

/** The repositories that the image goes to, first one first. A registry without a namespace is left out. */
export function planTargets(registries: readonly Entry[], image: string): TargetPlan {
  const targets: Target[] = []
  const skipped: string[] = []
  const notes: string[] = []
  for (const entry of registries) {
    if (isSkipped(entry)) {
      skipped.push(entry.value)
      continue
    }
    const written = `${entry.value.replace(/\/$/, '')}/${entry.attributes['image'] ?? image}`
    notes.push(...notesOnCapitals([written]))
    targets.push({
      name: entry.value,
      repository: parseRepository(written),
      optional: entry.flags.has('optional')
    })
  }
  return { targets, skipped, notes }
}

/** Name of the image: as given, else that of the repository; in lower case, as registries want it. */
export function planImage(given: string, repository: string): string {
  if (given !== '') return given.toLowerCase()
  const name = repository.split('/').at(-1) ?? ''
  return name === '' ? 'image' : name.toLowerCase()
}

/** `2026-11-23`, for the dev channel `2026-11-23-1405`, in UTC. Computed once in a run and passed on. */
export function planTag(given: string, channel: Inputs['channel'], now: number): string {
  if (given !== '') return given
  const iso = new Date(now).toISOString()
  const day = iso.slice(0, 10)
  return channel === 'dev' ? `${day}-${iso.slice(11, 13)}${iso.slice(14, 16)}` : day
}

/** What the manifest says about where it comes from (OCI Image Specification, annotations.md). */
export function planAnnotations(
  tag: string,
  revision: string,
  runner: Pick<Runner, 'serverUrl' | 'repository'>
): Readonly<Record<string, string>> {
  return {
    'org.opencontainers.image.version': tag,
    ...(revision === '' ? {} : { 'org.opencontainers.image.revision': revision }),
    ...(runner.repository === ''
      ? {}
      : { 'org.opencontainers.image.source': `${runner.serverUrl}/${runner.repository}` })
  }
}

/** May the tag be moved from other content to this? A tag of today may by hand; everything else only by force. */
export function mayMoveTag(facts: {
  readonly tag: string
  readonly today: string
  readonly eventName: string
  readonly force: boolean
}): 'yes' | 'with-warning' | 'no' {
  if (facts.force) return 'yes'
  // Without an event the action is run on somebody's own machine.
  const byHand = facts.eventName === 'workflow_dispatch' || facts.eventName === ''
  // Tags of the dev channel carry the time behind the date.
  const ofToday = facts.tag === facts.today || facts.tag.startsWith(`${facts.today}-`)
  return byHand && ofToday ? 'with-warning' : 'no'
}

/** Whether people who are not logged in should get the image: always, or as far as is known here, or not. */
export function shouldBePublic(
  host: string,
  event: Readonly<Record<string, unknown>>
): 'yes' | 'perhaps' | 'no' {
  const { repository } = event
  const isPrivate =
    typeof repository === 'object' &&
    repository !== null &&
    'private' in repository &&
    repository.private === true
  if (isPrivate) return 'no'
  return ['docker.io', 'ghcr.io', 'quay.io'].includes(host) ? 'yes' : 'perhaps'
}

/** Roles that may start a dev build, by the least that is asked for. */
export function isAllowed(role: string, least: 'admin' | 'maintain' | 'write'): boolean {
  const order = ['write', 'maintain', 'admin']
  return order.indexOf(role) >= order.indexOf(least)
}

export interface BuildFacts {
  readonly tag: string
  readonly platform: string
  /** Name that the engine gets for the built image. */
  readonly name: string
  readonly contextPath: string
  readonly dockerfilePath: string
  /** What `latest` is called at the first registry; undefined without a registry. */
  readonly published: string | undefined
  /** Seconds since 1970 of the commit; undefined where there is none. */
  readonly sourceDate: number | undefined
}

/** The arguments of `docker buildx build`. Values of secrets are not among them: buildx takes them from its environment. */
export function planBuild(inputs: Inputs, facts: BuildFacts): readonly string[] {
  const args = ['--file', facts.dockerfilePath, '--platform', facts.platform, '--tag', facts.name, '--load']
  if (inputs.target !== '') args.push('--target', inputs.target)
  for (const line of inputs.buildArgs) args.push('--build-arg', line)
  if (inputs.tagBuildArg !== '') args.push('--build-arg', `${inputs.tagBuildArg}=${facts.tag}`)
  // Builders that honour it (reproducible-builds.org) set their own times to that of the commit.
  const given = inputs.buildArgs.some((line) => line.startsWith('SOURCE_DATE_EPOCH='))
  if (facts.sourceDate !== undefined && !given)
    args.push('--build-arg', `SOURCE_DATE_EPOCH=${facts.sourceDate}`)
  for (const line of inputs.secrets) {
    const [id, variable] = split(line)
    args.push('--secret', `id=${id},env=${variable}`)
  }
  for (const line of inputs.labels) args.push('--label', line)
  for (const source of cacheFrom(inputs, facts.published)) args.push('--cache-from', source)
  for (const sink of cacheTo(inputs)) args.push('--cache-to', sink)
  if (inputs.pull) args.push('--pull')
  if (inputs.noCache) args.push('--no-cache')
  // Attestations of buildx live in an index, which the docker driver cannot load.
  args.push('--provenance=false', '--sbom=false', facts.contextPath)
  return args
}

/** By default from the published image: a fresh runner then finds the same layers, and "unchanged" can be reached. */
function cacheFrom(inputs: Inputs, published: string | undefined): readonly string[] {
  if (inputs.noCache) return []
  if (inputs.cacheFrom.length > 0) return withoutNone(inputs.cacheFrom)
  return published === undefined ? [] : [`type=registry,ref=${published}`]
}

/** By default inside the image itself: a few KB in its configuration, and no second upload. */
function cacheTo(inputs: Inputs): readonly string[] {
  return inputs.cacheTo.length > 0 ? withoutNone(inputs.cacheTo) : ['type=inline']
}

function withoutNone(values: readonly string[]): readonly string[] {
  return values.filter((value) => value !== 'none')
}

function split(line: string): readonly [string, string] {
  const at = line.indexOf('=')
  return [line.slice(0, at), line.slice(at + 1)]
}
