/** The image of a case, from where the caller says. */
import { createWriteStream } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'

import type { ContainerName } from '../../../lib/catalogue/index.ts'
import { messageOf, ToolError } from '../../../lib/failure/index.ts'
import type { Runtime } from '../../../lib/exposure/index.ts'
import { expectStatus } from '../../../lib/http/index.ts'
import { classifyHttp, classifyTool, retry, type Classifier } from '../../../lib/retry/index.ts'
import { inspectFile } from '../../../lib/sif/index.ts'
import { createRclone, parseStore, publicPath, type Store } from '../../../lib/store/index.ts'
import type { Inputs } from './inputs.ts'
import type { Case } from './plan.ts'
import type { ExposurePorts } from './ports.ts'
import { pullSources, type PullSource } from './registries.ts'

/** The image is not there. `unknown`: it could not be found out. */
export class ImageMissing extends Error {
  override readonly name = 'ImageMissing'
  readonly unknown: boolean

  constructor(message: string, unknown: boolean) {
    super(message)
    this.unknown = unknown
  }
}

/** How long a pull or a download may take. */
const FETCH_MS = 3_600_000
const CVMFS = '/cvmfs/neurodesk.ardc.edu.au/containers'

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
  const { container } = plan
  if (plan.source === 'docker') return await pullImage(ports, inputs, container, runtime, folder)
  if (plan.source === 'store') return await download(ports, inputs, container, folder)
  const places = plan.source === 'cvmfs' && inputs.imagePath.length === 0 ? [CVMFS] : inputs.imagePath
  return await findFile(ports, places, container)
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
    if ((await ports.fs.stat(candidate).catch(() => undefined)) !== undefined)
      return await ports.fs.realpath(candidate)
  }
  throw new ImageMissing(`no ${names.join(' or ')} in ${places.join(', ')}`, false)
}

const ABSENT =
  /manifest unknown|name unknown|not found|MANIFEST_UNKNOWN|NAME_UNKNOWN|repository does not exist/i

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
  const image = { name: container.image, tag: container.buildDate }
  for (const source of pullSources(inputs.registries, image, ports)) {
    try {
      await retry(
        `pulling ${source.reference}`,
        async () => await pull(ports, runtime, source, target, scratch),
        {
          classify: notAbsent,
          clock: ports.clock,
          log: ports.log,
          limits: { attempts: 3 },
          signal: ports.runner.signal
        }
      )
      return target
    } catch (error) {
      ports.runner.signal.throwIfAborted()
      reasons.push(messageOf(error).split('\n').slice(0, 3).join(' '))
    }
  }
  throw new ImageMissing(reasons.join('; '), !reasons.every((reason) => ABSENT.test(reason)))
}

async function pull(
  ports: ExposurePorts,
  runtime: Runtime,
  source: PullSource,
  target: string,
  scratch: string
): Promise<void> {
  await ports.fs.rm(target, { force: true })
  await ports.exec.run(runtime.file, ['build', '--disable-cache', target, source.reference], {
    env: {
      APPTAINER_TMPDIR: scratch,
      SINGULARITY_TMPDIR: scratch,
      APPTAINER_CACHEDIR: path.join(scratch, 'cache'),
      SINGULARITY_CACHEDIR: path.join(scratch, 'cache'),
      ...source.env
    },
    timeoutMs: FETCH_MS
  })
}

/** An image that the registry does not have is not asked for again. */
const notAbsent: Classifier = (error, now) =>
  error instanceof ToolError && ABSENT.test(error.detail) ? { kind: 'final' } : classifyTool(error, now)

async function download(
  ports: ExposurePorts,
  inputs: Inputs,
  container: ContainerName,
  folder: string
): Promise<string> {
  const target = path.join(folder, `${container.id}.simg`)
  const reasons: string[] = []
  let unknown = false
  for (const { value, attributes, flags } of inputs.stores) {
    const { store } = parseStore(value, attributes, flags)
    try {
      const found = await fetchFrom(ports, store, `${container.id}.simg`, target)
      if (!found) {
        reasons.push(`${store.name} does not have it`)
        continue
      }
      // A cut or exchanged file is the store's fault, and is told by lib/sif with what is wrong.
      await inspectFile(ports.fs, target)
      return target
    } catch (error) {
      ports.runner.signal.throwIfAborted()
      if (error instanceof Error && error.name === 'SifError') throw error
      unknown = true
      reasons.push(`${store.name}: ${messageOf(error).split('\n').slice(0, 3).join(' ')}`)
    }
  }
  throw new ImageMissing(reasons.join('; '), unknown)
}

/** @returns false when the store says that it does not have it */
async function fetchFrom(ports: ExposurePorts, store: Store, key: string, target: string): Promise<boolean> {
  const url = publicPath(store, key)
  if (url === undefined) {
    const rclone = createRclone({
      exec: ports.exec,
      clock: ports.clock,
      log: ports.log,
      signal: ports.runner.signal
    })
    if ((await rclone.stat(store, key)) === undefined) return false
    await ports.fs.rm(target, { force: true })
    await rclone.get(store, key, target)
    return true
  }
  return await retry(
    `GET ${url}`,
    async () => {
      const response = await ports.http.stream(url, {
        timeoutMs: 60_000,
        headers: { 'accept-encoding': 'identity' }
      })
      if (response.status === 404 || response.status === 410) {
        response.body.destroy()
        return false
      }
      if (response.status !== 200) {
        response.body.destroy()
        expectStatus({ ...response, body: Buffer.alloc(0) }, [200])
      }
      await pipeline(response.body, createWriteStream(target), { signal: ports.runner.signal })
      const expected = Number(response.headers['content-length'] ?? Number.NaN)
      const { size } = await ports.fs.stat(target)
      if (Number.isSafeInteger(expected) && size !== expected)
        throw new Error(`${size} of ${expected} bytes arrived`)
      return true
    },
    {
      classify: classifyHttp,
      clock: ports.clock,
      log: ports.log,
      limits: { attempts: 4 },
      signal: ports.runner.signal
    }
  )
}
