/** What kind of machine this is and what it has. Looks only; changes nothing. */
import { createConnection } from 'node:net'
import { readFile, stat } from 'node:fs/promises'
import { findTools, PREFIX } from '../../testbed/tools.ts'
import type { ToolName, Tools } from '../../testbed/tools.ts'
import { run } from './run.ts'

export interface Facts {
  readonly platform: NodeJS.Platform
  /** As Node names processors. */
  readonly arch: string
  /** From /etc/os-release; undefined where there is none. */
  readonly os: OperatingSystem | undefined
  readonly hasApt: boolean
  /** How commands can be run as root: not at all, as we are, through sudo. */
  readonly rootBy: 'nobody' | 'self' | 'sudo'
  readonly tools: Pick<Tools, 'paths'>
  /** First line that a tool says about its version. */
  readonly versions: Readonly<Partial<Record<ToolName, string>>>
  /** A Docker Engine answers at DOCKER_HOST or at the usual socket. */
  readonly engineAnswers: boolean
  readonly fuseDevice: 'absent' | 'closed' | 'open'
  /** A Python that has pip. */
  readonly python: string | undefined
  /** Services are started by systemd at boot. */
  readonly systemd: boolean
  readonly prefix: string
}

export interface OperatingSystem {
  readonly id: string
  readonly codename: string
  readonly name: string
}

/** How each tool tells its version; those that are not here have nothing worth starting them for. */
const VERSION_ARGUMENTS: Partial<Record<ToolName, readonly string[]>> = {
  docker: ['--version'],
  dockerd: ['--version'],
  'docker-buildx': ['version'],
  'docker-registry': ['--version'],
  apptainer: ['--version'],
  rclone: ['version'],
  mksquashfs: ['-version'],
  slurmctld: ['-V'],
  srun: ['-V'],
  act: ['--version'],
  zizmor: ['--version'],
  shellcheck: ['--version']
}

/** Everything is asked at once; below a second on an idle machine. */
export async function gatherFacts(): Promise<Facts> {
  const tools = findTools()
  const [os, hasApt, rootBy, versions, engineAnswers, fuseDevice, python, systemd] = await Promise.all([
    readFile('/etc/os-release', 'utf8').then(parseOsRelease, () => undefined),
    exists('/usr/bin/apt-get'),
    howToBeRoot(),
    versionsOf(tools),
    engineAt(process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock'),
    fuse(),
    pythonWithPip(),
    exists('/run/systemd/system')
  ])
  return {
    platform: process.platform,
    arch: process.arch,
    os,
    hasApt,
    rootBy,
    tools,
    versions,
    engineAnswers,
    fuseDevice,
    python,
    systemd,
    prefix: PREFIX
  }
}

/** @param text of /etc/os-release: `NAME=value` lines, values optionally in quotes */
export function parseOsRelease(text: string): OperatingSystem | undefined {
  const values = new Map<string, string>()
  for (const line of text.split('\n')) {
    const match = /^([A-Z_]+)=(?:"([^"]*)"|'([^']*)'|(.*))$/.exec(line.trim())
    if (match?.[1] !== undefined) values.set(match[1], match[2] ?? match[3] ?? match[4] ?? '')
  }
  const id = values.get('ID')
  if (id === undefined) return undefined
  return { id, codename: values.get('VERSION_CODENAME') ?? '', name: values.get('PRETTY_NAME') ?? id }
}

async function versionsOf(tools: Tools): Promise<Partial<Record<ToolName, string>>> {
  const asked = Object.entries(VERSION_ARGUMENTS).map(async ([name, args]) => {
    const path = tools.paths[name as ToolName]
    if (path === undefined) return undefined
    const { stdout, stderr } = await run(path, args, { tolerant: true })
    const line = `${stdout}\n${stderr}`.split('\n').find((text) => /\d+\.\d+/.test(text))
    const version = line === undefined ? undefined : /v?(\d+\.\d+[\w.+~-]*)/.exec(line)?.[1]
    return version === undefined ? undefined : ([name, version] as const)
  })
  return Object.fromEntries((await Promise.all(asked)).filter((entry) => entry !== undefined))
}

async function howToBeRoot(): Promise<Facts['rootBy']> {
  if (process.getuid?.() === 0) return 'self'
  const quiet = await run('sudo', ['-n', 'true'], { tolerant: true })
  if (quiet.code === 0) return 'sudo'
  // A person at a terminal can be asked for the password; sudo does that itself, on /dev/tty.
  return process.stdin.isTTY && quiet.code !== 127 ? 'sudo' : 'nobody'
}

/** One `GET /_ping` without a client: an engine is what answers, not what is installed. */
async function engineAt(host: string): Promise<boolean> {
  const url = URL.canParse(host) ? new URL(host) : undefined
  const target =
    url?.protocol === 'unix:'
      ? { path: url.pathname }
      : url?.protocol === 'tcp:' && url.port !== ''
        ? { host: url.hostname, port: Number(url.port) }
        : undefined
  // ssh: and TLS need a client of their own; who set them up has an engine.
  if (target === undefined) return url !== undefined
  return new Promise((resolve) => {
    const socket = createConnection(target)
    const end = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(1500, () => end(false))
    socket.on('error', () => end(false))
    socket.on('connect', () => socket.write('GET /_ping HTTP/1.0\r\nHost: docker\r\n\r\n'))
    socket.on('data', (data) => end(data.toString('latin1').startsWith('HTTP/')))
    socket.on('close', () => end(false))
  })
}

async function fuse(): Promise<Facts['fuseDevice']> {
  const device = await stat('/dev/fuse').catch(() => undefined)
  if (device === undefined) return 'absent'
  return (device.mode & 0o006) === 0o006 ? 'open' : 'closed'
}

/** That of PATH first: it may be the one whose pip is set up. */
async function pythonWithPip(): Promise<string | undefined> {
  for (const python of ['python3', '/usr/bin/python3']) {
    const { code } = await run(python, ['-m', 'pip', '--version'], { tolerant: true })
    if (code === 0) return python
  }
  return undefined
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false
  )
}
