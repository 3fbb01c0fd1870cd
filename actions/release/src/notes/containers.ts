/** Which containers came, went and changed: the difference of two catalogues, by tool. Pure. */
import { createHash } from 'node:crypto'

import {
  parseContainerName,
  readCatalogue,
  readLog,
  type ContainerName
} from '../../../../lib/catalogue/index.ts'
import { InputError, messageOf } from '../../../../lib/failure/index.ts'
import type { Line } from './render.ts'
import type { Section } from './sections.ts'
import { noteText } from './text.ts'

/** Containers of an apps.json or of a log.txt. @throws InputError naming the input. */
export function readContainers(text: string, file: string, input: string): readonly ContainerName[] {
  const refuse = (why: string): InputError =>
    new InputError([{ input, given: file, allowed: `an apps.json or a log.txt with containers; ${why}` }])
  if (text.trimStart().startsWith('{')) {
    const catalogue = readCatalogue(text, { file })
    const syntax = catalogue.findings.find(({ id }) => id === 'catalogue-syntax')
    if (catalogue.broken) throw refuse(syntax?.message ?? 'it cannot be read')
    if (catalogue.containers.length === 0) throw refuse('it has none')
    return catalogue.containers
  }
  let ids: readonly string[]
  try {
    ids = readLog(text, file)
  } catch (error) {
    throw refuse(messageOf(error))
  }
  if (ids.length === 0) throw refuse('it has none')
  return ids.flatMap((id) => parseContainerName(id) ?? [])
}

/** The containers of a catalogue, as a log.txt without categories: what a release remembers for the next one. */
export function listContainers(containers: readonly ContainerName[]): string {
  return containers.map((one) => `${one.id}\n`).join('')
}

export interface ContainerChanges {
  readonly lines: Readonly<Record<Section, readonly Line[]>>
  readonly added: number
  readonly updated: number
  readonly removed: number
}

/** New tools, newer versions (from -> to), builds of the same version, versions and tools that are gone. */
export function containerChanges(
  before: readonly ContainerName[],
  after: readonly ContainerName[]
): ContainerChanges {
  const lines: Record<Section, Line[]> = {
    'New Features': [],
    Improvements: [],
    'Bug Fixes': [],
    Removed: []
  }
  const counts = { added: 0, updated: 0, removed: 0 }
  const [old, now] = [byTool(before), byTool(after)]
  for (const tool of [...new Set([...old.keys(), ...now.keys()])].sort((a, b) =>
    a.localeCompare(b, 'en', { sensitivity: 'base' })
  )) {
    const [was, is] = [
      old.get(tool) ?? new Map<string, ContainerName>(),
      now.get(tool) ?? new Map<string, ContainerName>()
    ]
    const came = inOrder([...is.values()].filter((one) => !was.has(one.image)))
    const went = inOrder([...was.values()].filter((one) => !is.has(one.image)))
    const rebuilt = inOrder([...is.values()].filter((one) => isLater(one, was.get(one.image))))
    const newest = inOrder([...was.values()]).at(-1)
    const name = noteText(tool)
    if (came.length > 0 && newest === undefined) {
      counts.added++
      lines['New Features'].push(line(came, `added ${name} ${versions(came)}`))
    } else if (came.length > 0) {
      counts.updated++
      lines.Improvements.push(line(came, `updated ${name} to ${versions(came)} (from ${version(newest)})`))
    }
    if (rebuilt.length > 0)
      lines.Improvements.push(
        line(
          rebuilt,
          `rebuilt ${name} ${rebuilt.map((one) => `${version(one)} (${noteText(one.buildDate)})`).join(', ')}`
        )
      )
    if (went.length > 0) {
      counts.removed++
      lines.Removed.push(
        line(
          went,
          is.size === 0 ? `removed ${name} (${versions(went)})` : `removed ${name} ${versions(went)}`
        )
      )
    }
  }
  return { lines, ...counts }
}

/** By tool and then by image; of two builds of one version the newer counts. */
function byTool(containers: readonly ContainerName[]): Map<string, Map<string, ContainerName>> {
  const tools = new Map<string, Map<string, ContainerName>>()
  for (const container of containers) {
    const images = tools.get(container.name) ?? new Map<string, ContainerName>()
    const known = images.get(container.image)
    if (known === undefined || known.buildDate < container.buildDate) images.set(container.image, container)
    tools.set(container.name, images)
  }
  return tools
}

function isLater(one: ContainerName, other: ContainerName | undefined): boolean {
  return other !== undefined && other.buildDate < one.buildDate
}

/** As they were built; versions have too many forms to be ordered by themselves. */
function inOrder(containers: readonly ContainerName[]): ContainerName[] {
  return [...containers].sort(
    (a, b) =>
      a.buildDate.localeCompare(b.buildDate) || a.version.localeCompare(b.version, 'en', { numeric: true })
  )
}

function versions(containers: readonly ContainerName[]): string {
  const shown = containers.map(version)
  const last = shown.pop() ?? ''
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`
}

function version(one: ContainerName | undefined): string {
  if (one === undefined) return ''
  return noteText(one.version) + (one.image.endsWith('_arm64') ? ' (arm64)' : '')
}

function line(containers: readonly ContainerName[], markdown: string): Line {
  return {
    ids: containers.map((one) => `k${createHash('sha256').update(one.id).digest('hex').slice(0, 8)}`),
    markdown
  }
}
