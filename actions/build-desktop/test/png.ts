/** PNG pictures for tests: 8 bits, RGB, each row written by one rule. */
import { crc32, deflateSync } from 'node:zlib'

export function png(
  width: number,
  height: number,
  pixel: (x: number, y: number) => readonly number[],
  filter = 0
): Buffer {
  const rows = Array.from({ length: height }, (_, y) =>
    Buffer.from([filter, ...Array.from({ length: width }, (__, x) => pixel(x, y)).flat()])
  )
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const framed = Buffer.alloc(body.length + 8)
    framed.writeUInt32BE(data.length, 0)
    body.copy(framed, 4)
    framed.writeUInt32BE(crc32(body), body.length + 4)
    return framed
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0))
  ])
}
