/**
 * A Debian base image from nothing but Debian's archive: debootstrap, set up for containers as Debian's own images
 * are. Needs root and about a minute of one processor.
 */
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
  const args = ['--variant=minbase', 'bookworm', tree, MIRROR]
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

/** debootstrap of the machine, or Debian's package of it, unpacked: it is a script that runs from anywhere. */
async function findDebootstrap(folder: string): Promise<{ command: string; env: Record<string, string> }> {
  const exec = createExec({ env: process.env })
  const own = await exec.which('debootstrap')
  if (own !== undefined) return { command: own, env: {} }
  await exec.run('apt-get', ['download', 'debootstrap'], { cwd: folder, timeoutMs: LIMIT_MS })
  const file = (await readdir(folder)).find((name) => name.endsWith('.deb'))
  if (file === undefined) throw new Error('apt-get downloaded no debootstrap')
  const tools = join(folder, 'debootstrap')
  await exec.run('dpkg', ['-x', join(folder, file), tools])
  return {
    command: join(tools, 'usr/sbin/debootstrap'),
    env: { DEBOOTSTRAP_DIR: join(tools, 'usr/share/debootstrap') }
  }
}
