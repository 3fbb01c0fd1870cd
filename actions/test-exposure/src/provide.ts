/** The image of a case, from where the caller says. */
import path from 'node:path'

import type { ContainerName } from '../../../lib/catalogue/index.ts'
import { messageOf } from '../../../lib/failure/index.ts'
import type { Runtime } from '../../../lib/exposure/index.ts'
import { isLoopback, parseRepository } from '../../../lib/registry/index.ts'
import type { Inputs } from './inputs.ts'
import type { Case } from './plan.ts'
import type { ExposurePorts } from './ports.ts'

/** The image is not there. `unknown`: it could not be found out. */
export class ImageMissing extends Error {
  override readonly name = 'ImageMissing'
  readonly unknown: boolean

  constructor(message: string, unknown: boolean) {
    super(message)
    this.unknown = unknown
  }
}

/** How long a pull may take. */
const PULL_MS = 3_600_000

/**
 * @param folder of this case; a fetched image is put there
 * @returns an image file, or an unpacked folder
 * @throws ImageMissing
 */
export async function provideImage(
  ports: ExposurePorts,
  inputs: Inputs,
  plan: Case,
  runtime: Runtime,
  folder: string
): Promise<string> {
  return plan.source === 'file'
    ? await findFile(ports, inputs.imagePath, plan.container)
    : await pullImage(ports, inputs, plan.container, runtime, folder)
}

async function findFile(
  ports: ExposurePorts,
  places: readonly string[],
  container: ContainerName
): Promise<string> {
  const names = [`${container.id}.simg`, `${container.id}.sif`]
  const candidates = places
    .map((place) => path.resolve(ports.runner.workspace, place))
    .flatMap((place) =>
      names.includes(path.basename(place))
        ? [place]
        : names.flatMap((name) => [path.join(place, name), path.join(place, container.id, name)])
    )
  for (const candidate of candidates) {
    if ((await ports.fs.stat(candidate).catch(() => undefined)) !== undefined) return candidate
  }
  throw new ImageMissing(`no ${names.join(' or ')} in ${places.join(', ')}`, false)
}

async function pullImage(
  ports: ExposurePorts,
  inputs: Inputs,
  container: ContainerName,
  runtime: Runtime,
  folder: string
): Promise<string> {
  const scratch = path.join(folder, 'pull')
  await ports.fs.mkdir(scratch, { recursive: true })
  const target = path.join(folder, `${container.id}.simg`)
  const reasons: string[] = []
  for (const { value } of inputs.registries) {
    const { host, path: namespace } = parseRepository(`${value}/${container.image}`)
    const reference = `docker://${host}/${namespace}:${container.buildDate}`
    try {
      await ports.exec.run(runtime.file, ['build', '--disable-cache', target, reference], {
        env: {
          APPTAINER_TMPDIR: scratch,
          SINGULARITY_TMPDIR: scratch,
          ...(isLoopback(host) ? { APPTAINER_NOHTTPS: '1', SINGULARITY_NOHTTPS: '1' } : {})
        },
        timeoutMs: PULL_MS
      })
      return target
    } catch (error) {
      ports.runner.signal.throwIfAborted()
      reasons.push(messageOf(error).split('\n').slice(0, 3).join(' '))
      await ports.fs.rm(target, { force: true })
    }
  }
  const missing = reasons.every((reason) =>
    /manifest unknown|not found|NAME_UNKNOWN|MANIFEST_UNKNOWN/i.test(reason)
  )
  throw new ImageMissing(reasons.join('; '), !missing)
}
