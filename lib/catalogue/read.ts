/**
 * apps.json -> containers. Reads every apps.json of 2025 and 2026: `{tool: {apps: {"NAME VERSION": {version:
 * YYYYMMDD, exec, …}}, categories: […]|null, …}}`; keys that nobody here knows pass. One broken entry is refused
 * by its name and does not stop the others; all that is wrong is told at once, with its line.
 */
import type { Finding } from '../report/index.ts'
import { parseJson, type At, type JsonMember, type JsonNode } from './json.ts'
import { isFalse, isNull, printable, quote, textOf } from './show.ts'
import {
  GRANDFATHERED,
  isDate,
  notAnImageBecause,
  parseContainerName,
  unsafeBecause,
  type ContainerName
} from './names.ts'

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
  /** Everything that is wrong, in the order of the file. */
  readonly findings: readonly Finding[]
  /** The text is no JSON that other readers accept: nothing may be published or deleted by it. */
  readonly broken: boolean
}

/**
 * Which entries are containers, and not only menu items of one. `2025`: no hyphen in the key (so "x 1-rc1" is
 * silently lost); `2026`: no hyphen, or the key is the tool's name and a version.
 */
export type Rules = '2025' | '2026'

export interface ReadOptions {
  /** Name for findings, relative to the repository so that GitHub shows them beside the line. */
  readonly file: string
  readonly rules?: Rules
  /** Milliseconds since 1970, for dates in the future. */
  readonly now?: number
}

export function readCatalogue(text: string, options: ReadOptions): Catalogue {
  return new CatalogueReader(options).read(text)
}

/** The rule of NeuroDesk's own generator of that year. */
export function isPrimary(tool: string, app: string, rules: Rules): boolean {
  if (!app.includes('-')) return true
  if (rules === '2025') return false
  const space = app.lastIndexOf(' ')
  return space !== -1 && app.slice(0, space) === tool
}

const DAY = 86_400_000

class CatalogueReader {
  private readonly options: ReadOptions
  private readonly rules: Rules
  private readonly containers: Container[] = []
  private readonly refused: Refused[] = []
  private readonly findings: Finding[] = []
  private readonly byObject = new Map<string, Container>()

  constructor(options: ReadOptions) {
    this.options = options
    this.rules = options.rules ?? '2026'
  }

  read(text: string): Catalogue {
    const document = parseJson(text)
    for (const problem of document.problems) {
      this.find('catalogue-syntax', this.options.file, 'error', `not JSON: ${problem.message}`, problem.at, {
        hint: 'Correct the file; nothing is published or deleted by a catalogue that other readers refuse.'
      })
    }
    for (const { key, at, first } of document.duplicateKeys) {
      const message = `the key ${quote(key)} stands twice; the first is in line ${first.line}, readers see only the last`
      this.find('catalogue-duplicate-key', key, 'error', message, at, {
        hint: 'Merge the two or remove one.'
      })
    }
    if (document.root !== undefined) this.root(document.root)
    const order = (finding: Finding): number =>
      (finding.place?.line ?? 0) * 1e6 + (finding.place?.column ?? 0)
    return {
      file: this.options.file,
      containers: this.containers,
      refused: this.refused,
      findings: this.findings.toSorted((a, b) => order(a) - order(b)),
      broken: document.problems.length > 0
    }
  }

  private root(root: JsonNode): void {
    if (root.kind !== 'object') {
      this.structure(this.options.file, 'the catalogue is not an object of tools', root.at)
      return
    }
    for (const [tool, member] of root.members) this.tool(tool, member)
  }

  private tool(tool: string, { at, value }: JsonMember): void {
    if (value.kind !== 'object') return this.structure(tool, `the tool ${quote(tool)} is not an object`, at)
    const apps = value.members.get('apps')
    if (apps === undefined) return this.structure(tool, `the tool ${quote(tool)} has no "apps"`, at)
    if (apps.value.kind !== 'object') {
      return this.structure(tool, `"apps" of ${quote(tool)} is not an object`, apps.at)
    }
    const categories = this.categories(tool, value.members.get('categories'))
    const hidden = isFalse(value.members.get('show_in_applist'))
    for (const [app, entry] of apps.value.members) this.app(tool, app, entry, categories, hidden)
  }

  private categories(tool: string, member: JsonMember | undefined): string[] {
    // Null and absent are old habits that the generators accept.
    if (member === undefined || isNull(member)) return []
    if (member.value.kind !== 'array') {
      this.structure(tool, `"categories" of ${quote(tool)} is not a list`, member.at)
      return []
    }
    return member.value.items.flatMap((item) => {
      if (item.kind !== 'scalar' || typeof item.value !== 'string') {
        this.structure(tool, `a category of ${quote(tool)} is not a text`, item.at)
        return []
      }
      const bad = /[,\p{Cc}[\]]/u.exec(item.value)
      if (bad === null && item.value.trim() === item.value && item.value !== '') return [item.value]
      // log.txt parts categories by commas and lines by line breaks, and loses brackets and edges.
      this.find(
        'catalogue-category',
        tool,
        'error',
        `the category ${quote(item.value)} of ${quote(tool)} cannot be written to log.txt`,
        item.at,
        { hint: 'No commas, brackets, control characters or spaces at its ends, and not empty.' }
      )
      return []
    })
  }

  private app(tool: string, app: string, entry: JsonMember, categories: string[], toolHidden: boolean): void {
    const { at, value } = entry
    if (value.kind !== 'object') {
      return this.refuse(app, 'catalogue-structure', 'its entry is not an object', at)
    }
    const exec = value.members.get('exec')
    const version = value.members.get('version')
    const execText = textOf(exec)
    if (exec !== undefined && execText === undefined)
      this.structure(app, `"exec" of ${quote(app)} is not a text`, exec.at)
    const primary = isPrimary(tool, app, this.rules)
    this.comparePrimary(app, primary, execText, at)
    if (!primary) {
      if (version === undefined || textOf(version) === undefined) {
        this.structure(app, `${quote(app)} has no "version" (its build date)`, at)
      }
      return
    }
    const buildDate = textOf(version)
    if (buildDate === undefined) {
      return this.refuse(
        app,
        'catalogue-structure',
        'it has no "version" (its build date, YYYYMMDD, as a text)',
        at
      )
    }
    const ownHidden = value.members.get('show_in_applist')
    const hidden = ownHidden === undefined ? toolHidden : isFalse(ownHidden)
    this.container({ tool, app, buildDate, categories, hidden, at }, value.members.get('image'))
  }

  private container(
    entry: { tool: string; app: string; buildDate: string; categories: string[]; hidden: boolean; at: At },
    imageMember: JsonMember | undefined
  ): void {
    const { app, buildDate, at } = entry
    const id = `${app.replaceAll(' ', '_')}_${buildDate}`
    const unsafe = unsafeBecause(id)
    if (unsafe !== undefined) return this.refuse(id, 'catalogue-name-unsafe', unsafe, at)
    const parsed = app.includes(' ') ? parseContainerName(id) : undefined
    if (parsed === undefined) {
      return this.refuse(id, 'catalogue-name-unsafe', 'its key is not "NAME VERSION"', at)
    }
    let image = parsed.image
    let architecture = parsed.architecture
    if (imageMember !== undefined) {
      const given = textOf(imageMember)
      const reason = given === undefined ? 'it is not a text' : unsafeBecause(given)
      if (given === undefined || reason !== undefined) {
        return this.refuse(
          id,
          'catalogue-name-unsafe',
          `its "image" is not usable: ${reason ?? ''}`,
          imageMember.at
        )
      }
      image = given
      architecture = parseContainerName(`${image}_${buildDate}`)?.architecture ?? architecture
    }
    if (!isDate(buildDate) && !GRANDFATHERED.includes(id)) {
      const hint = 'The build date is YYYYMMDD, a day of the calendar.'
      return this.refuse(id, 'catalogue-date', `its build date ${quote(buildDate)} is no date`, at, hint)
    }
    const container: Container = {
      ...parsed,
      ...entry,
      id,
      image,
      architecture,
      object: `${image}_${buildDate}`
    }
    const other = this.byObject.get(container.object)
    if (other !== undefined) {
      const reason = `it is the same container as ${quote(other.app)} in line ${other.at.line}`
      return this.refuse(id, 'catalogue-duplicate-container', reason, at)
    }
    this.remark(container)
    this.byObject.set(container.object, container)
    this.containers.push(container)
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

  /** `exec: ""` marks a container in all real catalogues; where the rule by name says otherwise, one is wrong. */
  private comparePrimary(app: string, primary: boolean, exec: string | undefined, at: At): void {
    if (exec === undefined || primary === (exec === '')) return
    const message = primary
      ? `${quote(app)} counts as a container by its name, but has an "exec" like a menu item`
      : `${quote(app)} has no "exec" like a container, but its hyphen makes it a menu item: it is not in log.txt`
    this.find('catalogue-primary-unclear', app, 'warning', message, at, {
      hint: 'Menu items are "LABEL-TOOL VERSION" with an exec; containers are "TOOL VERSION" with an empty one.'
    })
  }

  private refuse(id: string, kind: string, reason: string, at: At, hint?: string): void {
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

  private structure(subject: string, message: string, at: At): void {
    this.find('catalogue-structure', printable(subject), 'error', message, at, {})
  }

  private find(
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
}

/** Milliseconds since 1970 -> YYYYMMDD, UTC. */
export function yyyymmdd(time: number): string {
  return new Date(time).toISOString().slice(0, 10).replaceAll('-', '')
}
