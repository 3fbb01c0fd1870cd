/**
 * Getting a tool: the one on PATH when its version will do, else the runner's tool cache, else a download whose
 * SHA-256 is pinned here. Nothing is run before its checksum was right.
 */
import { createHash } from 'node:crypto'
import path from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'

import { InputError, ToolError } from '../failure/index.ts'
import { expectStatus, HttpStatusError } from '../http/index.ts'
import type { Ports } from '../ports/index.ts'
import { classifyHttp, retry } from '../retry/index.ts'
import { HALF_TOOL_KIND, halfToolId } from './half.ts'

export interface Tool {
  readonly name: string
  /** The version that is fetched. */
  readonly version: string
  /** The oldest one on PATH that will do. */
  readonly minimum: string
  readonly versionArgs: readonly string[]
  /** Its first group is the version. */
  readonly versionPattern: RegExp
  readonly archive: 'zip' | 'tar' | 'deb'
  /** Folder of the program inside the archive; {arch} is the vendor's name of the architecture. */
  readonly bin: string
  /** By Node's name of the architecture; absent where the vendor publishes no file. */
  readonly files: Readonly<
    Partial<Record<'x64' | 'arm64', { readonly arch: string; readonly url: string; readonly sha256: string }>>
  >
  /** Where the checksum is published. */
  readonly source: string
}

export interface Found {
  /** Absolute path of the program. */
  readonly path: string
  readonly version: string
  readonly origin: 'path' | 'cache' | 'download'
}

export interface GetOptions {
  /** Another place for the same file: its name is appended. The checksum stays. '' for the publisher. */
  readonly mirror?: string
  /** Oldest version that will do; default the tool's own minimum. */
  readonly minimum?: string
  /** Default: this machine's. */
  readonly architecture?: string
  readonly platform?: NodeJS.Platform
}

type Needs = Pick<Ports, 'exec' | 'http' | 'clock' | 'fs' | 'log' | 'cleanup' | 'runner'>

/** Larger than any of the tools; an endless body ends here. */
const MAX_DOWNLOAD_BYTES = 500 * 1024 * 1024
const REDIRECTS = 5

/**
 * Path and version of the tool.
 * @throws InputError where it is neither there nor published for this machine; ToolError when a download is not
 *   what was pinned; TransientError when the server did not answer.
 */
export async function getTool(tool: Tool, ports: Needs, options: GetOptions = {}): Promise<Found> {
  const minimum = options.minimum ?? tool.minimum
  const onPath = await ports.exec.which(tool.name)
  if (onPath !== undefined) {
    const version = await versionOf(tool, onPath, ports)
    if (version !== undefined && isAtLeast(version, minimum)) return { path: onPath, version, origin: 'path' }
    ports.log.info(`${onPath} is ${version ?? 'of no known version'}; at least ${minimum} is needed`)
  }
  const file = tool.files[(options.architecture ?? process.arch) as 'x64' | 'arm64']
  if (file === undefined || (options.platform ?? process.platform) !== 'linux')
    throw notPublished(tool, minimum)
  // Loaded late: most runs find the tool on PATH and never need it.
  const toolCache = await import('@actions/tool-cache')
  const bin = tool.bin.replaceAll('{arch}', file.arch)
  const cached = toolCache.find(tool.name, tool.version, file.arch)
  if (cached !== '')
    return { path: path.join(cached, bin, tool.name), version: tool.version, origin: 'cache' }

  const name = path.posix.basename(new URL(file.url).pathname)
  const { mirror = '' } = options
  const url = mirror === '' ? file.url : `${mirror.replace(/\/+$/, '')}/${name}`
  const folder = path.join(ports.runner.temp, `${tool.name}-${tool.version}`)
  await ports.fs.mkdir(folder, { recursive: true })
  try {
    const archive = path.join(folder, name)
    await fetchArchive(tool, url, archive, file.sha256, ports)
    const unpacked = path.join(folder, 'unpacked')
    await unpack(tool, archive, unpacked, ports)
    // It is copied there file by file, under its final name.
    const half = { kind: HALF_TOOL_KIND, id: halfToolId(tool.name, tool.version, file.arch) }
    ports.cleanup.register(half)
    const target = await toolCache.cacheDir(unpacked, tool.name, tool.version, file.arch)
    ports.cleanup.release(half)
    return { path: path.join(target, bin, tool.name), version: tool.version, origin: 'download' }
  } finally {
    await ports.fs.rm(folder, { recursive: true, force: true })
  }
}

/** @throws ToolError when it is not what was pinned. */
async function fetchArchive(
  tool: Tool,
  url: string,
  archive: string,
  wanted: string,
  ports: Needs
): Promise<void> {
  ports.log.info(`${tool.name} ${tool.version} is fetched from ${url}`)
  const sum = await retry(`GET ${url}`, async () => await download(url, archive, ports), {
    classify: classifyHttp,
    clock: ports.clock,
    log: ports.log,
    signal: ports.runner.signal,
    limits: { totalMs: 600_000 }
  })
  if (sum !== wanted) throw wrongSum(tool, url, wanted, sum)
}

/** Compares dotted versions number by number; what follows a `-` or `+` does not count. */
export function isAtLeast(version: string, minimum: string): boolean {
  const numbers = (text: string): readonly number[] => (text.split(/[-+]/)[0] ?? '').split('.').map(Number)
  const [have, need] = [numbers(version), numbers(minimum)]
  for (let index = 0; index < Math.max(have.length, need.length); index++) {
    const difference = (have[index] ?? 0) - (need[index] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return true
}

async function versionOf(tool: Tool, program: string, ports: Needs): Promise<string | undefined> {
  try {
    const { stdout } = await ports.exec.run(program, tool.versionArgs, { timeoutMs: 30_000 })
    return tool.versionPattern.exec(stdout)?.[1]
  } catch (error) {
    if (error instanceof ToolError) return undefined
    throw error
  }
}

/** Streams to disk and hashes on the way. Follows redirects: releases are served from another host. */
async function download(from: string, to: string, ports: Needs): Promise<string> {
  let url = from
  for (let hop = 0; hop <= REDIRECTS; hop++) {
    const response = await ports.http.stream(url, { timeoutMs: 60_000, signal: ports.runner.signal })
    if ([301, 302, 303, 307, 308].includes(response.status)) {
      response.body.destroy()
      url = new URL(response.headers['location'] ?? '', url).href
      continue
    }
    if (response.status !== 200) {
      response.body.destroy()
      expectStatus({ ...response, body: Buffer.alloc(0) }, [200])
    }
    return await save(response.body, to, ports)
  }
  throw new HttpStatusError(
    { url, status: 310, headers: {}, latencyMs: 0, remoteAddress: undefined },
    'GET',
    'too many redirects'
  )
}

async function save(body: NodeJS.ReadableStream, to: string, ports: Needs): Promise<string> {
  const hash = createHash('sha256')
  let size = 0
  const meter = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      size += chunk.length
      hash.update(chunk)
      done(size > MAX_DOWNLOAD_BYTES ? new Error(`larger than ${MAX_DOWNLOAD_BYTES} bytes`) : null, chunk)
    }
  })
  const handle = await ports.fs.open(to, 'w')
  await pipeline(body, meter, handle.createWriteStream())
  return hash.digest('hex')
}

async function unpack(tool: Tool, archive: string, to: string, ports: Needs): Promise<void> {
  await ports.fs.mkdir(to, { recursive: true })
  // Not by the tool cache's own functions: what they start could not be found and ended after a kill.
  if (tool.archive === 'zip') await ports.exec.run('unzip', ['-q', archive, '-d', to])
  else if (tool.archive === 'tar') await ports.exec.run('tar', ['-x', '-z', '-f', archive, '-C', to])
  else await ports.exec.run('dpkg-deb', ['--extract', archive, to])
}

function notPublished(tool: Tool, minimum: string): InputError {
  return new InputError([
    {
      input: 'runner',
      given: `${process.platform} ${process.arch} without ${tool.name}`,
      allowed: `${tool.name} ${minimum} or newer on PATH`,
      fix: `install it in a step before (there is no pinned file for this system)`
    }
  ])
}

function wrongSum(tool: Tool, url: string, wanted: string, got: string): ToolError {
  return new ToolError({
    command: `GET ${url}`,
    exitCode: null,
    reason: 'exit',
    summary: `${tool.name} ${tool.version} from ${url} is not the file that was published`,
    detail: `SHA-256 is ${got}, published is ${wanted} (${tool.source})`,
    advice:
      'Nothing was run or kept. A mirror may have another file under this name; if the vendor replaced it, ask why.'
  })
}
