/**
 * rclone, the one client for every kind of store. It takes its remotes from its own configuration (RCLONE_CONFIG,
 * RCLONE_CONFIG_*, OS_*, AWS_* of the environment, which pass through); nothing secret is ever on its command line.
 * Exit codes: https://rclone.org/docs/#exit-code
 */
import { ToolError } from '../failure/index.ts'
import type { Cleanup, Clock, Exec, Log, Resource } from '../ports/index.ts'
import { classifyTool, retry, type Classifier, type RetryLimits } from '../retry/index.ts'
import { partOf } from './part.ts'
import { remotePath, type Store, type StoredObject } from './store.ts'
import { factArguments, parseListing, type Features, type ObjectFacts } from './words.ts'

const DIRECTORY_NOT_FOUND = 3
const FILE_NOT_FOUND = 4
const TEMPORARY = 5

const TRANSFER_ATTEMPTS = 3
const TRANSFER_PAUSE_MS = 5000

export interface RcloneOptions {
  readonly exec: Exec
  /** The program; default the one on PATH. */
  readonly command?: string
  readonly clock: Clock
  readonly log: Log
  /** Told of uploads that a kill would leave half, as resources of the kind `unfinished`: see removeUnfinished. */
  readonly cleanup?: Cleanup
  readonly signal?: AbortSignal
  /** Kill a transfer after this, and begin none anew; default 6 h, for 30 GB over a slow line. */
  readonly transferTimeoutMs?: number
}

export interface Rclone {
  version(): Promise<string>
  features(store: Store): Promise<Features>
  /**
   * The objects directly below `folder` (default: the store itself). A folder that is not there is empty; a store
   * that is not there is an error.
   * @param modified asks for the store's own time of the last write.
   */
  list(
    store: Store,
    options?: { folder?: string; modified?: boolean; hash?: boolean }
  ): Promise<StoredObject[]>
  /** Every object below the store, in all folders. Nothing for a folder that is not there. */
  listAll(store: Store, options?: { folder?: string; hash?: boolean }): Promise<StoredObject[]>
  /** One object, with its MD5 and its kept SHA-256 where the store tells them; undefined when it is not there. */
  stat(store: Store, key: string, options?: { modified?: boolean }): Promise<StoredObject | undefined>
  /** Uploads a file under its final name. The name appears when all bytes are there, not before. */
  put(store: Store, file: string, key: string, facts: ObjectFacts): Promise<void>
  /** Downloads an object into a file that must not exist. */
  get(store: Store, key: string, file: string): Promise<void>
  /** Copies within one store. */
  copy(store: Store, from: string, to: string): Promise<void>
  /** Reads the whole object back; lower-case hex. */
  sha256(store: Store, key: string): Promise<string>
  /** Removes one object; content when it is gone already. */
  remove(store: Store, key: string): Promise<void>
}

/** rclone says 5 for "try again"; for all else its last lines decide. */
const classify: Classifier = (error, now) => {
  if (error instanceof ToolError && error.exitCode === TEMPORARY) return { kind: 'retry' }
  return classifyTool(error, now)
}

/** @throws TransientError after the retries, ToolError for what no retry helps. Neither ever means "missing". */
export function createRclone(options: RcloneOptions): Rclone {
  return new CommandLine(options)
}

class CommandLine implements Rclone {
  private readonly options: RcloneOptions
  private readonly known = new Map<string, Promise<Features>>()

  constructor(options: RcloneOptions) {
    this.options = options
  }

  async version(): Promise<string> {
    const { stdout } = await this.options.exec.run(this.options.command ?? 'rclone', ['version'], {
      timeoutMs: 30_000
    })
    return /rclone v([\w.-]+)/.exec(stdout)?.[1] ?? 'unknown'
  }

  async features(store: Store): Promise<Features> {
    const remote = remotePath(store, '')
    const asked = this.known.get(remote) ?? this.askFeatures(store)
    this.known.set(remote, asked)
    try {
      return await asked
    } catch (error) {
      this.known.delete(remote)
      throw error
    }
  }

  private async askFeatures(store: Store): Promise<Features> {
    const { stdout } = await this.run(`features of ${store.name}`, [
      'backend',
      'features',
      remotePath(store, '')
    ])
    const told = JSON.parse(stdout) as {
      String?: string
      Features?: Record<string, boolean>
      Hashes?: string[]
    }
    const api = /^(Swift|S3) /.exec(told.String ?? '')?.[1]?.toLowerCase()
    return {
      rename: told.Features?.['Move'] === true,
      copy: told.Features?.['Copy'] === true,
      md5: told.Hashes?.includes('md5') === true,
      buckets: told.Features?.['BucketBased'] === true,
      api: api === 'swift' || api === 's3' ? api : 'other'
    }
  }

  async list(
    store: Store,
    options: { folder?: string; modified?: boolean; hash?: boolean } = {}
  ): Promise<StoredObject[]> {
    const path = remotePath(store, options.folder ?? '')
    const args = ['lsjson', '--files-only', '--max-depth', '1', '--no-mimetype']
    // A time from the object's own metadata costs one request per object.
    args.push(options.modified === true ? '--use-server-modtime' : '--no-modtime')
    if (options.hash === true) args.push('--hash', '--hash-type', 'md5')
    const what = `list ${store.name}${options.folder === undefined ? '' : `/${options.folder}`}`
    const result = await this.run(what, [...args, path], [0, DIRECTORY_NOT_FOUND])
    if (result.exitCode === DIRECTORY_NOT_FOUND) {
      await this.expectRoot(store, result.stderr)
      return []
    }
    return parseListing(result.stdout)
  }

  async listAll(store: Store, options: { folder?: string; hash?: boolean } = {}): Promise<StoredObject[]> {
    const args = ['lsjson', '--files-only', '--recursive', '--no-mimetype', '--use-server-modtime']
    if (options.hash === true) args.push('--hash', '--hash-type', 'md5')
    args.push(remotePath(store, options.folder ?? ''))
    const result = await this.run(`list ${store.name}`, args, [0, DIRECTORY_NOT_FOUND])
    return result.exitCode === DIRECTORY_NOT_FOUND ? [] : parseListing(result.stdout)
  }

  /** "Directory not found" of a folder in an object store means empty; of the store itself, that it is wrong. */
  private async expectRoot(store: Store, said: string): Promise<void> {
    const root = { ...store, prefix: '' }
    const path = remotePath(root, '')
    const result = await this.run(
      `look at ${store.name}`,
      ['lsjson', '--max-depth', '1', '--no-modtime', path],
      'any'
    )
    if (result.exitCode === 0) return
    throw new ToolError({
      command: `rclone lsjson ${path}`,
      exitCode: result.exitCode,
      reason: 'exit',
      summary: `the store ${store.name} (${path}) is not there`,
      detail: lastLine(said),
      advice: 'Create the bucket, container or folder, or correct the line in `stores`.'
    })
  }

  async stat(
    store: Store,
    key: string,
    options: { modified?: boolean } = {}
  ): Promise<StoredObject | undefined> {
    const args = ['lsjson', '--stat', '--no-mimetype']
    if (options.modified === true) args.push('--use-server-modtime')
    else args.push('--no-modtime', '--metadata', '--hash', '--hash-type', 'md5')
    args.push(remotePath(store, key))
    const missing = [0, DIRECTORY_NOT_FOUND, FILE_NOT_FOUND]
    const result = await this.run(`look at ${key} in ${store.name}`, args, missing)
    const text = result.stdout.trim()
    if (result.exitCode !== 0 || text === '' || text === 'null') return undefined
    const [object] = parseListing(`[${text}]`)
    return object === undefined ? undefined : { ...object, key }
  }

  async put(store: Store, file: string, key: string, facts: ObjectFacts): Promise<void> {
    const { rename, api } = await this.features(store)
    // rclone would keep an MD5 of its own with what it sends in parts, and tell it as the store's: nobody has compared it.
    const own = api === 's3' ? ['--s3-disable-checksum'] : []
    const upload = [...own, ...factArguments(facts, api), file]
    // An object store shows a name when all its bytes are there.
    if (!rename) return await this.upload(store, key, key, upload)
    // A folder is none: there, the name is given last, by a rename.
    const part = partOf(key)
    const resource: Resource = { kind: 'unfinished', id: remotePath(store, part) }
    this.options.cleanup?.register(resource)
    // Otherwise rclone writes beside it, under a name that only rclone knows.
    await this.upload(store, key, part, upload, { RCLONE_INPLACE: 'true' })
    await this.run(`name ${key} in ${store.name}`, [
      'moveto',
      remotePath(store, part),
      remotePath(store, key)
    ])
    this.options.cleanup?.release(resource)
  }

  private async upload(
    store: Store,
    key: string,
    target: string,
    args: readonly string[],
    env: Readonly<Record<string, string>> = {}
  ): Promise<void> {
    const all = ['copyto', '--no-check-dest', ...args, remotePath(store, target)]
    await this.transfer(`upload ${key} to ${store.name}`, all, env)
  }

  async get(store: Store, key: string, file: string): Promise<void> {
    await this.transfer(`download ${key} from ${store.name}`, ['copyto', remotePath(store, key), file])
  }

  async copy(store: Store, from: string, to: string): Promise<void> {
    const args = ['copyto', '--no-check-dest', '--metadata', remotePath(store, from), remotePath(store, to)]
    await this.transfer(`copy ${from} to ${to} in ${store.name}`, args)
  }

  async sha256(store: Store, key: string): Promise<string> {
    const args = ['hashsum', 'sha256', '--download', remotePath(store, key)]
    const result = await this.transfer(`read ${key} back from ${store.name}`, args)
    const digest = /^[0-9a-f]{64}/.exec(result.stdout.trim())?.[0]
    if (digest === undefined) throw new Error(`rclone gave no SHA-256 of ${key} in ${store.name}`)
    return digest
  }

  async remove(store: Store, key: string): Promise<void> {
    const gone = [0, DIRECTORY_NOT_FOUND, FILE_NOT_FOUND]
    await this.run(`delete ${key} from ${store.name}`, ['deletefile', remotePath(store, key)], gone)
  }

  /** An hour's upload that breaks off has had no second attempt yet: these are counted, and not timed like requests. */
  private async transfer(
    what: string,
    args: readonly string[],
    env: Readonly<Record<string, string>> = {}
  ): Promise<{ stdout: string }> {
    const timeoutMs = this.options.transferTimeoutMs ?? 6 * 3_600_000
    const limits = { attempts: TRANSFER_ATTEMPTS, totalMs: timeoutMs, basePauseMs: TRANSFER_PAUSE_MS }
    return await this.run(what, args, [0], timeoutMs, limits, env)
  }

  private async run(
    what: string,
    args: readonly string[],
    accept: readonly number[] | 'any' = [0],
    timeoutMs = 5 * 60_000,
    limits: Partial<RetryLimits> = {},
    env: Readonly<Record<string, string>> = {}
  ): Promise<{ stdout: string; stderr: string; exitCode: number }> {
    const { exec, command = 'rclone', clock, log, signal } = this.options
    // rclone retries single requests by itself; whole commands are repeated here, where it is told.
    const all = ['--retries', '1', '--ask-password=false', ...args]
    return await retry(
      what,
      async () => await exec.run(command, all, { accept, timeoutMs, env, maxOutput: 256 * 1024 * 1024 }),
      { classify, clock, log, limits, ...(signal === undefined ? {} : { signal }) }
    )
  }
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? ''
}
