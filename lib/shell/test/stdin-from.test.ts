import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { describe, expect, test } from '@jest/globals'

import { createExec } from '../index.ts'

const exec = createExec({ env: process.env })
const HASH =
  'const h = require("node:crypto").createHash("sha256"); process.stdin.on("data", (c) => h.update(c)).on("end", () => console.log(h.digest("hex")))'

describe('stdinFrom', () => {
  test('passes bytes on unchanged, no faster than they are taken', async () => {
    const hash = createHash('sha256')
    let made = 0
    let most = 0
    let taken = 0
    const source = Readable.from(
      (async function* () {
        for (let index = 0; index < 200; index++) {
          const chunk = Buffer.alloc(100_000, index)
          hash.update(chunk)
          made += chunk.length
          most = Math.max(most, made - taken)
          yield await Promise.resolve(chunk)
          taken += chunk.length
        }
      })(),
      { objectMode: false }
    )
    const { stdout } = await exec.run(process.execPath, ['-e', HASH], { stdinFrom: source })
    expect(stdout.trim()).toBe(hash.digest('hex'))
    expect(most).toBeLessThan(1_000_000)
  })

  test('a stream that breaks ends the program, and is the cause', async () => {
    const source = Readable.from(
      (async function* () {
        yield await Promise.resolve(Buffer.alloc(1000))
        throw new RangeError('the layer is damaged')
      })()
    )
    await expect(exec.run(process.execPath, ['-e', HASH], { stdinFrom: source })).rejects.toMatchObject({
      reason: 'cancelled',
      cause: { message: 'the layer is damaged' }
    })
  })

  test('a program that ends first closes the stream', async () => {
    let closed = false
    const source = Readable.from(
      (async function* () {
        try {
          for (;;) yield await Promise.resolve(Buffer.alloc(100_000))
        } finally {
          closed = true
        }
      })()
    )
    const script = 'console.error("no space left"); process.exitCode = 1; process.stdin.destroy()'
    await expect(exec.run(process.execPath, ['-e', script], { stdinFrom: source })).rejects.toMatchObject({
      exitCode: 1,
      detail: 'no space left'
    })
    await new Promise((resolve) => setImmediate(resolve))
    expect(closed).toBe(true)
  })

  test('a cancel ends both', async () => {
    const controller = new AbortController()
    const source = Readable.from(
      (async function* () {
        yield await Promise.resolve(Buffer.alloc(1000))
        await new Promise((resolve) => setTimeout(resolve, 300))
        controller.abort(new Error('cancelled'))
        for (;;) yield await new Promise<Buffer>((resolve) => setTimeout(() => resolve(Buffer.alloc(10)), 10))
      })()
    )
    const options = { stdinFrom: source, signal: controller.signal }
    await expect(exec.run(process.execPath, ['-e', HASH], options)).rejects.toMatchObject({
      reason: 'cancelled'
    })
    expect(source.destroyed).toBe(true)
  })
})
