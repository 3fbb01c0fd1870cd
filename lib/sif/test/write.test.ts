import { describe, expect, test } from '@jest/globals'

import { DESCRIPTOR_BYTES, parseObjects } from '../format.ts'
import { parseHeader } from '../index.ts'
import { programCounter } from '../elf.ts'
import { rename, type Skeleton } from '../skeleton.ts'
import { mksquashfsArguments } from '../stream.ts'
import { partitionOffset, sifHead } from '../write.ts'

const objects = [
  { kind: 'definition', name: '', content: Buffer.from('bootstrap: docker\nfrom: x\n\n') },
  { kind: 'json', name: 'oci-config.json', content: Buffer.alloc(9000, '{}') }
] as const

describe('the head of a SIF', () => {
  const id = Buffer.from('0102030405060708090a0b0c0d0e0f10', 'hex')
  const head = { objects, partitionBytes: 8192, architecture: 'arm64', created: 1_700_000_000, id }
  const bytes = sifHead(head)
  const header = parseHeader(bytes)

  test('is what is read back', () => {
    expect(header).toEqual({
      architecture: 'arm64',
      descriptorCount: 48,
      descriptorOffset: 4096,
      dataOffset: 32_176,
      dataBytes: 45_056 + 8192 - 32_176,
      fileBytes: 45_056 + 8192,
      created: 1_700_000_000
    })
    expect(parseObjects(bytes.subarray(4096, 4096 + 48 * DESCRIPTOR_BYTES), header)).toEqual([
      { id: 1, kind: 'definition', name: '', offset: 32_176, bytes: 27 },
      { id: 2, kind: 'json', name: 'oci-config.json', offset: 32_203, bytes: 9000 },
      {
        id: 3,
        kind: 'partition',
        name: '',
        offset: 45_056,
        bytes: 8192,
        partition: { fileSystem: 'squashfs', primary: true, architecture: 'arm64' }
      }
    ])
  })

  test('has its fields where Apptainer has them', () => {
    expect(bytes.length).toBe(partitionOffset(objects))
    expect(bytes.toString('latin1', 0, 48)).toBe('#!/usr/bin/env run-singularity\n\0SIF_MAGIC\x0001\x0004\0')
    expect(bytes.subarray(48, 64).equals(id)).toBe(true)
    expect([80, 88, 96, 104].map((at) => Number(bytes.readBigInt64LE(at)))).toEqual([45, 48, 4096, 28_080])
    const partition = bytes.subarray(4096 + 2 * DESCRIPTOR_BYTES)
    expect(partition.subarray(0, 17).toString('hex')).toBe('0440000001030000' + '00010000f000000000')
    // Its size with the padding before it.
    expect(Number(partition.readBigInt64LE(33))).toBe(8192 + 45_056 - 41_203)
    expect(bytes.toString('utf8', 32_176, 32_203)).toBe('bootstrap: docker\nfrom: x\n\n')
  })

  test('of a CPU without a code says so', () => {
    expect(parseHeader(sifHead({ ...head, architecture: 'loong64' })).architecture).toBe('unknown')
  })
})

test('levels mean what the compressor means by them', () => {
  const given = (compression: 'gzip' | 'zstd', level?: number): string =>
    mksquashfsArguments(
      { output: 'out.sif', compression, ...(level === undefined ? {} : { level }) },
      0o1755,
      40_960
    ).join(' ')
  expect(given('zstd', 22)).toBe(
    '- out.sif -tar -noappend -quiet -no-progress -comp zstd -Xcompression-level 22 -mem 256M -root-mode 1755 -o 40960'
  )
  expect(given('gzip')).not.toMatch(/-X/)
})

describe('the skeleton', () => {
  const entry = {
    type: 'file',
    mode: 0o644,
    uid: 0,
    gid: 0,
    size: 0,
    mtime: 0,
    target: '',
    major: 0,
    minor: 0,
    xattrs: []
  } as const
  const label = 'org.label-schema.usage.singularity.deffile.'
  const hostile = JSON.stringify({ x: `"${label}bootstrap":"oci"` })
  const skeleton: Skeleton = {
    objects: [
      { kind: 'definition', name: '', content: Buffer.from('bootstrap: oci\nfrom: layout\n\n') },
      {
        kind: 'json',
        name: 'inspect-metadata.json',
        content: Buffer.from(
          `{"labels":{"${label}bootstrap":"oci","${label}from":"layout"},"x":${hostile},"deffile":"bootstrap: oci\\nfrom: layout"}`
        )
      },
      { kind: 'json', name: 'oci-config.json', content: Buffer.from('{"Cmd":["from: layout"]}') }
    ],
    top: [
      {
        ...entry,
        path: '.singularity.d/labels.json',
        content: Buffer.from(`{\n\t"${label}bootstrap": "oci",\n\t"${label}from": "layout"\n}`)
      },
      {
        ...entry,
        path: '.singularity.d/Singularity',
        content: Buffer.from('bootstrap: oci\nfrom: layout\n\n')
      }
    ],
    missing: []
  }

  test('names the image where it named itself, and nowhere else', () => {
    const { objects: renamed, top } = rename(skeleton, 'h/p@sha256:1')
    expect(renamed.map(({ content }) => content.toString())).toEqual([
      'bootstrap: docker\nfrom: h/p@sha256:1\n\n',
      `{"labels":{"${label}bootstrap":"docker","${label}from":"h/p@sha256:1"},"x":${hostile},"deffile":"bootstrap: docker\\nfrom: h/p@sha256:1"}`,
      '{"Cmd":["from: layout"]}'
    ])
    expect(top.map(({ content }) => content.toString())).toEqual([
      `{\n\t"${label}bootstrap": "docker",\n\t"${label}from": "h/p@sha256:1"\n}`,
      'bootstrap: docker\nfrom: h/p@sha256:1\n\n'
    ])
    expect(top.map(({ size, content }) => size - content.length)).toEqual([0, 0])
  })

  test('of an Apptainer that writes something else is no ground to build on', () => {
    const other = { ...skeleton, objects: [{ ...objects[0], content: Buffer.from('BootStrap: oci\n') }] }
    expect(() => rename(other, 'x')).toThrow(/describes images in another way/)
  })
})

test('what programs are for is what most of them are for', () => {
  const elf = (machine: number, big = false): Buffer => {
    const bytes = Buffer.alloc(64)
    bytes.write('\x7fELF', 0, 'latin1')
    bytes[5] = big ? 2 : 1
    if (big) bytes.writeUInt16BE(machine, 18)
    else bytes.writeUInt16LE(machine, 18)
    return bytes
  }
  const counter = programCounter()
  expect(counter.most()).toBeUndefined()
  counter.see('opt/tool/bin/x', elf(62))
  counter.see('bin/sh', Buffer.from('#!/bin/sh -e, no program'))
  counter.see('bin/short', elf(62).subarray(0, 10))
  expect(counter.most()).toBeUndefined()
  counter.see('usr/bin/a', elf(183))
  counter.see('sbin/b', elf(183))
  counter.see('bin/c', elf(62))
  counter.see('bin/d', elf(22, true))
  expect(counter.most()).toBe('arm64')
})
