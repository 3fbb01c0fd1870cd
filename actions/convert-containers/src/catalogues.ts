/** The catalogue as it is and as it was, and which of its containers are meant. */
import {
  isLog,
  readCatalogue,
  readCatalogueLog,
  type Catalogue,
  type Comparison,
  type Container
} from '../../../lib/catalogue/index.ts'
import { FindingError, InputError, messageOf } from '../../../lib/failure/index.ts'
import type { Ports } from '../../../lib/ports/index.ts'
import { compareWithBase } from './base.ts'
import type { Inputs } from './inputs.ts'
import { CHANGED, parseOnly, select } from './select.ts'
import { readSource, type Text } from './source.ts'

export interface Catalogues {
  readonly catalogue: Catalogue
  /** As it was read. */
  readonly text: string
  /** With `base-catalogue`. */
  readonly comparison: Comparison | undefined
  /** Why nobody knows what has changed, where that is all that is meant. */
  readonly baseUnknown: string | undefined
}

export async function readCatalogues(inputs: Inputs, ports: Ports): Promise<Catalogues> {
  const { text, file } = await readSource('catalogue', inputs.catalogue, ports)
  const named = isLog(text)
  if (named && (inputs.mode === 'publish' || inputs.mode === 'all' || inputs.mode === 'retain')) {
    const allowed = `apps.json with mode ${inputs.mode}`
    throw new InputError([{ input: 'catalogue', given: `${file}, a log.txt`, allowed }])
  }
  const options = { file, now: ports.clock.now() }
  const catalogue = named ? readCatalogueLog(text, options) : readCatalogue(text, options)
  ports.log.info(
    `${file}: ${catalogue.containers.length} containers, ${catalogue.refused.length} entries refused`
  )
  if (inputs.baseCatalogue === '') return { catalogue, text, comparison: undefined, baseUnknown: undefined }
  const base = await readBase(inputs, ports)
  const unknown = (why: string): Catalogues => {
    ports.log.info(`what has changed is not known: ${why}`)
    return { catalogue, text, comparison: undefined, baseUnknown: why }
  }
  if (typeof base === 'string') return unknown(base)
  const comparison = compareWithBase(base, catalogue, inputs.only === CHANGED)
  if (typeof comparison === 'string') {
    if (inputs.only === CHANGED) return unknown(comparison)
    if (inputs.mode === 'retain') {
      const allowed = 'apps.json or log.txt of before, which can be read and has containers'
      throw new InputError([{ input: 'base-catalogue', given: comparison, allowed }])
    }
    // Whoever repairs a broken catalogue has it as the base.
    ports.log.warning(`nobody knows what was there before: ${comparison}`)
    return { catalogue, text, comparison: undefined, baseUnknown: undefined }
  }
  ports.log.info(
    `against ${base.file}: ${comparison.added.length} new, ${comparison.rebuilt.length} rebuilt, ${comparison.removed.length} gone`
  )
  return { catalogue, text, comparison, baseUnknown: undefined }
}

/**
 * The catalogue as it was before, or why it cannot be read. Where it says what is meant, nothing may be concluded
 * then: that everything is new as little as that nothing is.
 */
async function readBase(inputs: Inputs, ports: Ports): Promise<Text | string> {
  try {
    return await readSource('base-catalogue', inputs.baseCatalogue, ports)
  } catch (error) {
    if (inputs.only !== CHANGED || ports.runner.signal.aborted) throw error
    return messageOf(error).split('\n', 1)[0] ?? ''
  }
}

/** @throws FindingError for a catalogue that nothing may be changed by */
export function expectWhole(catalogue: Catalogue): void {
  if (!catalogue.broken) return
  const places = catalogue.findings
    .filter(({ id }) => id === 'catalogue-syntax')
    .map(({ place, message }) => `${catalogue.file}:${place?.line ?? 0}:${place?.column ?? 0}: ${message}`)
  throw new FindingError(['the catalogue is no JSON, nothing is changed by it', ...places].join('\n'))
}

/** @throws FindingError when `only` names what the catalogue does not have */
export function chosen(
  { catalogue, comparison }: Catalogues,
  inputs: Inputs,
  log: Ports['log']
): readonly Container[] {
  if (inputs.only === '') return catalogue.containers
  if (inputs.only === CHANGED) {
    const changed = comparison?.changed ?? []
    log.info(`${changed.length} of them are new or changed`)
    return changed
  }
  const only = parseOnly(inputs.only)
  const selection = select('patterns' in only ? only.patterns : [])
  const unmatched = selection.unmatched(catalogue.containers)
  if (unmatched.length > 0)
    throw new FindingError(`the catalogue has nothing that \`only\` names: ${unmatched.join(', ')}`)
  const containers = catalogue.containers.filter((container) => selection.matches(container))
  log.info(`${containers.length} of them are meant`)
  return containers
}
