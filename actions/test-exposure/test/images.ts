/** Small containers for the tests, built here by Apptainer from folders: a good one, and one per known fault. */
import { chmod, copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { findTools } from '../../../testbed/index.ts'
import { createExec } from '../../../lib/shell/index.ts'

export const tools = findTools()
export const exec = createExec({ env: { ...process.env, ...tools.env } })

export interface Program {
  /** Absolute path in the image. */
  readonly file: string
  readonly text: string
  /** Put busybox there instead of the text: a program that needs nothing. */
  readonly isBusybox?: boolean
  /** A file of the host to put there instead of the text. */
  readonly copyOf?: string
  readonly mode?: number
}

export interface Recipe {
  /** NAME_VERSION_DATE. */
  readonly id: string
  readonly programs: readonly Program[]
  readonly links?: readonly (readonly [file: string, target: string])[]
  /** As a docker image's Env: PATH, DEPLOY_PATH, DEPLOY_BINS, DEPLOY_ENV_*. */
  readonly env: Readonly<Record<string, string>>
  /** The recipe's own lines of %environment, below those of docker. */
  readonly environment?: string
  readonly readme?: string
  /**
   * Default: bash and the applets that an installer needs. `aside`: the same in /opt/aside, where the tests of
   * behaviour do not look for a shell, so that only the others take time.
   */
  readonly base?: 'full' | 'aside' | 'empty'
}

const APPLETS =
  'sh cat env ls id sleep grep find basename dirname touch true head dd mkdir kill echo printf rm sort uniq tr nc'.split(
    ' '
  )

/** What a program of a test prints: its own name, then each argument on a line. */
export const SAY = '#!/bin/sh\necho "$0"\nfor word; do printf "%s\\n" "$word"; done\n'

/** The container that keeps every promise. */
export const GOOD: Recipe = {
  id: 'goodtool_1.0.0_20240902',
  programs: [
    { file: '/opt/goodtool/bin/goodtool', text: SAY },
    { file: '/opt/goodtool/bin/g++tool', text: SAY },
    { file: '/opt/goodtool/bin/ärmel', text: SAY },
    { file: '/opt/goodtool/bin/exits3', text: '#!/bin/sh\necho three >&2\nexit 3\n' },
    { file: '/usr/bin/extratool', text: SAY },
    { file: '/opt/goodtool/bin/notes.txt', text: 'no program', mode: 0o644 }
  ],
  links: [['/opt/goodtool/bin/linktool', '../lib/real']],
  env: {
    PATH: '/opt/goodtool/bin:/bin:/usr/bin',
    DEPLOY_PATH: '/opt/goodtool/bin/',
    DEPLOY_BINS: 'extratool',
    DEPLOY_ENV_GOODDIR: 'BASEPATH/opt/goodtool'
  },
  readme: '# goodtool\n\nSays what it is told.\n'
}

/** The shortest way through all tests but those of behaviour. */
export const PLAIN: Recipe = {
  id: 'plaintool_1.0.0_20240902',
  base: 'aside',
  programs: [{ file: '/opt/plaintool/bin/plaintool', text: '#!/bin/sh\necho plain "$@"\n' }],
  env: { PATH: '/opt/plaintool/bin:/opt/aside', DEPLOY_PATH: '/opt/plaintool/bin' },
  readme: '# plaintool\n'
}

/** Builds the root folder and the SIF. @returns the image file */
export async function buildImage(folder: string, recipe: Recipe): Promise<string> {
  const root = await mkdtemp(path.join(tmpdir(), 'exposure-root-'))
  try {
    await fillRoot(root, recipe)
    const image = path.join(folder, `${recipe.id}.simg`)
    await exec.run('apptainer', ['build', '--force', image, root], {
      env: { APPTAINER_TMPDIR: folder, APPTAINER_CACHEDIR: path.join(folder, '.cache') }
    })
    return image
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}

async function fillRoot(root: string, recipe: Recipe): Promise<void> {
  for (const part of [
    'bin',
    'dev',
    'etc',
    'home',
    'opt',
    'proc',
    'root',
    'sys',
    'tmp',
    'usr/bin',
    'var/tmp',
    '.singularity.d/env'
  ]) {
    await mkdir(path.join(root, part), { recursive: true })
  }
  await writeFile(path.join(root, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\n')
  await writeFile(path.join(root, 'etc/group'), 'root:x:0:\n')
  const base = recipe.base ?? 'full'
  if (base !== 'empty') {
    const bin = path.join(root, base === 'full' ? 'bin' : 'opt/aside')
    await mkdir(bin, { recursive: true })
    await copyFile(tools.paths['busybox-static'] ?? '', path.join(bin, 'busybox'))
    await copyFile(tools.paths['bash-static'] ?? '', path.join(bin, 'bash'))
    for (const applet of APPLETS) await symlink('busybox', path.join(bin, applet))
    await symlink(`/${path.relative(root, bin)}/env`, path.join(root, 'usr/bin/env'))
  }
  await put(root, { file: '/opt/goodtool/lib/real', text: SAY }, base === 'aside')
  for (const program of recipe.programs) await put(root, program, base === 'aside')
  for (const [file, target] of recipe.links ?? []) {
    await mkdir(path.join(root, path.dirname(file)), { recursive: true })
    await symlink(target, path.join(root, file))
  }
  if (recipe.readme !== undefined) await writeFile(path.join(root, 'README.md'), recipe.readme)
  // What Apptainer writes when it builds from a docker image.
  const lines = Object.entries(recipe.env).map(([name, value]) =>
    name === 'PATH' ? `export PATH="${escape(value)}"` : `export ${name}="\${${name}:-"${escape(value)}"}"`
  )
  await writeFile(
    path.join(root, '.singularity.d/env/10-docker2singularity.sh'),
    `#!/bin/sh\n${lines.join('\n')}\n`
  )
  if (recipe.environment !== undefined) {
    await writeFile(
      path.join(root, '.singularity.d/env/90-environment.sh'),
      `#!/bin/sh\n${recipe.environment}`
    )
  }
}

async function put(
  root: string,
  { file, text, mode = 0o755, isBusybox = false, copyOf }: Program,
  aside: boolean
): Promise<void> {
  const target = path.join(root, file)
  await mkdir(path.dirname(target), { recursive: true })
  const copied = isBusybox ? tools.paths['busybox-static'] : copyOf
  if (copied !== undefined) await copyFile(copied, target)
  // Where the shell is aside, the programs of a recipe find it there.
  else await writeFile(target, aside ? text.replace(/^#!\/bin\/sh/, '#!/opt/aside/sh') : text)
  await chmod(target, mode)
}

function escape(value: string): string {
  return value.replaceAll(/[\\"$`]/g, '\\$&')
}

/** A shell script of the host that can be called. @param text without its first line */
export async function writeProgram(file: string, text: string): Promise<void> {
  await writeFile(file, `#!/bin/sh\n${text}`)
  await chmod(file, 0o755)
}
