/**
 * What the input `keep` names: files like log.txt, lists of names, and folders with NeuroDesk's release files
 * (`releases/TOOL/VERSION.json`). Somebody cites these containers; a list that cannot be read whole stops everything.
 */
import path from 'node:path'

import {
  isBuildDate,
  isContainerName,
  parseJson,
  plain,
  unsafeBecause
} from '../../../lib/catalogue/index.ts'
import { InputError, messageOf, type InputProblem } from '../../../lib/failure/index.ts'
import type { Ports } from '../../../lib/ports/index.ts'
import { readSource } from './source.ts'

/** Names of objects, without `.simg`. @throws InputError with every list that cannot be read. */
export async function readKeep(sources: readonly string[], ports: Ports): Promise<ReadonlySet<string>> {
  const names = new Set<string>()
  const problems: InputProblem[] = []
  for (const source of sources) {
    try {
      const found = await readOne(source, ports)
      if (found.length === 0) throw new Error('it names no container')
      for (const name of found) names.add(name)
    } catch (error) {
      const fix = messageOf(error)
      problems.push({
        input: 'keep',
        given: source,
        allowed: 'a list or a folder of releases that can be read whole',
        fix
      })
    }
  }
  if (problems.length > 0) throw new InputError(problems)
  return names
}

async function readOne(source: string, ports: Ports): Promise<string[]> {
  if (!/^https?:/i.test(source)) {
    const folder = path.resolve(ports.runner.workspace, source)
    const stat = await ports.fs.stat(folder)
    if (stat.isDirectory()) return await readReleases(folder, ports)
  }
  const { text } = await readSource('keep', source, ports)
  return parseNames(text)
}

/** One name a line, with or without `.simg`, with or without what log.txt has behind it; `#` begins a comment. */
export function parseNames(text: string): string[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    const [word = ''] = line.replace(/#.*$/, '').trim().split(/\s+/)
    if (word === '') return []
    const name = word.replace(/\.simg$/, '')
    const reason = unsafeBecause(name)
    if (reason !== undefined) throw new Error(`line ${index + 1} is no name of a container: ${reason}`)
    // It would protect nothing, and may be the first word of an error page.
    if (!isContainerName(name)) throw new Error(`line ${index + 1}: "${name}" is not NAME_VERSION_BUILDDATE`)
    return [name]
  })
}

/** What lies in a repository's folders without being a release. */
const KNOWN = /^(?:(?:README|LICENSE)(?:\.(?:md|rst|txt))?|\.git(?:keep|ignore|attributes))$/i

/** @throws Error for whatever is neither a tool's folder, a release in one, nor known: it could stand for a container. */
async function readReleases(folder: string, ports: Pick<Ports, 'fs' | 'runner'>): Promise<string[]> {
  const { fs } = ports
  const inside = await Promise.all(
    [ports.runner.workspace, folder].map(async (one) => await fs.realpath(one))
  )
  const list = async (place: string): Promise<readonly string[]> =>
    (await fs.readdir(place)).filter((name) => !KNOWN.test(name)).sort()
  /** Where it really lies; a link that leads out of the workspace shows what nobody has checked out. */
  const follow = async (place: string, shown: string, kind: 'file' | 'folder'): Promise<string> => {
    const real = await fs.realpath(place)
    if (!inside.some((one) => real.startsWith(`${one}${path.sep}`)))
      throw new Error(`${shown} leads out of the workspace`)
    const stat = await fs.stat(real)
    if (kind === 'folder' ? stat.isDirectory() : stat.isFile() && place.endsWith('.json')) return real
    throw new Error(`${shown} is ${kind === 'folder' ? 'no folder of a tool' : 'no release (VERSION.json)'}`)
  }
  const names: string[] = []
  for (const tool of await list(folder)) {
    const place = await follow(path.join(folder, tool), tool, 'folder')
    const files = await list(place)
    if (files.length === 0) throw new Error(`${tool} has no release`)
    for (const file of files) {
      const shown = `${tool}/${file}`
      const text = await fs.readFile(await follow(path.join(place, file), shown, 'file'), 'utf8')
      names.push(...namesOfRelease(text, tool, file.slice(0, -'.json'.length), shown))
    }
  }
  return names
}

/**
 * The objects that a release file stands for: its `image`, the name of the file, and the key of the app, each with
 * the build date. One of them is the object; protecting a name that nobody has costs nothing.
 */
export function namesOfRelease(text: string, tool: string, version: string, file: string): string[] {
  const { root, problems } = parseJson(text)
  if (root === undefined || problems.length > 0) throw new Error(`${file} is no JSON`)
  const release = plain(root) as { apps?: unknown }
  const apps = typeof release === 'object' ? release.apps : undefined
  if (typeof apps !== 'object' || apps === null || Object.keys(apps).length === 0)
    throw new Error(`${file} has no apps`)
  return Object.entries(apps).flatMap(([key, app]: [string, unknown]) => {
    const { version: date, image } = (app ?? {}) as { version?: unknown; image?: unknown }
    if (typeof date !== 'string' || !isBuildDate(date))
      throw new Error(`${file}: ${JSON.stringify(key)} has no version (its build date)`)
    const images = [
      `${tool}_${version}`,
      key.trim().replaceAll(/\s+/g, '_'),
      ...(typeof image === 'string' ? [image] : [])
    ]
    return images.map((name) => `${name}_${date}`)
  })
}
