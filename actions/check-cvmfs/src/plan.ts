/** Which servers and which paths are looked at. Pure. */
import type { Entry } from '../../../lib/action/index.ts'
import { isDate, parseContainerName, readCatalogue, unsafeBecause } from '../../../lib/catalogue/index.ts'
import { serverBase } from '../../../lib/cvmfs/index.ts'
import type { InputProblem } from '../../../lib/failure/index.ts'
import type { Finding } from '../../../lib/report/index.ts'

export interface PlannedServer {
  readonly name: string
  /** `http://host[:port]/cvmfs/<fqrn>` */
  readonly base: string
  readonly owner: string | undefined
  readonly required: boolean
  readonly stratum0: boolean
  readonly cdn: boolean
  readonly allAddresses: boolean
}

export interface PlannedContainer {
  readonly name: string
  /** Younger than the grace: its absence is no fault yet. */
  readonly young: boolean
}

/** Servers that users are given and nobody tests, and the other way round. */
export interface Drift {
  readonly untested: readonly string[]
  readonly unconfigured: readonly string[]
}

/** The servers to probe: those of the input, or the union of what the files name. */
export function planServers(
  given: readonly Entry[],
  configured: readonly string[],
  fqrn: string
): { servers: PlannedServer[]; problems: InputProblem[] } {
  const problems: InputProblem[] = []
  const servers: PlannedServer[] = []
  const entries: readonly Entry[] =
    given.length > 0
      ? given
      : configured.map((value) => ({ value, attributes: {}, flags: new Set<string>(), line: value }))
  for (const { value, attributes, flags, line } of entries) {
    const base = serverBase(value, fqrn)
    if (base === undefined) {
      problems.push({
        input: 'servers',
        given: line,
        allowed: `a host, host:port, or a URL that ends in /${fqrn}`
      })
      continue
    }
    const server = {
      name: attributes['name'] ?? hostOf(base),
      base,
      owner: attributes['owner'],
      required: flags.has('required'),
      stratum0: flags.has('stratum0'),
      cdn: flags.has('cdn'),
      allAddresses: flags.has('all-addresses')
    }
    const twin = servers.find(({ name, base: other }) => name === server.name || other === base)
    if (twin === undefined) servers.push(server)
    else
      problems.push({
        input: 'servers',
        given: line,
        allowed: `each server and each name once (see ${twin.name})`
      })
  }
  if (entries.length === 0 && problems.length === 0) {
    problems.push({
      input: 'servers-from',
      given: 'files without a server in them',
      allowed: 'files with CVMFS_SERVER_URL or http://host[:port] lines',
      fix: 'name the servers in `servers`, or other files'
    })
  }
  return { servers, problems }
}

/** Compares what is tested with what users are given. */
export function compareServers(servers: readonly PlannedServer[], configured: readonly string[]): Drift {
  const tested = new Set(servers.map(({ base }) => base))
  const given = new Set(configured)
  return {
    untested: configured.filter((base) => !tested.has(base)).map(hostOf),
    unconfigured: servers.filter(({ base }) => !given.has(base)).map(({ name }) => name)
  }
}

/** `host` or `host:port` of a base. */
export function hostOf(base: string): string {
  return new URL(base).host
}

/**
 * The containers of a catalogue, log.txt or apps.json. One broken entry becomes a finding and does not stop the others.
 * @param now milliseconds since 1970; build dates count from their midnight, UTC.
 */
export function planContainers(
  text: string,
  file: string,
  now: number,
  graceMs: number
): { containers: PlannedContainer[]; findings: Finding[]; broken: string | undefined } {
  const { names, findings, broken } = text.trimStart().startsWith('{')
    ? fromApps(text, file, now)
    : fromLog(text, file)
  const containers = [...new Set(names)].map((name) => ({ name, young: isYoung(name, now, graceMs) }))
  const none = containers.length === 0 ? `${file}: there is no container in it` : undefined
  return { containers, findings, broken: broken ?? none }
}

function fromApps(
  text: string,
  file: string,
  now: number
): { names: string[]; findings: Finding[]; broken: string | undefined } {
  const catalogue = readCatalogue(text, { file, now })
  const reason = catalogue.findings.map(({ message }) => message).join('; ')
  return {
    names: catalogue.containers.map(({ id }) => id),
    // What is odd about entries is for the check of the catalogue; here it counts what cannot be looked up.
    findings: catalogue.refused.map(({ id, reason: why }) => refused(id, why)),
    broken: catalogue.broken ? `${file}: ${reason}` : undefined
  }
}

function fromLog(text: string, file: string): { names: string[]; findings: Finding[]; broken: undefined } {
  const names: string[] = []
  const findings: Finding[] = []
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const name = line.trim().split(/\s/, 1)[0] ?? ''
    if (name === '') continue
    const unsafe =
      unsafeBecause(name) ??
      (parseContainerName(name) === undefined ? 'it is not NAME_VERSION_BUILDDATE' : undefined)
    if (unsafe === undefined) names.push(name)
    else findings.push(refused(name, `${unsafe} (${file}, line ${index + 1})`))
  }
  return { names, findings, broken: undefined }
}

function refused(name: string, reason: string): Finding {
  return {
    id: 'catalogue-entry-refused',
    subject: name.replace(/[^\x21-\x7e]/g, '?').slice(0, 200),
    severity: 'warning',
    message: `The catalogue's entry is not looked up: ${reason}.`,
    hint: 'Correct the entry in the catalogue.'
  }
}

function isYoung(name: string, now: number, graceMs: number): boolean {
  const date = parseContainerName(name)?.buildDate ?? ''
  if (!isDate(date)) return false
  const midnight = Date.UTC(Number(date.slice(0, 4)), Number(date.slice(4, 6)) - 1, Number(date.slice(6, 8)))
  return now - midnight < graceMs
}
