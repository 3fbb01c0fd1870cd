/** Which services can be started here. Looks at files and rights only: a test file asks while it is loaded. */
import { existsSync } from 'node:fs'
import { findTools } from '../tools.ts'
import type { ToolName, ToolPlaces } from '../tools.ts'
import { whyNoMount } from './rights.ts'

export const SERVICE_NAMES = [
  'docker',
  'buildx',
  'registry',
  'apptainer',
  'rclone',
  'squashfs',
  'fixtures',
  'swift',
  'slurm',
  'lmod',
  'xvfb',
  'mount',
  'aria2',
  'chromium',
  'qemu',
  'act',
  'linters'
] as const

export type ServiceName = (typeof SERVICE_NAMES)[number]

/** What each is made of. `qemu` stands for programs of arm64, which arm64 runs without it (neededTools); docker may be an engine that runs already, and is told apart. */
export const TOOLS: Readonly<Record<Exclude<ServiceName, 'docker'>, readonly ToolName[]>> = {
  buildx: ['docker', 'docker-buildx'],
  registry: ['docker-registry', 'htpasswd'],
  apptainer: ['apptainer'],
  rclone: ['rclone'],
  squashfs: ['mksquashfs', 'unsquashfs'],
  fixtures: ['busybox-static', 'bash-static'],
  swift: [
    'swift-proxy-server',
    'swift-account-server',
    'swift-container-server',
    'swift-object-server',
    'swift-ring-builder',
    'memcached'
  ],
  slurm: ['slurmctld', 'slurmd', 'srun', 'munged'],
  lmod: ['lmod', 'luac'],
  xvfb: ['xvfb'],
  mount: ['mount', 'umount'],
  aria2: ['aria2c'],
  chromium: ['chromium'],
  qemu: ['qemu-aarch64-static', 'busybox-static-arm64', 'bash-static-arm64'],
  act: ['act'],
  linters: ['zizmor', 'shellcheck']
}

/** What a service needs on a processor. */
export function neededTools(
  name: Exclude<ServiceName, 'docker'>,
  arch: string = process.arch
): readonly ToolName[] {
  return TOOLS[name].filter((tool) => tool !== 'qemu-aarch64-static' || arch !== 'arm64')
}

export interface ServiceState {
  readonly name: ServiceName
  /** Why it is not available; undefined when it is. */
  readonly missing: string | undefined
}

/** The state of every service. */
export function serviceStates(places: ToolPlaces = {}): readonly ServiceState[] {
  const tools = findTools(places)
  const env = places.env ?? process.env
  const lacking = (names: readonly ToolName[]) => names.filter((name) => tools.paths[name] === undefined)
  return SERVICE_NAMES.map((name) => {
    if (name === 'docker')
      return { name, missing: whyNoDocker(env, lacking(['docker']), lacking(['dockerd', 'ip'])) }
    const without = lacking(neededTools(name, places.arch))
    if (without.length > 0) return { name, missing: `no ${without.join(', no ')}` }
    return { name, missing: name === 'mount' ? whyNoMount() : undefined }
  })
}

/** Names of those that can be started. */
export function availableServices(places: ToolPlaces = {}): ServiceName[] {
  return serviceStates(places)
    .filter(({ missing }) => missing === undefined)
    .map(({ name }) => name)
}

function whyNoDocker(
  env: Readonly<Record<string, string | undefined>>,
  client: readonly ToolName[],
  engine: readonly ToolName[]
): string | undefined {
  if (client.length > 0) return 'no docker'
  if (env.DOCKER_HOST !== undefined || existsSync('/var/run/docker.sock')) return undefined
  if (engine.length > 0) return `no engine is running, and no ${engine.join(', no ')}`
  return process.getuid?.() === 0 ? undefined : 'no engine is running, and only root can start one'
}
