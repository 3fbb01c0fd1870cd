/** From a profile to the arguments of docker run, its variables left out: their values are not for argv. Pure. */
import { posix } from 'node:path'
import type { Profile } from './types.ts'

export interface StartFacts {
  /** Folder that relative binds start from; nothing outside of it is given to the container by a relative name. */
  readonly workspace: string
  /** Folder for the profile's own files. */
  readonly temp: string
  /** Name of the container; volumes get names from it. */
  readonly name: string
  readonly platform: string
}

export interface StartPlan {
  readonly args: readonly string[]
  readonly command: readonly string[]
  readonly volumes: readonly string[]
  /** Folders of the host that have to be there. */
  readonly folders: readonly string[]
  /** Files of the host that have to be written first. */
  readonly files: readonly { readonly path: string; readonly text: string }[]
}

/** @throws Error for a relative bind that leads out of the workspace. */
export function planStart(profile: Profile, facts: StartFacts): StartPlan {
  const args: string[] = ['--platform', facts.platform]
  const volumes: string[] = []
  const folders: string[] = []
  const option = (name: string, value: string | undefined): void => {
    if (value !== undefined) args.push(name, value)
  }
  option('--user', profile.user)
  option('--hostname', profile.hostname)
  option('--shm-size', profile.shmSize === undefined ? undefined : String(profile.shmSize))
  option('--memory', profile.memoryLimit === undefined ? undefined : String(profile.memoryLimit))
  option('--entrypoint', profile.entrypoint)
  if (profile.privileged) args.push('--privileged')
  if (profile.readOnly) args.push('--read-only')
  if (profile.init) args.push('--init')
  // Only on loopback, on a free port: two runs on one machine must not meet, and nobody else must get in.
  for (const port of profile.ports) args.push('--publish', `127.0.0.1::${port}`)
  for (const capability of profile.capabilities) args.push('--cap-add', capability)
  for (const capability of profile.dropCapabilities) args.push('--cap-drop', capability)
  for (const security of profile.securityOptions) args.push('--security-opt', security)
  for (const device of profile.devices) args.push('--device', device)
  for (const bind of profile.binds) {
    const [source = '', ...rest] = bind.split(':')
    const folder = source.startsWith('/') ? posix.normalize(source) : posix.join(facts.workspace, source)
    if (!source.startsWith('/') && posix.relative(facts.workspace, folder).startsWith('..')) {
      throw new Error(`bind ${bind}: it leads out of the workspace`)
    }
    folders.push(folder)
    args.push('--volume', [folder, ...rest].join(':'))
  }
  for (const volume of profile.volumes) {
    const [source = '', ...rest] = volume.split(':')
    const own = `${facts.name}-${source.replace(/[^a-zA-Z0-9_.-]/g, '-')}`
    if (!volumes.includes(own)) volumes.push(own)
    args.push('--volume', [own, ...rest].join(':'))
  }
  for (const tmpfs of profile.tmpfs) args.push('--tmpfs', tmpfs)
  const files = Object.entries(profile.files).map(([target, text], index) => {
    const path = posix.join(facts.temp, `${facts.name}-${index}`)
    args.push('--volume', `${path}:${target}:ro`)
    return { path, text }
  })
  return { args, command: profile.arguments, volumes, folders, files }
}

/** Devices of the host that the profile needs (`/dev/fuse`, `/dev/fuse:/dev/fuse:rwm`). */
export function devicesOf(profile: Profile): readonly string[] {
  return profile.devices.map((device) => device.split(':')[0] ?? device)
}
