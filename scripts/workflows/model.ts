/** A workflow file as data, with the line of every part, so that a rule can say where. */
import { LineCounter, isMap, isNode, parseDocument } from 'yaml'

export type Data = Readonly<Record<string, unknown>>
type Path = readonly (string | number)[]

export interface Step {
  readonly path: Path
  readonly data: Data
}

export interface Job {
  readonly id: string
  readonly path: Path
  readonly data: Data
  readonly steps: readonly Step[]
}

export interface Workflow {
  /** As people know it: `neurodesktop/test-cvmfs.yml`. */
  readonly file: string
  readonly text: string
  readonly lines: readonly string[]
  readonly data: Data
  readonly name: string
  /** Events by name, with what is said about them. */
  readonly on: Data
  readonly jobs: readonly Job[]
  /** 1-based; of the nearest part that is there. */
  readonly lineOf: (path: Path) => number
}

export class BadWorkflow extends Error {
  override readonly name = 'BadWorkflow'
}

/** @throws BadWorkflow when the text is no YAML, or has no jobs */
export function readWorkflow(text: string, file: string): Workflow {
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter })
  const [error] = document.errors
  if (error !== undefined) throw new BadWorkflow(`${file}: ${error.message}`)
  const data = asData(document.toJS())
  if (!isMap(document.get('jobs', true))) throw new BadWorkflow(`${file}: there are no jobs`)
  const lineOf = (path: Path): number => {
    for (let length = path.length; length > 0; length--) {
      const at = path.slice(0, length)
      const last = at.at(-1)
      const parent = document.getIn(at.slice(0, -1), true)
      // A key's own line says more than that of the value below it.
      const pair = isMap(parent) ? parent.items.find(({ key }) => String(key) === String(last)) : undefined
      const node = pair === undefined ? document.getIn(at, true) : pair.key
      if (isNode(node) && node.range) return counter.linePos(node.range[0]).line
    }
    return 1
  }
  const jobs = Object.entries(asData(data['jobs'])).map(([id, job]): Job => {
    const path = ['jobs', id]
    const { steps } = asData(job)
    return {
      id,
      path,
      data: asData(job),
      steps: (Array.isArray(steps) ? steps : []).map((step: unknown, index) => ({
        path: [...path, 'steps', index],
        data: asData(step)
      }))
    }
  })
  return {
    file,
    text,
    lines: text.split('\n'),
    data,
    name: textOf(data['name']),
    on: triggers(data['on']),
    jobs,
    lineOf
  }
}

export function asData(value: unknown): Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Data) : {}
}

export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : ''
}

/** A text, a list, or nothing, as a list. */
export function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(textOf) : textOf(value) === '' ? [] : [textOf(value)]
}

/** Every text in a part of the file, with its path: keys are not among them. */
export function textsIn(value: unknown, path: Path = []): readonly { path: Path; text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }]
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => textsIn(item, [...path, index]))
  return Object.entries(asData(value)).flatMap(([key, item]) => textsIn(item, [...path, key]))
}

function triggers(on: unknown): Data {
  if (typeof on === 'string') return { [on]: null }
  if (Array.isArray(on)) return Object.fromEntries(on.map((event: unknown) => [textOf(event), null]))
  return asData(on)
}
