/**
 * log.txt and applist.json, written for what users can really get. The stores are looked at again just before: what
 * jobs of a matrix said about themselves counts for nothing.
 */
import path from 'node:path'

import {
  readLog,
  writeAppList,
  writeLog,
  type Catalogue,
  type Container
} from '../../../lib/catalogue/index.ts'
import { Moved } from '../../../lib/github/index.ts'
import type { Ports } from '../../../lib/ports/index.ts'
import type { Finding } from '../../../lib/report/index.ts'
import type { Availability } from './availability.ts'
import type { PublishTarget, Tip } from './target.ts'
import { tellAll } from './tell.ts'

export interface Publication {
  readonly log: string
  readonly appList: string
  readonly listed: readonly Container[]
  /** In the catalogue, and left out since a required store lacks them. */
  readonly left: readonly Availability[]
  readonly findings: readonly Finding[]
  /** Nothing may be written. */
  readonly refused: boolean
}

/** Subject of what is wrong with the lists. */
export const LOG = 'log.txt'

/** More lines than this may not go from log.txt at once while their containers are still in the catalogue. */
const DROP_COUNT = 10
const DROP_SHARE = 0.05

/**
 * What to write. Pure.
 * @param before the log.txt that is there now; undefined when there is none.
 */
export function planPublication(
  catalogue: Catalogue,
  available: readonly Availability[],
  before: string | undefined
): Publication {
  const findings: Finding[] = []
  const listed = available.filter(({ verdict }) => verdict === 'present' || verdict === 'size-differs')
  const left = available.filter((entry) => !listed.includes(entry))
  const unknown = left.filter(({ verdict }) => verdict === 'unknown')
  if (unknown.length > 0) {
    findings.push({
      id: 'publish-unknown',
      subject: catalogue.file,
      severity: 'unknown',
      message: `nothing is published: of ${unknown.length} containers it is not known whether the stores have them`,
      hint: 'Run again when the stores answer.'
    })
  }
  const known = new Set(before === undefined ? [] : readLog(before, 'log.txt'))
  const dropped = left.filter(({ container, verdict }) => verdict !== 'unknown' && known.has(container.id))
  if (dropped.length > Math.max(DROP_COUNT, known.size * DROP_SHARE)) {
    findings.push({
      id: 'publish-shrunken',
      subject: LOG,
      severity: 'error',
      message: `nothing is published: ${dropped.length} of ${known.size} lines would go, though the catalogue has their containers`,
      hint: 'Look whether the stores are the right ones and whether their listings are whole.'
    })
  }
  const containers = listed.map(({ container }) => container)
  return {
    log: writeLog(containers),
    appList: writeAppList(containers),
    listed: containers,
    left,
    findings,
    refused: findings.length > 0
  }
}

export interface Written {
  /** Paths whose content is another now, relative to the workspace. */
  readonly changed: readonly string[]
  readonly commit: string | undefined
  readonly dispatched: readonly string[]
  readonly findings: readonly Finding[]
}

/** Writes the files that differ, commits them through the API, and tells other repositories. */
export async function publish(
  publication: Publication,
  target: PublishTarget,
  ports: Ports
): Promise<Written> {
  const files = new Map([
    [target.logFile, publication.log],
    [target.appListFile, publication.appList]
  ])
  const changed: string[] = []
  for (const [file, text] of files) {
    const absolute = path.resolve(ports.runner.workspace, file)
    if ((await readIfThere(ports, absolute)) === text) continue
    changed.push(file)
    if (!target.dryRun) await writeWhole(ports, absolute, text)
  }
  if (target.dryRun) return { changed, commit: undefined, dispatched: [], findings: [] }
  const branch = target.commit === undefined ? undefined : await commitFiles(files, target.commit, ports)
  const told =
    target.dispatch === undefined
      ? { dispatched: [], findings: [] }
      : await tellAll(files, { ...target, dispatch: target.dispatch, changed, branch }, ports)
  return { changed, commit: branch?.made === true ? branch.sha : undefined, ...told }
}

/** The log.txt that is there, or undefined. */
export async function readIfThere(ports: Pick<Ports, 'fs'>, file: string): Promise<string | undefined> {
  try {
    return await ports.fs.readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

async function writeWhole(ports: Ports, file: string, text: string): Promise<void> {
  await ports.fs.mkdir(path.dirname(file), { recursive: true })
  const temporary = `${file}.${path.basename(ports.runner.temp)}.tmp`
  try {
    await ports.fs.writeFile(temporary, text)
    await ports.fs.rename(temporary, file)
  } finally {
    await ports.fs.rm(temporary, { force: true })
  }
}

const COMMIT_ATTEMPTS = 5

/** One commit on the tip of the branch, or the tip itself when the branch has these contents already. */
async function commitFiles(
  files: ReadonlyMap<string, string>,
  target: NonNullable<PublishTarget['commit']>,
  ports: Ports
): Promise<Tip> {
  const { git } = target.github.repository(target.repository)
  for (let attempt = 1; ; attempt++) {
    const tip = await git.branch(target.branch)
    if (tip === undefined) throw new Error(`${target.repository} has no branch ${target.branch}`)
    const news = new Map<string, string>()
    for (const [file, text] of files) if ((await git.file(file, tip)) !== text) news.set(file, text)
    if (news.size === 0) return { sha: tip, made: false }
    try {
      const sha = await git.commitFiles({
        branch: target.branch,
        message: 'Update the lists of containers that the stores have',
        files: news,
        parent: tip,
        expected: tip
      })
      return { sha, made: true }
    } catch (error) {
      // Somebody pushed meanwhile: look at the new tip, and write on top of it.
      if (!(error instanceof Moved) || attempt === COMMIT_ATTEMPTS) throw error
      ports.log.info(`${target.branch} has moved, trying again`)
    }
  }
}
