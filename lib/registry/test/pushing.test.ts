/** Writing to a registry: uploads that break off, copies, tags. */
import { describe, expect, test } from '@jest/globals'
import { at, bytesSource, mediaTypes } from '../index.ts'
import { digest, startFakeRegistry } from './fake-registry.ts'
import { closing, repository, seed, setUp } from './scene.ts'

describe('pushing', () => {
  test('a blob is uploaded once, then it is there', async () => {
    const { fake, registry } = await setUp()
    const body = Buffer.from('a layer')
    const source = bytesSource(digest(body), body)
    expect(await registry.pushBlob(repository(fake), source)).toBe('uploaded')
    expect(fake.blobs.get(digest(body))).toEqual(body)
    expect(await registry.pushBlob(repository(fake), source)).toBe('there')
  })

  test('an upload that broke off goes on where the registry stands', async () => {
    const { fake, registry } = await setUp({ breaks: { times: 2, afterBytes: 900_000 } })
    const body = Buffer.alloc(3_000_000, 'neurodesk')
    const opened: number[] = []
    const source = bytesSource(digest(body), body)
    const outcome = await registry.pushBlob(repository(fake), {
      ...source,
      open: (from) => {
        opened.push(from)
        return source.open(from)
      }
    })
    expect(outcome).toBe('uploaded')
    expect(fake.blobs.get(digest(body))?.equals(body)).toBe(true)
    expect(opened).toHaveLength(3)
    expect(opened[0]).toBe(0)
    expect(opened[1]).toBeGreaterThan(100_000)
    expect(opened[2]).toBeGreaterThan(opened[1] ?? Infinity)
  })

  test('an upload that the registry forgot starts anew', async () => {
    const { fake, registry } = await setUp()
    const body = Buffer.alloc(500_000, 'x')
    let forgets = 1
    fake.intercept = (request, response) => {
      if (request.method !== 'PUT' || !(request.url ?? '').includes('/uploads/') || forgets-- <= 0)
        return false
      response.writeHead(404).end('{"errors":[{"code":"BLOB_UPLOAD_UNKNOWN"}]}')
      return true
    }
    expect(await registry.pushBlob(repository(fake), bytesSource(digest(body), body))).toBe('uploaded')
    expect(fake.blobs.get(digest(body))?.length).toBe(500_000)
  })

  test('bytes that do not fit their digest are never accepted', async () => {
    const { fake, registry } = await setUp()
    const claimed = digest(Buffer.from('something else'))
    await expect(
      registry.pushBlob(repository(fake), bytesSource(claimed, Buffer.from('bytes')))
    ).rejects.toThrow(/DIGEST_INVALID/)
    expect(fake.blobs.size).toBe(0)
  })

  test('a copy within a registry mounts; between registries it streams; the digest stays', async () => {
    const { fake, registry } = await setUp()
    const { manifest } = seed(fake)
    const inside = await registry.copy(at(repository(fake), 'latest'), repository(fake, 'neurodesk/other'))
    // This registry keeps one set of blobs for all repositories, so they are there already.
    expect(inside).toMatchObject({ descriptor: { digest: digest(manifest) }, bytes: 0 })
    expect(await registry.resolve(at(repository(fake, 'neurodesk/other'), digest(manifest)))).toBeDefined()
    expect(await registry.resolve(at(repository(fake, 'neurodesk/other'), 'latest'))).toBeUndefined()
    const other = await startFakeRegistry()
    closing.push(async () => await other[Symbol.asyncDispose]())
    const across = await registry.copy(at(repository(fake), 'latest'), repository(other))
    expect(across.descriptor.digest).toBe(digest(manifest))
    expect(across.counts).toEqual({ there: 0, mounted: 0, uploaded: 2 })
    expect(other.blobs.size).toBe(2)
  })

  test('a tag is set to what is there, and proved', async () => {
    const { fake, registry } = await setUp()
    const { manifest } = seed(fake)
    const reference = at(repository(fake), digest(manifest))
    expect(await registry.tag(reference, '2026-01-01')).toMatchObject({ digest: digest(manifest) })
    expect(await registry.resolve(at(repository(fake), '2026-01-01'))).toMatchObject({
      digest: digest(manifest)
    })
    await expect(registry.tag(at(repository(fake), digest(Buffer.from('no'))), 'x')).rejects.toThrow(
      /is not there/
    )
  })

  test('a registry that says 201 and has not stored the manifest is found out', async () => {
    const { fake, registry } = await setUp()
    const { manifest } = seed(fake)
    fake.intercept = async (request, response, body) => {
      if (request.method !== 'PUT') return false
      await body()
      response.writeHead(201).end()
      return true
    }
    await expect(
      registry.pushManifest(repository(fake), manifest, mediaTypes.ociManifest, 'new')
    ).rejects.toThrow(/answers that it is not there/)
  })
})
