/** From what is there and what is wanted to what will be done. Pure. */
import type { ToolName } from '../../testbed/tools.ts'
import type { Facts } from './facts.ts'
import { SETS } from './sets.ts'
import type { Part, SetName } from './sets.ts'

export interface Plan {
  readonly present: readonly Present[]
  readonly steps: readonly Step[]
  readonly byHand: readonly ByHand[]
}

export interface Present {
  readonly set: SetName
  readonly tool: ToolName
  /** Absolute path, or what stands in for it. */
  readonly where: string
  readonly version: string | undefined
}

export type Step =
  | {
      readonly kind: 'packages'
      /** Of one suite: what another suite refuses must not keep the rest from being installed. */
      readonly packages: readonly WantedPackage[]
      readonly sets: readonly SetName[]
      /** Daemons of these packages would start at the next boot of a machine that has systemd. */
      readonly bootNote: boolean
    }
  | {
      readonly kind: 'apptainer'
      readonly package: WantedPackage
      readonly into: string
      readonly sets: readonly SetName[]
    }
  | {
      readonly kind: 'unpack'
      readonly packages: readonly WantedPackage[]
      readonly into: string
      readonly sets: readonly SetName[]
    }
  | {
      /** All that requirements.txt has: one folder, replaced as a whole. */
      readonly kind: 'pip'
      readonly python: string
      readonly names: readonly string[]
      readonly into: string
      readonly sets: readonly SetName[]
    }
  | { readonly kind: 'open-fuse'; readonly sets: readonly SetName[] }

export interface WantedPackage {
  readonly name: string
  /** A suite of Debian other than the machine's own. */
  readonly suite: string | undefined
  /** An architecture other than the machine's own. */
  readonly arch?: string
}

export interface ByHand {
  readonly set: SetName
  readonly missing: readonly ToolName[]
  readonly why: string
  readonly what: string
}

/** Releases whose packages are known to work together. */
const KNOWN_RELEASES: Readonly<Record<string, readonly string[]>> = {
  debian: ['bookworm', 'trixie', 'forky', 'sid'],
  ubuntu: ['jammy', 'noble', 'plucky', 'questing', 'resolute']
}

/** pip for a machine whose Python has none. */
const PIP_PACKAGE = 'python3-pip'
const SYSTEM_PYTHON = '/usr/bin/python3'

/** Packages that start something at boot where there is systemd. */
const DAEMONS = ['docker.io', 'docker-registry', 'memcached', 'slurmctld', 'slurmd', 'munge', 'swift-proxy']

/** @param needs sets in the order in which they are to be shown */
export function planProvision(facts: Facts, needs: readonly SetName[]): Plan {
  const present: Present[] = []
  const byHand: ByHand[] = []
  const install: { set: SetName; wanted: WantedPackage }[] = []
  const unpack: { set: SetName; wanted: WantedPackage }[] = []
  const wheels: { set: SetName; wanted: WantedPackage }[] = []
  const obstacle = whyNotInstall(facts)

  for (const name of needs) {
    const set = SETS[name]
    const missing: Part[] = []
    for (const part of set.parts) {
      const where = whereIs(part.tool, facts)
      if (where === undefined) missing.push(part)
      else present.push({ set: name, tool: part.tool, where, version: facts.versions[part.tool] })
    }
    if (missing.length === 0) continue
    const unavailable = missing.filter((part) => packageOf(part, facts) === undefined)
    if (obstacle !== undefined || unavailable.length > 0) {
      const hopeless = obstacle !== undefined ? missing : unavailable
      byHand.push({
        set: name,
        missing: hopeless.map((part) => part.tool),
        why: obstacle ?? `${facts.os?.name ?? 'this system'} has no package of it`,
        what: set.byHand
      })
    }
    if (obstacle !== undefined) continue
    for (const part of missing) {
      const wanted = packageOf(part, facts)
      if (wanted === undefined) continue
      const unpacked = part.how === 'unpack' && !(part.tool === 'apptainer' && wanted.suite === undefined)
      const list = part.how === 'pip' ? wheels : unpacked ? unpack : install
      list.push({ set: name, wanted })
    }
  }
  const [wheel] = wheels
  if (wheel !== undefined && facts.python === undefined)
    install.push({ set: wheel.set, wanted: { name: PIP_PACKAGE, suite: undefined } })

  const steps: Step[] = []
  // The machine's own suite first: it may bring what the others would otherwise take from theirs.
  const suites = [...new Set(install.map(({ wanted }) => wanted.suite ?? ''))].sort()
  for (const suite of suites) {
    const chosen = install.filter(({ wanted }) => (wanted.suite ?? '') === suite)
    steps.push({
      kind: 'packages',
      packages: unique(chosen.map(({ wanted }) => wanted)),
      sets: [...new Set(chosen.map(({ set }) => set))],
      bootNote: facts.systemd && chosen.some(({ wanted }) => DAEMONS.includes(wanted.name))
    })
  }
  const apptainer = unpack.find(({ wanted }) => wanted.name === 'apptainer')
  if (apptainer !== undefined) {
    steps.push({
      kind: 'apptainer',
      package: apptainer.wanted,
      into: `${facts.prefix}/apptainer`,
      sets: [apptainer.set]
    })
  }
  const others = unpack.filter((entry) => entry !== apptainer)
  if (others.length > 0) {
    steps.push({
      kind: 'unpack',
      packages: unique(others.map(({ wanted }) => wanted)),
      into: `${facts.prefix}/static`,
      sets: [...new Set(others.map(({ set }) => set))]
    })
  }
  if (wheels.length > 0) {
    steps.push({
      kind: 'pip',
      python: facts.python ?? SYSTEM_PYTHON,
      names: wheels.map(({ wanted }) => wanted.name),
      into: `${facts.prefix}/python`,
      sets: [...new Set(wheels.map(({ set }) => set))]
    })
  }
  if (needs.includes('apptainer') && facts.fuseDevice === 'closed' && facts.rootBy !== 'nobody') {
    steps.push({ kind: 'open-fuse', sets: ['apptainer'] })
  }
  return { present, steps, byHand }
}

/**
 * An engine that answers makes a local dockerd needless, and must not be replaced by one; arm64 runs its own programs
 * without QEMU.
 */
function whereIs(tool: ToolName, facts: Facts): string | undefined {
  if (tool === 'dockerd' && facts.engineAnswers) return facts.tools.paths.dockerd ?? 'an engine that answers'
  if (tool === 'qemu-aarch64-static' && facts.arch === 'arm64')
    return facts.tools.paths[tool] ?? 'this processor'
  return facts.tools.paths[tool]
}

function packageOf(part: Part, facts: Facts): WantedPackage | undefined {
  const isForeign = part.arch !== undefined && part.arch !== facts.arch
  const arch = part.arch !== undefined && isForeign ? { arch: part.arch } : {}
  if (facts.os?.id === 'ubuntu') {
    // Ubuntu has the other architectures on another server (ports.ubuntu.com).
    if (part.ubuntu === null || isForeign) return undefined
    return { name: part.ubuntu ?? part.package, suite: undefined }
  }
  return { name: part.package, suite: part.suite?.[facts.os?.codename ?? ''], ...arch }
}

function whyNotInstall(facts: Facts): string | undefined {
  if (facts.platform !== 'linux')
    return `packages are installed on Debian and Ubuntu only, this is ${facts.platform}`
  const releases = KNOWN_RELEASES[facts.os?.id ?? '']
  if (facts.os === undefined || releases === undefined || !facts.hasApt) {
    return `packages are installed on Debian and Ubuntu only, this is ${facts.os?.name ?? 'an unknown Linux'}`
  }
  if (!releases.includes(facts.os.codename))
    return `${facts.os.name} is not one of the releases that are known to work`
  if (facts.rootBy === 'nobody') return 'installing needs root or sudo without a password'
  return undefined
}

function unique(wanted: readonly WantedPackage[]): WantedPackage[] {
  return [...new Map(wanted.map((entry) => [`${entry.name}:${entry.arch ?? ''}`, entry])).values()]
}
