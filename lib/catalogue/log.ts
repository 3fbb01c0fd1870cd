/** log.txt -> containers: names and categories are all that it has. */
import { Collection, type Catalogue, type ReadOptions } from './collection.ts'
import { parseContainerName, unsafeBecause } from './names.ts'

/**
 * The same out of a log.txt, which has names and categories only. What is no line of it is refused by its number.
 */
export function readCatalogueLog(text: string, options: ReadOptions): Catalogue {
  const into = new Collection(options)
  text.split('\n').forEach((line, index) => {
    const at = { line: index + 1, column: 1 }
    const [, id = '', categories = ''] = /^\s*(\S+)(?:\s+categories:(.*))?$/.exec(line) ?? []
    if (line.trim() === '') return
    const parsed = parseContainerName(id)
    const unsafe =
      unsafeBecause(id) ?? (parsed === undefined ? 'it is not NAME_VERSION_BUILDDATE' : undefined)
    if (parsed === undefined || unsafe !== undefined) {
      into.refuse(id === '' ? line : id, 'catalogue-name-unsafe', unsafe ?? '', at)
      return
    }
    const names = categories.split(',').map((name) => name.trim())
    const entry = {
      tool: parsed.name,
      app: `${parsed.name} ${parsed.version}`,
      categories: names.filter((name) => name !== ''),
      hidden: false,
      at
    }
    into.add({ ...parsed, ...entry, object: id })
  })
  return into.result(false)
}

/** A log.txt by its first line; everything else is read as apps.json. */
export function isLog(text: string): boolean {
  return /^\s*[\w.-]+_[\w.-]+ categories:/.test(text)
}
