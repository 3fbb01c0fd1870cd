/** Archives of docker save in both layouts, made here byte by byte. */
import { describe, expect, test } from '@jest/globals'
import { createHash } from 'node:crypto'
import { PassThrough, Readable } from 'node:stream'
import { pack } from 'tar-stream'
import { createContentReader, readArchive } from '../index.ts'
import { readFirstFile } from '../archive.ts'

interface File {
  readonly name: string
  readonly body?: string | Buffer
  readonly linkTo?: string
  readonly mtime?: Date
  readonly mode?: number
}

async function tar(files: readonly File[]): Promise<Buffer> {
  const stream = pack()
  for (const { name, body = '', linkTo, mtime = new Date(0), mode = 0o644 } of files) {
    if (linkTo === undefined) stream.entry({ name, mtime, mode }, Buffer.from(body))
    else stream.entry({ name, mtime, mode, type: 'symlink', linkname: linkTo })
  }
  stream.finalize()
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

const sha = (body: string | Buffer): string => createHash('sha256').update(body).digest('hex')
const split = (body: Buffer, size: number): Readable =>
  Readable.from(
    Array.from({ length: Math.ceil(body.length / size) }, (_, at) =>
      body.subarray(at * size, (at + 1) * size)
    )
  )

async function readAll(input: Readable): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of input as AsyncIterable<Buffer>) hash.update(chunk)
  return hash.digest('hex')
}

const config = JSON.stringify({ architecture: 'amd64', rootfs: { diff_ids: [] } })

describe('docker save', () => {
  test('the layout of Docker 25 and newer: layers in order, JSON blobs are no layers', async () => {
    const [one, two] = [
      await tar([{ name: 'a', body: 'x'.repeat(5000) }]),
      await tar([{ name: '{odd}', body: 'y' }])
    ]
    const manifest = JSON.stringify({ config: { digest: `sha256:${sha(config)}` } })
    const index = JSON.stringify({ manifests: [{ digest: `sha256:${sha(manifest)}` }] })
    const other = JSON.stringify({ config: { digest: `sha256:${sha('other')}` } })
    const archive = await tar([
      { name: 'blobs/sha256/' },
      { name: `blobs/sha256/${sha(manifest)}`, body: manifest },
      { name: `blobs/sha256/${sha(index)}`, body: index },
      { name: `blobs/sha256/${sha(other)}`, body: other },
      { name: `blobs/sha256/${sha(two)}`, body: two },
      { name: `blobs/sha256/${sha(config)}`, body: config },
      { name: `blobs/sha256/${sha(one)}`, body: one },
      {
        name: 'index.json',
        body: JSON.stringify({ manifests: [index, other].map((one) => ({ digest: `sha256:${sha(one)}` })) })
      },
      { name: 'oci-layout', body: '{}' },
      {
        name: 'manifest.json',
        body: JSON.stringify([
          {
            Config: `blobs/sha256/${sha(config)}`,
            Layers: [`blobs/sha256/${sha(one)}`, `blobs/sha256/${sha(two)}`]
          }
        ])
      }
    ])
    for (const size of [1, 511, 1_000_000]) {
      const found = await readArchive(split(archive, size), async (layer) => await readAll(layer.body))
      expect(found.config.toString()).toBe(config)
      expect(found.layers).toEqual([sha(one), sha(two)])
      // The classic store's name for it, and containerd's; not that of an image that has another configuration.
      expect(found.ids).toEqual([config, manifest, index].map((id) => `sha256:${sha(id)}`))
    }
  })

  test('the layout of before: a layer that comes twice is a link', async () => {
    const layer = await tar([{ name: 'a' }])
    const archive = await tar([
      { name: 'aaa/VERSION', body: '1.0' },
      { name: 'aaa/json', body: '{}' },
      { name: 'aaa/layer.tar', body: layer },
      { name: 'bbb/layer.tar', linkTo: '../aaa/layer.tar' },
      { name: `${sha(config)}.json`, body: config },
      { name: 'repositories', body: '{}' },
      {
        name: 'manifest.json',
        body: JSON.stringify([{ Config: `${sha(config)}.json`, Layers: ['aaa/layer.tar', 'bbb/layer.tar'] }])
      }
    ])
    const seen: string[] = []
    const found = await readArchive(split(archive, 4096), async (one) => {
      seen.push(one.path)
      return await readAll(one.body)
    })
    expect(found.layers).toEqual([sha(layer), sha(layer)])
    expect(seen).toEqual(['aaa/layer.tar'])
  })

  test('a layer that nobody reads is passed over', async () => {
    const big = await tar([{ name: 'a', body: Buffer.alloc(3_000_000) }])
    const archive = await tar([
      { name: 'l/layer.tar', body: big },
      { name: 'c.json', body: config },
      { name: 'manifest.json', body: JSON.stringify([{ Config: 'c.json', Layers: ['l/layer.tar'] }]) }
    ])
    const found = await readArchive(split(archive, 65_536), (layer) => Promise.resolve(layer.size))
    expect(found.layers).toEqual([big.length])
  })

  test.each([
    ['nothing', [], /no manifest.json/],
    ['two images', [{ name: 'manifest.json', body: '[{},{}]' }], /2 images/],
    [
      'a layer that is missing',
      [
        { name: 'c.json', body: config },
        { name: 'manifest.json', body: '[{"Config":"c.json","Layers":["x/layer.tar"]}]' }
      ],
      /lacks the layer x\/layer.tar/
    ],
    [
      'no configuration',
      [{ name: 'manifest.json', body: '[{"Config":"c.json","Layers":[]}]' }],
      /lacks the configuration/
    ]
  ] as const)('%s is an error', async (_, files, message) => {
    await expect(readArchive(split(await tar(files), 4096), () => Promise.resolve(''))).rejects.toThrow(
      message
    )
  })

  test('an archive that breaks off is an error, not an image', async () => {
    const archive = await tar([{ name: 'l/layer.tar', body: Buffer.alloc(100_000) }])
    const broken = new PassThrough()
    broken.write(archive.subarray(0, 60_000))
    setTimeout(() => broken.destroy(new Error('the engine went away')), 50)
    await expect(readArchive(broken, async (layer) => await readAll(layer.body))).rejects.toThrow(/went away/)
  })
})

describe('the content digest of a layer', () => {
  const digestOf = async (files: readonly File[]): Promise<string> => {
    const reader = createContentReader()
    reader.sink.end(await tar(files))
    return await reader.digest()
  }
  const files = [
    { name: 'a', body: '1' },
    { name: './b', body: '2', mode: 0o755 }
  ]

  test('times and order do not count', async () => {
    const later = files.map((file) => ({ ...file, mtime: new Date('2026-01-01') })).reverse()
    expect(await digestOf(later)).toBe(await digestOf(files))
  })

  test.each([
    ['content', [{ name: 'a', body: '3' }, files[1]]],
    ['mode', [{ name: 'a', body: '1', mode: 0o600 }, files[1]]],
    ['a name', [{ name: 'c', body: '1' }, files[1]]],
    ['a file more', [...files, { name: 'c' }]],
    ['a link for a file', [{ name: 'a', linkTo: 'x' }, files[1]]]
  ])('%s counts', async (_, other) => {
    expect(await digestOf(other as readonly File[])).not.toBe(await digestOf(files))
  })
})

test('the first file of docker cp, and no more of it than is accepted', async () => {
  const archive = await tar([{ name: 'status', body: 'Package: a\n' }])
  expect(await readFirstFile(split(archive, 100), 1000)).toBe('Package: a\n')
  await expect(readFirstFile(split(archive, 100), 5)).rejects.toThrow(/at most 5/)
  expect(await readFirstFile(split(await tar([]), 100), 5)).toBeUndefined()
})
