/** Stores that are in memory: what rclone does to them, and what their public addresses give. */
import { createHash } from 'node:crypto'
import * as fs from 'node:fs/promises'
import { Readable } from 'node:stream'

import type { Http, HttpResponse, HttpStream } from '../../../lib/ports/index.ts'
import type { Features, Rclone, Store, StoredObject } from '../../../lib/store/index.ts'
import { store } from './samples.ts'

export interface Held {
  readonly bytes: Buffer
  /** As it was written with it. */
  readonly sha256?: string
}

export interface Memory {
  readonly rclone: Rclone
  readonly http: Http
  /** What lies in a store, by its key. */
  readonly of: (name: string) => Map<string, Held>
}

export const hash = (algorithm: string, bytes: Buffer): string =>
  createHash(algorithm).update(bytes).digest('hex')

/** A store whose objects everybody reads. */
export function publicStore(name: string, more: Partial<Store> = {}): Store {
  return store(name, { publicUrl: `http://${name}`, ...more })
}

/** @param rclone what is done otherwise, and what fails. */
export function memory(features: Partial<Features> = {}, rclone: Partial<Rclone> = {}): Memory {
  const stores = new Map<string, Map<string, Held>>()
  const of = (name: string): Map<string, Held> => {
    const objects = stores.get(name) ?? new Map<string, Held>()
    stores.set(name, objects)
    return objects
  }
  const held = ({ name }: Store, key: string): Held => {
    const found = of(name).get(key)
    if (found === undefined) throw new Error(`${key} is not in ${name}`)
    return found
  }
  const look = (name: string, key: string): StoredObject | undefined => {
    const found = of(name).get(key)
    return found && { key, bytes: found.bytes.length, md5: hash('md5', found.bytes) }
  }
  const answer = (url: string, range = ''): HttpResponse => {
    const { hostname, pathname } = new URL(url)
    const found = of(hostname).get(pathname.slice(1))
    const [, from = '0', to = '0'] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? []
    const told: Record<string, string> =
      found?.sha256 === undefined ? {} : { 'x-object-meta-sha256': found.sha256 }
    const headers = { 'content-range': `bytes ${from}-${to}/${found?.bytes.length ?? 0}`, ...told }
    const body = found?.bytes.subarray(Number(from), Number(to) + 1) ?? Buffer.alloc(0)
    const status = found === undefined ? 404 : 206
    return { url, status, headers, latencyMs: 1, remoteAddress: undefined, body }
  }
  const http: Http = {
    request: async (url, options) => await Promise.resolve(answer(url, options?.headers?.['range'])),
    stream: async (url, options): Promise<HttpStream> => {
      const response = answer(url, options?.headers?.['range'])
      return await Promise.resolve({ ...response, body: Readable.from([response.body]) })
    }
  }
  const own = {
    features: async () =>
      await Promise.resolve({
        rename: false,
        copy: true,
        md5: true,
        buckets: true,
        api: 'swift' as const,
        ...features
      }),
    put: async ({ name }, file, key, { sha256 }) =>
      void of(name).set(key, { bytes: await fs.readFile(file), sha256 }),
    get: async (from, key, file) => await fs.writeFile(file, held(from, key).bytes),
    copy: async (in_, from, to) => await Promise.resolve(void of(in_.name).set(to, held(in_, from))),
    stat: async ({ name }, key) => await Promise.resolve(look(name, key)),
    sha256: async (in_, key) => await Promise.resolve(hash('sha256', held(in_, key).bytes)),
    remove: async ({ name }, key) => await Promise.resolve(void of(name).delete(key)),
    listAll: async () => await Promise.resolve([])
  } satisfies Partial<Rclone>
  return { of, http, rclone: { ...own, ...rclone } as Rclone }
}
