import { describe, expect, test } from '@jest/globals'
import { createHash } from 'node:crypto'
import { PassThrough, Writable } from 'node:stream'
import { createExec } from '../index.ts'

const exec = createExec({ env: process.env })

describe('stdoutTo', () => {
  test('passes bytes on unchanged, past the limit for kept output, and ends the stream', async () => {
    const hash = createHash('sha256')
    let size = 0
    const sink = new Writable({
      write(chunk: Buffer, _encoding, done) {
        hash.update(chunk)
        size += chunk.length
        setImmediate(done)
      }
    })
    const script = 'for (let i = 0; i < 64; i++) process.stdout.write(Buffer.alloc(16384, i))'
    const result = await exec.run(process.execPath, ['-e', script], { stdoutTo: sink, maxOutput: 1000 })
    expect(result.stdout).toBe('')
    expect(size).toBe(64 * 16384)
    const expected = createHash('sha256')
    for (let i = 0; i < 64; i++) expected.update(Buffer.alloc(16384, i))
    expect(hash.digest('hex')).toBe(expected.digest('hex'))
    expect(sink.writableEnded).toBe(true)
  })

  test('ends a program whose output is no longer read', async () => {
    const sink = new PassThrough()
    sink.on('error', () => undefined)
    setTimeout(() => sink.destroy(new Error('the reader broke')), 200)
    const script = 'const b = Buffer.alloc(65536); (function more() { process.stdout.write(b, more) })()'
    await expect(exec.run(process.execPath, ['-e', script], { stdoutTo: sink })).rejects.toMatchObject({
      reason: 'cancelled'
    })
  })

  test('still tells the end of stderr when the program fails', async () => {
    const sink = new PassThrough().resume()
    const script = 'process.stdout.write("data"); console.error("no such image"); process.exitCode = 3'
    await expect(exec.run(process.execPath, ['-e', script], { stdoutTo: sink })).rejects.toMatchObject({
      exitCode: 3,
      detail: 'no such image'
    })
  })
})
