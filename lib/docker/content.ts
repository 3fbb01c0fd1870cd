/**
 * The content digest of a layer: over its files without their times. Two layers with the same content digest differ
 * in nothing that a container could tell apart, except by looking at a clock.
 */
import { createHash } from 'node:crypto'
import { finished } from 'node:stream/promises'
import type { Writable } from 'node:stream'
import { extract, type Header } from 'tar-stream'

export interface ContentReader {
  /** The unpacked layer goes in here. */
  readonly sink: Writable
  /** `sha256:…`, when the sink was ended. */
  digest(): Promise<string>
}

/** Access times and the like, which some builders write beside the entry. */
const TIMES = new Set(['mtime', 'atime', 'ctime', 'LIBARCHIVE.creationtime'])

export function createContentReader(): ContentReader {
  // tar-stream's stream has what a Writable needs to be written to; its type only lacks the rest.
  const tar = extract()
  const sink = tar as unknown as Writable
  const lines: string[] = []
  const reading = (async () => {
    for await (const entry of tar) {
      const body = createHash('sha256')
      for await (const chunk of entry as unknown as AsyncIterable<Buffer>) body.update(chunk)
      lines.push(lineOf(entry.header, body.digest('hex')))
    }
  })()
  // Waited for in digest(); a rejection before that must not count as unhandled.
  reading.catch(() => undefined)
  return {
    sink,
    async digest() {
      await reading
      await finished(sink).catch(() => undefined)
      const hash = createHash('sha256')
      // Sorted: builders walk folders in one order or another.
      for (const line of lines.sort()) hash.update(`${line}\n`)
      return `sha256:${hash.digest('hex')}`
    }
  }
}

function lineOf(header: Header, body: string): string {
  const pax = (header.pax ?? {}) as Record<string, string>
  const attributes = Object.entries(pax)
    .filter(([name]) => !TIMES.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify([
    header.name.replace(/^\.\//, ''),
    header.type,
    header.mode,
    header.uid,
    header.gid,
    header.linkname,
    header.devmajor,
    header.devminor,
    attributes,
    header.type === 'file' || header.type === 'contiguous-file' ? body : ''
  ])
}
