/** The story of a run; the README tells it in the same steps. */
import path from 'node:path'

import type { Outcome } from '../../../lib/action/index.ts'
import type { Container } from '../../../lib/catalogue/index.ts'
import type { Finding } from '../../../lib/report/index.ts'
import { judge, type StoreView } from './availability.ts'
import type { Carried } from './carry.ts'
import { chosen, expectWhole, readCatalogues } from './catalogues.ts'
import { storesOf, type Inputs } from './inputs.ts'
import { lagSeconds, requireBranch, writeLists } from './lists.ts'
import { findRclone, lookAtStores } from './look.ts'
import type { Plan } from './plan.ts'
import type { Publication, Written } from './publish.ts'
import type { Pulls, RateLimit } from './pulls.ts'
import { report } from './report.ts'
import { runRetention } from './retention.ts'
import { CHANGED } from './select.ts'
import { makeShards } from './shards.ts'
import { hasDamaged } from './spared.ts'
import type { Result } from './summary.ts'
import { carryOut, planWork, REQUEST_TIMEOUT_MS, type ConvertPorts } from './work.ts'
import { expectTwoFolders } from './workspace.ts'

/** Requests under way at once for each store; one of them is 128 bytes. */
const REQUESTS = 100

export async function run(inputs: Inputs, ports: ConvertPorts): Promise<Outcome> {
  const { log, clock } = ports
  requireBranch(inputs, ports.runner)
  await expectTwoFolders(inputs, ports)
  const stores = storesOf(inputs)

  // 1. Read the catalogue; what is wrong with an entry stops that entry.
  const read = await log.group('Catalogue', async () => await readCatalogues(inputs, ports))
  const { catalogue, comparison, baseUnknown } = read
  const changes =
    !inputs.dryRun && (inputs.mode === 'convert' || inputs.mode === 'all' || inputs.mode === 'publish')
  if (inputs.mode === 'retain') return await runRetention(catalogue, comparison, inputs, ports)
  if (changes) expectWhole(catalogue)
  const wanted = chosen(read, inputs, log)
  const changedOnly = inputs.only === CHANGED
  const nothingDone: Result = {
    mode: inputs.mode,
    dispatchTo: inputs.dispatchTo,
    dryRun: inputs.dryRun,
    limited: inputs.only !== '' && !changedOnly,
    changedOnly,
    catalogue,
    baseFindings: comparison?.findings ?? [],
    baseUnknown,
    views: [],
    available: [],
    plan: undefined,
    shards: [],
    carried: [],
    publication: undefined,
    written: undefined,
    rateLimits: [],
    pullsTaken: 0,
    lookMs: 0,
    lagSeconds: undefined
  }
  // The lists are of all containers, whatever has changed.
  const idle = changedOnly && wanted.length === 0 && inputs.mode !== 'all'
  if (idle || baseUnknown !== undefined) return report(nothingDone)

  // 2. Look into every store, as its owner and as its users.
  const rclone = await findRclone(stores, inputs.toolMirror, ports)
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
    ;({ plan, rateLimits, pulls } = await log.group('Plan', async () => {
      // A job of a matrix sees a few containers; what is damaged in all of them says whether one may be replaced.
      const isPart = inputs.only !== '' && hasDamaged(available)
      const all = isPart ? judge(catalogue.containers, await look(catalogue.containers)) : available
      return await planWork(available, all, workFolder, inputs, ports)
    }))
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
      return await writeLists(read, whole, inputs, ports)
    }))
  }

  // 6. Tell.
  return report({
    ...nothingDone,
    views,
    available,
    plan,
    shards,
    carried,
    leftovers,
    publication,
    written,
    rateLimits,
    pullsTaken: pulls?.taken ?? 0,
    lookMs,
    lagSeconds: inputs.dryRun ? undefined : lagSeconds(catalogue, { publication, written }, ports)
  })
}
