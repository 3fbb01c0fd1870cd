/** A signed repository in memory: what a stratum 0 would publish, revision by revision. */
import {
  X509Certificate,
  constants,
  generateKeyPairSync,
  privateEncrypt,
  sign,
  type KeyObject
} from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { deflateSync } from 'node:zlib'

import {
  formatHash,
  hashBytes,
  objectPath,
  type Algorithm,
  type ObjectHash,
  type ObjectKind
} from '../../lib/cvmfs/index.ts'
import { writeCatalog, writeHistory, type CatalogEntry } from './catalogs.ts'
import { selfSigned } from './certificate.ts'
import type { FileNode, Node, Tree } from './tree.ts'

export interface Revision {
  readonly number: number
  /** Milliseconds since 1970. */
  readonly published: number
  readonly manifest: Buffer
  readonly rootCatalog: ObjectHash
  readonly certificate: ObjectHash
  /** Path of each catalog's object, by mountpoint. */
  readonly catalogs: ReadonlyMap<string, string>
  /** Paths of each file's objects, by the file's path. */
  readonly files: ReadonlyMap<string, readonly string[]>
}

export interface PublishOptions {
  /** Milliseconds since 1970, to the second. */
  readonly time: number
  /** Number of the revision when it is not the next. */
  readonly number?: number
  /** Lines of the manifest to replace or add, by key letter. */
  readonly lines?: Readonly<Record<string, string>>
  /** Spoils a catalog before it is hashed: validly signed, and still bad. */
  readonly spoil?: { readonly mountpoint: string; readonly how: (database: DatabaseSync) => void }
  /** Claimed uncompressed size of every nested catalog, instead of the real one. */
  readonly nestedSize?: number
}

export interface WhitelistOptions {
  readonly issued: number
  readonly expires: number
  readonly name?: string
  /** Master key to sign with. */
  readonly key?: KeyObject
  /** Certificates to list, as PEM. */
  readonly certificates?: readonly string[]
  /** Lines behind the repository's name. */
  readonly options?: readonly string[]
  readonly algorithm?: Algorithm
}

const DAY = 86_400_000

/** Keys cost a tenth of a second each: one set per process is enough for tests that do not look at them. */
const keys = new Map<string, { publicKey: KeyObject; privateKey: KeyObject }>()

export function keyPair(purpose: string): { publicKey: KeyObject; privateKey: KeyObject } {
  let pair = keys.get(purpose)
  if (pair === undefined) {
    pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
    keys.set(purpose, pair)
  }
  return pair
}

export class Repository {
  readonly fqrn: string
  /** All objects ever published, by path below the repository's base. Replicas share them. */
  readonly objects = new Map<string, Buffer>()
  readonly certificatePem: string
  readonly algorithm: Algorithm
  #number = 0
  /** Catalogs by what stands in them: an unchanged part of the tree keeps its catalog, as with the real publisher. */
  readonly #written = new Map<string, { hash: ObjectHash; size: number }>()
  readonly #tags: { number: number; published: number; rootHash: string }[] = []
  readonly #signer: KeyObject

  constructor(options: { fqrn: string; now: number; algorithm?: Algorithm; signer?: string }) {
    this.fqrn = options.fqrn
    this.algorithm = options.algorithm ?? 'sha1'
    this.#signer = keyPair(options.signer ?? 'publisher').privateKey
    this.certificatePem = selfSigned(
      this.#signer,
      options.fqrn,
      options.now - 30 * DAY,
      options.now + 365 * DAY
    )
  }

  get masterKeyPem(): string {
    return keyPair('master').publicKey.export({ type: 'spki', format: 'pem' }).toString()
  }

  /** Stores an object and gives its hash. */
  store(
    content: Buffer,
    kind: ObjectKind,
    options: { plain?: boolean; algorithm?: Algorithm } = {}
  ): ObjectHash {
    const algorithm = options.algorithm ?? this.algorithm
    const stored = options.plain === true ? content : deflateSync(content)
    const hash = { algorithm, hex: hashBytes(algorithm, stored) }
    this.objects.set(objectPath(hash, kind), stored)
    return hash
  }

  /** Publishes a tree as the next revision. */
  publish(tree: Tree, options: PublishOptions): Revision {
    this.#number = options.number ?? this.#number + 1
    const nodes = withDirectories(tree)
    const catalogs = new Map<string, string>()
    const files = new Map<string, readonly string[]>()
    const root = this.#catalog('', nodes, options, catalogs, files)
    this.#tags.push({ number: this.#number, published: options.time, rootHash: formatHash(root.hash) })
    const history = this.store(writeHistory(this.fqrn, this.#tags), 'history')
    const certificate = this.store(Buffer.from(this.certificatePem), 'certificate')
    const lines: Record<string, string> = {
      C: formatHash(root.hash),
      B: String(root.size),
      R: 'd41d8cd98f00b204e9800998ecf8427e',
      D: '240',
      S: String(this.#number),
      G: 'yes',
      A: 'no',
      N: this.fqrn,
      X: formatHash(certificate),
      H: formatHash(history),
      T: String(Math.floor(options.time / 1000)),
      ...options.lines
    }
    const payload = Object.entries(lines).map(([key, value]) => `${key}${value}\n`)
    return {
      number: this.#number,
      published: Math.floor(options.time / 1000) * 1000,
      manifest: this.signManifest(payload.join('')),
      rootCatalog: root.hash,
      certificate,
      catalogs,
      files
    }
  }

  /** A manifest's letter: SHA-1 RSASSA-PKCS1-v1_5 over the text of the hash. */
  signManifest(payload: string, key: KeyObject = this.#signer): Buffer {
    return letter(payload, this.algorithm, (text) => sign('RSA-SHA1', text, key))
  }

  /** A whitelist's letter: the hash's text in raw RSA with PKCS#1 type 1 padding. */
  whitelist(options: WhitelistOptions): Buffer {
    const prints = (options.certificates ?? [this.certificatePem]).map((pem) => {
      const hex = hashBytes('sha1', new X509Certificate(pem).raw).toUpperCase()
      return `${(hex.match(/../g) ?? []).join(':')} # publisher`
    })
    const lines = [
      stamp(options.issued),
      `E${stamp(options.expires)}`,
      `N${options.name ?? this.fqrn}`,
      ...(options.options ?? []),
      ...prints
    ]
    const key = options.key ?? keyPair('master').privateKey
    return letter(`${lines.join('\n')}\n`, options.algorithm ?? 'sha1', (text) =>
      privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, text)
    )
  }

  #catalog(
    mountpoint: string,
    nodes: ReadonlyMap<string, Node>,
    options: PublishOptions,
    catalogs: Map<string, string>,
    files: Map<string, readonly string[]>
  ): { hash: ObjectHash; size: number } {
    const boundaries = nestedBelow(mountpoint, nodes)
    const nested = boundaries.map((path) => {
      const child = this.#catalog(path, nodes, options, catalogs, files)
      return { path, hash: child.hash, size: options.nestedSize ?? child.size }
    })
    const entries: CatalogEntry[] = []
    for (const [path, node] of nodes) {
      const inside = path === mountpoint || path.startsWith(`${mountpoint}/`)
      if (!inside || boundaries.some((boundary) => path.startsWith(`${boundary}/`))) continue
      if (path === mountpoint && path !== '') entries.push({ path, node, boundary: 'root' })
      else if (boundaries.includes(path)) entries.push({ path, node, boundary: 'transition' })
      else entries.push(node.type === 'file' ? this.#file(path, node, files) : { path, node })
    }
    const spoiled = options.spoil?.mountpoint === mountpoint
    const same = JSON.stringify([
      mountpoint,
      nested,
      entries.map(({ path, node, ...rest }) => [
        path,
        rest,
        node.type === 'symlink' ? node.target : node.type
      ])
    ])
    const before = this.#written.get(same)
    if (before !== undefined && !spoiled) {
      catalogs.set(mountpoint, objectPath(before.hash, 'catalog'))
      return before
    }
    const bytes = writeCatalog({
      mountpoint,
      entries,
      nested,
      revision: this.#number,
      modified: Math.floor(options.time / 1000),
      ...(spoiled && options.spoil !== undefined ? { spoil: options.spoil.how } : {})
    })
    const written = { hash: this.store(bytes, 'catalog'), size: bytes.length }
    catalogs.set(mountpoint, objectPath(written.hash, 'catalog'))
    if (!spoiled) this.#written.set(same, written)
    return written
  }

  #file(path: string, node: FileNode, files: Map<string, readonly string[]>): CatalogEntry {
    const options = {
      ...(node.plain === undefined ? {} : { plain: node.plain }),
      ...(node.algorithm === undefined ? {} : { algorithm: node.algorithm })
    }
    if (node.external === true) {
      const algorithm = node.algorithm ?? this.algorithm
      return { path, node, hash: { algorithm, hex: hashBytes(algorithm, node.content) } }
    }
    if (node.chunkSize === undefined) {
      const hash = this.store(node.content, 'file', options)
      files.set(path, [objectPath(hash, 'file')])
      return { path, node, hash }
    }
    const chunks = []
    for (let offset = 0; offset < node.content.length; offset += node.chunkSize) {
      const part = node.content.subarray(offset, offset + node.chunkSize)
      chunks.push({ offset, size: part.length, hash: this.store(part, 'chunk', options) })
    }
    files.set(
      path,
      chunks.map(({ hash }) => objectPath(hash, 'chunk'))
    )
    return { path, node, chunks }
  }
}

/** The payload, its hash, and what `signer` makes of the hash's text. */
export function letter(payload: string, algorithm: Algorithm, signer: (text: Buffer) => Buffer): Buffer {
  const text = formatHash({ algorithm, hex: hashBytes(algorithm, Buffer.from(payload)) })
  return Buffer.concat([Buffer.from(`${payload}--\n${text}\n`), signer(Buffer.from(text))])
}

/** Roots of the nested catalogs directly below a mountpoint. */
function nestedBelow(mountpoint: string, nodes: ReadonlyMap<string, Node>): string[] {
  const below = [...nodes]
    .filter(
      ([path, node]) => node.type === 'directory' && node.nested === true && path.startsWith(`${mountpoint}/`)
    )
    .map(([path]) => path)
  return below.filter((path) => !below.some((other) => path.startsWith(`${other}/`)))
}

function withDirectories(tree: Tree): Map<string, Node> {
  const nodes = new Map<string, Node>([['', { type: 'directory' }]])
  for (const path of tree.keys()) {
    for (let end = path.indexOf('/', 1); end > 0; end = path.indexOf('/', end + 1)) {
      const above = path.slice(0, end)
      if (!tree.has(above)) nodes.set(above, { type: 'directory' })
    }
  }
  for (const [path, node] of tree) nodes.set(path, node)
  return nodes
}

/** `YYYYMMDDhhmmss`, UTC. */
function stamp(ms: number): string {
  return new Date(ms).toISOString().replace(/[-:T]/g, '').slice(0, 14)
}
