/**
 * A Debian base image from nothing but Debian's archive: debootstrap, set up for containers as Debian's own images
 * are. Needs root and about a minute of one processor.
 */
import { existsSync } from 'node:fs'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createExec } from '../../../lib/shell/index.ts'

const MIRROR = 'http://deb.debian.org/debian'
const LIMIT_MS = 15 * 60_000

/** What Debian's images have too: no documents, and no fsync for each file of a tree that nobody keeps half done. */
const SETTINGS = {
  'etc/dpkg/dpkg.cfg.d/docker': `force-unsafe-io
path-exclude=/usr/share/doc/*
path-include=/usr/share/doc/*/copyright
path-exclude=/usr/share/man/*
path-exclude=/usr/share/info/*
path-exclude=/usr/share/locale/*
`,
  'etc/apt/apt.conf.d/docker': 'Acquire::Languages "none";\nAcquire::GzipIndexes "true";\n'
}

/** Makes the image `name` in the engine of `env`, working in `folder`, which is left empty. */
export async function makeDebianBase(
  name: string,
  folder: string,
  env: Readonly<Record<string, string>>
): Promise<void> {
  const exec = createExec({ env: { ...process.env, ...env } })
  const tree = join(folder, 'tree')
  const debootstrap = await findDebootstrap(folder)
  const args = [
    '--variant=minbase',
    '--force-check-gpg',
    `--keyring=${debootstrap.keyring}`,
    'bookworm',
    tree,
    MIRROR
  ]
  // No fsync before the tree is an image, either.
  const unsafe = { DPKG_FORCE: 'unsafe-io' }
  await exec.run(debootstrap.command, args, { env: { ...debootstrap.env, ...unsafe }, timeoutMs: LIMIT_MS })
  for (const [path, text] of Object.entries(SETTINGS)) {
    await mkdir(join(tree, path, '..'), { recursive: true })
    await writeFile(join(tree, path), text)
  }
  const file = join(folder, 'base.tar')
  const left = ['./dev/*', './var/cache/apt/archives/*.deb', './var/lib/apt/lists/*', './usr/share/doc/*']
  await exec.run(
    'tar',
    ['--create', '--file', file, '--directory', tree, ...left.map((one) => `--exclude=${one}`), '.'],
    { timeoutMs: LIMIT_MS }
  )
  await exec.run('docker', ['import', file, name], { timeoutMs: LIMIT_MS })
  await rm(file)
  await rm(tree, { recursive: true })
}

/**
 * debootstrap and Debian's keys, of the machine or out of their packages: a script that runs from anywhere, and keys
 * that Ubuntu does not have by itself.
 */
async function findDebootstrap(
  folder: string
): Promise<{ command: string; env: Record<string, string>; keyring: string }> {
  const exec = createExec({ env: process.env })
  const tools = join(folder, 'tools')
  const unpack = async (name: string): Promise<void> => {
    await exec.run('apt-get', ['download', name], { cwd: folder, timeoutMs: LIMIT_MS })
    const file = (await readdir(folder)).find((one) => one.startsWith(`${name}_`) && one.endsWith('.deb'))
    if (file === undefined) throw new Error(`apt-get downloaded no ${name}`)
    await exec.run('dpkg-deb', ['--extract', join(folder, file), tools])
  }
  const keyring = 'usr/share/keyrings/debian-archive-keyring.gpg'
  const hasKeys = existsSync(`/${keyring}`)
  if (!hasKeys) await unpack('debian-archive-keyring')
  const keys = join(hasKeys ? '/' : tools, keyring)
  const own = await exec.which('debootstrap')
  if (own !== undefined) return { command: own, env: {}, keyring: keys }
  await unpack('debootstrap')
  return {
    command: join(tools, 'usr/sbin/debootstrap'),
    env: { DEBOOTSTRAP_DIR: join(tools, 'usr/share/debootstrap') },
    keyring: keys
  }
}
