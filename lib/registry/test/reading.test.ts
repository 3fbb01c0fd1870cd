/** Reading from a registry: manifests, configurations, platforms, blobs. */
import { describe, expect, test } from '@jest/globals'
import { HttpStatusError } from '../../http/index.ts'
import { TransientError } from '../../failure/index.ts'
import { at, ManifestError, mediaTypes, parsePlatform } from '../index.ts'
import { digest } from './fake-registry.ts'
import { repository, seed, setUp } from './scene.ts'

describe('reading', () => {
  test('an image by tag: manifest and configuration, two requests, no layer', async () => {
    const { fake, registry } = await setUp()
    const { manifest, layer } = seed(fake)
    const image = await registry.image(at(repository(fake), 'latest'), parsePlatform('linux/amd64'))
    expect(image).toMatchObject({
      descriptor: { digest: digest(manifest) },
      compressedSize: layer.length,
      platform: { architecture: 'amd64' }
    })
    expect(image?.config.settings).toEqual({ Env: ['A=1'] })
    expect(fake.requests.map((one) => one.method)).toEqual(['GET', 'GET'])
  })

  test("Docker's types, and a platform out of an index with attestations", async () => {
    const { fake, registry } = await setUp()
    const amd = seed(fake, 'neurodesk/desk', 'amd64', mediaTypes.dockerManifest)
    const arm = seed(fake, 'neurodesk/desk', 'arm64')
    const entry = (body: Buffer, architecture: string): object => ({
      mediaType: mediaTypes.ociManifest,
      digest: digest(body),
      size: body.length,
      platform: { os: 'linux', architecture }
    })
    const index = Buffer.from(
      JSON.stringify({
        schemaVersion: 2,
        mediaType: mediaTypes.ociIndex,
        manifests: [
          entry(amd.manifest, 'amd64'),
          {
            ...entry(arm.manifest, 'arm64'),
            platform: { os: 'linux', architecture: 'arm64', variant: 'v8' }
          },
          {
            ...entry(amd.manifest, 'amd64'),
            platform: { os: 'unknown', architecture: 'unknown' },
            annotations: { 'vnd.docker.reference.type': 'attestation-manifest' }
          }
        ]
      })
    )
    fake.manifests.set('neurodesk/desk@latest', { body: index, type: mediaTypes.ociIndex })
    const reference = at(repository(fake), 'latest')
    const one = await registry.image(reference, parsePlatform('linux/arm64'))
    expect(one).toMatchObject({
      top: { digest: digest(index) },
      descriptor: { digest: digest(arm.manifest) }
    })
    expect(await registry.image(reference, parsePlatform('linux/amd64'))).toMatchObject({
      descriptor: { digest: digest(amd.manifest) }
    })
    expect(await registry.image(reference, parsePlatform('linux/s390x'))).toBeUndefined()
  })

  test('only a 404 means "not there"', async () => {
    const { fake, registry } = await setUp()
    const reference = at(repository(fake), 'latest')
    expect(await registry.resolve(reference)).toBeUndefined()
    expect(await registry.manifest(reference)).toBeUndefined()
    expect(await registry.image(reference, parsePlatform('linux/amd64'))).toBeUndefined()
    expect(await registry.tags(repository(fake))).toEqual([])
    for (const status of [403, 500]) {
      fake.intercept = (_, response) => {
        response.writeHead(status).end('{}')
        return true
      }
      await expect(registry.image(reference, parsePlatform('linux/amd64'))).rejects.toThrow(
        status === 403 ? HttpStatusError : TransientError
      )
    }
  })

  test('a HEAD without a digest is made up for by a GET', async () => {
    const { fake, registry } = await setUp({ terseHead: true })
    const { manifest } = seed(fake)
    expect(await registry.resolve(at(repository(fake), 'latest'))).toEqual({
      digest: digest(manifest),
      size: manifest.length,
      mediaType: mediaTypes.ociManifest
    })
  })

  test('other bytes than the digest says are refused: manifest, configuration, stream', async () => {
    const { fake, registry } = await setUp()
    const { manifest, layer } = seed(fake)
    const reference = at(repository(fake), digest(manifest))
    fake.manifests.set(`neurodesk/desk@${digest(manifest)}`, {
      body: Buffer.concat([manifest, Buffer.from(' ')]),
      type: mediaTypes.ociManifest
    })
    await expect(registry.manifest(reference)).rejects.toThrow(ManifestError)
    fake.blobs.set(digest(layer), Buffer.from('x'.repeat(layer.length)))
    await expect(
      registry.blob(repository(fake), { digest: digest(layer), size: layer.length })
    ).rejects.toThrow(/answers with sha256/)
    const stream = await registry.openBlob(repository(fake), { digest: digest(layer), size: layer.length })
    await expect(stream.toArray()).rejects.toThrow(/other bytes/)
  })

  test('a blob larger than its descriptor is cut off, not read', async () => {
    const { fake, registry } = await setUp()
    const { layer } = seed(fake)
    fake.blobs.set(digest(layer), Buffer.alloc(1_000_000))
    await expect(
      registry.blob(repository(fake), { digest: digest(layer), size: layer.length })
    ).rejects.toThrow(/larger than/)
    const stream = await registry.openBlob(repository(fake), { digest: digest(layer), size: layer.length })
    await expect(stream.toArray()).rejects.toThrow(/more than the/)
  })

  test('429 waits as long as the registry asks', async () => {
    const { fake, registry, waits } = await setUp()
    seed(fake)
    let times = 1
    fake.intercept = (_, response) => {
      if (times-- <= 0) return false
      response.writeHead(429, { 'retry-after': '7' }).end('{"errors":[{"code":"TOOMANYREQUESTS"}]}')
      return true
    }
    expect(await registry.resolve(at(repository(fake), 'latest'))).toBeDefined()
    expect(waits).toEqual([7000])
  })
})
