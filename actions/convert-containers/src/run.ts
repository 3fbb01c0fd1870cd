/** The story of a run; the README tells it in the same steps. */
import path from 'node:path'

import type { Outcome } from '../../../lib/action/index.ts'
import {
  compareCatalogues,
  isLog,
  readCatalogue,
  readCatalogueLog,
  type Catalogue,
  type Comparison,
  type Container
} from '../../../lib/catalogue/index.ts'
import { FindingError, InputError } from '../../../lib/failure/index.ts'
import type { Ports } from '../../../lib/ports/index.ts'
import type { Finding } from '../../../lib/report/index.ts'
import { judge, type StoreView } from './availability.ts'
import type { Carried } from './carry.ts'
import { storesOf, type Inputs } from './inputs.ts'
import { lagSeconds, writeLists } from './lists.ts'
import { findRclone, lookAtStores } from './look.ts'
import type { Plan } from './plan.ts'
import type { Publication, Written } from './publish.ts'
import type { Pulls, RateLimit } from './pulls.ts'
import { report } from './report.ts'
import { runRetention } from './retention.ts'
import { parseOnly, select } from './select.ts'
import { makeShards } from './shards.ts'
import { readSource } from './source.ts'
import { carryOut, planWork, REQUEST_TIMEOUT_MS, type ConvertPorts } from './work.ts'

/** Requests under way at once for each store; one of them is 128 bytes. */
const REQUESTS = 100

export async function run(inputs: Inputs, ports: ConvertPorts): Promise<Outcome> {
  const { log, clock } = ports
  const stores = storesOf(inputs)
  const rclone = await findRclone(stores, inputs.toolMirror, ports)

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
  let pulls: Pulls | undefined
  if (inputs.mode === 'plan' || inputs.mode === 'convert' || inputs.mode === 'all') {
    ;({ plan, rateLimits, pulls } = await log.group(
      'Plan',
      async () => await planWork(available, workFolder, inputs, ports)
    ))
  }
  const shards = plan === undefined ? [] : makeShards(plan.jobs, inputs.shards)

  // 4. Carry it out, several containers at once.
  let carried: readonly Carried[] = []
  let leftovers: readonly Finding[] = []
  if (
    plan !== undefined &&
    pulls !== undefined &&
    plan.jobs.length > 0 &&
    !inputs.dryRun &&
    inputs.mode !== 'plan'
  ) {
    const { jobs } = plan
    const account = pulls
    ;({ carried, leftovers } = await log.group(
      `Convert ${jobs.length} containers`,
      async () => await carryOut(jobs, views, workFolder, rclone, account, inputs, ports)
    ))
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
    leftovers,
    publication,
    written,
    dispatchTo: inputs.dispatchTo,
    rateLimits,
    pullsTaken: pulls?.taken ?? 0,
    lookMs,
    lagSeconds: written === undefined ? undefined : lagSeconds(ports)
  })
}

async function readCatalogues(
  inputs: Inputs,
  ports: Ports
): Promise<{ catalogue: Catalogue; comparison: Comparison | undefined }> {
  const { text, file } = await readSource('catalogue', inputs.catalogue, ports)
  const named = isLog(text)
  if (named && (inputs.mode === 'publish' || inputs.mode === 'all' || inputs.mode === 'retain')) {
    const allowed = `apps.json with mode ${inputs.mode}`
    throw new InputError([{ input: 'catalogue', given: `${file}, a log.txt`, allowed }])
  }
  const options = { file, now: ports.clock.now() }
  const catalogue = named ? readCatalogueLog(text, options) : readCatalogue(text, options)
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
