/** What changed since the last release, from all sources, as notes. */
import pLimit from 'p-limit'

import type { ContainerName } from '../../../lib/catalogue/index.ts'
import { InputError } from '../../../lib/failure/index.ts'
import {
  Refused,
  TooLarge,
  type Commit,
  type Comparison,
  type Pull,
  type Repository,
  type Release
} from '../../../lib/github/index.ts'
import type { Finding } from '../../../lib/report/index.ts'
import type { Inputs } from './inputs.ts'
import { DEFAULT_CONFIG, readNotesConfig, type NotesConfig } from './notes/config.ts'
import { containerChanges, readContainers, type ContainerChanges } from './notes/containers.ts'
import { coveredByPulls, entriesOf } from './notes/entries.ts'
import { readHandWritten, type HandWritten } from './notes/hand.ts'
import { movedPins } from './notes/pins.ts'
import { notesOf, type Line, type Notes } from './notes/render.ts'
import { SECTIONS, type Section } from './notes/sections.ts'
import type { ReleasePorts } from './ports.ts'
import { readSource, readText } from './sources.ts'
import type { Subject } from './subject.ts'

/** One request per commit: above this the paths are not asked for. */
const MOST_PATHS = 300
const PARALLEL = 8

/** What is read from files and addresses, before GitHub is asked for anything. */
export interface Given {
  readonly config: NotesConfig
  readonly hand: HandWritten
  /** undefined: as the last release remembers it. */
  readonly before: readonly ContainerName[] | undefined
  /** undefined: containers are not compared. */
  readonly after: readonly ContainerName[] | undefined
}

/** Name of the asset in which a release remembers its containers. */
export const CONTAINERS_ASSET = 'containers.txt'

export interface Changes {
  readonly notes: Notes
  readonly commitCount: number
  readonly pullCount: number
  readonly containers: ContainerChanges | undefined
}

/** @throws InputError with the problems of all files at once. */
export async function readGiven(inputs: Inputs, ports: ReleasePorts): Promise<Given> {
  const config = async (): Promise<NotesConfig> =>
    inputs.notesConfig === ''
      ? DEFAULT_CONFIG
      : await readNotesConfig(await readText('notes-config', inputs.notesConfig, ports), inputs.notesConfig)
  const hand = async (): Promise<HandWritten> =>
    inputs.notesFile === ''
      ? { intro: '', sections: {} }
      : readHandWritten(await readText('notes-file', inputs.notesFile, ports), inputs.notesFile)
  const catalogue = async (
    input: 'catalogue-before' | 'catalogue-after',
    source: string
  ): Promise<readonly ContainerName[] | undefined> =>
    source === '' ? undefined : readContainers(await readSource(input, source, ports), source, input)
  const all = await Promise.allSettled([
    config(),
    hand(),
    catalogue('catalogue-before', inputs.catalogueBefore),
    catalogue('catalogue-after', inputs.catalogueAfter)
  ])
  const failures = all.filter((one) => one.status === 'rejected').map((one): unknown => one.reason)
  const other = failures.find((error) => !(error instanceof InputError))
  if (other !== undefined) throw other
  const problems = failures.flatMap((error) => (error instanceof InputError ? error.problems : []))
  if (problems.length > 0) throw new InputError(problems)
  const [rules, written, before, after] = all.map((one) =>
    one.status === 'fulfilled' ? one.value : undefined
  ) as [NotesConfig, HandWritten, readonly ContainerName[] | undefined, readonly ContainerName[] | undefined]
  return { config: rules, hand: written, before, after }
}

export async function collectChanges(
  repository: Repository,
  releases: readonly Release[],
  subject: Subject,
  given: Given,
  findings: Finding[]
): Promise<Changes> {
  const containers = await containersChanged(repository, releases, subject, given, findings)
  const comparison = await compare(repository, subject, findings)
  const commits = comparison?.commits ?? []
  const since = commits.map((commit) => commit.date).sort()[0]
  const pulls = since === undefined ? new Map<string, Pull>() : await repository.pulls.merged(since)
  const inWindow = new Map([...pulls].filter(([sha]) => commits.some((commit) => commit.sha === sha)))
  const paths = await pathsOf(repository, commits, inWindow, given.config, findings)
  const pins =
    comparison === undefined
      ? []
      : await pinsMoved(repository, comparison.mergeBase, subject.sha, given.config)
  const more = Object.fromEntries(
    SECTIONS.map((section) => [
      section,
      [...(containers?.lines[section] ?? []), ...(section === 'Improvements' ? pins : [])]
    ])
  ) as Record<Section, Line[]>
  const entries = entriesOf(commits, inWindow, paths, given.config)
  return {
    notes: notesOf(subject.version, entries, more, given.hand, comparison?.url),
    commitCount: commits.length,
    pullCount: inWindow.size,
    containers
  }
}

/** Against the catalogue that is given, else against what the last release remembers. */
async function containersChanged(
  repository: Repository,
  releases: readonly Release[],
  subject: Subject,
  given: Given,
  findings: Finding[]
): Promise<ContainerChanges | undefined> {
  if (given.after === undefined) return undefined
  if (given.before !== undefined) return containerChanges(given.before, given.after)
  const { previous } = subject
  const release = releases.find((one) => !one.isDraft && one.tag === previous?.name)
  const asset = release?.assets.find((one) => one.name === CONTAINERS_ASSET)
  const unknown = (why: string): undefined => {
    findings.push({
      id: 'release-containers-unknown',
      subject: previous?.name ?? repository.name,
      severity: 'notice',
      message: `${why}: new and updated containers are not in the notes`,
      hint: 'Give `catalogue-before` this once; this release remembers its containers for the next one.'
    })
  }
  if (asset === undefined) return unknown(`the last release has no ${CONTAINERS_ASSET} to compare with`)
  try {
    const text = (await repository.releases.download(asset)).toString('utf8')
    return containerChanges(readContainers(text, CONTAINERS_ASSET, 'catalogue-before'), given.after)
  } catch (error) {
    // The asset can be edited by hand: what cannot be read is no reason to stop a release.
    if (!(error instanceof InputError) && !(error instanceof TooLarge)) throw error
    return unknown(`${CONTAINERS_ASSET} of the last release cannot be read`)
  }
}

async function compare(
  repository: Repository,
  subject: Subject,
  findings: Finding[]
): Promise<Comparison | undefined> {
  if (subject.previous === undefined) return undefined
  const { ref, name } = subject.previous
  const comparison = await repository.git.compare(ref, subject.sha).catch((error: unknown) => {
    if (!(error instanceof Refused) || error.status !== 404) throw error
    return undefined
  })
  if (comparison === undefined) {
    if (subject.previous.from === 'given')
      throw new InputError([
        {
          input: 'previous',
          given: ref,
          allowed: `a tag or commit of ${repository.name} that shares history with ${subject.sha.slice(0, 7)}`
        }
      ])
    findings.push({
      id: 'release-history-rewritten',
      subject: name,
      severity: 'warning',
      message: `${ref} shares no history with what is released, or is gone: the commits are not in the notes`,
      hint: 'Give `previous`: a commit of the branch that has what was released.'
    })
    return undefined
  }
  if (comparison.behindBy > 0) {
    findings.push({
      id: 'release-history-rewritten',
      subject: name,
      severity: 'warning',
      message: `${comparison.behindBy} commits of ${name} are not in what is released: the branch was rewritten, or the tag stands elsewhere`,
      hint: 'Read the notes with care: they hold what came since the last commit that both have.'
    })
  }
  return comparison
}

/** Paths of the commits that become entries, when a rule needs them. */
async function pathsOf(
  repository: Repository,
  commits: readonly Commit[],
  pulls: ReadonlyMap<string, Pull>,
  config: NotesConfig,
  findings: Finding[]
): Promise<ReadonlyMap<string, readonly string[]>> {
  const hasRules =
    config.noise.paths.length > 0 || SECTIONS.some((section) => config.sections[section].paths.length > 0)
  if (!hasRules) return new Map()
  const covered = coveredByPulls(commits, pulls)
  const asked = commits.filter(
    (commit) => !covered.has(commit.sha) && (commit.parents.length < 2 || pulls.has(commit.sha))
  )
  if (asked.length > MOST_PATHS) {
    findings.push({
      id: 'release-paths-skipped',
      subject: repository.name,
      severity: 'notice',
      message: `${asked.length} changes are too many to ask for the files of each; rules about paths were not applied`
    })
    return new Map()
  }
  const limit = pLimit(PARALLEL)
  return new Map(
    await Promise.all(
      asked.map(
        async (commit) =>
          await limit(async (): Promise<[string, readonly string[]]> => [
            commit.sha,
            await repository.git.changedPaths(commit.sha)
          ])
      )
    )
  )
}

async function pinsMoved(
  repository: Repository,
  before: string,
  after: string,
  config: NotesConfig
): Promise<Line[]> {
  const moved = await Promise.all(
    config.dockerfiles.map(async (path) => {
      const [old, now] = await Promise.all([
        repository.git.file(path, before),
        repository.git.file(path, after)
      ])
      return old === undefined || now === undefined ? [] : movedPins(old, now)
    })
  )
  return moved.flat()
}
