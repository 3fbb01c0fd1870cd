/** The client and a registry in memory, over real HTTP; the clock does not wait. */
import { afterEach } from '@jest/globals'
import { keptLog, skippingClock } from '../../../testbed/ports.ts'
import { createHttp } from '../../http/index.ts'
import {
  createRegistry,
  given,
  mediaTypes,
  parseRepository,
  type Credential,
  type Registry
} from '../index.ts'
import { digest, startFakeRegistry, type FakeOptions, type FakeRegistry } from './fake-registry.ts'

/** Run after each test. */
export const closing: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

export interface Setting {
  readonly fake: FakeRegistry
  readonly registry: Registry
  readonly masked: string[]
  readonly waits: number[]
  advance(ms: number): void
}

export async function setUp(options: FakeOptions = {}, credential?: Credential): Promise<Setting> {
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

export const repository = (fake: FakeRegistry, name = 'neurodesk/desk'): ReturnType<typeof parseRepository> =>
  parseRepository(`${fake.host}/${name}`)

/** An image of one layer in the registry's memory. */
export function seed(
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
