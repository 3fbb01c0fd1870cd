/** An engine of our own, a registry behind a proxy that fails on demand, and one with a password. */
import { createHttp } from '../../../lib/http/index.ts'
import type { Exec, Runner } from '../../../lib/ports/index.ts'
import { at, createRegistry, given, parseRepository, type Registry } from '../../../lib/registry/index.ts'
import { createExec } from '../../../lib/shell/index.ts'
import {
  startDocker,
  startRegistry,
  type DockerService,
  type RegistryService
} from '../../../testbed/index.ts'
import { hurriedClock, openDesk, realPorts, type Act, type Desk } from './desk.ts'
import { startFaultProxy, type FaultProxy } from './fault-proxy.ts'
import { writeScene, type Parts } from './scene.ts'

export const login = { username: 'pusher', password: 'correct-horse' }

export interface Stage extends AsyncDisposable {
  readonly docker: DockerService
  /** Without a password; the action sees it through the proxy. */
  readonly open: RegistryService
  readonly proxy: FaultProxy
  readonly closed: RegistryService
  /** The line of `registries` for the one with a password. */
  readonly mirror: string
  /** Looks past the proxy. */
  readonly registry: Registry
  readonly exec: Exec
  /** A new workspace with the scene, and a new name for the image. */
  reset(): Promise<void>
  readonly desk: Desk
  readonly image: string
  act(inputs?: Readonly<Record<string, string>>, more?: Partial<Runner>): Promise<Act>
  change(parts: Parts): Promise<void>
  /** What a tag points at. */
  digest(host: string, tag: string): Promise<string | undefined>
  /** What a fresh runner does not have: images and build cache. */
  forgetEverything(): Promise<void>
  /** Requests so far that wrote something. */
  pushes(): number
}

/** @param config what the engine's daemon.json says */
export async function openStage(config: Readonly<Record<string, unknown>> = {}): Promise<Stage> {
  const [docker, open, closed] = await Promise.all([
    startDocker({ own: true, config }),
    startRegistry(),
    startRegistry({ auth: login })
  ])
  const proxy = await startFaultProxy(open.host)
  const http = createHttp({ userAgent: 'test' })
  const { log } = realPorts({ folder: '/nonexistent', env: {} }).ports
  const credentials = given({ [closed.host]: login })
  const registry = createRegistry({ http, clock: hurriedClock, log, credentials })
  const exec = createExec({ env: process.env })
  const env = { ...docker.env, MIRROR_USER: login.username, MIRROR_PASSWORD: login.password }
  let number = 0
  let desk: Desk | undefined
  const name = (): string => `desk-${number}`
  const current = (): Desk => {
    if (desk === undefined) throw new Error('reset() comes first')
    return desk
  }
  return {
    docker,
    open,
    proxy,
    closed,
    mirror: `${closed.host}/neurodesk username-env=MIRROR_USER password-env=MIRROR_PASSWORD`,
    registry,
    exec,
    get desk() {
      return current()
    },
    get image() {
      return name()
    },
    async reset() {
      proxy.heal()
      number++
      await desk?.[Symbol.asyncDispose]()
      desk = await openDesk({ env })
      await writeScene(desk.workspace)
    },
    act: async (inputs = {}, more = {}) => {
      const usual = { image: name(), registries: `${proxy.host}/neurodesk`, tag: '2026-01-02' }
      return await current().act({ ...usual, ...inputs }, more)
    },
    change: async (parts) => await writeScene(current().workspace, parts),
    digest: async (host, tag) =>
      (await registry.resolve(at(parseRepository(`${host}/neurodesk/${name()}`), tag)))?.digest,
    async forgetEverything() {
      await exec.run('docker', ['system', 'prune', '--all', '--force'], { env: docker.env })
      await exec.run('docker', ['builder', 'prune', '--all', '--force'], { env: docker.env })
    },
    pushes: () => proxy.requests.filter((line) => /^(PUT|PATCH) /.test(line)).length,
    async [Symbol.asyncDispose]() {
      await desk?.[Symbol.asyncDispose]()
      http.close()
      await proxy[Symbol.asyncDispose]()
      await Promise.all([docker, open, closed].map(async (one) => await one[Symbol.asyncDispose]()))
    }
  }
}
