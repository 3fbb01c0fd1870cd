/**
 * A Docker Engine: the one that runs, or one of our own that shares nothing with any other: its socket, storage,
 * containerd, control group and bridge are its own, and it leaves the machine's firewall rules alone.
 */
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { randomInt } from 'node:crypto'
import { dirname, join } from 'node:path'
import { createExec } from '../../lib/shell/index.ts'
import { findTools } from '../tools.ts'
import { startDaemon } from './daemon.ts'
import { BRIDGE_PREFIX, bridgeRules, clearEstate, createEstate } from './estate.ts'
import type { Bridge, Estate } from './belongings.ts'
import { MissingService, need } from './need.ts'

export interface DockerService extends AsyncDisposable {
  /** Value for DOCKER_HOST. */
  readonly host: string
  /** To merge into the environment of whatever calls docker; DOCKER_CONFIG keeps the user's own untouched. */
  readonly env: Readonly<Record<'DOCKER_HOST' | 'DOCKER_CONFIG', string>>
  /** Started by us: whatever is in it goes with it. */
  readonly own: boolean
}

export interface DockerOptions {
  /** Start one of our own even if another answers: for tests that prune, or count images. Needs root. */
  readonly own?: boolean
  /** What daemon.json of one of our own says, such as `{ features: { 'containerd-snapshotter': true } }`. */
  readonly config?: Readonly<Record<string, unknown>>
  readonly env?: Readonly<Record<string, string | undefined>>
}

/**
 * @throws MissingService when none answers and none can be started, ServiceError when it does not come up
 */
export async function startDocker(options: DockerOptions = {}): Promise<DockerService> {
  const env = options.env ?? process.env
  if (options.own !== true) {
    const host = env.DOCKER_HOST ?? 'unix:///var/run/docker.sock'
    if (await answers(host)) {
      const estate = await createEstate('docker')
      return {
        host,
        env: { DOCKER_HOST: host, DOCKER_CONFIG: await clientConfig(estate, env) },
        own: false,
        [Symbol.asyncDispose]: () => clearEstate(estate)
      }
    }
    if (env.DOCKER_HOST !== undefined)
      throw new MissingService(`no engine answers at DOCKER_HOST=${env.DOCKER_HOST}`)
  }
  return startOwn(env, options.config ?? {})
}

async function startOwn(
  env: Readonly<Record<string, string | undefined>>,
  config: Readonly<Record<string, unknown>>
): Promise<DockerService> {
  const tools = findTools({ env })
  const dockerd = need(tools, 'dockerd')
  const ip = need(tools, 'ip')
  need(tools, 'docker')
  if (process.getuid?.() !== 0) throw new MissingService('starting an engine needs root, and none is running')
  const exec = createExec({ env: { ...env, PATH: tools.searchPath } })
  const taken =
    (await exec.run(ip, ['-4', '-brief', 'address'])).stdout + (await exec.run(ip, ['-4', 'route'])).stdout
  const bridge = await planBridge(taken)
  const cgroup = bridge.name
  const estate = await createEstate('docker', { bridge, cgroup })
  try {
    await exec.run(ip, ['link', 'add', bridge.name, 'type', 'bridge'])
    await exec.run(ip, ['address', 'add', bridge.subnet.replace('.0/', '.1/'), 'dev', bridge.name])
    await exec.run(ip, ['link', 'set', bridge.name, 'up'])
    // Without these containers have no way out, which a build FROM scratch does not need.
    for (const rule of bridgeRules(bridge))
      await exec.run('iptables', rule('-I'), { accept: 'any' }).catch(() => undefined)
    const at = (name: string) => join(estate.folder, name)
    const host = `unix://${at('docker.sock')}`
    await writeFile(at('daemon.json'), JSON.stringify(config))
    const settings = {
      host,
      'config-file': at('daemon.json'), // not /etc/docker/daemon.json
      'data-root': at('data'),
      'exec-root': at('exec'),
      pidfile: at('docker.pid'),
      bridge: bridge.name,
      mtu: await outerMtu(exec),
      iptables: 'false',
      ip6tables: 'false',
      'cgroup-parent': `/${cgroup}`,
      // A containerd of the machine is used when there is one: its other users must not see us.
      'containerd-namespace': estate.id,
      'containerd-plugins-namespace': `${estate.id}-plugins`,
      'shutdown-timeout': '2',
      'log-level': 'warn'
    }
    await startDaemon(estate, {
      command: dockerd,
      args: Object.entries(settings).map(([name, value]) => `--${name}=${value}`),
      env: { PATH: tools.searchPath },
      ready: () => answers(host),
      limitMs: 60_000
    })
    return {
      host,
      env: { DOCKER_HOST: host, DOCKER_CONFIG: await clientConfig(estate, env) },
      own: true,
      [Symbol.asyncDispose]: () => clearEstate(estate)
    }
  } catch (error) {
    await clearEstate(estate)
    throw error
  }
}

/** A /24 of 10.0.0.0/8 that no interface and no route of the machine uses. */
async function planBridge(taken: string): Promise<Bridge> {
  const forwarding = await readFile('/proc/sys/net/ipv4/ip_forward', 'utf8').catch(() => '1')
  for (;;) {
    const [second, third] = [randomInt(64, 256), randomInt(256)]
    if (taken.includes(`10.${second}.`)) continue
    return {
      name: BRIDGE_PREFIX + randomInt(0x10000000, 0xffffffff).toString(16),
      subnet: `10.${second}.${third}.0/24`,
      forwardingWasOff: forwarding.trim() === '0'
    }
  }
}

/** Packets larger than what the way out takes would get lost. */
async function outerMtu(exec: ReturnType<typeof createExec>): Promise<string> {
  const route = await exec.run('ip', ['-4', 'route', 'show', 'default'], { accept: 'any' })
  const device = /\bdev (\S+)/.exec(route.stdout)?.[1]
  if (device === undefined) return '1500'
  return (await readFile(`/sys/class/net/${device}/mtu`, 'utf8').catch(() => '1500')).trim()
}

/** A configuration folder of its own; plugins that only the user's one has stay in reach. */
async function clientConfig(
  estate: Estate,
  env: Readonly<Record<string, string | undefined>>
): Promise<string> {
  const folder = join(estate.folder, 'client')
  await mkdir(join(folder, 'cli-plugins'), { recursive: true })
  await writeFile(join(folder, 'config.json'), '{}')
  const buildx = findTools({ env }).paths['docker-buildx']
  if (buildx !== undefined && env.HOME !== undefined && dirname(buildx).startsWith(env.HOME)) {
    await symlink(buildx, join(folder, 'cli-plugins', 'docker-buildx'))
  }
  return folder
}

/** GET /_ping, https://docs.docker.com/reference/api/engine/: 200 when it can take work. */
async function answers(host: string): Promise<boolean> {
  const url = URL.canParse(host) ? new URL(host) : undefined
  const target =
    url?.protocol === 'unix:'
      ? { socketPath: url.pathname }
      : url?.protocol === 'tcp:'
        ? { host: url.hostname, port: url.port }
        : undefined
  if (target === undefined) return url?.protocol === 'ssh:' // the client knows the way
  return new Promise((resolve) => {
    const asked = request({ ...target, path: '/_ping', timeout: 2_000 }, (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    })
    asked.on('timeout', () => asked.destroy())
    asked.on('error', () => resolve(false))
    asked.end()
  })
}
