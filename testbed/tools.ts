/**
 * Where the programs of the testbed are. PATH first, then the folders that a user's PATH often lacks, then the
 * prefixes that `scripts/provision.ts` fills. Files are looked at, nothing is started: a few milliseconds.
 */
import { accessSync, constants, readFileSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** What is unpacked instead of installed lies below this folder, one folder per tool. Readable for every user. */
export const PREFIX = '/opt/neurodesk-ci'

export const TOOL_NAMES = [
  'docker',
  'dockerd',
  'docker-buildx',
  'ip',
  'docker-registry',
  'htpasswd',
  'apptainer',
  'squashfuse',
  'fusermount3',
  'rclone',
  'mksquashfs',
  'unsquashfs',
  'busybox-static',
  'bash-static',
  'swift-proxy-server',
  'swift-account-server',
  'swift-container-server',
  'swift-object-server',
  'swift-ring-builder',
  'memcached',
  'slurmctld',
  'slurmd',
  'srun',
  'munged',
  'lmod',
  'luac',
  'xvfb',
  'mount',
  'umount',
  'aria2c',
  'chromium',
  'qemu-aarch64-static',
  'busybox-static-arm64',
  'bash-static-arm64',
  'act',
  'zizmor',
  'shellcheck'
] as const

export type ToolName = (typeof TOOL_NAMES)[number]

export interface Tools {
  /** Absolute paths of what is there. */
  readonly paths: Readonly<Partial<Record<ToolName, string>>>
  readonly missing: readonly ToolName[]
  /** A PATH on which everything that was found can be called by its name. */
  readonly searchPath: string
  /** To merge into the environment of whatever runs the tools: PATH, and what Apptainer needs on this machine. */
  readonly env: Readonly<Record<string, string>>
}

export interface ToolPlaces {
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly prefix?: string
  /** Of the processor; default: this one. */
  readonly arch?: string
  /** True when root lacks CAP_SYS_RESOURCE; measured when not given. */
  readonly limitedRoot?: boolean
}

/** File names of a tool on PATH, where they differ from its name. */
const FILE_NAMES: Partial<Record<ToolName, readonly string[]>> = {
  apptainer: ['apptainer', 'singularity'],
  luac: ['luac', 'luac5.4', 'luac5.3', 'luac5.2', 'luac5.1'],
  xvfb: ['Xvfb'],
  chromium: ['chromium', 'chromium-browser', 'google-chrome']
}

/** Full paths that count too: plugins, and programs that are no command. */
const FULL_PATHS: Partial<Record<ToolName, readonly string[]>> = {
  'docker-buildx': [
    '/usr/local/lib/docker/cli-plugins/docker-buildx',
    '/usr/local/libexec/docker/cli-plugins/docker-buildx',
    '/usr/lib/docker/cli-plugins/docker-buildx',
    '/usr/libexec/docker/cli-plugins/docker-buildx'
  ],
  lmod: ['/usr/share/lmod/lmod/init/bash', '/usr/share/lmod/lmod/libexec/lmod', '/opt/lmod/lmod/init/bash']
}

const SYSTEM_FOLDERS = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin']

/** Looks for every tool. Never throws: what cannot be found or read is missing. */
export function findTools(places: ToolPlaces = {}): Tools {
  const env = places.env ?? process.env
  const prefix = places.prefix ?? PREFIX
  const own = [join(prefix, 'apptainer', 'bin'), join(prefix, 'static', 'bin'), join(prefix, 'python', 'bin')]
  const onPath = (env.PATH ?? '').split(delimiter).filter((folder) => folder.startsWith('/'))
  const folders = [...new Set([...onPath, ...SYSTEM_FOLDERS, ...own])]
  const paths: Partial<Record<ToolName, string>> = {}
  for (const name of TOOL_NAMES) {
    const names = FILE_NAMES[name] ?? [name]
    const home =
      name === 'docker-buildx' && env.HOME ? [join(env.HOME, '.docker/cli-plugins/docker-buildx')] : []
    const found =
      firstProgram(names.flatMap((file) => folders.map((folder) => join(folder, file)))) ??
      firstFile([...home, ...(FULL_PATHS[name] ?? [])])
    if (found !== undefined) paths[name] = found
  }
  // On arm64 the machine's own programs are those for arm64, and nothing has to stand between.
  if ((places.arch ?? process.arch) === 'arm64')
    for (const name of ['busybox-static', 'bash-static'] as const) {
      const own = paths[name]
      if (own !== undefined) paths[`${name}-arm64`] ??= own
    }
  const searchPath = folders.filter(isFolder).join(delimiter)
  const limited = places.limitedRoot ?? isLimitedRoot()
  const ownApptainer = paths.apptainer?.startsWith(`${prefix}/`) === true
  return {
    paths,
    missing: TOOL_NAMES.filter((name) => paths[name] === undefined),
    searchPath,
    // The copy below PREFIX is configured for such a root; any other one has to be told each time.
    env: { PATH: searchPath, ...(limited && !ownApptainer ? { APPTAINER_NO_PRIVS: '1' } : {}) }
  }
}

/** Where lmod's start file for bash is, for `source`. */
export function lmodInit(tools: Tools): string | undefined {
  return tools.paths.lmod
}

/**
 * True for a root that lacks CAP_SYS_RESOURCE, as in many virtual machines and containers: Apptainer asks for the
 * full set and refuses to start a container there, unless it is told to keep none.
 * @param status text of /proc/self/status
 */
export function isLimitedRoot(status: string | undefined = ownStatus()): boolean {
  if (status === undefined || !/^Uid:\s+0\s+0\s/m.test(status)) return false
  const bits = /^CapPrm:\s+([0-9a-f]+)$/m.exec(status)?.[1]
  if (bits === undefined) return false
  const CAP_SYS_RESOURCE = 24n // linux/capability.h
  return ((BigInt(`0x${bits}`) >> CAP_SYS_RESOURCE) & 1n) === 0n
}

function ownStatus(): string | undefined {
  try {
    return readFileSync('/proc/self/status', 'utf8')
  } catch {
    return undefined
  }
}

function firstProgram(candidates: readonly string[]): string | undefined {
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK)
      return statSync(path).isFile()
    } catch {
      return false
    }
  })
}

function firstFile(candidates: readonly string[]): string | undefined {
  return candidates.find((path) => {
    try {
      return statSync(path).isFile()
    } catch {
      return false
    }
  })
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}
