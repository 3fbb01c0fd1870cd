/** Small samples for the unit tests. */
import { readCatalogue, type Catalogue, type Container } from '../../../lib/catalogue/index.ts'
import type { Store } from '../../../lib/store/index.ts'

export function catalogueOf(...apps: readonly string[]): Catalogue {
  const tools = Object.fromEntries(
    apps.map((app) => [
      app.split(' ', 1)[0] ?? '',
      { apps: { [app]: { version: '20250101', exec: '' } }, categories: ['test'] }
    ])
  )
  return readCatalogue(JSON.stringify(tools, undefined, 4), { file: 'apps.json' })
}

export function container(app: string): Container {
  const [only] = catalogueOf(app).containers
  if (only === undefined) throw new Error(`${app} is no container`)
  return only
}

export function store(name: string, more: Partial<Store> = {}): Store {
  return { name, remote: `${name}:bucket`, prefix: '', publicUrl: undefined, required: true, ...more }
}

/** The first 128 bytes of a SIF that says it has `fileBytes` bytes; `02` is amd64, `04` arm64, `00` unknown. */
export function sifHead(fileBytes: number, architecture: '00' | '02' | '04' = '02'): Buffer {
  const head = Buffer.alloc(128)
  head.write('#!/usr/bin/env run-singularity\n\0', 0, 'latin1')
  head.write('SIF_MAGIC\0', 32, 'latin1')
  head.write('01\0', 42, 'latin1')
  head.write(`${architecture}\0`, 45, 'latin1')
  head.writeBigInt64LE(48n, 88)
  head.writeBigInt64LE(4096n, 96)
  head.writeBigInt64LE(48n * 585n, 104)
  head.writeBigInt64LE(32176n, 112)
  head.writeBigInt64LE(BigInt(fileBytes - 32176), 120)
  return head
}
