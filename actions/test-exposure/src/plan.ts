/** Which container is tested how. Pure. */
import { parseContainerName, type Container, type ContainerName } from '../../../lib/catalogue/index.ts'
import { isDownloader, isSource, type Downloader, type Inputs, type Source } from './inputs.ts'

/** One container, from one source, under one runtime, fetched in one way. */
export interface Case {
  /** Counts from 1; names its folder. */
  readonly number: number
  readonly container: ContainerName
  readonly source: Source
  readonly runtime: string
  /** For the source `installer`: the only downloader that it gets to see; undefined: all of them. */
  readonly downloader: Downloader | undefined
  /** `NAME_VERSION_DATE`, with what tells it from the other cases of the same container. */
  readonly label: string
}

/** Every combination that was asked for, container by container. */
export function planCases(inputs: Inputs, containers: readonly ContainerName[]): readonly Case[] {
  const ways = waysOf(inputs)
  const runtimes = [...new Set(inputs.runtimes)]
  const cases: Case[] = []
  for (const container of containers) {
    for (const { source, downloader } of ways) {
      for (const runtime of runtimes) {
        const parts = [
          ...(ways.length > 1 ? [downloader === undefined ? source : `${source} by ${downloader}`] : []),
          ...(runtimes.length > 1 ? [runtime] : [])
        ]
        const label = parts.length === 0 ? container.id : `${container.id} (${parts.join(', ')})`
        cases.push({ number: cases.length + 1, container, source, runtime, downloader, label })
      }
    }
  }
  return cases
}

interface Way {
  readonly source: Source
  readonly downloader: Downloader | undefined
}

/** Sources, and for the installer's own fetching one way per downloader. */
function waysOf(inputs: Inputs): readonly Way[] {
  const named = [...new Set(inputs.downloaders)].filter(isDownloader)
  return [...new Set(inputs.source)].filter(isSource).flatMap((source): readonly Way[] => {
    const all = source === 'installer' && named.length > 0 ? named : [undefined]
    return all.map((downloader) => ({ source, downloader }))
  })
}

/**
 * The containers that are named, each once, in their order.
 * @param catalogue for NAME@latest: the container with the latest build date, of two the higher version
 * @returns the names that are not in the catalogue as well
 */
export function namedContainers(
  lines: readonly string[],
  catalogue: readonly Container[]
): { readonly containers: readonly ContainerName[]; readonly unknown: readonly string[] } {
  const found = new Map<string, ContainerName>()
  const unknown: string[] = []
  for (const line of lines) {
    const name = /^(.*)@latest$/.exec(line)?.[1]
    const container = name === undefined ? parseContainerName(line) : latestOf(name, catalogue)
    if (container === undefined) unknown.push(line)
    else found.set(container.id, container)
  }
  return { containers: [...found.values()], unknown }
}

function latestOf(name: string, catalogue: readonly Container[]): ContainerName | undefined {
  const versions = new Intl.Collator('en', { numeric: true })
  return catalogue
    .filter((container) => container.name === name)
    .sort((a, b) => versions.compare(a.buildDate, b.buildDate) || versions.compare(a.version, b.version))
    .at(-1)
}
