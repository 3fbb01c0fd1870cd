/**
 * OpenStack Swift with its S3 API: one proxy, one account, one container and one object server, each a single
 * process, with memcached for the tokens. No replicators and no auditors: listings are right at once.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import type { Exec } from '../../lib/ports/index.ts'
import { createExec } from '../../lib/shell/index.ts'
import { findTools } from '../tools.ts'
import type { ToolName } from '../tools.ts'
import { freePorts, ServiceError, startDaemon } from './daemon.ts'
import { clearEstate, createEstate } from './estate.ts'
import type { Estate } from './belongings.ts'
import { need } from './need.ts'
import { KINDS, proxyConfig, serverConfig, swiftConfig } from './swift-config.ts'
import type { SwiftLimits, SwiftPorts } from './swift-config.ts'

export interface SwiftService extends AsyncDisposable {
  readonly url: string
  /** Swift's own API, authentication version 1. */
  readonly authUrl: string
  readonly user: string
  readonly key: string
  /** Without `/` at the end; a container's public URL is `${storageUrl}/${container}`. */
  readonly storageUrl: string
  readonly s3: {
    readonly endpoint: string
    readonly accessKeyId: string
    readonly secretAccessKey: string
    readonly region: string
  }
  /** A token for Swift's API, for X-Auth-Token. @throws ServiceError when it is refused */
  token(): Promise<string>
  /**
   * Makes a container, readable by everybody where `isPublic`. Those of rclone's and S3's segments
   * (`NAME_segments`, `NAME+segments`) are made along with it, and public where `publicSegments`.
   */
  makeContainer(
    name: string,
    options?: { readonly isPublic?: boolean; readonly publicSegments?: boolean }
  ): Promise<void>
  /** Environment that makes the rclone remotes `${name}:` over Swift's API and `${name}s3:` over S3. */
  rcloneEnv(name: string): Readonly<Record<string, string>>
}

const USER = 'test:tester'
const KEY = 'testing'
const REGION = 'us-east-1'

/**
 * Ready in about five seconds.
 * @throws MissingService, or ServiceError when a part does not come up
 */
export async function startSwift(limits: SwiftLimits = {}): Promise<SwiftService> {
  for (let attempt = 1; ; attempt++) {
    const estate = await createEstate('swift')
    try {
      const ports = await startParts(estate, limits)
      return describeService(estate, `http://127.0.0.1:${ports.proxy}`)
    } catch (error) {
      await clearEstate(estate)
      // Its programs cannot choose a free port themselves: somebody else may have taken one in between.
      const taken = error instanceof ServiceError && /in use|EADDRINUSE/i.test(error.message)
      if (!taken || attempt === 3) throw error
    }
  }
}

async function startParts(estate: Estate, limits: SwiftLimits): Promise<SwiftPorts> {
  const tools = findTools()
  const program = (name: ToolName) => need(tools, name)
  const [proxy = 0, account = 0, container = 0, object = 0, memcached = 0] = await freePorts(5)
  const ports: SwiftPorts = { proxy, account, container, object, memcached }
  const user = userInfo().username
  const etc = join(estate.folder, 'etc')
  const devices = join(estate.folder, 'srv')
  await mkdir(etc)
  await mkdir(join(devices, 'd1'), { recursive: true })
  await writeFile(join(etc, 'swift.conf'), swiftConfig(estate.id, limits))
  await writeFile(
    join(etc, 'proxy-server.conf'),
    proxyConfig({ etc, user, ports, key: KEY, region: REGION, ...limits })
  )
  for (const kind of KINDS) {
    const text = serverConfig(kind, { etc, user, devices, port: ports[kind] })
    await writeFile(join(etc, `${kind}-server.conf`), text)
  }
  const exec = createExec({ env: { ...process.env, ...tools.env } })
  const asRoot = process.getuid?.() === 0
  await Promise.all([
    buildRings(exec, program('swift-ring-builder'), etc, ports),
    startDaemon(estate, {
      command: program('memcached'),
      args: ['-l', '127.0.0.1', '-p', String(memcached), ...(asRoot ? ['-u', 'nobody'] : [])],
      ready: () => answersTcp(memcached)
    })
  ])
  const start = async (kind: (typeof KINDS)[number] | 'proxy') => {
    const server = program(`swift-${kind}-server`)
    return startDaemon(estate, {
      name: `swift-${kind}-server`,
      command: await interpreterOf(server),
      args: ['-c', LAUNCHER, etc, server, join(etc, `${kind}-server.conf`), '--verbose'],
      env: { PYTHONWARNINGS: 'ignore' },
      ready: () => isHealthy(`http://127.0.0.1:${ports[kind]}/healthcheck`),
      limitMs: 60_000
    })
  }
  await Promise.all([...KINDS.map(start), start('proxy')])
  return ports
}

/**
 * The servers read /etc/swift/swift.conf whatever their own configuration says. This lets them have the one of the
 * estate: hash, storage policy and limits. And they log to syslog: to the machine's, or where it has none, from a UDP
 * port on all of its addresses. Here their standard output is enough, which --verbose asks for.
 */
const LAUNCHER = `
import logging, runpy, sys
from swift.common import utils
utils.SWIFT_CONF_FILE = sys.argv[1] + '/swift.conf'
utils.ThreadSafeSysLogHandler = lambda *args, **options: logging.NullHandler()
from swift.common import constraints, storage_policy
constraints.reload_constraints()
storage_policy.reload_storage_policies()
sys.argv = sys.argv[2:]
runpy.run_path(sys.argv[0], run_name='__main__')
`

/** The Python that a program of the distribution names in its first line; another one has no Swift. */
async function interpreterOf(program: string): Promise<string> {
  const first = (await readFile(program, 'utf8')).split('\n', 1)[0] ?? ''
  return /^#!\s*(\/\S+)/.exec(first)?.[1] ?? '/usr/bin/python3'
}

/**
 * What `swift-ring-builder` does in three calls for each ring, in one Python for all: most of a call is the import of
 * Swift. One device, one replica, 64 partitions.
 */
const RINGS = `
import sys
from swift.common.ring import RingBuilder
etc = sys.argv[1]
for kind, port in (pair.split('=') for pair in sys.argv[2:]):
    builder = RingBuilder(6, 1, 1)
    place = {'ip': '127.0.0.1', 'port': int(port), 'replication_ip': '127.0.0.1', 'replication_port': int(port)}
    builder.add_dev({'region': 1, 'zone': 1, 'device': 'd1', 'weight': 100.0, 'meta': '', **place})
    builder.rebalance()
    builder.get_ring().save('%s/%s.ring.gz' % (etc, kind))
`

async function buildRings(exec: Exec, builder: string, etc: string, ports: SwiftPorts): Promise<void> {
  const places = KINDS.map((kind) => `${kind}=${ports[kind]}`)
  await exec.run(await interpreterOf(builder), ['-W', 'ignore', '-c', RINGS, etc, ...places], { cwd: etc })
}

function describeService(estate: Estate, url: string): SwiftService {
  const authUrl = `${url}/auth/v1.0`
  const storageUrl = `${url}/v1/AUTH_${USER.split(':')[0] ?? ''}`
  const s3 = { endpoint: url, accessKeyId: USER, secretAccessKey: KEY, region: REGION }
  const token = async (): Promise<string> => {
    const answer = await fetch(authUrl, { headers: { 'x-auth-user': USER, 'x-auth-key': KEY } })
    const value = answer.headers.get('x-auth-token')
    if (value === null) throw new ServiceError(`${authUrl} answered ${answer.status} without a token`)
    return value
  }
  const put = async (name: string, headers: Record<string, string>): Promise<void> => {
    const answer = await fetch(`${storageUrl}/${encodeURIComponent(name)}`, { method: 'PUT', headers })
    if (!answer.ok) throw new ServiceError(`container ${name}: ${answer.status} ${await answer.text()}`)
  }
  return {
    url,
    authUrl,
    user: USER,
    key: KEY,
    storageUrl,
    s3,
    token,
    async makeContainer(name, { isPublic = false, publicSegments = false } = {}) {
      const auth = { 'x-auth-token': await token() }
      await put(name, { ...auth, ...(isPublic ? { 'x-container-read': '.r:*' } : {}) })
      for (const ending of ['_segments', '+segments']) {
        // Reading a dynamic large object lists its segments on behalf of the reader.
        await put(name + ending, {
          ...auth,
          ...(publicSegments ? { 'x-container-read': '.r:*,.rlistings' } : {})
        })
      }
    },
    rcloneEnv: (name) => rcloneEnv(name, authUrl, s3),
    [Symbol.asyncDispose]: () => clearEstate(estate)
  }
}

/** https://rclone.org/docs/#environment-variables: remotes from variables alone. */
function rcloneEnv(name: string, authUrl: string, s3: SwiftService['s3']): Record<string, string> {
  const prefix = `RCLONE_CONFIG_${name.toUpperCase()}`
  return {
    [`${prefix}_TYPE`]: 'swift',
    [`${prefix}_AUTH`]: authUrl,
    [`${prefix}_USER`]: USER,
    [`${prefix}_KEY`]: KEY,
    [`${prefix}_AUTH_VERSION`]: '1',
    [`${prefix}S3_TYPE`]: 's3',
    [`${prefix}S3_PROVIDER`]: 'Other',
    [`${prefix}S3_ENDPOINT`]: s3.endpoint,
    [`${prefix}S3_ACCESS_KEY_ID`]: s3.accessKeyId,
    [`${prefix}S3_SECRET_ACCESS_KEY`]: s3.secretAccessKey,
    [`${prefix}S3_REGION`]: s3.region,
    [`${prefix}S3_FORCE_PATH_STYLE`]: 'true'
  }
}

async function isHealthy(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
    (answer) => answer.ok,
    () => false
  )
}

async function answersTcp(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
