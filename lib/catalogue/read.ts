/**
 * apps.json -> containers. Reads every apps.json of 2025 and 2026: `{tool: {apps: {"NAME VERSION": {version:
 * YYYYMMDD, exec, …}}, categories: […]|null, …}}`; keys that nobody here knows pass. One broken entry is refused
 * by its name and does not stop the others; all that is wrong is told at once, with its line.
 */
import { Collection, type Catalogue, type Container, type ReadOptions, type Rules } from './collection.ts'
import { parseJson, type At, type JsonMember, type JsonNode } from './json.ts'
import { isFalse, isNull, quote, textOf } from './show.ts'
import { GRANDFATHERED, isDate, parseContainerName, unsafeBecause } from './names.ts'

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

class CatalogueReader {
  private readonly options: ReadOptions
  private readonly rules: Rules
  private readonly into: Collection

  constructor(options: ReadOptions) {
    this.options = options
    this.rules = options.rules ?? '2026'
    this.into = new Collection(options)
  }

  read(text: string): Catalogue {
    const document = parseJson(text)
    for (const problem of document.problems) {
      const isLast = problem.at.line === document.cut?.line && problem.at.column === document.cut.column
      this.into.find(
        'catalogue-syntax',
        this.options.file,
        'error',
        `not JSON: ${problem.message}${isLast ? '; what follows was not looked at' : ''}`,
        problem.at,
        {
          hint: 'Correct the file; nothing is published or deleted by a catalogue that other readers refuse.'
        }
      )
    }
    for (const { key, at, first } of document.duplicateKeys) {
      const message = `the key ${quote(key)} stands twice; the first is in line ${first.line}, readers see only the last`
      this.into.find('catalogue-duplicate-key', key, 'error', message, at, {
        hint: 'Merge the two or remove one.'
      })
    }
    if (document.root !== undefined) this.root(document.root)
    return this.into.result(document.problems.length > 0)
  }

  private root(root: JsonNode): void {
    if (root.kind !== 'object') {
      this.into.structure(this.options.file, 'the catalogue is not an object of tools', root.at)
      return
    }
    for (const [tool, member] of root.members) this.tool(tool, member)
  }

  private tool(tool: string, { at, value }: JsonMember): void {
    this.into.see(tool)
    if (value.kind !== 'object')
      return this.into.structure(tool, `the tool ${quote(tool)} is not an object`, at)
    const apps = value.members.get('apps')
    if (apps === undefined) return this.into.structure(tool, `the tool ${quote(tool)} has no "apps"`, at)
    if (apps.value.kind !== 'object') {
      return this.into.structure(tool, `"apps" of ${quote(tool)} is not an object`, apps.at)
    }
    const categories = this.categories(tool, value.members.get('categories'))
    const hidden = isFalse(value.members.get('show_in_applist'))
    for (const [app, entry] of apps.value.members) this.app(tool, app, entry, categories, hidden)
  }

  private categories(tool: string, member: JsonMember | undefined): string[] {
    // Null and absent are old habits that the generators accept.
    if (member === undefined || isNull(member)) return []
    if (member.value.kind !== 'array') {
      this.into.structure(tool, `"categories" of ${quote(tool)} is not a list`, member.at)
      return []
    }
    return member.value.items.flatMap((item) => {
      if (item.kind !== 'scalar' || typeof item.value !== 'string') {
        this.into.structure(tool, `a category of ${quote(tool)} is not a text`, item.at)
        return []
      }
      const bad = /[,\p{Cc}[\]]/u.exec(item.value)
      if (bad === null && item.value.trim() === item.value && item.value !== '') return [item.value]
      // log.txt parts categories by commas and lines by line breaks, and loses brackets and edges.
      this.into.find(
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
    this.into.see(app)
    const { at, value } = entry
    if (value.kind !== 'object') {
      return this.into.refuse(app, 'catalogue-structure', 'its entry is not an object', at)
    }
    const exec = value.members.get('exec')
    const version = value.members.get('version')
    const execText = textOf(exec)
    if (exec !== undefined && execText === undefined)
      this.into.structure(app, `"exec" of ${quote(app)} is not a text`, exec.at)
    const primary = isPrimary(tool, app, this.rules)
    this.comparePrimary(app, primary, execText, at)
    if (!primary) {
      if (version === undefined || textOf(version) === undefined) {
        this.into.structure(app, `${quote(app)} has no "version" (its build date)`, at)
      }
      return
    }
    const buildDate = textOf(version)
    if (buildDate === undefined) {
      return this.into.refuse(
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
    if (unsafe !== undefined) return this.into.refuse(id, 'catalogue-name-unsafe', unsafe, at)
    const parsed = app.includes(' ') ? parseContainerName(id) : undefined
    if (parsed === undefined) {
      return this.into.refuse(id, 'catalogue-name-unsafe', 'its key is not "NAME VERSION"', at)
    }
    let image = parsed.image
    let architecture = parsed.architecture
    if (imageMember !== undefined) {
      const given = textOf(imageMember)
      const reason = given === undefined ? 'it is not a text' : unsafeBecause(given)
      if (given === undefined || reason !== undefined) {
        return this.into.refuse(
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
      return this.into.refuse(id, 'catalogue-date', `its build date ${quote(buildDate)} is no date`, at, hint)
    }
    const container: Container = {
      ...parsed,
      ...entry,
      id,
      image,
      architecture,
      object: `${image}_${buildDate}`
    }
    this.into.add(container)
  }

  /** `exec: ""` marks a container in all real catalogues; where the rule by name says otherwise, one is wrong. */
  private comparePrimary(app: string, primary: boolean, exec: string | undefined, at: At): void {
    if (exec === undefined || primary === (exec === '')) return
    const message = primary
      ? `${quote(app)} counts as a container by its name, but has an "exec" like a menu item`
      : `${quote(app)} has no "exec" like a container, but its hyphen makes it a menu item: it is not in log.txt`
    this.into.find('catalogue-primary-unclear', app, 'warning', message, at, {
      hint: 'Menu items are "LABEL-TOOL VERSION" with an exec; containers are "TOOL VERSION" with an empty one.'
    })
  }
}
