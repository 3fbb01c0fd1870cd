/**
 * What a container promises to a host: the commands in the folders of DEPLOY_PATH, those named by DEPLOY_BINS, the
 * variables DEPLOY_ENV_*, and /README.md. Read from the image itself; nothing is started.
 */
import { readEnvironment } from './environment.ts'
import { readFile, resolve, type ImageTree } from './image/tree.ts'
import { isSystemCommand, nameProblem, type NameProblem } from './names.ts'

export interface Command {
  readonly name: string
  /** Which part of the promise names it. */
  readonly source: 'DEPLOY_PATH' | 'DEPLOY_BINS'
  /** The promised file, an absolute path in the image, links not followed; undefined: DEPLOY_BINS names what is not there. */
  readonly file: string | undefined
  /** Where that really is in the image. */
  readonly realFile: string | undefined
  /** False: only root, or its owner, may execute it. */
  readonly forEveryone: boolean
}

/** A promised name that does not become a command, and why. */
export interface Excluded {
  readonly name: string
  readonly source: Command['source']
  readonly problem:
    NameProblem | { readonly kind: 'system' | 'excluded' | 'root-only'; readonly reason: string }
}

export interface ContainerPromise {
  readonly deployPath: readonly string[]
  readonly deployBins: readonly string[]
  /** DEPLOY_ENV_*, the prefix taken off; BASEPATH not replaced. */
  readonly variables: readonly { readonly name: string; readonly value: string }[]
  readonly readme: Buffer | undefined
  /** The search path inside the image. */
  readonly path: readonly string[]
  /** All that the image sets. */
  readonly environment: ReadonlyMap<string, string>
  /** Folders of DEPLOY_PATH that are not there. */
  readonly missingFolders: readonly string[]
  /** Links in those folders that lead nowhere. */
  readonly danglingLinks: readonly string[]
  /** Names that stand in more than one folder; the first one wins. */
  readonly duplicates: readonly string[]
  readonly commands: readonly Command[]
  readonly excluded: readonly Excluded[]
  /** Assignments of the image that only a shell could evaluate and that concern the promise. */
  readonly unread: readonly string[]
}

export interface PromiseOptions {
  /** NAME_VERSION_DATE, for the names that its own files take. */
  readonly container: string
  /** A reason to leave a name out, on top of the rules for names; default: the host's basic commands. */
  readonly exclude?: (name: string) => string | undefined
}

/** Both runtimes put what is missing of these behind the image's own PATH. */
const APPENDED = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin']
const MAX_README_BYTES = 4 * 2 ** 20

/** Reads the promise. @throws ImageError when the image is damaged. */
export async function readPromise(tree: ImageTree, options: PromiseOptions): Promise<ContainerPromise> {
  const { variables, unread } = await readEnvironment(tree)
  const deployPath = splitList(variables.get('DEPLOY_PATH'))
  const deployBins = splitList(variables.get('DEPLOY_BINS'))
  const path = [...new Set([...splitList(variables.get('PATH')), ...APPENDED])]
  const folders = await expandFolders(tree, deployPath)
  const found = await scanFolders(tree, folders.present)
  const named = await Promise.all(deployBins.map((name) => findOnPath(tree, name, path)))

  const commands = new Map<string, Command>()
  const excluded: Excluded[] = []
  const duplicates = new Set<string>()
  for (const command of [...found.commands, ...named]) {
    const known = commands.get(command.name)
    if (known !== undefined) {
      if (known.source === command.source) duplicates.add(command.name)
      continue
    }
    const problem = exclusion(command, options)
    if (problem === undefined) commands.set(command.name, command)
    else if (!excluded.some((other) => other.name === command.name)) {
      excluded.push({ name: command.name, source: command.source, problem })
    }
  }
  return {
    deployPath,
    deployBins,
    variables: deployVariables(variables),
    readme: await readFile(tree, '/README.md', MAX_README_BYTES),
    path,
    environment: variables,
    missingFolders: folders.missing,
    danglingLinks: found.dangling,
    duplicates: [...duplicates],
    commands: [...commands.values()],
    excluded,
    unread: unread.filter((line) => /DEPLOY_|\bPATH=/.test(line))
  }
}

/** Where the shell inside the image would find `name`; undefined when nowhere. */
export async function lookUp(
  tree: ImageTree,
  name: string,
  path: readonly string[]
): Promise<string | undefined> {
  if (name.includes('/')) return (await executableAt(tree, name)) === undefined ? undefined : name
  for (const folder of path) {
    const file = `${folder.replace(/\/+$/, '')}/${name}`
    if ((await executableAt(tree, file)) !== undefined) return file
  }
  return undefined
}

function exclusion(command: Command, options: PromiseOptions): Excluded['problem'] | undefined {
  const problem = nameProblem(command.name, options.container)
  if (problem !== undefined) return problem
  if (!command.forEveryone) return { kind: 'root-only', reason: 'only root may execute it' }
  if (options.exclude !== undefined) {
    const reason = options.exclude(command.name)
    return reason === undefined ? undefined : { kind: 'excluded', reason }
  }
  if (!isSystemCommand(command.name)) return undefined
  return { kind: 'system', reason: `${command.name} is a basic command of every host` }
}

function splitList(value: string | undefined): readonly string[] {
  return [...new Set((value ?? '').split(':').filter((part) => part !== ''))]
}

function deployVariables(variables: ReadonlyMap<string, string>): ContainerPromise['variables'] {
  return [...variables]
    .filter(([name]) => name.startsWith('DEPLOY_ENV_') && name.length > 'DEPLOY_ENV_'.length)
    .map(([name, value]) => ({ name: name.slice('DEPLOY_ENV_'.length), value }))
}

/** DEPLOY_PATH may hold patterns (/opt/*\/bin): transparent-singularity lets the shell expand them. */
async function expandFolders(
  tree: ImageTree,
  entries: readonly string[]
): Promise<{ present: readonly string[]; missing: readonly string[] }> {
  const present: string[] = []
  const missing: string[] = []
  for (const entry of entries) {
    const literal = await resolve(tree, entry)
    const folders =
      literal?.entry.kind === 'directory'
        ? [entry]
        : /[*?[]/.test(entry)
          ? await matchFolders(tree, entry)
          : []
    if (folders.length === 0) missing.push(entry)
    present.push(...folders.map((folder) => (folder === '/' ? folder : folder.replace(/\/+$/, ''))))
  }
  return { present: [...new Set(present)], missing }
}

async function matchFolders(tree: ImageTree, pattern: string): Promise<readonly string[]> {
  let folders = ['']
  for (const part of pattern.split('/').filter((piece) => piece !== '')) {
    const next: string[] = []
    for (const folder of folders) {
      const here = await resolve(tree, folder === '' ? '/' : folder)
      for (const entry of (here === undefined ? undefined : await tree.list(here.path)) ?? []) {
        if (matches(entry.name, part)) next.push(`${folder}/${entry.name}`)
      }
    }
    folders = next.slice(0, 1000)
  }
  const kinds = await Promise.all(folders.map((folder) => resolve(tree, folder)))
  return folders.filter((_, index) => kinds[index]?.entry.kind === 'directory')
}

function matches(name: string, part: string): boolean {
  if (name.startsWith('.') && !part.startsWith('.')) return false
  // More stars than anybody writes would make the search endless.
  if ((part.match(/\*/g) ?? []).length > 4) return name === part
  const source = part
    .replaceAll(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  try {
    return new RegExp(`^(?:${source})$`, 'u').test(name)
  } catch {
    return name === part
  }
}

async function scanFolders(
  tree: ImageTree,
  folders: readonly string[]
): Promise<{ commands: readonly Command[]; dangling: readonly string[] }> {
  const commands: Command[] = []
  const dangling: string[] = []
  for (const folder of folders) {
    const real = await resolve(tree, folder)
    for (const entry of (real === undefined ? undefined : await tree.list(real.path)) ?? []) {
      const file = `${folder === '/' ? '' : folder}/${entry.name}`
      const target = await resolve(tree, file)
      if (target === undefined && entry.kind === 'link') dangling.push(file)
      // A link to a folder is executable too, in the eyes of access(2), and no command.
      if (target?.entry.kind !== 'file' || (target.entry.mode & 0o111) === 0) continue
      commands.push({
        name: entry.name,
        source: 'DEPLOY_PATH',
        file,
        realFile: target.path,
        forEveryone: (target.entry.mode & 0o001) !== 0
      })
    }
  }
  return { commands, dangling }
}

async function findOnPath(tree: ImageTree, name: string, path: readonly string[]): Promise<Command> {
  const file = await lookUp(tree, name, path)
  const real = file === undefined ? undefined : await executableAt(tree, file)
  return {
    name,
    source: 'DEPLOY_BINS',
    file,
    realFile: real?.path,
    forEveryone: real === undefined || (real.mode & 0o001) !== 0
  }
}

async function executableAt(
  tree: ImageTree,
  file: string
): Promise<{ path: string; mode: number } | undefined> {
  const found = await resolve(tree, file)
  if (found?.entry.kind !== 'file' || (found.entry.mode & 0o111) === 0) return undefined
  return { path: found.path, mode: found.entry.mode }
}
