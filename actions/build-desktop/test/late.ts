/** What a build is in the middle of: a step of the Dockerfile, a push, a start, a smoke test; on a real engine and registry. */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer, connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'

import { createExec } from '../../../lib/shell/index.ts'
import { startDocker, startRegistry } from '../../../testbed/index.ts'
import type { Late } from '../../../test/contract/contract.ts'
import type { Scene } from '../../../test/contract/ended.ts'
import { processesWith } from '../../../test/contract/processes.ts'
import { startFaultProxy } from './fault-proxy.ts'
import { writeScene } from './scene.ts'

/** Seconds that nobody else sleeps for. */
const NAPS = String(30_000_000 + process.pid)
const sleeps = async (): Promise<boolean> => (await processesWith(NAPS)).length > 0

const SMOKE = `profiles:
  slow:
    ports: [8080]
    volumes: ['storage:/data']
    start-up: {port: 8080, within: 60s}
    checks:
      - command: {run: [sleep, '${NAPS}'], within: 10m}
`

interface Part {
  readonly host: string
  readonly socket: string
}

interface Phase extends Pick<Scene, 'reached' | 'env' | 'settleMs'>, Partial<AsyncDisposable> {
  /** The last lines of the Dockerfile. */
  readonly extra?: string
  /** Another way to the registry. */
  readonly registry?: string
  /** Called before each run. */
  readonly begin?: () => void
}

/** A build of the small desktop, with an engine and a registry of its own. @param more what this phase has of its own */
async function open(more: (parts: Part) => Promise<Phase>): Promise<Scene & AsyncDisposable> {
  const login = { username: 'pusher', password: 'correct-horse-battery' }
  const [docker, registry] = await Promise.all([startDocker({ own: true }), startRegistry({ auth: login })])
  const place = path.dirname(new URL(docker.host).pathname)
  const own = await more({ host: registry.host, socket: new URL(docker.host).pathname })
  const exec = createExec({ env: { ...process.env, ...docker.env } })
  const list = async (...args: string[]): Promise<readonly string[]> =>
    (await exec.run('docker', args)).stdout.split('\n').filter((line) => line !== '')
  return {
    inputs: {
      image: 'desk',
      'smoke-file': 'slow.yaml',
      registries: `${own.registry ?? registry.host}/neurodesk username-env=REGISTRY_USER password-env=REGISTRY_PASSWORD`
    },
    places: [place, path.dirname(registry.folder)],
    prepare: async (folder) => {
      own.begin?.()
      await writeScene(folder, own.extra === undefined ? {} : { extra: own.extra })
      await writeFile(path.join(folder, 'slow.yaml'), SMOKE)
    },
    look: async () => ({
      containers: await list('ps', '--all', '--no-trunc', '--format', '{{.Names}} {{.Image}}'),
      images: await list('image', 'ls', '--all', '--format', '{{.Repository}}:{{.Tag}}'),
      volumes: await list('volume', 'ls', '--quiet'),
      networks: await list('network', 'ls', '--format', '{{.Name}}'),
      // What is built stays for the next build, as after a good one; nobody goes on with it.
      'build cache in use': (await list('buildx', 'du', '--verbose')).filter((line) =>
        /^In use:\s+true/.test(line)
      ),
      processes: (await processesWith(NAPS)).map(String),
      // The candidate itself has no name: what nobody publishes, the registry collects.
      tags: (await readdir(registry.folder, { recursive: true }).catch(() => []))
        .map(String)
        .filter((name) => name.includes('/_manifests/tags/'))
    }),
    ...own,
    env: {
      ...docker.env,
      ...own.env,
      REGISTRY_USER: login.username,
      REGISTRY_PASSWORD: login.password
    },
    async [Symbol.asyncDispose]() {
      await own[Symbol.asyncDispose]?.()
      await Promise.all([docker, registry].map(async (one) => await one[Symbol.asyncDispose]()))
    }
  }
}

const services = ['docker', 'buildx', 'registry', 'fixtures'] as const

export const late: readonly Late[] = [
  {
    title: 'while a step of the Dockerfile runs',
    services,
    open: async () => await open(async () => ({ reached: sleeps, extra: `RUN sleep ${NAPS}` }))
  },
  {
    title: 'while it pushes the candidate',
    services,
    open: async () =>
      await open(async ({ host }) => {
        const proxy = await startFaultProxy(host)
        proxy.fail({ when: ({ method }) => method === 'PATCH', hold: true })
        const asked = (): number => proxy.requests.filter((one) => one.startsWith('PATCH ')).length
        let before = 0
        return {
          registry: proxy.host,
          begin: () => (before = asked()),
          reached: async () => await Promise.resolve(asked() > before),
          [Symbol.asyncDispose]: async () => await proxy[Symbol.asyncDispose]()
        }
      })
  },
  {
    title: 'while a smoke test runs in its container',
    services,
    open: async () => await open(async () => ({ reached: sleeps }))
  },
  {
    title: 'while a slow engine makes its container',
    services,
    signals: ['SIGTERM', 'SIGKILL'],
    open: async () =>
      await open(async ({ socket }) => {
        const slow = await slowEngine(socket)
        return {
          reached: async () => await Promise.resolve(slow.isCreating()),
          env: { DOCKER_HOST: slow.host },
          // Longer than the engine takes: what it makes after post would be seen.
          settleMs: 2 * CREATE_MS,
          [Symbol.asyncDispose]: slow.close
        }
      })
  }
]

const CREATE_MS = 1_500

/** A way to the engine on which a request to make a container takes its time, whoever still waits for the answer. */
async function slowEngine(
  socket: string
): Promise<{ readonly host: string; isCreating(): boolean; close(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'neurodesk-ci-slow-'))
  const file = path.join(folder, 'docker.sock')
  const open = new Set<Socket>()
  let creating = 0
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const engine = connect({ path: socket, allowHalfOpen: true })
    let queue = Promise.resolve()
    client.on('data', (chunk) => {
      const isCreate = /^POST \S*\/containers\/create/.test(chunk.toString('latin1'))
      if (isCreate) creating++
      queue = queue.then(async () => {
        if (isCreate) await setTimeout(CREATE_MS)
        engine.write(chunk)
        if (isCreate) creating--
      })
    })
    client.on('end', () => {
      // A client that is gone does not end what it has asked for.
      if (!client.writable) return
      void queue.then(() => (creating > 0 ? undefined : engine.end()))
    })
    engine.on('data', (chunk) => client.writable && client.write(chunk))
    engine.on('end', () => client.end())
    for (const one of [client, engine]) {
      open.add(one)
      one.on('error', () => undefined)
      one.on('close', () => open.delete(one))
    }
  })
  await new Promise<void>((resolve) => server.listen(file, resolve))
  return {
    host: `unix://${file}`,
    isCreating: () => creating > 0,
    close: async () => {
      for (const one of open) one.destroy()
      await new Promise((resolve) => server.close(resolve))
      await rm(folder, { recursive: true, force: true })
    }
  }
}
