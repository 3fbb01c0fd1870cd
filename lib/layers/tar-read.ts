/**
 * Reads the tar of a layer, entry by entry, from a stream: ustar with GNU's long names and POSIX's extended headers,
 * as Docker, BuildKit and Podman write them. Sources: POSIX.1-2024 pax, "Extended Header" and "ustar Interchange
 * Format"; GNU tar's manual, "Basic Tar Format". Own code, since names and attributes are bytes here: tar-stream
 * decodes them as UTF-8, which breaks capabilities and names of older encodings.
 */
import { cleanPath, LayerError, LayerRefused, show, type EntryType, type LayerEntry } from './entry.ts'

const BLOCK = 512
/** For one extended header: thousands of attributes. */
const MAX_EXTENDED = 1024 * 1024
/** Linux' PATH_MAX, with the NUL. */
const MAX_TARGET = 4096

const TYPES: Readonly<Record<string, EntryType>> = {
  '0': 'file',
  '\0': 'file',
  '7': 'file',
  '1': 'link',
  '2': 'symlink',
  '3': 'character',
  '4': 'block',
  '5': 'directory',
  '6': 'fifo'
}

/** What the headers before an entry say about it. */
interface Extended {
  path?: string
  linkpath?: string
  size?: number
  uid?: number
  gid?: number
  mtime?: number
  xattrs?: [string, string][]
}

export interface TarReader {
  /** The next entry; what is left of the one before is skipped. Undefined at the end, when the stream is read out. */
  next(): Promise<LayerEntry | undefined>
  /** A piece of the entry's content; undefined at its end. Valid until the next call. */
  content(): Promise<Buffer | undefined>
}

/** @param chunks the unpacked tar. Its errors come through. */
export function readTar(chunks: AsyncIterable<Buffer>): TarReader {
  const input = new Input(chunks)
  let left = 0
  let padding = 0

  const content = async (): Promise<Buffer | undefined> => {
    if (left === 0) return undefined
    const piece = input.available(left) ?? (await input.more(left))
    if (piece === undefined) throw cutOff()
    left -= piece.length
    return piece
  }

  const block = async (): Promise<Buffer | undefined> => {
    const found = await input.exactly(BLOCK)
    if (found === undefined) return undefined
    if (found.length < BLOCK) throw cutOff()
    return found
  }

  const extension = async (size: number): Promise<string> => {
    if (size > MAX_EXTENDED) throw new LayerError(`an extended header of ${size} bytes`)
    const padded = Math.ceil(size / BLOCK) * BLOCK
    const bytes = await input.exactly(padded)
    if (bytes === undefined || bytes.length < padded) throw cutOff()
    return bytes.toString('latin1', 0, size)
  }

  return {
    content,
    next: async () => {
      while ((await content()) !== undefined);
      if (padding > 0 && ((await input.exactly(padding))?.length ?? 0) < padding) throw cutOff()
      padding = 0
      let extended: Extended = {}
      for (;;) {
        const header = await block()
        // GNU tar wants two empty blocks at the end, and takes one or none.
        if (header === undefined || header.every((byte) => byte === 0)) {
          await input.drain()
          return undefined
        }
        checkSum(header)
        const type = String.fromCharCode(header[156] ?? 0)
        const size = extended.size ?? number(header, 124, 12)
        if (size < 0 || !Number.isSafeInteger(size)) throw new LayerError(`an entry of ${size} bytes`)
        if (type === 'L') extended.path ??= untilNul(await extension(size))
        else if (type === 'K') extended.linkpath ??= untilNul(await extension(size))
        else if (type === 'x') extended = { ...extended, ...parseExtended(await extension(size)) }
        else if (type === 'g') await extension(size)
        else {
          const entry = entryOf(header, type, size, extended)
          left = entry.size
          padding = (BLOCK - (left % BLOCK)) % BLOCK
          return entry
        }
      }
    }
  }
}

function entryOf(header: Buffer, flag: string, size: number, extended: Extended): LayerEntry {
  const name = extended.path ?? nameOf(header)
  if (flag === 'S') throw new LayerRefused(`${show(name)} is a sparse file in GNU's old form`)
  let type = TYPES[flag]
  if (type === undefined) throw new LayerError(`${show(name)} is of the unknown type ${show(flag)}`)
  if (type === 'file' && name.endsWith('/')) type = 'directory'
  const target = extended.linkpath ?? text(header, 157, 100)
  if ((type === 'link' || type === 'symlink') && (target === '' || target.includes('\0'))) {
    throw new LayerError(`${show(name)} is a link to nothing`)
  }
  if (target.length >= MAX_TARGET)
    throw new LayerError(`${show(name)} is a link to ${target.length} characters`)
  const device = type === 'character' || type === 'block'
  return {
    type,
    path: cleanPath(name),
    mode: number(header, 100, 8) & 0o7777,
    uid: owner(extended.uid ?? number(header, 108, 8), name),
    gid: owner(extended.gid ?? number(header, 116, 8), name),
    size: type === 'file' ? size : 0,
    // Squashfs has 32 bits, and none of them for times before 1970.
    mtime: Math.min(Math.max(extended.mtime ?? number(header, 136, 12), 0), 0xffff_ffff),
    target: type === 'link' ? cleanPath(target) : type === 'symlink' ? target : '',
    major: device ? number(header, 329, 8) : 0,
    minor: device ? number(header, 337, 8) : 0,
    xattrs: extended.xattrs ?? []
  }
}

/** 32 bits; -2 is how some writers put nobody. */
function owner(id: number, name: string): number {
  if (!Number.isInteger(id) || id < -0x8000_0000 || id > 0xffff_ffff) {
    throw new LayerError(`${show(name)} belongs to number ${id}`)
  }
  return id >>> 0
}

function nameOf(header: Buffer): string {
  const name = text(header, 0, 100)
  // Behind GNU's magic (`ustar  `) the place of the prefix holds times.
  const posix = header.toString('latin1', 257, 263) === 'ustar\0'
  const prefix = posix ? text(header, 345, 155) : ''
  return prefix === '' ? name : `${prefix}/${name}`
}

/** `<length> <key>=<value>\n`, the length counts all of it. */
function parseExtended(records: string): Extended {
  const found: Extended = {}
  for (let at = 0; at < records.length;) {
    const blank = records.indexOf(' ', at)
    const length = Number(records.slice(at, blank))
    const equals = records.indexOf('=', blank)
    const end = at + length
    if (
      !(length > 0) ||
      end > records.length ||
      equals === -1 ||
      equals >= end ||
      records[end - 1] !== '\n'
    ) {
      throw new LayerError('an extended header that is none')
    }
    take(found, records.slice(blank + 1, equals), records.slice(equals + 1, end - 1))
    at = end
  }
  return found
}

function take(found: Extended, key: string, value: string): void {
  const decimal = (): number => {
    const parsed = Number(value)
    if (value === '' || !Number.isFinite(parsed))
      throw new LayerError(`the extended header says ${key}=${show(value)}`)
    return Math.floor(parsed)
  }
  if (key === 'path' || key === 'linkpath') found[key] = value
  else if (key === 'size' || key === 'uid' || key === 'gid' || key === 'mtime') found[key] = decimal()
  else if (key.startsWith('SCHILY.xattr.')) addAttribute(found, key.slice(13), value)
  else if (key.startsWith('LIBARCHIVE.xattr.')) {
    const name = key
      .slice(17)
      .replace(/%([0-9a-fA-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    addAttribute(found, name, Buffer.from(value, 'base64').toString('latin1'))
  } else if (key.startsWith('GNU.sparse.')) throw new LayerRefused('a sparse file in GNU’s newer form')
}

/** libarchive writes each attribute in both forms. */
function addAttribute(found: Extended, name: string, value: string): void {
  found.xattrs ??= []
  if (!found.xattrs.some(([other]) => other === name)) found.xattrs.push([name, value])
}

/** Octal digits, or GNU's base 256 when the first bit is set. */
function number(header: Buffer, offset: number, length: number): number {
  const first = header[offset] ?? 0
  if ((first & 0x80) === 0) {
    const digits = text(header, offset, length).trim()
    if (digits === '') return 0
    if (!/^[0-7]+$/.test(digits)) throw new LayerError(`${show(digits)} where a number has to be`)
    return Number.parseInt(digits, 8)
  }
  let value = BigInt.asIntN(7, BigInt(first & 0x7f))
  for (const byte of header.subarray(offset + 1, offset + length)) value = (value << 8n) | BigInt(byte)
  return Number(value)
}

/** The sum of all bytes, with blanks in its own place. Some old writers took the bytes as signed. */
function checkSum(header: Buffer): void {
  let unsigned = 8 * 0x20
  let high = 0
  for (let at = 0; at < BLOCK; at++) {
    if (at === 148) at = 156
    const byte = header[at] ?? 0
    unsigned += byte
    high += byte >> 7
  }
  const written = number(header, 148, 8)
  if (written !== unsigned && written !== unsigned - 256 * high)
    throw new LayerError('no tar, or a damaged one: a checksum is wrong')
}

function text(header: Buffer, offset: number, length: number): string {
  return untilNul(header.toString('latin1', offset, offset + length))
}

function untilNul(value: string): string {
  const end = value.indexOf('\0')
  return end === -1 ? value : value.slice(0, end)
}

function cutOff(): LayerError {
  return new LayerError('the tar ends in the middle of an entry')
}

/** Chunks, cut to measure. */
class Input {
  readonly #chunks: AsyncIterator<Buffer>
  #rest: Buffer = Buffer.alloc(0)

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks[Symbol.asyncIterator]()
  }

  /** Up to `most` bytes that are there already. */
  available(most: number): Buffer | undefined {
    if (this.#rest.length === 0) return undefined
    const piece = this.#rest.subarray(0, most)
    this.#rest = this.#rest.subarray(piece.length)
    return piece
  }

  /** Up to `most` bytes as soon as there are some; undefined at the end. */
  async more(most: number): Promise<Buffer | undefined> {
    while (this.#rest.length === 0) {
      const chunk = await this.#chunks.next()
      if (chunk.done === true) return undefined
      this.#rest = chunk.value
    }
    return this.available(most)
  }

  /** `length` bytes, fewer at the end of the stream; undefined when it is there already. */
  async exactly(length: number): Promise<Buffer | undefined> {
    const first = this.available(length) ?? (await this.more(length))
    if (first === undefined || first.length === length) return first
    const parts = [first]
    let have = first.length
    while (have < length) {
      const piece = await this.more(length - have)
      if (piece === undefined) break
      parts.push(piece)
      have += piece.length
    }
    return Buffer.concat(parts)
  }

  /** Reads the stream to its end: only there is its digest checked. */
  async drain(): Promise<void> {
    this.#rest = Buffer.alloc(0)
    while ((await this.#chunks.next()).done !== true);
  }
}
