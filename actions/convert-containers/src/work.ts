/** Planning and carrying out: what the run's third and fourth step do. */
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'

import pLimit from 'p-limit'

import { messageOf } from '../../../lib/failure/index.ts'
import type { Http, Ports } from '../../../lib/ports/index.ts'
import { createRegistry, notesOnCapitals } from '../../../lib/registry/index.ts'
import type { Finding } from '../../../lib/report/index.ts'
import { findApptainer, manifestReads, streamUnavailable, type Apptainer } from '../../../lib/sif/index.ts'
import type { Rclone } from '../../../lib/store/index.ts'
import type { Availability, StoreView } from './availability.ts'
import { carry, type Carried, type CarryContext } from './carry.ts'
import { convert, type ConvertContext } from './convert.ts'
import { createDisk } from './disk.ts'
import { findImage, type Found } from './images.ts'
import type { Inputs } from './inputs.ts'
import { createKept } from './kept.ts'
import { removeLeftovers } from './leftovers.ts'
import { makePlan, needingImages, respectLimits, type Job, type Plan } from './plan.ts'
import { createPulls, watchRateLimit, type Pulls, type RateLimit } from './pulls.ts'
import { credentialsFor, registriesOf } from './registries.ts'
import { findLocal, removeDelivered, openScratch } from './workspace.ts'

export interface ConvertPorts extends Ports {
  /** For stores: many small requests at once. */
  readonly storeHttp: Http
}

export const REQUEST_TIMEOUT_MS = 30_000
/**
 * Where packing harder stops to pay. A tree of 360 MB, level and size and CPU time: gzip 9 140.1 MB 11.5 s, 6 140.3 MB
 * 6.6 s; zstd 15 is mksquashfs' default and takes longer than gzip 9, 12 138.0 MB 11.5 s, 9 138.4 MB 3.1 s.
 */
const LEVELS = { gzip: 6, zstd: 9 } as const
const BUILD_TIMEOUT_MS = 3 * 3_600_000

/** Local files, images and their sizes, and from all of that the plan. The look-ups are paid already. */
export async function planWork(
  available: readonly Availability[],
  all: readonly Availability[],
  workFolder: string,
  inputs: Inputs,
  ports: ConvertPorts
): Promise<{ plan: Plan; rateLimits: readonly RateLimit[]; pulls: Pulls }> {
  const incomplete = available.filter(({ standings }) => standings.some(({ state }) => state !== 'present'))
  const folders = [
    ...(inputs.workDir === '' ? [] : [{ folder: workFolder, own: true }]),
    ...(inputs.localCache === ''
      ? []
      : [{ folder: path.resolve(ports.runner.workspace, inputs.localCache), own: false }])
  ]
  if (inputs.workDir !== '' && inputs.mode !== 'plan' && !inputs.dryRun) {
    const complete = available.filter((one) => !incomplete.includes(one)).map(({ container }) => container)
    await removeDelivered(complete, folders, ports)
  }
  const local = await findLocal(
    incomplete.map(({ container }) => container),
    folders,
    ports
  )
  const registries = registriesOf(inputs.registries)
  for (const note of notesOnCapitals(inputs.registries.map(({ value }) => value))) ports.log.info(note)
  const credentials = credentialsFor(inputs.registries, ports)
  const { http, limits } = watchRateLimit(ports.http)
  const registry = createRegistry({
    http,
    clock: ports.clock,
    log: ports.log,
    credentials,
    signal: ports.runner.signal
  })
  const limit = pLimit(inputs.maxParallel)
  const images = new Map<string, Found>()
  const maxReplace = inputs.maxReplace === '' ? undefined : Number(inputs.maxReplace)
  const limitsTold = { refused: new Map<string, string>(), now: () => ports.clock.now() }
  await Promise.all(
    needingImages(available, local, maxReplace, all).map(
      async (container) =>
        await limit(async () =>
          images.set(container.object, await findImage(container, registries, registry, limitsTold))
        )
    )
  )
  const converter = (await obstacle(inputs, ports)) === undefined ? inputs.converter : 'apptainer'
  const pullsPerBuild = converter === 'stream' ? 0 : await manifestReads(ports, inputs.apptainerVersion)
  const whole = makePlan(available, { local, images, converter, pullsPerBuild, maxReplace, all })
  const rateLimits = [...limits.values()]
  // Jobs of a matrix run elsewhere, each with a limit of its own.
  const plan = inputs.mode === 'plan' ? whole : respectLimits(whole, rateLimits)
  ports.log.info(
    `${plan.jobs.length} containers to bring into stores, ${plan.blocked.length} cannot be brought now`
  )
  return { plan, rateLimits, pulls: createPulls(rateLimits, limitsTold.refused) }
}

/** Why the stream cannot be used here. Jobs of a matrix run on other machines: this one does not count for them. */
async function obstacle(inputs: Inputs, ports: Ports): Promise<string | undefined> {
  return inputs.converter === 'stream' && inputs.mode !== 'plan' ? await streamUnavailable(ports) : undefined
}

/** Carries the jobs out, several at once, and says how each went. */
export async function carryOut(
  jobs: readonly Job[],
  views: readonly StoreView[],
  workFolder: string,
  rclone: Rclone,
  pulls: Pulls,
  inputs: Inputs,
  ports: ConvertPorts
): Promise<{ carried: readonly Carried[]; leftovers: readonly Finding[] }> {
  const leftovers = await removeLeftovers(jobs, views, rclone, ports)
  const { scratch, close } = await openScratch(ports, workFolder, process.pid)
  let apptainer: Promise<Apptainer> | undefined
  const needApptainer = async (): Promise<Apptainer> => {
    apptainer ??= usableApptainer(path.join(scratch, 'try'), inputs, ports)
    return await apptainer
  }
  const without = await obstacle(inputs, ports)
  if (without !== undefined) ports.log.info(`Apptainer unpacks the images, which takes more disk: ${without}`)
  const registries = registriesOf(inputs.registries)
  const credentials = credentialsFor(inputs.registries, ports)
  const { http, clock, log, exec, fs } = ports
  const { signal } = ports.runner
  const registry = createRegistry({ http, clock, log, credentials, signal })
  const refused = new Map<string, string>()
  const converting: ConvertContext = {
    ports: { exec, fs, clock, log },
    signal,
    converter: without === undefined ? inputs.converter : 'apptainer',
    apptainer: needApptainer,
    registry,
    credentials,
    pulls,
    compression: inputs.compression,
    level: inputs.compressionLevel === 0 ? LEVELS[inputs.compression] : inputs.compressionLevel,
    timeoutMs: BUILD_TIMEOUT_MS
  }
  const builds = pLimit(Math.max(2, Math.floor(os.availableParallelism() / 2)))
  const kept = createKept(ports)
  const context: CarryContext = {
    ports: { fs: ports.fs, clock: ports.clock, log: ports.log, http: ports.storeHttp },
    signal: ports.runner.signal,
    rclone,
    disk: createDisk(ports.fs, workFolder, inputs.minFree ?? 0, async () => await kept.evict()),
    convert: async (conversion) => await builds(async () => await convert(conversion, converting)),
    converter: converting.converter,
    findImage: async (container) =>
      await findImage(container, registries, registry, { refused, now: () => clock.now() }),
    kept: inputs.workDir === '' ? undefined : kept,
    workFolder,
    scratch,
    cachePrefix: inputs.cachePrefix,
    timeoutMs: REQUEST_TIMEOUT_MS
  }
  const progress = ports.log.progress('containers', {
    items: jobs.length,
    bytes: jobs.reduce((sum, { bytes }) => sum + bytes, 0)
  })
  const limit = pLimit(inputs.maxParallel)
  try {
    const carried = await Promise.all(
      jobs.map(
        async (job) =>
          await limit(async () => {
            const done = await carry(job, context)
            progress.add({ items: 1, bytes: job.bytes })
            tell(done, ports)
            return done
          })
      )
    )
    return { carried, leftovers }
  } finally {
    progress.end()
    await close().catch((error: unknown) => ports.log.warning(messageOf(error)))
  }
}

/** @throws NoMksquashfs, before anything is pulled for it */
async function usableApptainer(folder: string, inputs: Inputs, ports: ConvertPorts): Promise<Apptainer> {
  const found = await findApptainer(ports, inputs.apptainerVersion, inputs.toolMirror)
  ports.log.debug(`Apptainer ${found.version} (${found.command})`)
  await found.expectMksquashfs(folder)
  return found
}

function tell(done: Carried, ports: Ports): void {
  for (const { message, kind } of done.failures)
    ports.log.info(`${done.id}: ${kind === 'limited' ? 'left for the next run' : 'failed'}: ${message}`)
  if (done.failures.length > 0) return
  ports.log.info(
    `${done.id}: ${done.from}, ${done.deliveries.map(({ store, assurance }) => `${store} (${assurance})`).join(', ')}`
  )
}
