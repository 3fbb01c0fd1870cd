/** Which container is tested how. Pure. */
import { parseContainerName, type ContainerName } from '../../../lib/catalogue/index.ts'
import { isSource, type Inputs, type Source } from './inputs.ts'

/** One container, from one source, under one runtime. */
export interface Case {
  /** Counts from 1; names its folder. */
  readonly number: number
  readonly container: ContainerName
  readonly source: Source
  readonly runtime: string
  /** `NAME_VERSION_DATE`, with what tells it from the other cases of the same container. */
  readonly label: string
}

/** Every combination that was asked for, container by container. */
export function planCases(inputs: Inputs): readonly Case[] {
  const containers = [...new Set(inputs.containers)]
    .map(parseContainerName)
    .filter((name) => name !== undefined)
  const sources = [...new Set(inputs.source)].filter(isSource)
  const runtimes = [...new Set(inputs.runtimes)]
  const cases: Case[] = []
  for (const container of containers) {
    for (const source of sources) {
      for (const runtime of runtimes) {
        const parts = [...(sources.length > 1 ? [source] : []), ...(runtimes.length > 1 ? [runtime] : [])]
        const label = parts.length === 0 ? container.id : `${container.id} (${parts.join(', ')})`
        cases.push({ number: cases.length + 1, container, source, runtime, label })
      }
    }
  }
  return cases
}
