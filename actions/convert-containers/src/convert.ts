/**
 * One docker image to a SIF: as a stream, which needs little more disk than the SIF, or by Apptainer, which unpacks
 * it. What the stream cannot do rightly it refuses before anything is kept, and Apptainer does it.
 */
import path from 'node:path'

import { bytes as show } from '../../../lib/markdown/index.ts'
import { LayerRefused } from '../../../lib/layers/index.ts'
import type { Ports } from '../../../lib/ports/index.ts'
import { parseReference, type Credentials, type Registry } from '../../../lib/registry/index.ts'
import { classifyTool, retry } from '../../../lib/retry/index.ts'
import { streamImage, type Apptainer, type Compression } from '../../../lib/sif/index.ts'
import type { Container } from '../../../lib/catalogue/index.ts'
import type { Room } from './disk.ts'
import type { Image } from './images.ts'
import { diskFor, type ConverterName } from './plan.ts'
import { Limited, refusalOf, type Pulls } from './pulls.ts'
import { removeTree } from './workspace.ts'

export interface ConvertContext {
  readonly ports: Pick<Ports, 'exec' | 'fs' | 'clock' | 'log'>
  readonly signal: AbortSignal
  /** The one to begin with. */
  readonly converter: ConverterName
  /** Found when the first container needs it. */
  readonly apptainer: () => Promise<Apptainer>
  readonly registry: Pick<Registry, 'readBlob'>
  /** Who pulls. */
  readonly credentials: Credentials
  /** What may still be pulled. */
  readonly pulls: Pulls
  readonly compression: Compression
  readonly level: number | undefined
  readonly timeoutMs: number
}

export interface Conversion {
  readonly container: Container
  readonly image: Image
  /** A folder of this conversion alone. */
  readonly folder: string
  readonly output: string
  /** What was set aside for it on the disk. */
  readonly room: Room
}

/** Writes `output`. @throws what the converters throw; NoRoom; Limited */
export async function convert(conversion: Conversion, context: ConvertContext): Promise<void> {
  const { container, image, room } = conversion
  const { log } = context.ports
  log.info(`${container.id}: converting ${image.reference}`)
  const { host } = parseReference(image.reference)
  if (context.converter === 'stream') {
    context.pulls.expectOpen(host)
    try {
      await byStream(conversion, context)
      return
    } catch (error) {
      if (!(error instanceof LayerRefused)) {
        throw limitedBy(error, host, context, (reason) => context.pulls.close(host, reason))
      }
      log.info(`${container.id}: left to Apptainer, which unpacks it: ${error.message}`)
    }
    await context.ports.fs.rm(conversion.output, { force: true })
    await room.exchange(diskFor(image.compressedBytes, 'apptainer'))
  }
  await byApptainer(conversion, context)
}

/** The registry's limit, when that is what the error means: it is noted, so that it is not asked for the others. */
function limitedBy(
  error: unknown,
  host: string,
  { ports }: ConvertContext,
  note: (reason: string) => void
): unknown {
  const reason = refusalOf(error, host, ports.clock.now())
  if (reason === undefined) return error
  note(reason)
  return new Limited(reason)
}

async function byStream(
  { container, image, folder, output }: Conversion,
  context: ConvertContext
): Promise<void> {
  const { ports, signal, registry, level } = context
  const { architecture } = container
  const reference = parseReference(image.reference)
  const progress = ports.log.progress(container.id, { bytes: image.compressedBytes })
  const started = ports.clock.now()
  try {
    await streamImage(ports, await context.apptainer(), {
      registry,
      repository: reference,
      image: image.remote,
      reference: image.reference,
      output,
      scratch: folder,
      architecture,
      compression: context.compression,
      ...(level === undefined ? {} : { level }),
      timeoutMs: context.timeoutMs,
      signal,
      onBytes: (bytes) => progress.add({ bytes })
    })
  } finally {
    progress.end()
  }
  const { size } = await ports.fs.stat(output)
  const seconds = Math.round((ports.clock.now() - started) / 1000)
  ports.log.info(
    `${container.id}: ${show(image.compressedBytes)} of layers are ${show(size)}, in ${seconds} s`
  )
}

async function byApptainer(
  { container, image, folder, output }: Conversion,
  context: ConvertContext
): Promise<void> {
  const { ports, signal, pulls } = context
  const apptainer = await context.apptainer()
  const { host } = parseReference(image.reference)
  const credential = await context.credentials(host)
  await retry(
    `build ${container.id}`,
    async () => {
      // Each attempt asks for the manifest anew, and a fall-back from the stream was in no plan.
      pulls.take(host, apptainer.manifestReads)
      const scratch = path.join(folder, 'scratch')
      await removeTree(ports.fs, scratch)
      await ports.fs.rm(output, { force: true })
      await ports.fs.mkdir(scratch, { mode: 0o700 })
      try {
        await apptainer.build({
          image: image.reference,
          output,
          scratch,
          architecture: container.architecture,
          compression: context.compression,
          ...(context.level === undefined ? {} : { level: context.level }),
          insecure: image.insecure,
          ...(credential !== undefined && 'username' in credential ? { login: credential } : {}),
          timeoutMs: context.timeoutMs,
          signal,
          onLine: (line) => ports.log.debug(`${container.id}: ${line}`)
        })
      } catch (error) {
        throw limitedBy(error, host, context, (reason) => pulls.refuse(host, reason))
      }
    },
    {
      classify: classifyTool,
      clock: ports.clock,
      log: ports.log,
      limits: { attempts: 3, totalMs: 3 * 3_600_000 },
      signal
    }
  )
}
