/** Programs of arm64 on another processor: QEMU, told to the kernel for as long as it is needed. */
import { randomBytes } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createExec } from '../../lib/shell/index.ts'
import { findTools } from '../tools.ts'
import { clearEstate, createEstate, FORMATS } from './estate.ts'
import { MissingService, need } from './need.ts'

/** ELF header of a 64-bit little-endian program for AArch64, and which of its bits count; as in QEMU's own table. */
const MAGIC = String.raw`\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\xb7\x00`
const MASK = String.raw`\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff`

/**
 * From here on arm64 programs run, in containers and builds too. Does nothing where they run already.
 * @throws MissingService without QEMU or without root
 */
export async function emulateArm64(): Promise<AsyncDisposable> {
  if (process.arch === 'arm64' || (await isRegistered()))
    return { [Symbol.asyncDispose]: async () => undefined }
  const qemu = need(findTools(), 'qemu-aarch64-static')
  if (process.getuid?.() !== 0) throw new MissingService('telling the kernel about arm64 needs root')
  const format = `neurodesk-ci-${randomBytes(4).toString('hex')}`
  const isMounted = (await readdir(FORMATS).catch((): string[] => [])).includes('register')
  const estate = await createEstate('arm64', { format, mountedFormats: !isMounted })
  try {
    const exec = createExec({ env: process.env })
    if (!isMounted) await exec.run('mount', ['-t', 'binfmt_misc', 'binfmt_misc', FORMATS])
    // F: the program is opened now, so that it works where its path does not exist.
    await writeFile(join(FORMATS, 'register'), `:${format}:M::${MAGIC}:${MASK}:${qemu}:F`)
    return { [Symbol.asyncDispose]: () => clearEstate(estate) }
  } catch (error) {
    await clearEstate(estate)
    throw error
  }
}

async function isRegistered(): Promise<boolean> {
  const names = await readdir(FORMATS).catch(() => [])
  const texts = await Promise.all(names.map((name) => readFile(join(FORMATS, name), 'utf8').catch(() => '')))
  return texts.some(
    (text) => /^enabled$/m.test(text) && /^magic 7f454c460201.*b7/m.test(text) && /^flags:.*F/m.test(text)
  )
}
