/** The story: read, plan, look, judge, tell. */
import path from 'node:path'

import pLimit from 'p-limit'

import type { Outcome } from '../../../lib/action/index.ts'
import { span } from '../../../lib/markdown/index.ts'
import { messageOf, type InputProblem } from '../../../lib/failure/index.ts'
import { changesSince } from './changes.ts'
import type { ServerFacts } from './facts.ts'
import { Fleet, type CheckPorts, type FleetSettings } from './fleet.ts'
import { learnHistory } from './history.ts'
import type { Inputs } from './inputs.ts'
import { toJunit } from './junit.ts'
import { compareServers, planContainers, planServers, type PlannedServer } from './plan.ts'
import { probeServer } from './probe.ts'
import { raise, readCatalogueText, readConfigured, readKeys, readPrevious } from './read.ts'
import { toDryRun, toOutcome } from './report.ts'
import { verdictLines } from './summary.ts'
import { judgeFleet, type FleetVerdict } from './verdict.ts'

/** Between two rounds of waiting; longer each time, since most servers belong to others. */
const FIRST_PAUSE_MS = 15_000
const LONGEST_PAUSE_MS = 120_000

export async function run(inputs: Inputs, ports: CheckPorts): Promise<Outcome> {
  const started = ports.clock.now()

  // 1. Read what the inputs point at; every problem is told at once.
  const problems: InputProblem[] = []
  const keys = await readKeys(inputs.publicKey, ports, problems)
  const configured = await readConfigured(inputs.serversFrom, inputs.fqrn, ports, problems)
  const catalogue = await readCatalogueText(inputs.catalogue, inputs.timeout, ports, problems)
  const previous = await readPrevious(inputs.previousReport, ports)

  // 2. Plan: which servers, which containers, and which servers users have that nobody checks.
  raise(problems)
  const { servers, problems: wrongServers } = planServers(inputs.servers, configured, inputs.fqrn)
  const wanted =
    catalogue === undefined
      ? { containers: [], findings: [], broken: undefined }
      : planContainers(catalogue, inputs.catalogue, started, inputs.catalogueGrace)
  const broken = wanted.broken === undefined ? [] : [wrongCatalogue(inputs.catalogue, wanted.broken)]
  raise([...wrongServers, ...broken])
  const drift =
    inputs.servers.length > 0 && inputs.serversFrom.length > 0
      ? compareServers(servers, configured)
      : undefined
  if (inputs.dryRun) return toDryRun(servers, wanted.containers, drift, wanted.findings, inputs)

  // 3. Look at all servers at once; again and again while the caller waits for them to be ready.
  const settings = settingsOf(inputs, keys, wanted.containers, servers, started)
  const fleet = new Fleet(settings, ports, await cacheFolder(ports), path.join(ports.runner.temp, 'catalogs'))
  let verdict: FleetVerdict
  let rounds = 0
  try {
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      rounds++
      const facts = await look(servers, fleet, rounds)
      // 4. Judge: each server, then the fleet.
      const tags = await learnHistory(facts.flat(), fleet)
      verdict = judgeFleet(facts, inputs, drift, wanted.findings, ports.clock.now(), tags)
      const left = inputs.wait - (ports.clock.now() - started)
      if (verdict.ok || left <= 0) break
      ports.log.info(`Not yet: ${verdict.because}. Looking again in ${span(Math.min(pause, left))}.`)
      await ports.clock.sleep(Math.min(pause, left), ports.runner.signal)
    }
  } finally {
    await fleet.library.close()
  }

  // 5. Tell: outputs, summary, report, and JUnit for those who want it.
  const elapsedMs = ports.clock.now() - started
  for (const line of verdictLines(verdict)) ports.log.info(line)
  const changes = previous === undefined ? undefined : changesSince(previous, verdict)
  const { containers } = wanted
  const { downloads } = fleet.library
  const { sampleSeed } = settings
  const outcome = toOutcome(
    { verdict, drift, changes, containers, sampleSeed, downloads, rounds, elapsedMs },
    inputs
  )
  if (inputs.junitPath === '') return outcome
  return { ...outcome, junit: { path: inputs.junitPath, xml: toJunit(verdict, elapsedMs) } }
}

/** Where catalogs are kept between runs; the private folder of this one where that cannot be written. */
async function cacheFolder({ fs, runner, log }: CheckPorts): Promise<string> {
  const folder = path.join(runner.toolCache, 'neurodesk-ci', 'cvmfs-catalogs')
  try {
    await fs.mkdir(folder, { recursive: true })
    await fs.access(folder, fs.constants.W_OK)
    return folder
  } catch (error) {
    log.notice(`Catalogs are not kept for the next run: ${messageOf(error)}`)
    return path.join(runner.temp, 'kept-catalogs')
  }
}

async function look(
  servers: readonly PlannedServer[],
  fleet: Fleet,
  round: number
): Promise<ServerFacts[][]> {
  const { log } = fleet.ports
  fleet.startRound()
  return await log.group(
    `Looking at ${servers.length} servers${round > 1 ? `, round ${round}` : ''}`,
    async () => {
      const progress = log.progress('servers', { items: servers.length })
      try {
        return await Promise.all(
          servers.map(async (server, index) => {
            const facts = await probeServer(server, fleet, index / servers.length)
            progress.add({ items: 1 })
            for (const { identity, elapsedMs, requests } of facts) {
              const revision =
                identity.manifest === undefined ? 'no manifest' : `revision ${identity.manifest.revision}`
              log.info(`${server.name}: ${revision}, ${requests} requests in ${span(elapsedMs)}`)
            }
            return facts
          })
        )
      } finally {
        progress.end()
      }
    }
  )
}

function settingsOf(
  inputs: Inputs,
  keys: FleetSettings['keys'],
  containers: FleetSettings['containers'],
  servers: readonly PlannedServer[],
  now: number
): FleetSettings {
  return {
    fqrn: inputs.fqrn,
    keys,
    containers,
    containerRoot: inputs.containerRoot,
    requiredFiles: inputs.requiredFiles,
    sampleObjects: inputs.sampleObjects,
    geoApi: inputs.geoApi,
    proxy: inputs.proxy === '' ? undefined : inputs.proxy,
    timeoutMs: inputs.timeout,
    retries: inputs.retries,
    maxParallelPerServer: inputs.maxParallelPerServer,
    everywhere: pLimit(inputs.maxParallel),
    geoHosts: geoHosts(servers),
    sampleSeed: new Date(now).toISOString().slice(0, 10)
  }
}

/** Well-known stratum 1 servers, so that there is an order to ask for when the fleet has but one name. */
const KNOWN_HOSTS = ['cvmfs-stratum-one.cern.ch', 'cvmfs-s1fnal.opensciencegrid.org']
const MAX_GEO_HOSTS = 5

function geoHosts(servers: readonly PlannedServer[]): string[] {
  const own = [...new Set(servers.map(({ base }) => new URL(base).hostname))]
  return [...own, ...KNOWN_HOSTS].slice(0, Math.max(2, Math.min(own.length, MAX_GEO_HOSTS)))
}

function wrongCatalogue(given: string, reason: string): InputProblem {
  return { input: 'catalogue', given, allowed: `a log.txt or apps.json with containers (${reason})` }
}
