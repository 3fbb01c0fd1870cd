import * as fs from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll, beforeAll, expect, test } from '@jest/globals'

import type { Resource } from '../../ports/index.ts'
import { PART_KIND, removePart, replaceFile } from '../index.ts'

let folder = ''
beforeAll(async () => {
  folder = await fs.mkdtemp(path.join(tmpdir(), 'neurodesk-ci-files-'))
})
afterAll(async () => await fs.rm(folder, { recursive: true, force: true }))

/** What would be left for post, and the file system with some of it exchanged. */
function setting(change: Partial<typeof fs> = {}): Parameters<typeof replaceFile>[0] & { open: Resource[] } {
  const open: Resource[] = []
  return {
    open,
    fs: { ...fs, ...change },
    cleanup: {
      register: (resource) => void open.push(resource),
      release: ({ id }) => void open.splice(open.findIndex((one) => one.id === id) >>> 0, 1)
    }
  }
}

test('the temporary file is in the state before it exists, and no more when it has its name', async () => {
  const file = path.join(folder, 'a'.repeat(255))
  let known: readonly Resource[] = []
  const ports = setting({
    writeFile: async (at, ...rest) => {
      known = [...ports.open]
      expect(known).toEqual([{ kind: PART_KIND, id: at }])
      await fs.writeFile(at, ...rest)
    }
  })
  for (const text of ['one', 'two']) await replaceFile(ports, file, text)
  expect([known.length, ports.open]).toEqual([1, []])
  expect([await fs.readFile(file, 'utf8'), await fs.readdir(folder)]).toEqual(['two', [path.basename(file)]])
  await fs.rm(file)
})

test('what cannot get its name leaves the old file, and nothing beside it', async () => {
  const file = path.join(folder, 'log.txt')
  await fs.writeFile(file, 'old')
  const ports = setting({ rename: async () => await Promise.reject(new Error('no')) })
  await expect(replaceFile(ports, file, 'new')).rejects.toThrow('no')
  expect([await fs.readFile(file, 'utf8'), await fs.readdir(folder)]).toEqual(['old', ['log.txt']])
})

test('what is no file is written to, not replaced', async () => {
  const ports = setting({ rename: async () => await Promise.reject(new Error('renamed')) })
  await replaceFile(ports, '/dev/null', 'x')
  await expect(replaceFile(ports, folder, 'x')).rejects.toThrow('EISDIR')
})

test.each([
  ['/etc/passwd'],
  ['log.txt'],
  ['.neurodesk-ci-0123456789abcdef.tmp'],
  ['/x/../.neurodesk-ci-0123456789abcdef.tmp'],
  ['/x/.neurodesk-ci-0123456789abcdef.tmp/'],
  ['/x/.neurodesk-ci-0123456789abcdef.tmp/a'],
  ['/x/.neurodesk-ci-0123456789abcde.tmp'],
  ['/x/.neurodesk-ci-0123456789abcdef.tmp\n']
])('post does not remove %j', async (id) => {
  const rm = async (): Promise<void> => await Promise.reject(new Error('removed'))
  await expect(removePart({ rm }, id)).rejects.toThrow('it is no temporary file')
})

test('post removes a temporary file, is content without it, and takes no folder for one', async () => {
  const id = path.join(folder, '.neurodesk-ci-0123456789abcdef.tmp')
  await fs.writeFile(id, 'x')
  await removePart(fs, id)
  await removePart(fs, id)
  await expect(fs.access(id)).rejects.toThrow('ENOENT')
  await fs.mkdir(path.join(id, 'more'), { recursive: true })
  await expect(removePart(fs, id)).rejects.toThrow()
})
