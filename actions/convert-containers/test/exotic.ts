/** An image with everything that makes images hard, by hand, and ways to push and to compare what becomes of it. */
import { createHash } from 'node:crypto'
import { lstat, readdir, readFile, readlink } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'

import { bytesSource, digestOf, mediaTypes, type Registry } from '../../../lib/registry/index.ts'
import { findTools } from '../../../testbed/index.ts'
import { layer, type Entry } from './world.ts'

export interface Pushed {
  readonly tar: Buffer
  /** How it travels. */
  readonly pack?: 'gzip' | 'zstd' | 'none'
  readonly mediaType?: string
}

export const CONFIG = {
  Env: ['PATH=/bin', `QUOTED=it's $5 <&> ü`, 'EMPTY=', 'DEPLOY_BINS=hello'],
  Entrypoint: ['/bin/sh', '-c', 'echo "run: $0 $*"'],
  Cmd: ['a b', 'c'],
  Labels: { note: 'y <&> ü' },
  WorkingDir: '/opt'
}

/** @returns the image's digest */
export async function push(
  registry: Registry,
  host: string,
  name: string,
  layers: readonly Pushed[],
  { tag = '20250101', architecture = 'amd64', config = CONFIG as object } = {}
): Promise<string> {
  const repository = { host, path: name }
  const put = async (bytes: Buffer, mediaType: string): Promise<object> => {
    const digest = digestOf(bytes)
    await registry.pushBlob(repository, bytesSource(digest, bytes))
    return { mediaType, digest, size: bytes.length }
  }
  const descriptors: object[] = []
  for (const { tar, pack = 'gzip', mediaType } of layers) {
    const bytes =
      pack === 'gzip' ? gzipSync(tar, { level: 1 }) : pack === 'zstd' ? zstdCompressSync(tar) : tar
    const usual = { gzip: mediaTypes.ociLayerGzip, zstd: mediaTypes.ociLayerZstd, none: mediaTypes.ociLayer }
    descriptors.push(await put(bytes, mediaType ?? usual[pack]))
  }
  const diffIds = layers.map(({ tar }) => `sha256:${createHash('sha256').update(tar).digest('hex')}`)
  const image = {
    architecture,
    os: 'linux',
    config,
    rootfs: { type: 'layers', diff_ids: diffIds },
    history: []
  }
  const manifest = {
    schemaVersion: 2,
    mediaType: mediaTypes.ociManifest,
    config: await put(Buffer.from(JSON.stringify(image)), mediaTypes.ociConfig),
    layers: descriptors
  }
  const body = JSON.stringify(manifest)
  return (await registry.pushManifest(repository, body, mediaTypes.ociManifest, tag)).digest
}

const folder = (name: string, mode = 0o755, more: Partial<Entry> = {}): Entry => ({
  name: `${name}/`,
  type: 'directory',
  mode,
  ...more
})
const link = (name: string, linkname: string): Entry => ({ name, type: 'link', linkname })
const symlink = (name: string, linkname: string): Entry => ({ name, type: 'symlink', linkname })
const whiteout = (name: string): Entry => ({ name, content: '' })

export async function baseLayer(): Promise<Buffer> {
  const busybox = findTools().paths['busybox-static']
  if (busybox === undefined) throw new Error('busybox-static is not there')
  return await layer([
    folder('bin'),
    { name: 'bin/busybox', mode: 0o755, content: await readFile(busybox) },
    ...['sh', 'env', 'cat', 'ls', 'id', 'stat'].map((name) => symlink(`bin/${name}`, 'busybox')),
    { name: 'bin/hello', mode: 0o755, content: '#!/bin/sh\necho hello\n' }
  ])
}

/** Folders of the image below that no layer describes: whoever unpacks it makes them as it likes. */
export const IMPLIED = ['implied', 'implied/deep', 'emptied']

/** Four layers, bottom first. */
export async function exoticLayers(): Promise<readonly Buffer[]> {
  const capability = Buffer.from('0100000200200000000000000000000000000000', 'hex').toString('latin1')
  const noise = Buffer.from(
    Array.from({ length: 400_000 }, (_none, index) => (index * 7919 * (index >> 3)) & 255)
  )
  const one = await layer([
    folder('etc'),
    { name: 'etc/hosts', mode: 0o600, content: '10.0.0.1 theirs\n' },
    { name: 'etc/passwd', content: 'root:x:0:0:root:/root:/bin/sh\n' },
    { name: 'etc/group', content: 'root:x:0:\n' },
    folder('opt'),
    folder('opt/tree', 0o2775, { uid: 12, gid: 34 }),
    folder('opt/tree/deep', 0o700),
    { name: 'opt/tree/deep/file', content: 'deep' },
    { name: 'opt/tree/gone', content: 'gone' },
    { name: 'opt/tree/stays', content: 'stays', mode: 0o000 },
    folder('opt/opaque', 0o711),
    { name: 'opt/opaque/below', content: 'below' },
    folder('opt/opaque/folder'),
    { name: 'opt/opaque/folder/below', content: 'below' },
    folder('opt/late'),
    { name: 'opt/late/below', content: 'below' },
    folder('opt/becomes-link'),
    { name: 'opt/becomes-link/x', content: 'x' },
    folder('opt/becomes-file'),
    { name: 'opt/becomes-file/x', content: 'x' },
    { name: 'opt/becomes-folder', content: 'file' },
    symlink('opt/link-becomes-folder', 'tree'),
    { name: 'opt/linked', content: noise, mode: 0o640, uid: 5, gid: 6 },
    { name: 'opt/kept-by-link', content: 'kept by a link' },
    link('opt/the-link', 'opt/kept-by-link'),
    link('opt/the-other-link', 'opt/kept-by-link'),
    { name: 'opt/replaced', content: 'first' },
    folder('emptied'),
    { name: 'emptied/x', content: 'x' }
  ])
  const two = await layer([
    // Whiteouts: explicit, with a parent that this layer does not have, of what was never there.
    whiteout('opt/tree/.wh.gone'),
    whiteout('opt/tree/deep/.wh.file'),
    whiteout('no/such/folder/.wh.x'),
    whiteout('.wh.emptied'),
    { name: 'emptied/again', content: 'again' },
    // Opaque before and behind what stays.
    whiteout('opt/opaque/.wh..wh..opq'),
    { name: 'opt/opaque/above', content: 'above' },
    { name: 'opt/late/above', content: 'above' },
    whiteout('opt/late/.wh..wh..opq'),
    symlink('opt/becomes-link', '/opt/tree'),
    { name: 'opt/becomes-file', content: 'a file' },
    folder('opt/becomes-folder', 0o1777),
    { name: 'opt/becomes-folder/x', content: 'x' },
    folder('opt/link-becomes-folder'),
    { name: 'opt/link-becomes-folder/x', content: 'x' },
    // Hard links into the layer below, one of them to a file that is replaced above.
    link('opt/link-below', 'opt/linked'),
    link('opt/link-to-replaced', 'opt/replaced'),
    { name: '.whatever', content: 'no whiteout' }
  ])
  const three = await layer([
    whiteout('opt/.wh.kept-by-link'),
    { name: 'opt/replaced', content: 'second' },
    { name: 'implied/deep/file', content: 'no layer has its folders' },
    { name: 'opt/set-uid', mode: 0o4755, content: 'set-uid' },
    { name: 'opt/set-gid', mode: 0o2755, content: 'set-gid', uid: 1, gid: 2 },
    { name: 'opt/far', content: 'far', pax: { uid: '3000000', gid: '2999999' } },
    {
      name: 'opt/ping',
      mode: 0o755,
      content: 'ping',
      pax: { 'SCHILY.xattr.security.capability': capability }
    },
    {
      name: 'opt/noted',
      content: 'noted',
      pax: { 'SCHILY.xattr.user.note': 'a=b\nc', 'SCHILY.xattr.user.other': 'x' }
    }
  ])
  const four = await layer([
    folder('data'),
    { name: 'data/größe 脳.nii', content: 'brain' },
    symlink('data/link', '/data/größe 脳.nii'),
    symlink('data/long', `/data/${'t'.repeat(150)}`),
    symlink('data/dangling', '../../nowhere'),
    { name: 'data/new\nline', content: 'two lines' },
    { name: `data/${'n'.repeat(200)}`, content: 'long' },
    { name: `data/${'folder/'.repeat(30)}${'é'.repeat(100)}`, content: 'far down' },
    { name: 'data/quote\'"$(x)', content: 'quoted' },
    { name: 'data/empty', content: '' },
    { name: 'data/zeros', content: Buffer.alloc(300_000) },
    { name: 'data/null', type: 'character-device', mode: 0o666, devmajor: 1, devminor: 3 },
    { name: 'data/disk', type: 'block-device', mode: 0o660, devmajor: 259, devminor: 7 },
    { name: 'data/pipe', type: 'fifo', mode: 0o622 },
    link('data/hard', 'data/größe 脳.nii')
  ])
  return [one, two, three, four]
}

/** Every path below a folder, with all that can be told about it. Names with the same number are hard links. */
export async function describeTree(root: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  const inodes = new Map<number, number>()
  const walk = async (below: string): Promise<void> => {
    for (const name of (await readdir(path.join(root, below))).sort()) {
      const at = path.join(below, name)
      const stat = await lstat(path.join(root, at))
      const mode = (stat.mode & 0o177777).toString(8)
      const facts = [mode, `${stat.uid}:${stat.gid}`, String(Math.floor(stat.mtimeMs / 1000))]
      if (!stat.isDirectory() && stat.nlink > 1) {
        if (!inodes.has(stat.ino)) inodes.set(stat.ino, inodes.size)
        facts.push(`links ${stat.nlink} #${inodes.get(stat.ino)}`)
      }
      if (stat.isSymbolicLink()) facts.push(`-> ${await readlink(path.join(root, at))}`)
      if (stat.isCharacterDevice() || stat.isBlockDevice()) facts.push(`device ${stat.rdev}`)
      if (stat.isFile()) facts.push(digestOf(await readFile(path.join(root, at))))
      found[at] = facts.join(' ')
      if (stat.isDirectory()) await walk(at)
    }
  }
  await walk('')
  return found
}

/** Stands before a registry and changes what it says about blobs. */
export async function startBlobProxy(
  upstream: string,
  meddle: (request: IncomingMessage, response: ServerResponse, blob: Buffer) => boolean
): Promise<{ readonly host: string; close(): Promise<void> }> {
  const [hostname, port] = upstream.split(':')
  const server = createServer((incoming, response) => {
    const onward = request(
      {
        hostname,
        port,
        path: incoming.url,
        method: incoming.method,
        headers: { accept: incoming.headers.accept ?? '*/*' }
      },
      (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('end', () => {
          const body = Buffer.concat(chunks)
          if (incoming.url?.includes('/blobs/') === true && meddle(incoming, response, body)) return
          response.writeHead(answer.statusCode ?? 500, answer.headers).end(body)
        })
      }
    )
    onward.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  }
}
