/**
 * Has an image changed? Decided from manifest and configuration alone, a few KB, without a layer. Pure.
 *
 * Layers are compared by diff_id, the digest of the unpacked layer: it survives another compression. Of the
 * configuration only what matters at run time is compared: `created`, `history` and what builders leave behind
 * differ in every build.
 */
import type { Descriptor, ImageConfig } from './manifest.ts'

export interface Comparable {
  readonly config: ImageConfig
  /** The layers' descriptors, when they are known: sizes and notes. Bottom first, as many as diff_ids. */
  readonly layers?: readonly Descriptor[]
}

export interface LayerDifference {
  /** Counts from 0, bottom first. */
  readonly index: number
  readonly before: string | undefined
  readonly after: string | undefined
  /** What the layer was made by, from the new image's history. */
  readonly createdBy: string | undefined
  /** `times`: the same files with the same content. `unknown` when one side has no content digest. */
  readonly kind: 'content' | 'times' | 'unknown'
}

export interface FieldDifference {
  /** `Env.PATH`, `Labels.maintainer`, `Cmd` … */
  readonly name: string
  /** JSON; undefined when it is not set. */
  readonly before: string | undefined
  readonly after: string | undefined
}

export interface Difference {
  readonly same: boolean
  readonly layers: readonly LayerDifference[]
  readonly fields: readonly FieldDifference[]
}

/** Annotation of a layer: digest over its files without their times. */
export const CONTENT_DIGEST = 'org.neurodesk.ci.content-digest'

/** Settings that a container starts with (OCI Image Specification, config.md; Docker's own below the line). */
const SETTINGS = [
  'User',
  'ExposedPorts',
  'Entrypoint',
  'Cmd',
  'Volumes',
  'WorkingDir',
  'StopSignal',
  'Healthcheck',
  'Shell',
  'OnBuild'
] as const

/**
 * Compares what was published with what was built.
 * @param ignore names of environment variables and labels that differ in every build
 */
export function compareImages(
  before: Comparable,
  after: Comparable,
  ignore: readonly string[] = []
): Difference {
  const layers = compareLayers(before, after)
  const fields = compareFields(before.config, after.config, new Set(ignore))
  return { same: layers.length === 0 && fields.length === 0, layers, fields }
}

/** The part of a difference that is known without reading layers: are the images the same for those who run them? */
export function isOnlyTimes(difference: Difference): boolean {
  return (
    difference.fields.length === 0 &&
    difference.layers.length > 0 &&
    difference.layers.every((layer) => layer.kind === 'times')
  )
}

function compareLayers(before: Comparable, after: Comparable): readonly LayerDifference[] {
  const made = layerCommands(after.config)
  const count = Math.max(before.config.diffIds.length, after.config.diffIds.length)
  const found: LayerDifference[] = []
  for (let index = 0; index < count; index++) {
    const one = before.config.diffIds[index]
    const other = after.config.diffIds[index]
    if (one === other) continue
    const oldContent = before.layers?.[index]?.annotations?.[CONTENT_DIGEST]
    const newContent = after.layers?.[index]?.annotations?.[CONTENT_DIGEST]
    const known = oldContent !== undefined && newContent !== undefined
    const counterpart = one !== undefined && other !== undefined
    const kind = !counterpart
      ? 'content'
      : !known
        ? 'unknown'
        : oldContent === newContent
          ? 'times'
          : 'content'
    found.push({ index, before: one, after: other, createdBy: made[index], kind })
  }
  return found
}

/** `history` has an entry for every instruction; those that made no layer are marked empty. */
function layerCommands(config: ImageConfig): readonly (string | undefined)[] {
  const history: unknown = config.raw['history']
  if (!Array.isArray(history)) return []
  return history
    .filter((entry): entry is Record<string, unknown> => typeof entry === 'object' && entry !== null)
    .filter((entry) => entry['empty_layer'] !== true)
    .map((entry) => (typeof entry['created_by'] === 'string' ? entry['created_by'] : undefined))
}

function compareFields(
  before: ImageConfig,
  after: ImageConfig,
  ignore: ReadonlySet<string>
): readonly FieldDifference[] {
  const one = flatten(before, ignore)
  const other = flatten(after, ignore)
  const names = [...new Set([...one.keys(), ...other.keys()])].sort()
  return names
    .filter((name) => one.get(name) !== other.get(name))
    .map((name) => ({ name, before: one.get(name), after: other.get(name) }))
}

function flatten(config: ImageConfig, ignore: ReadonlySet<string>): Map<string, string> {
  const fields = new Map<string, string>()
  fields.set('platform', JSON.stringify([config.os, config.architecture, config.variant ?? '']))
  for (const name of SETTINGS) {
    const value = config.settings[name]
    // null, "" and [] all mean "not set"; which of them is written depends on the builder.
    if (!isEmpty(value)) fields.set(name, stable(value))
  }
  const env = config.settings['Env']
  for (const line of Array.isArray(env) ? env : []) {
    if (typeof line !== 'string') continue
    const at = line.indexOf('=')
    const name = at < 0 ? line : line.slice(0, at)
    if (!ignore.has(name)) fields.set(`Env.${name}`, JSON.stringify(at < 0 ? '' : line.slice(at + 1)))
  }
  const labels = config.settings['Labels']
  for (const [name, value] of Object.entries(typeof labels === 'object' && labels !== null ? labels : {})) {
    if (!ignore.has(name)) fields.set(`Labels.${name}`, JSON.stringify(value))
  }
  return fields
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true
  if (Array.isArray(value)) return value.length === 0
  return typeof value === 'object' && Object.keys(value).length === 0
}

/** JSON with sorted keys: the order of ExposedPorts means nothing. */
function stable(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner
  )
}
