/** Enough of PNG (RFC 2083) to see how many colours a screenshot has: 8 bits, RGB or RGBA, not interlaced. Pure. */
import { inflateSync } from 'node:zlib'

export interface Pixels {
  readonly width: number
  readonly height: number
  /** Bytes of a pixel: 3 or 4. */
  readonly channels: number
  readonly data: Buffer
}

export interface Colours {
  /** Different colours; counted up to 100,000. */
  readonly count: number
  /** Share of the commonest one, 0 to 1. */
  readonly mostOfOne: number
}

const MAX_PIXELS = 50_000_000
const MAX_COLOURS = 100_000

/** @throws Error for what is no such PNG */
export function decodePng(png: Buffer): Pixels {
  if (png.subarray(0, 8).toString('latin1') !== '\x89PNG\r\n\x1a\n')
    throw new Error('the screenshot is no PNG')
  let offset = 8
  let header: Buffer | undefined
  const parts: Buffer[] = []
  while (offset + 8 <= png.length) {
    const length = png.readUInt32BE(offset)
    const type = png.subarray(offset + 4, offset + 8).toString('latin1')
    const data = png.subarray(offset + 8, offset + 8 + length)
    if (type === 'IHDR') header = data
    if (type === 'IDAT') parts.push(data)
    if (type === 'IEND') break
    offset += 12 + length
  }
  if (header === undefined || header.length < 13) throw new Error('the screenshot has no header')
  const width = header.readUInt32BE(0)
  const height = header.readUInt32BE(4)
  const channels = ({ 2: 3, 6: 4 } as Readonly<Record<number, number>>)[header.readUInt8(9)]
  if (header.readUInt8(8) !== 8 || channels === undefined || header.readUInt8(12) !== 0) {
    throw new Error('the screenshot is a kind of PNG that is not read here')
  }
  if (width * height > MAX_PIXELS) throw new Error('the screenshot is too large')
  const raw = inflateSync(Buffer.concat(parts), { maxOutputLength: (width * channels + 1) * height })
  return { width, height, channels, data: unfilter(raw, width * channels, height, channels) }
}

/** Each row says by which of five rules it was written as a difference from its neighbours (RFC 2083, section 6). */
function unfilter(raw: Buffer, rowLength: number, height: number, channels: number): Buffer {
  const out = Buffer.alloc(rowLength * height)
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (rowLength + 1)] ?? 0
    for (let x = 0; x < rowLength; x++) {
      const value = raw[y * (rowLength + 1) + 1 + x] ?? 0
      const left = x >= channels ? (out[y * rowLength + x - channels] ?? 0) : 0
      const up = y > 0 ? (out[(y - 1) * rowLength + x] ?? 0) : 0
      const upLeft = y > 0 && x >= channels ? (out[(y - 1) * rowLength + x - channels] ?? 0) : 0
      out[y * rowLength + x] = (value + predicted(filter, left, up, upLeft)) & 0xff
    }
  }
  return out
}

function predicted(filter: number, left: number, up: number, upLeft: number): number {
  switch (filter) {
    case 1:
      return left
    case 2:
      return up
    case 3:
      return (left + up) >> 1
    case 4: {
      const estimate = left + up - upLeft
      const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - upLeft)]
      return a <= b && a <= c ? left : b <= c ? up : upLeft
    }
    default:
      return 0
  }
}

export function colourShare(pixels: Pixels): Colours {
  const counts = new Map<number, number>()
  const { data, channels } = pixels
  for (let at = 0; at + channels <= data.length; at += channels) {
    const colour = ((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0)
    const seen = counts.get(colour)
    if (seen !== undefined || counts.size < MAX_COLOURS) counts.set(colour, (seen ?? 0) + 1)
  }
  const total = pixels.width * pixels.height
  let most = 0
  for (const count of counts.values()) most = Math.max(most, count)
  return { count: counts.size, mostOfOne: total === 0 ? 1 : most / total }
}
