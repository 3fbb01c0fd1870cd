/** Inputs that nobody would write by hand: valid ones, damaged at random from a seed. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { inflateSync } from 'node:zlib'

import { Repository, addContainer, file, type Tree } from '../../../testbed/cvmfs/index.ts'
import {
  Catalog,
  Fault,
  damageOf,
  normalizePath,
  objectPath,
  parseManifest,
  parseServerDate,
  parseWhitelist,
  serversInConfig
} from '../index.ts'

/** xorshift32: fast, and the same on every machine. */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed | 1
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

const NOW = Date.UTC(2024, 5, 21)
const tree: Tree = new Map()
addContainer(tree, 'tool_1.0_20240101')
tree.set('/data/chunked', { type: 'file', content: Buffer.alloc(1000, 'x'), chunkSize: 300 })
tree.set('/README', file('x'))
const repository = new Repository({ fqrn: 'x.example.org', now: NOW })
const revision = repository.publish(tree, { time: NOW })
const whitelist = repository.whitelist({ issued: NOW, expires: NOW + 86_400_000 })
const catalogs = [...revision.catalogs].map(([mountpoint, object]) => ({
  mountpoint,
  bytes: inflateSync(repository.objects.get(object) ?? Buffer.alloc(0))
}))
const DATES = [
  'Fri Jun 21 17:40:02 UTC 2024',
  'Fri 21 Jun 2024 05:40:02 PM UTC',
  'mar. 18 juin 2024 17:40:02 UTC',
  '2024年 06月 21日 金曜日 17:40:02 UTC',
  '2024-06-21T17:40:02Z',
  '2024. 06. 21. (금) 17:40:02 UTC'
].map((text) => Buffer.from(text))
const CONFIG = Buffer.from(
  'CVMFS_SERVER_URL="http://a.example.org:8000/cvmfs/@fqrn@;http://b/cvmfs/@fqrn@" # x\n'
)

/** Bytes flipped, cut, doubled, inserted, or lines swapped; nothing is left alone. */
function damaged(bytes: Buffer, random: (below: number) => number): Buffer {
  const changed = Buffer.from(bytes)
  const at = random(changed.length + 1)
  switch (random(6)) {
    case 0:
      return changed.subarray(0, at)
    case 1:
      return Buffer.concat([changed.subarray(0, at), changed])
    case 2:
      return Buffer.concat([
        changed.subarray(0, at),
        Buffer.from([random(256), random(256)]),
        changed.subarray(at)
      ])
    case 3:
      return Buffer.concat([changed.subarray(at), changed.subarray(0, at)])
    default:
      for (let count = 1 + random(8); count > 0 && changed.length > 0; count--) {
        changed[random(changed.length)] = random(256)
      }
      return changed
  }
}

/** A signed payload whose lines are damaged and whose hash and signature are right: gets past the first checks. */
function resigned(bytes: Buffer, random: (below: number) => number): Buffer {
  const payload = bytes.subarray(0, bytes.indexOf('\n--\n') + 1)
  return repository.signManifest(damaged(payload, random).toString('latin1'))
}

/** @throws whatever is no Fault: a bug. */
function faultOrFine(action: () => unknown): void {
  try {
    action()
  } catch (error) {
    if (!(error instanceof Fault)) throw error
  }
}

export interface Parser {
  readonly name: string
  /** Takes one damaged input. */
  readonly feed: (random: (below: number) => number) => void
}

export const PARSERS: readonly Parser[] = [
  {
    name: 'manifest',
    feed: (random) => faultOrFine(() => parseManifest(damaged(revision.manifest, random)))
  },
  { name: 'whitelist', feed: (random) => faultOrFine(() => parseWhitelist(damaged(whitelist, random))) },
  {
    name: 'date',
    feed: (random) => {
      const time = parseServerDate(
        damaged(DATES[random(DATES.length)] ?? Buffer.alloc(0), random).toString('utf8')
      )
      if (time !== undefined && !Number.isFinite(new Date(time).getTime()))
        throw new Error(`no time: ${time}`)
    }
  },
  {
    name: 'client configuration',
    feed: (random) => {
      for (const base of serversInConfig(damaged(CONFIG, random).toString('latin1'), 'x.example.org')) {
        if (!/^https?:\/\/[^/]+\/.*x\.example\.org$/.test(base)) throw new Error(`no server: ${base}`)
      }
    }
  },
  {
    name: 'path',
    feed: (random) => {
      const normal = normalizePath(damaged(Buffer.from('/a/../b/./c//d'), random).toString('latin1'))
      if (normal !== undefined && /\/\.{0,2}(\/|$)|\0/.test(normal)) throw new Error(`not normal: ${normal}`)
    }
  },
  {
    name: 'object',
    feed: (random) => {
      const [object, body] = [...repository.objects][random(repository.objects.size)] ?? ['', Buffer.alloc(0)]
      const hex = object.slice(5, 7) + object.slice(8, 46)
      damageOf(
        damaged(body, random),
        { algorithm: 'sha1', hex },
        random(2) === 0 ? 'zlib' : 'plain',
        random(5000)
      )
    }
  }
]

/** These cost a signature or a file each. */
export const SLOW_PARSERS: readonly Parser[] = [
  {
    name: 'signed manifest',
    feed: (random) => faultOrFine(() => parseManifest(resigned(revision.manifest, random)))
  },
  {
    name: 'signed whitelist',
    feed: (random) => faultOrFine(() => parseWhitelist(resigned(whitelist, random)))
  },
  { name: 'catalog', feed: feedCatalog }
]

const folder = mkdtempSync(path.join(tmpdir(), 'cvmfs-fuzz-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

function feedCatalog(random: (below: number) => number): void {
  const { mountpoint, bytes } = catalogs[random(catalogs.length)] ?? {
    mountpoint: '',
    bytes: Buffer.alloc(0)
  }
  const name = path.join(folder, 'catalog.sqlite')
  writeFileSync(name, damaged(bytes, random))
  faultOrFine(() => {
    using catalog = new Catalog(name, mountpoint)
    const wanted = `${mountpoint}/commands.txt`
    faultOrFine(() => catalog.entry(wanted))
    faultOrFine(() => catalog.nestedFor('/containers/tool_1.0_20240101/x'))
    faultOrFine(() => catalog.chunks('/data/chunked'))
    faultOrFine(() => catalog.objectAt(BigInt.asIntN(64, BigInt(random(2 ** 31)) << 33n)))
    faultOrFine(() => objectPath(catalog.objectAt(0n)?.hash ?? { algorithm: 'sha1', hex: '' }, 'file'))
  })
}

/** Milliseconds of the slowest input. */
export function run(parser: Parser, count: number, seed: number): number {
  const random = randomFrom(seed)
  let slowest = 0
  for (let index = 0; index < count; index++) {
    const started = performance.now()
    parser.feed(random)
    slowest = Math.max(slowest, performance.now() - started)
  }
  return slowest
}
