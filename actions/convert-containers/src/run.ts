/** The story of a run; the README tells it in the same steps. */
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'

import pLimit from 'p-limit'

import type { Outcome } from '../../../lib/action/index.ts'
import {
  compareCatalogues,
  readCatalogue,
  type Catalogue,
  type Comparison,
  type Container
} from '../../../lib/catalogue/index.ts'
import { FindingError, messageOf } from '../../../lib/failure/index.ts'
import { connectGitHub, type GitHub } from '../../../lib/github/index.ts'
import type { Http, Ports } from '../../../lib/ports/index.ts'
import { createRegistry, dockerCredentials, type Repository } from '../../../lib/registry/index.ts'
import { findApptainer } from '../../../lib/sif/index.ts'
import { createRclone, type Rclone } from '../../../lib/store/index.ts'
import { judge, type Availability, type StoreView } from './availability.ts'
import { carry, type Carried, type CarryContext } from './carry.ts'
import { createDisk } from './disk.ts'
import { findImage, parseNamespace, watchRateLimit, type Found, type RateLimit } from './images.ts'
import { storesOf, type Inputs } from './inputs.ts'
import { lookAtStores } from './look.ts'
import { makePlan, needingImages, type Job, type Plan } from './plan.ts'
import { planPublication, publish, readIfThere, type Publication, type Written } from './publish.ts'
import { report } from './report.ts'
import { runRetention } from './retention.ts'
import { parseOnly, select } from './select.ts'
import { makeShards } from './shards.ts'
import { readSource } from './source.ts'
import { findLocal, openScratch } from './workspace.ts'

export interface ConvertPorts extends Ports {
  /** For stores: many small requests at once. */
  readonly storeHttp: Http
}

const REQUEST_TIMEOUT_MS = 30_000
/** Requests under way at once for each store; one of them is 128 bytes. */
const REQUESTS = 100
const BUILD_TIMEOUT_MS = 3 * 3_600_000

export async function run(inputs: Inputs, ports: ConvertPorts): Promise<Outcome> {
  const { log, clock } = ports
  const stores = storesOf(inputs)
  const rclone = createRclone({ ...ports, signal: ports.runner.signal })

  // 1. Read the catalogue; what is wrong with an entry stops that entry.
  const { catalogue, comparison } = await log.group(
    'Catalogue',
    async () => await readCatalogues(inputs, ports)
  )
  const changes =
    !inputs.dryRun && (inputs.mode === 'convert' || inputs.mode === 'all' || inputs.mode === 'publish')
  if (inputs.mode === 'retain') return await runRetention(catalogue, comparison, inputs, ports)
  if (catalogue.broken && changes) throw new FindingError(broken(catalogue))
  const wanted = chosen(catalogue, inputs, log)

  // 2. Look into every store, as its owner and as its users.
  const lookStarted = clock.now()
  const look = async (containers: readonly Container[]): Promise<StoreView[]> =>
    await lookAtStores(
      containers,
      stores,
      { cachePrefix: inputs.cachePrefix, timeoutMs: REQUEST_TIMEOUT_MS, requests: REQUESTS },
      {
        http: ports.storeHttp,
        clock,
        log,
        rclone,
        signal: ports.runner.signal
      }
    )
  let views = await log.group(
    `Stores: ${stores.map(({ name }) => name).join(', ')}`,
    async () => await look(wanted)
  )
  const lookMs = clock.now() - lookStarted
  let available = judge(wanted, views)

  // 3. Plan the cheapest way for everything that a store lacks.
  const workFolder =
    inputs.workDir === ''
      ? path.join(ports.runner.temp, 'sif')
      : path.resolve(ports.runner.workspace, inputs.workDir)
  let plan: Plan | undefined
  let rateLimits: readonly RateLimit[] = []
  if (inputs.mode === 'plan' || inputs.mode === 'convert' || inputs.mode === 'all') {
    ;({ plan, rateLimits } = await log.group(
      'Plan',
      async () => await planWork(available, workFolder, inputs, ports)
    ))
  }
  const shards = plan === undefined ? [] : makeShards(plan.jobs, inputs.shards)

  // 4. Carry it out, several containers at once.
  let carried: readonly Carried[] = []
  if (plan !== undefined && plan.jobs.length > 0 && !inputs.dryRun && inputs.mode !== 'plan') {
    const { jobs } = plan
    carried = await log.group(
      `Convert ${jobs.length} containers`,
      async () => await carryOut(jobs, workFolder, rclone, inputs, ports)
    )
    available = judge(wanted, await log.group('Stores again', async () => (views = await look(wanted))))
  }

  // 5. Publish what every required store has.
  let publication: Publication | undefined
  let written: Written | undefined
  if (inputs.mode === 'publish' || inputs.mode === 'all') {
    ;({ publication, written } = await log.group('Publish', async () => {
      const whole =
        inputs.only === '' ? available : judge(catalogue.containers, await look(catalogue.containers))
      return await writeLists(catalogue, whole, inputs, ports)
    }))
  }

  // 6. Tell.
  return report({
    mode: inputs.mode,
    dryRun: inputs.dryRun,
    limited: inputs.only !== '',
    catalogue,
    baseFindings: comparison?.findings ?? [],
    views,
    available,
    plan,
    shards,
    carried,
    publication,
    written,
    rateLimits,
    lookMs,
    lagSeconds: written === undefined ? undefined : lagSeconds(ports)
  })
}

async function readCatalogues(
  inputs: Inputs,
  ports: Ports
): Promise<{ catalogue: Catalogue; comparison: Comparison | undefined }> {
  const { text, file } = await readSource('catalogue', inputs.catalogue, ports)
  const catalogue = readCatalogue(text, { file, now: ports.clock.now() })
  ports.log.info(
    `${file}: ${catalogue.containers.length} containers, ${catalogue.refused.length} entries refused`
  )
  if (inputs.baseCatalogue === '') return { catalogue, comparison: undefined }
  const base = await readSource('base-catalogue', inputs.baseCatalogue, ports)
  const comparison = compareCatalogues(readCatalogue(base.text, { file: base.file }), catalogue)
  ports.log.info(
    `against ${base.file}: ${comparison.added.length} new, ${comparison.rebuilt.length} rebuilt, ${comparison.removed.length} gone`
  )
  return { catalogue, comparison }
}

function broken(catalogue: Catalogue): string {
  const places = catalogue.findings
    .filter(({ id }) => id === 'catalogue-syntax')
    .map(({ place, message }) => `${catalogue.file}:${place?.line ?? 0}:${place?.column ?? 0}: ${message}`)
  return ['the catalogue is no JSON, nothing is changed by it', ...places].join('\n')
}

function chosen(catalogue: Catalogue, inputs: Inputs, log: Ports['log']): readonly Container[] {
  if (inputs.only === '') return catalogue.containers
  const only = parseOnly(inputs.only)
  const selection = select('patterns' in only ? only.patterns : [])
  const unmatched = selection.unmatched(catalogue.containers)
  if (unmatched.length > 0)
    throw new FindingError(`the catalogue has nothing that \`only\` names: ${unmatched.join(', ')}`)
  const containers = catalogue.containers.filter((container) => selection.matches(container))
  log.info(`${containers.length} of them are meant`)
  return containers
}

async function planWork(
  available: readonly Availability[],
  workFolder: string,
  inputs: Inputs,
  ports: ConvertPorts
): Promise<{ plan: Plan; rateLimits: readonly RateLimit[] }> {
  const incomplete = available.filter(({ standings }) => standings.some(({ state }) => state !== 'present'))
  const folders = [
    ...(inputs.workDir === '' ? [] : [{ folder: workFolder, own: true }]),
    ...(inputs.localCache === ''
      ? []
      : [{ folder: path.resolve(ports.runner.workspace, inputs.localCache), own: false }])
  ]
  const local = await findLocal(
    incomplete.map(({ container }) => container),
    folders,
    ports
  )
  const { http, limits } = watchRateLimit(ports.http)
  const registry = createRegistry({
    http,
    clock: ports.clock,
    log: ports.log,
    credentials: dockerCredentials(ports),
    signal: ports.runner.signal
  })
  const namespaces: Repository[] = inputs.registries.map(({ value }) => parseNamespace(value))
  const limit = pLimit(inputs.maxParallel)
  const images = new Map<string, Found>()
  await Promise.all(
    needingImages(available, local).map(
      async (container) =>
        await limit(async () =>
          images.set(container.object, await findImage(container, namespaces, registry))
        )
    )
  )
  const plan = makePlan(available, { local, images })
  ports.log.info(
    `${plan.jobs.length} containers to bring into stores, ${plan.blocked.length} cannot be brought now`
  )
  return { plan, rateLimits: [...limits.values()] }
}

async function carryOut(
  jobs: readonly Job[],
  workFolder: string,
  rclone: Rclone,
  inputs: Inputs,
  ports: ConvertPorts
): Promise<Carried[]> {
  const { scratch, close } = await openScratch(ports, workFolder, process.pid)
  const apptainer = jobs.some(({ source }) => source?.kind === 'convert')
    ? await findApptainer(ports)
    : undefined
  if (apptainer !== undefined) ports.log.info(`Apptainer ${apptainer.version} (${apptainer.command})`)
  const builds = pLimit(Math.max(2, Math.floor(os.availableParallelism() / 2)))
  const context: CarryContext = {
    ports: { fs: ports.fs, clock: ports.clock, log: ports.log, http: ports.storeHttp },
    signal: ports.runner.signal,
    rclone,
    apptainer,
    disk: createDisk(ports.fs, workFolder, inputs.minFree ?? 0),
    build: async (work) => await builds(work),
    workFolder,
    scratch,
    cachePrefix: inputs.cachePrefix,
    compression: inputs.compression,
    level: inputs.compressionLevel === 0 ? undefined : inputs.compressionLevel,
    timeoutMs: REQUEST_TIMEOUT_MS,
    buildTimeoutMs: BUILD_TIMEOUT_MS
  }
  const progress = ports.log.progress('containers', {
    items: jobs.length,
    bytes: jobs.reduce((sum, { bytes }) => sum + bytes, 0)
  })
  const limit = pLimit(inputs.maxParallel)
  try {
    return await Promise.all(
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
  } finally {
    progress.end()
    await close().catch((error: unknown) => ports.log.warning(messageOf(error)))
  }
}

function tell(done: Carried, ports: Ports): void {
  for (const failure of done.failures) ports.log.error(`${done.id}: ${failure}`)
  if (done.failures.length > 0) return
  ports.log.info(
    `${done.id}: ${done.from}, ${done.deliveries.map(({ store, assurance }) => `${store} (${assurance})`).join(', ')}`
  )
}

async function writeLists(
  catalogue: Catalogue,
  available: readonly Availability[],
  inputs: Inputs,
  ports: ConvertPorts
): Promise<{ publication: Publication; written: Written | undefined }> {
  const before = await readIfThere(ports, path.resolve(ports.runner.workspace, inputs.logFile))
  const publication = planPublication(catalogue, available, before)
  if (publication.refused) return { publication, written: undefined }
  const needsGitHub = !inputs.dryRun && (inputs.commit || inputs.dispatchTo.length > 0)
  const github: GitHub | undefined = needsGitHub
    ? connectGitHub({
        token: inputs.token,
        apiUrl: ports.runner.apiUrl,
        http: ports.http,
        clock: ports.clock,
        log: ports.log,
        signal: ports.runner.signal
      })
    : undefined
  const written = await publish(
    publication,
    {
      logFile: inputs.logFile,
      appListFile: inputs.applistFile,
      dryRun: inputs.dryRun,
      commit:
        github !== undefined && inputs.commit
          ? { github, repository: ports.runner.repository, branch: branchOf(ports.runner.ref) }
          : undefined,
      dispatch:
        github !== undefined && inputs.dispatchTo.length > 0
          ? { github, to: inputs.dispatchTo, event: inputs.dispatchEvent }
          : undefined
    },
    ports
  )
  return { publication, written }
}

function branchOf(ref: string): string {
  const match = /^refs\/heads\/(.+)$/.exec(ref)
  if (match?.[1] === undefined) throw new FindingError(`a commit needs a branch, and this run is on "${ref}"`)
  return match[1]
}

/** From the push that changed the catalogue until now. */
function lagSeconds(ports: Ports): number | undefined {
  const commit = ports.runner.event['head_commit']
  if (typeof commit !== 'object' || commit === null || !('timestamp' in commit)) return undefined
  const time = Date.parse(String(commit.timestamp))
  return Number.isNaN(time) ? undefined : Math.max(0, (ports.clock.now() - time) / 1000)
}
