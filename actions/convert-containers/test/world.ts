/**
 * A registry with three images that hold what makes images hard, two stores, and a workspace with their catalogue.
 * Used by the integration tests and by the benchmark.
 */
import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync, inflateSync } from 'node:zlib'

import { pack, type Header } from 'tar-stream'

import { createHttp } from '../../../lib/http/index.ts'
import {
  anonymous,
  bytesSource,
  createRegistry,
  digestOf,
  mediaTypes,
  type Registry
} from '../../../lib/registry/index.ts'
import { createExec } from '../../../lib/shell/index.ts'
import { findTools, startRegistry, startSwift, type SwiftService } from '../../../testbed/index.ts'
import { realClock, silentLog } from '../../../testbed/ports.ts'
import { runAction, type ActionRun, type RunOptions } from '../../../testbed/runner/index.ts'

export interface Entry extends Partial<Header> {
  readonly name: string
  readonly content?: Buffer | string
}

/** One layer, as a tar. */
export async function layer(entries: readonly Entry[]): Promise<Buffer> {
  const tar = pack()
  for (const { content, ...header } of entries) {
    if (content === undefined) tar.entry(header)
    else tar.entry(header, content)
  }
  tar.finalize()
  const chunks: Buffer[] = []
  for await (const chunk of tar as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** Pushes layers (plain tars) as one image. @returns its digest. */
export async function pushImage(
  registry: Registry,
  host: string,
  name: string,
  tag: string,
  layers: readonly Buffer[],
  architecture = 'amd64'
): Promise<string> {
  const repository = { host, path: name }
  const push = async (bytes: Buffer, mediaType: string): Promise<object> => {
    const digest = digestOf(bytes)
    await registry.pushBlob(repository, bytesSource(digest, bytes))
    return { mediaType, digest, size: bytes.length }
  }
  const packed = await Promise.all(
    layers.map(async (bytes) => await push(gzipSync(bytes, { level: 1 }), mediaTypes.dockerLayerGzip))
  )
  const config = {
    architecture,
    os: 'linux',
    config: { Env: ['PATH=/bin', 'DEPLOY_BINS=hello'], Cmd: ['/bin/sh'] },
    rootfs: {
      type: 'layers',
      diff_ids: layers.map((bytes) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`)
    },
    history: []
  }
  const manifest = {
    schemaVersion: 2,
    mediaType: mediaTypes.dockerManifest,
    config: await push(Buffer.from(JSON.stringify(config)), mediaTypes.dockerConfig),
    layers: packed
  }
  const { digest } = await registry.pushManifest(
    repository,
    JSON.stringify(manifest),
    mediaTypes.dockerManifest,
    tag
  )
  return digest
}

export const DATE = '20250101'

/** A capability of version 2 (linux/capability.h): cap_net_raw, permitted and effective. */
export const CAPABILITY = '0100000200200000000000000000000000000000'

/** busybox, and in turn: whiteouts; hard links, set-uid and capabilities; names that are not ASCII. */
async function hardImages(): Promise<Readonly<Record<string, readonly Buffer[]>>> {
  const busybox = findTools().paths['busybox-static']
  if (busybox === undefined) throw new Error('busybox-static is not there')
  const base = await layer([
    { name: 'bin/', type: 'directory', mode: 0o755 },
    { name: 'bin/busybox', mode: 0o755, content: await readFile(busybox) },
    { name: 'bin/sh', type: 'symlink', linkname: 'busybox' },
    { name: 'bin/hello', mode: 0o755, content: '#!/bin/sh\necho hello\n' },
    { name: 'old/gone', content: 'gone' },
    { name: 'old/stays', content: 'stays' },
    { name: 'opaque/below', content: 'below' }
  ])
  const whiteouts = await layer([
    { name: 'old/.wh.gone', content: '' },
    { name: 'opaque/.wh..wh..opq', content: '' },
    { name: 'opaque/above', content: 'above' }
  ])
  const capability = Buffer.from(CAPABILITY, 'hex').toString('latin1')
  const special = await layer([
    { name: 'opt/', type: 'directory', mode: 0o755 },
    { name: 'opt/one', mode: 0o4755, content: 'set-uid' },
    { name: 'opt/two', type: 'link', linkname: 'opt/one' },
    {
      name: 'opt/ping',
      mode: 0o755,
      content: 'ping',
      pax: { 'SCHILY.xattr.security.capability': capability }
    }
  ])
  const names = await layer([
    { name: 'data/', type: 'directory', mode: 0o755 },
    { name: 'data/größe 脳.nii', content: 'brain' },
    { name: 'data/link', type: 'symlink', linkname: '/data/größe 脳.nii' }
  ])
  return { alpha_1: [base, whiteouts], 'beta-x_1': [base, special], gamma_1: [base, names] }
}

export interface World extends AsyncDisposable {
  readonly workspace: string
  readonly registryHost: string
  readonly registry: Registry
  readonly digests: Readonly<Record<string, string>>
  /** What the registry has logged. */
  readonly requests: () => Promise<string>
  run(inputs: Readonly<Record<string, string>>, more?: Partial<RunOptions>): Promise<ActionRun>
  writeCatalogue(apps: Readonly<Record<string, string>>): Promise<void>
}

/** `alpha 1` -> build date. The key's first word is the tool. */
export const THREE = { 'alpha 1': DATE, 'beta-x 1': DATE, 'gamma 1': DATE }
export const NAMES = [`alpha_1_${DATE}`, `beta-x_1_${DATE}`, `gamma_1_${DATE}`]

export const action = path.resolve(import.meta.dirname, '..')

export async function createWorld(env: Readonly<Record<string, string>> = {}): Promise<World> {
  const service = await startRegistry()
  const http = createHttp({ userAgent: 'test' })
  const registry = createRegistry({ http, clock: realClock, log: silentLog, credentials: anonymous })
  const digests: Record<string, string> = {}
  for (const [name, layers] of Object.entries(await hardImages())) {
    digests[name] = await pushImage(registry, service.host, `vnmd/${name}`, DATE, layers)
  }
  const workspace = await mkdtemp(path.join(tmpdir(), 'neurodesk-ci-world-'))
  const world: World = {
    workspace,
    registryHost: service.host,
    registry,
    digests,
    requests: async () => await service.log(),
    writeCatalogue: async (apps) => {
      const tools = Object.entries(apps).map(([app, version]) => [
        app.split(' ', 1)[0] ?? '',
        { apps: { [app]: { version, exec: '' } }, categories: ['test'] }
      ])
      await writeFile(
        path.join(workspace, 'apps.json'),
        JSON.stringify(Object.fromEntries(tools), undefined, 4)
      )
    },
    run: async (inputs, more = {}) =>
      await runAction({
        action,
        workspace,
        ...more,
        env: { ...findTools().env, ...env, ...more.env },
        inputs: {
          catalogue: 'apps.json',
          registries: `${service.host}/vnmd`,
          'report-path': 'report.json',
          ...inputs
        }
      }),
    async [Symbol.asyncDispose]() {
      http.close()
      await service[Symbol.asyncDispose]()
      await rm(workspace, { recursive: true, force: true })
    }
  }
  await world.writeCatalogue(THREE)
  return world
}

/** A world whose two stores are one Swift, over its own API and over its S3 API, with one image of twelve MB. */
export async function createSwiftWorld(
  more: Readonly<Record<string, string>> = {}
): Promise<{ readonly swift: SwiftService; readonly world: World; readonly stores: string }> {
  const swift = await startSwift()
  await swift.makeContainer('neurodesk', { isPublic: true, publicSegments: true })
  await swift.makeContainer('neurocontainers', { isPublic: true, publicSegments: true })
  const world = await createWorld({
    ...swift.rcloneEnv('n'),
    // Segments of 2 MB instead of 5 GB, parts of 5 MiB: large objects without large files.
    RCLONE_SWIFT_CHUNK_SIZE: '2M',
    RCLONE_S3_UPLOAD_CUTOFF: '5M',
    RCLONE_S3_CHUNK_SIZE: '5M'
  })
  const tar = await layer([
    { name: 'data/', type: 'directory', mode: 0o755 },
    { name: 'data/noise', content: randomBytes(12_000_000) }
  ])
  await pushImage(world.registry, world.registryHost, 'vnmd/big_1', DATE, [tar])
  await world.writeCatalogue({ 'big 1': DATE, ...more })
  const stores = [
    `n:neurodesk name=nectar required public-url=${swift.storageUrl}/neurodesk`,
    `ns3:neurocontainers name=aws required public-url=${swift.storageUrl}/neurocontainers`
  ].join('\n')
  return { swift, world, stores }
}

export function listOf(run: ActionRun, output: string): readonly string[] {
  return JSON.parse(run.outputs[output] ?? 'null') as string[]
}

/** What a report tells. */
export interface Told {
  readonly findings: readonly {
    readonly id: string
    readonly subject: string
    readonly severity: string
    readonly message: string
  }[]
  readonly figures: Readonly<Record<string, number>>
  readonly details: Readonly<Record<string, unknown>>
}

export async function reportOf(world: World): Promise<Told> {
  return JSON.parse(await readFile(path.join(world.workspace, 'report.json'), 'utf8')) as Told
}

/** Paths, modes and owners in a SIF, as unsquashfs lists them. */
export async function treeOf(file: string, offset: number): Promise<string> {
  const exec = createExec({ env: { ...process.env, ...findTools().env } })
  const { stdout } = await exec.run('unsquashfs', ['-lln', '-offset', String(offset), file])
  return stdout
}

/** What a file in a SIF holds. */
export async function contentIn(file: string, offset: number, name: string): Promise<string> {
  const exec = createExec({ env: { ...process.env, ...findTools().env } })
  return (await exec.run('unsquashfs', ['-cat', '-offset', String(offset), file, name])).stdout
}

/**
 * All extended attributes in a SIF, which an ordinary user cannot unpack: the first block of the table, packed by gzip
 * (https://dr-emann.github.io/squashfs/squashfs.html#_xattr_table).
 */
export async function attributesIn(file: string, offset: number): Promise<readonly string[]> {
  const image = (await readFile(file)).subarray(offset)
  const table = Number(image.readBigUInt64LE(56))
  const start = Number(image.readBigUInt64LE(table))
  const header = image.readUInt16LE(start)
  const stored = image.subarray(start + 2, start + 2 + (header & 0x7fff))
  const block = (header & 0x8000) === 0 ? inflateSync(stored) : stored
  const found: string[] = []
  for (let at = 0; at < block.length;) {
    const [type, length] = [block.readUInt16LE(at), block.readUInt16LE(at + 2)]
    const name = block.toString('utf8', at + 4, at + 4 + length)
    const bytes = block.readUInt32LE(at + 4 + length)
    const value = block.subarray(at + 8 + length, at + 8 + length + bytes)
    found.push(`${['user', 'trusted', 'security'][type] ?? '?'}.${name}=${value.toString('hex')}`)
    at += 8 + length + bytes
  }
  return found
}
