/**
 * Everything that a service has brought into being, and how it goes away again. An estate is written down with the
 * guardian before any of it exists; clearing one that never came to be is fine.
 */
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Bridge, Estate } from './belongings.ts'
import { guard, release } from './guard.ts'
import { endProcesses, MARK } from './processes.ts'

const execute = promisify(execFile)

/** Where the kernel keeps them (Documentation/admin-guide/binfmt-misc.rst). */
export const FORMATS = '/proc/sys/fs/binfmt_misc'

/** Bridges of testbeds begin with this. */
export const BRIDGE_PREFIX = 'ndci-'

/** Writes a new estate down and makes its folder, readable for all users. */
export async function createEstate(
  service: string,
  more: Omit<Estate, 'id' | 'folder'> = {}
): Promise<Estate> {
  const id = `${service}-${randomBytes(5).toString('hex')}`
  const estate = { id, folder: join(tmpdir(), `neurodesk-ci-${id}`), ...more }
  await guard(estate)
  await mkdir(estate.folder, { mode: 0o755 })
  return estate
}

/** The variable by which processes are found again, for the environment of everything that the service starts. */
export function markOf(estate: Estate): Record<string, string> {
  return { [MARK]: estate.id }
}

/** Ends and removes all of it, then tells the guardian. */
export async function clearEstate(estate: Estate): Promise<void> {
  await removeEstate(estate)
  await release(estate)
}

/** The removal itself; also what the guardian does. Each part is tried whatever became of the others. */
export async function removeEstate(estate: Estate): Promise<void> {
  await endProcesses(estate.id).catch(() => undefined) // no /proc: nothing was started either
  await unmountBelow(estate.folder)
  if (estate.bridge !== undefined) await removeBridge(estate.bridge)
  if (estate.cgroup !== undefined) await removeControlGroup(estate.cgroup)
  if (estate.format !== undefined) await writeFile(join(FORMATS, estate.format), '-1').catch(() => undefined)
  if (estate.mountedFormats === true) await unmountFormats()
  // Not empty: another X server has come meanwhile.
  if (estate.shared !== undefined) await rmdir(estate.shared).catch(() => undefined)
  await rm(estate.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
}

/** `register` and `status` are the kernel's own. */
async function unmountFormats(): Promise<void> {
  const names = await readdir(FORMATS).catch(() => [])
  if (names.some((name) => name !== 'register' && name !== 'status')) return
  await attempt('umount', [FORMATS])
}

/** Tolerant: in a clean-up, what fails was not there. */
async function attempt(command: string, args: readonly string[]): Promise<string> {
  return execute(command, [...args], { timeout: 10_000 }).then(
    ({ stdout }) => stdout,
    () => ''
  )
}

async function unmountBelow(folder: string): Promise<void> {
  const mounts = (await readFile('/proc/self/mounts', 'utf8').catch(() => '')).split('\n')
  const points = mounts
    // Blanks and the like are octal there (man fstab).
    .map((line) =>
      (line.split(' ')[1] ?? '').replace(/\\(\d{3})/g, (_, code: string) =>
        String.fromCharCode(parseInt(code, 8))
      )
    )
    .filter((point) => point === folder || point.startsWith(`${folder}/`))
  for (const point of points.reverse()) await attempt('umount', ['--lazy', point])
}

async function removeBridge({ name, subnet, forwardingWasOff }: Bridge): Promise<void> {
  await attempt('ip', ['link', 'delete', name])
  for (const rule of bridgeRules({ name, subnet })) await attempt('iptables', [...rule('-D')])
  const used = (await attempt('ip', ['-brief', 'link', 'show', 'type', 'bridge'])).trim() !== ''
  if (forwardingWasOff && !used) await writeFile('/proc/sys/net/ipv4/ip_forward', '0').catch(() => undefined)
}

/** iptables rules that let containers of this bridge out, and answers in; each takes `-I` or `-D`. */
export function bridgeRules({
  name,
  subnet
}: Pick<Bridge, 'name' | 'subnet'>): ((action: '-I' | '-D') => readonly string[])[] {
  return [
    (action) => [
      '-w',
      '5',
      '-t',
      'nat',
      action,
      'POSTROUTING',
      '-s',
      subnet,
      '!',
      '-o',
      name,
      '-j',
      'MASQUERADE'
    ],
    (action) => ['-w', '5', action, 'FORWARD', '-i', name, '-j', 'ACCEPT'],
    (action) => ['-w', '5', action, 'FORWARD', '-o', name, '-j', 'ACCEPT']
  ]
}

/** An empty control group is removed like an empty folder, the innermost first. */
async function removeControlGroup(name: string): Promise<void> {
  const root = '/sys/fs/cgroup'
  const hierarchies = await readdir(root, { withFileTypes: true }).catch(() => [])
  const places = [
    root,
    ...hierarchies.filter((entry) => entry.isDirectory()).map((entry) => join(root, entry.name))
  ]
  for (const place of places) await removeEmptyFolders(join(place, name))
}

async function removeEmptyFolders(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  for (const entry of entries) if (entry.isDirectory()) await removeEmptyFolders(join(folder, entry.name))
  await rmdir(folder).catch(() => undefined)
}
