/**
 * Where containers and what is wrong with them are collected while a catalogue is read: doubles are seen here, and
 * what is odd is remarked.
 */
import type { Finding } from '../report/index.ts'
import type { At } from './json.ts'
import { isDate, notAnImageBecause, type ContainerName } from './names.ts'
import { printable, quote } from './show.ts'

/**
 * Which entries are containers, and not only menu items of one. `2025`: no hyphen in the key (so "x 1-rc1" is
 * silently lost); `2026`: no hyphen, or the key is the tool's name and a version.
 */
export type Rules = '2025' | '2026'

export interface Container extends ContainerName {
  /** Name of the object in a store, without `.simg`: the id, unless the entry names its `image`. */
  readonly object: string
  readonly tool: string
  /** The key in apps.json, `NAME VERSION`. */
  readonly app: string
  readonly categories: readonly string[]
  /** In log.txt, but not in applist.json (`show_in_applist: false`). */
  readonly hidden: boolean
  readonly at: At
}

export interface Refused {
  readonly id: string
  readonly reason: string
}

export interface Catalogue {
  readonly file: string
  readonly containers: readonly Container[]
  readonly refused: readonly Refused[]
  /** Everything in it that a finding can be about: tools, apps and containers, well or not. */
  readonly names: readonly string[]
  /** Everything that is wrong, in the order of the file. */
  readonly findings: readonly Finding[]
  /** The text is no JSON that other readers accept: nothing may be published or deleted by it. */
  readonly broken: boolean
}

export interface ReadOptions {
  /** Name for findings, relative to the repository so that GitHub shows them beside the line. */
  readonly file: string
  readonly rules?: Rules
  /** Milliseconds since 1970, for dates in the future. */
  readonly now?: number
}

const DAY = 86_400_000

export class Collection {
  private readonly options: ReadOptions
  private readonly containers: Container[] = []
  private readonly refused: Refused[] = []
  private readonly findings: Finding[] = []
  private readonly byObject = new Map<string, Container>()
  private readonly byId = new Map<string, Container>()
  private readonly names = new Set<string>()

  constructor(options: ReadOptions) {
    this.options = options
  }

  /** It is there, whatever is found out about it. */
  see(name: string): void {
    this.names.add(printable(name))
  }

  add(container: Container): void {
    this.see(container.id)
    const other = this.byObject.get(container.object)
    if (other !== undefined) {
      const reason = `it is the same container as ${quote(other.app)} in line ${other.at.line}`
      return this.refuse(container.id, 'catalogue-duplicate-container', reason, container.at)
    }
    // `image` gives it an object of its own; log.txt knows it by its id alone.
    const twin = this.byId.get(container.id)
    if (twin !== undefined) {
      const reason = `it would have the same line in log.txt as ${quote(twin.app)} in line ${twin.at.line}`
      return this.refuse(container.id, 'catalogue-duplicate-container', reason, container.at)
    }
    this.remark(container)
    this.byId.set(container.id, container)
    this.byObject.set(container.object, container)
    this.containers.push(container)
  }

  result(broken: boolean): Catalogue {
    const order = (finding: Finding): number =>
      (finding.place?.line ?? 0) * 1e6 + (finding.place?.column ?? 0)
    return {
      file: this.options.file,
      containers: this.containers,
      refused: this.refused,
      names: [...this.names],
      findings: this.findings.toSorted((a, b) => order(a) - order(b)),
      broken
    }
  }

  refuse(id: string, kind: string, reason: string, at: At, hint?: string): void {
    const shown = printable(id)
    this.refused.push({ id: shown, reason })
    this.find(
      kind,
      shown,
      'error',
      `${quote(id)} is refused: ${reason}`,
      at,
      hint === undefined ? {} : { hint }
    )
  }

  structure(subject: string, message: string, at: At): void {
    this.find('catalogue-structure', printable(subject), 'error', message, at, {})
  }

  find(
    id: string,
    subject: string,
    severity: Finding['severity'],
    message: string,
    at: At,
    more: { hint?: string }
  ): void {
    const place = { file: this.options.file, line: at.line, column: at.column }
    this.findings.push({ id, subject: printable(subject), severity, message, ...more, place })
  }

  /** What is odd, but works. */
  private remark(container: Container): void {
    const { id, image, app, at, buildDate } = container
    const noImage = notAnImageBecause(image)
    if (noImage !== undefined) {
      const message = `${quote(image)} cannot be the name of an image: ${noImage}`
      this.find('catalogue-name-no-image', id, 'warning', message, at, {
        hint: 'It can be copied, never converted.'
      })
    }
    const now = this.options.now
    if (now !== undefined && isDate(buildDate) && buildDate > yyyymmdd(now + 2 * DAY)) {
      this.find(
        'catalogue-date-future',
        id,
        'warning',
        `its build date ${buildDate} is in the future`,
        at,
        {}
      )
    }
    if (/ {2}|^ | $/.test(app)) {
      this.find(
        'catalogue-name-spaces',
        id,
        'warning',
        `the key ${quote(app)} has more than one space`,
        at,
        {}
      )
    }
  }
}

/** Milliseconds since 1970 -> YYYYMMDD, UTC. */
export function yyyymmdd(time: number): string {
  return new Date(time).toISOString().slice(0, 10).replaceAll('-', '')
}
