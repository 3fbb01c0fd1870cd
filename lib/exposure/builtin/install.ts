/**
 * The built-in exposure: from a promise to the files on a host. It refuses where there is nothing to expose, writes
 * nothing before it knows everything, and is idempotent: the same promise gives the same bytes.
 */
import type * as fileSystem from 'node:fs/promises'
import path from 'node:path'
import type { ContainerPromise } from '../promise.ts'
import {
  activateName,
  deactivateName,
  renderActivate,
  renderDeactivate,
  renderUninstall,
  UNINSTALL
} from './activate.ts'
import { modulePath, renderModule } from './module.ts'
import { renderWrapper } from './wrapper.ts'

type FileSystem = Pick<
  typeof fileSystem,
  'mkdir' | 'writeFile' | 'rename' | 'chmod' | 'rm' | 'readFile' | 'readdir'
>

export interface ExposedContainer {
  /** NAME_VERSION_DATE. */
  readonly id: string
  readonly name: string
  readonly version: string
}

export interface ExposureFile {
  /** Relative to the folder of containers. */
  readonly path: string
  readonly content: string | Buffer
  readonly mode: number
}

/** Nothing was exposed, and why. */
export class NothingToExpose extends Error {
  override readonly name = 'NothingToExpose'
}

/**
 * Every file of an exposure, in memory.
 * @param image name of the image file in the container's folder
 * @throws NothingToExpose when the promise holds no command
 */
export function renderExposure(
  container: ExposedContainer,
  image: string,
  promise: ContainerPromise
): readonly ExposureFile[] {
  const commands = promise.commands.filter((command) => command.file !== undefined)
  if (commands.length === 0) {
    throw new NothingToExpose(`${container.id} promises no command: nothing was written`)
  }
  const variables = promise.variables.filter(({ name }) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
  const inFolder = (file: string, content: string | Buffer, mode = 0o644): ExposureFile => ({
    path: `${container.id}/${file}`,
    content,
    mode
  })
  const readme = promise.readme?.toString('utf8') ?? ''
  const wrappers = commands.map((command) =>
    inFolder(
      command.name,
      renderWrapper({
        container: container.id,
        image,
        command: command.name,
        program: command.file ?? command.name
      }),
      0o755
    )
  )
  const session = { container: container.id, image, variables }
  const others = [
    inFolder('commands.txt', commands.map((command) => `${command.name}\n`).join('')),
    inFolder(
      'env.txt',
      variables.map(({ name, value }) => `DEPLOY_ENV_${name}=${value.replaceAll('\n', ' ')}\n`).join('')
    ),
    inFolder('README.md', promise.readme ?? ''),
    inFolder(activateName(image), renderActivate(session)),
    inFolder(deactivateName(image), renderDeactivate(session))
  ]
  const module = modulePath(container.name, container.version)
  const files = [...wrappers, ...others].map((file) => file.path.slice(container.id.length + 1))
  return [
    ...wrappers,
    ...others,
    inFolder(
      UNINSTALL,
      renderUninstall({ container: container.id, files: [...files, image], module }),
      0o755
    ),
    {
      path: module,
      content: renderModule({ ...session, name: container.name, version: container.version, readme }),
      mode: 0o644
    }
  ]
}

/**
 * Writes the files below `containers`. A wrapper that an earlier installation left and that is no longer promised is
 * removed; every file appears whole or not at all.
 */
export async function writeExposure(
  fs: FileSystem,
  containers: string,
  container: ExposedContainer,
  files: readonly ExposureFile[]
): Promise<void> {
  const folder = path.join(containers, container.id)
  await fs.mkdir(folder, { recursive: true })
  await removeStale(fs, folder, new Set(files.map((file) => path.join(containers, file.path))))
  for (const file of files) {
    const target = path.join(containers, file.path)
    await fs.mkdir(path.dirname(target), { recursive: true })
    const temporary = path.join(path.dirname(target), `.new-${container.id}`)
    await fs.writeFile(temporary, file.content)
    // writeFile's mode passes through the umask.
    await fs.chmod(temporary, file.mode)
    await fs.rename(temporary, target)
  }
}

async function removeStale(fs: FileSystem, folder: string, kept: ReadonlySet<string>): Promise<void> {
  const before = await fs.readFile(path.join(folder, 'commands.txt'), 'utf8').catch(() => '')
  const present = new Set(await fs.readdir(folder))
  for (const name of before.split('\n')) {
    if (name === '' || name.includes('/') || !present.has(name) || kept.has(path.join(folder, name))) continue
    await fs.rm(path.join(folder, name))
  }
}
