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
  type Comparison,
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

/** More lines than this may not go from log.txt at once, whatever takes them away. */
const DROP_COUNT = 10
const DROP_SHARE = 0.05

/**
 * What to write. Pure.
 * @param before the log.txt that is there now; undefined when there is none.
 * @param comparison with the catalogue as it was before, where one was given.
 */
export function planPublication(
  catalogue: Catalogue,
  available: readonly Availability[],
  before: string | undefined,
  comparison?: Pick<Comparison, 'shrunken'>
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
  // A container of which nothing is known counts as staying: it is told above.
  const stay = [...listed, ...unknown].map(({ container }) => container.id)
  const loss = catalogueLoss(catalogue, comparison) ?? lineLoss(before, stay, left)
  if (loss !== undefined) findings.push({ id: 'publish-shrunken', subject: LOG, severity: 'error', ...loss })
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

type Loss = Required<Pick<Finding, 'message' | 'hint'>>

function catalogueLoss(
  { containers, file }: Catalogue,
  comparison: Pick<Comparison, 'shrunken'> | undefined
): Loss | undefined {
  const hint = 'Look whether the catalogue was cut off or badly merged.'
  if (containers.length === 0) return { message: `nothing is published: ${file} has no containers`, hint }
  if (comparison?.shrunken !== true) return undefined
  return { message: `nothing is published: ${file} has lost too many containers at once`, hint }
}

/** Lines that go; a newer build of the same version takes the place of the older one's line. */
function lineLoss(
  before: string | undefined,
  stay: readonly string[],
  left: readonly Availability[]
): Loss | undefined {
  const known = before === undefined ? [] : readLog(before, LOG)
  const images = new Set(stay.map(withoutDate))
  const gone = known.filter((id) => !images.has(withoutDate(id)))
  const most = Math.max(DROP_COUNT, known.length * DROP_SHARE)
  if (gone.length <= most && (gone.length === 0 || images.size > 0)) return undefined
  const wanted = new Set(left.map(({ container }) => withoutDate(container.id)))
  const without = gone.filter((id) => wanted.has(withoutDate(id))).length
  return {
    message: `nothing is published: ${gone.length} of ${known.length} lines would go, ${without} of them though the catalogue has their containers`,
    hint: 'Look whether the stores, their listings and the catalogue are the right ones and whole. When the lines are to go, take them out of log.txt by hand.'
  }
}

function withoutDate(id: string): string {
  return id.slice(0, id.lastIndexOf('_'))
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
