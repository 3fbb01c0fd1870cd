/**
 * What the input `keep` names: files like log.txt, lists of names, and folders with NeuroDesk's release files
 * (`releases/TOOL/VERSION.json`). Somebody cites these containers; a list that cannot be read whole stops everything.
 */
import path from 'node:path'

import { parseJson, plain, unsafeBecause } from '../../../lib/catalogue/index.ts'
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
    return [name]
  })
}

async function readReleases(folder: string, ports: Pick<Ports, 'fs'>): Promise<string[]> {
  const names: string[] = []
  for (const tool of await ports.fs.readdir(folder, { withFileTypes: true })) {
    if (!tool.isDirectory()) continue
    for (const file of await ports.fs.readdir(path.join(folder, tool.name))) {
      if (!file.endsWith('.json')) continue
      const text = await ports.fs.readFile(path.join(folder, tool.name, file), 'utf8')
      names.push(...namesOfRelease(text, tool.name, file.slice(0, -'.json'.length), `${tool.name}/${file}`))
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
    if (typeof date !== 'string' || date === '')
      throw new Error(`${file}: ${JSON.stringify(key)} has no version`)
    const images = [
      `${tool}_${version}`,
      key.trim().replaceAll(/\s+/g, '_'),
      ...(typeof image === 'string' ? [image] : [])
    ]
    return images.map((name) => `${name}_${date}`)
  })
}
