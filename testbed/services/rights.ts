/** Whether this user may mount. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

export interface Rights {
  readonly platform: string
  readonly uid: number | undefined
  /** Text of /proc/self/status. */
  readonly status: string
  /** Whether sudo does what it is told without a password. */
  readonly sudo: () => boolean
}

/** Why no tmpfs may be mounted here; undefined when one may. */
export function whyNoMount(rights: Rights = ownRights()): string | undefined {
  if (rights.platform !== 'linux') return 'a tmpfs is mounted on Linux only'
  if (rights.uid !== 0) return rights.sudo() ? undefined : 'only root may mount, and sudo asks for a password'
  const bits = /^CapEff:\s+([0-9a-f]+)$/m.exec(rights.status)?.[1] ?? '0'
  const CAP_SYS_ADMIN = 21n // linux/capability.h
  const may = ((BigInt(`0x${bits}`) >> CAP_SYS_ADMIN) & 1n) === 1n
  return may ? undefined : 'this root may not mount: it lacks CAP_SYS_ADMIN'
}

function ownRights(): Rights {
  return {
    platform: process.platform,
    uid: process.getuid?.(),
    status: ownStatus(),
    sudo: () => (sudoWorks ??= trySudo())
  }
}

/** It is started, and asked for several times. */
let sudoWorks: boolean | undefined

function trySudo(): boolean {
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore', timeout: 5_000 }).status === 0
}

function ownStatus(): string {
  try {
    return readFileSync('/proc/self/status', 'utf8')
  } catch {
    return ''
  }
}
