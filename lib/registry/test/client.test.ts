/** The client against a registry in memory, over real HTTP; the clock does not wait. */
import { afterEach, describe, expect, test } from '@jest/globals'
import { keptLog, skippingClock } from '../../../testbed/ports.ts'
import { createHttp, HttpStatusError } from '../../http/index.ts'
import { TransientError } from '../../failure/index.ts'
import {
  at,
  bytesSource,
  createRegistry,
  given,
  ManifestError,
  mediaTypes,
  parsePlatform,
  parseRepository,
  type Credential,
  type Registry
} from '../index.ts'
import { digest, startFakeRegistry, type FakeOptions, type FakeRegistry } from './fake-registry.ts'

const closing: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

interface Setting {
  readonly fake: FakeRegistry
  readonly registry: Registry
  readonly masked: string[]
  readonly waits: number[]
  advance(ms: number): void
}

async function setUp(options: FakeOptions = {}, credential?: Credential): Promise<Setting> {
  const fake = await startFakeRegistry(options)
  const http = createHttp({ userAgent: 'test' })
  closing.push(
    () => http.close(),
    async () => await fake[Symbol.asyncDispose]()
  )
  const masked: string[] = []
  const clock = skippingClock()
  const registry = createRegistry({
    http,
    clock,
    log: keptLog((kind, text) => void (kind === 'mask' && masked.push(text))),
    credentials: given({ [fake.host]: credential })
  })
  return { fake, registry, masked, waits: clock.waits, advance: clock.pass }
}

const repository = (fake: FakeRegistry, name = 'neurodesk/desk'): ReturnType<typeof parseRepository> =>
  parseRepository(`${fake.host}/${name}`)

/** An image of one layer in the registry's memory. */
function seed(
  fake: FakeRegistry,
  name = 'neurodesk/desk',
  architecture = 'amd64',
  type: string = mediaTypes.ociManifest
): { manifest: Buffer; layer: Buffer } {
  const layer = Buffer.from(`layer of ${architecture}`)
  const config = Buffer.from(
    JSON.stringify({
      os: 'linux',
      architecture,
      config: { Env: ['A=1'] },
      rootfs: { type: 'layers', diff_ids: [digest(Buffer.from(architecture))] }
    })
  )
  fake.blobs.set(digest(layer), layer)
  fake.blobs.set(digest(config), config)
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: type,
      config: { mediaType: mediaTypes.ociConfig, digest: digest(config), size: config.length },
      layers: [{ mediaType: mediaTypes.ociLayerGzip, digest: digest(layer), size: layer.length }]
    })
  )
  fake.manifests.set(`${name}@${digest(manifest)}`, { body: manifest, type })
  fake.manifests.set(`${name}@latest`, { body: manifest, type })
  return { manifest, layer }
}

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

describe('getting in', () => {
  const login = { username: 'user', password: 'word' }

  test('the token dance: one challenge, one token for a repository, masked, renewed before it ends', async () => {
    const { fake, registry, masked, advance } = await setUp(
      { auth: 'token', ...login, tokenLifeSeconds: 60 },
      login
    )
    seed(fake)
    const reference = at(repository(fake), 'latest')
    await registry.resolve(reference)
    await registry.image(reference, parsePlatform('linux/amd64'))
    expect(fake.requests.map((one) => one.authorization)).toEqual(['', 'Bearer', 'Bearer', 'Bearer'])
    expect(fake.tokenRequests).toHaveLength(1)
    expect(fake.tokenRequests[0]?.query.getAll('scope')).toEqual(['repository:neurodesk/desk:pull'])
    expect(fake.tokenRequests[0]?.query.get('service')).toBe('fake')
    expect(masked).toHaveLength(1)
    advance(50_000)
    await registry.resolve(reference)
    expect(fake.tokenRequests).toHaveLength(2)
    expect(fake.requests.at(-1)?.authorization).toBe('Bearer')
  })

  test('a token that ended in the middle is renewed once', async () => {
    const { fake, registry } = await setUp({ auth: 'token', ...login }, login)
    seed(fake)
    const reference = at(repository(fake), 'latest')
    await registry.resolve(reference)
    fake.expireTokens()
    expect(await registry.resolve(reference)).toBeDefined()
    expect(fake.tokenRequests).toHaveLength(2)
  })

  test('a wrong password is a refusal and is not tried again', async () => {
    const { fake, registry, waits } = await setUp(
      { auth: 'token', ...login },
      { username: 'user', password: 'wrong' }
    )
    await expect(registry.resolve(at(repository(fake), 'latest'))).rejects.toMatchObject({ status: 401 })
    expect(waits).toEqual([])
    expect(await registry.canPush(repository(fake))).toBe(false)
  })

  test('who may only pull is told so before pushing', async () => {
    const { fake, registry } = await setUp({ auth: 'token', ...login })
    seed(fake)
    expect(await registry.resolve(at(repository(fake), 'latest'))).toBeDefined()
    expect(await registry.canPush(repository(fake))).toBe(false)
    expect(await registry.loggedIn(fake.host)).toBe(false)
  })

  test('an identity token is sent in a form, never in a URL', async () => {
    const { fake, registry } = await setUp(
      { auth: 'token', identityToken: 'refresh-me' },
      { identityToken: 'refresh-me' }
    )
    seed(fake)
    expect(await registry.resolve(at(repository(fake), 'latest'))).toBeDefined()
    expect(fake.tokenRequests[0]).toMatchObject({ method: 'POST' })
    expect(fake.tokenRequests[0]?.body).toContain('refresh_token=refresh-me')
    expect(fake.tokenRequests[0]?.query.toString()).toBe('')
  })

  test('basic authentication', async () => {
    const { fake, registry } = await setUp({ auth: 'basic', ...login }, login)
    seed(fake)
    expect(await registry.resolve(at(repository(fake), 'latest'))).toBeDefined()
    expect(await registry.canPush(repository(fake))).toBe(true)
  })

  test('a password is sent to no realm in the clear', async () => {
    const { fake, registry } = await setUp(
      { auth: 'token', ...login, realm: 'http://registry.example/token' },
      login
    )
    await expect(registry.resolve(at(repository(fake), 'latest'))).rejects.toThrow(/not https/)
  })

  test('the token stays with the registry when a blob comes from elsewhere', async () => {
    const { fake, registry } = await setUp({ auth: 'token', ...login, redirectBlobs: true }, login)
    const { layer } = seed(fake)
    const stream = await registry.openBlob(repository(fake), { digest: digest(layer), size: layer.length })
    expect(Buffer.concat(await stream.toArray())).toEqual(layer)
    expect(fake.cdnRequests).toEqual([{ authorization: undefined }])
  })
})

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
