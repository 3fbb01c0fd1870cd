/** What is released: which version, of which commit, since which release. */
import { InputError } from '../../../lib/failure/index.ts'
import type { Release, Repository } from '../../../lib/github/index.ts'
import type { Runner } from '../../../lib/ports/index.ts'
import type { Finding } from '../../../lib/report/index.ts'
import { judgeRuns } from './gates/workflows.ts'
import type { Inputs } from './inputs.ts'
import { previousRelease, type Previous } from './plan.ts'
import type { ReleasePorts } from './ports.ts'
import { isVersion } from './version.ts'
import { releasesOnPage } from './website/page.ts'

export interface Subject {
  readonly version: string
  readonly sha: string
  readonly previous: Previous | undefined
}

/** Tags that are looked at for a good build: a month of nightly ones. */
const TAGS_TRIED = 31

export async function findSubject(
  inputs: Inputs,
  repository: Repository,
  site: Repository | undefined,
  releases: readonly Release[],
  ports: ReleasePorts,
  findings: Finding[]
): Promise<Subject> {
  const tags = await repository.git.tags('2')
  const version =
    inputs.version === ''
      ? (versionOfEvent(ports.runner) ?? (await newestGoodBuild(inputs, repository, tags)))
      : inputs.version
  if (version === undefined) {
    throw new InputError([
      {
        input: 'version',
        given: '',
        allowed: 'a date, or nothing in a repository that has tags such as 2025-06-10',
        fix: `${repository.name} has no such tag: give \`version\``
      }
    ])
  }
  const sha = tags.get(version) ?? (await untaggedCommit(repository, ports))
  return {
    version,
    sha,
    previous: await findPrevious(inputs, version, repository, site, releases, tags, findings)
  }
}

/** The release that somebody published, or the tag that was pushed: by then a newer build may have its tag. Pure. */
export function versionOfEvent(runner: Pick<Runner, 'eventName' | 'event' | 'ref'>): string | undefined {
  const { release } = runner.event
  const tag =
    typeof release === 'object' && release !== null && 'tag_name' in release ? release.tag_name : undefined
  if (runner.eventName === 'release') return typeof tag === 'string' && isVersion(tag) ? tag : undefined
  const pushed = runner.ref.replace(/^refs\/tags\//, '')
  return runner.ref.startsWith('refs/tags/') && isVersion(pushed) ? pushed : undefined
}

/** The newest date tag whose commit passed the required workflows; without such workflows the newest. */
async function newestGoodBuild(
  inputs: Inputs,
  repository: Repository,
  tags: ReadonlyMap<string, string>
): Promise<string | undefined> {
  const dated = [...tags.keys()].filter(isVersion).sort().reverse()
  if (inputs.requireWorkflows.length === 0) return dated[0]
  const judged = new Map<string, Promise<boolean>>()
  const isGood = async (sha: string): Promise<boolean> => {
    const checks = await Promise.all(
      inputs.requireWorkflows.map(async (file) => judgeRuns(file, sha, await repository.runs.at(sha, file)))
    )
    return checks.every((check) => check.state === 'ok')
  }
  for (const tag of dated.slice(0, TAGS_TRIED)) {
    const sha = tags.get(tag) ?? ''
    // Nightly tags often stand on one commit: it is asked for once.
    const good = judged.get(sha) ?? isGood(sha)
    judged.set(sha, good)
    if (await good) return tag
  }
  // None is good: the newest, whose checks then say what is wrong with it.
  return dated[0]
}

/** Without a tag: the commit of this run, or the tip of the default branch of another repository. */
async function untaggedCommit(repository: Repository, ports: ReleasePorts): Promise<string> {
  const { runner } = ports
  if (
    repository.name.toLowerCase() === runner.repository.toLowerCase() &&
    (await repository.git.resolve(runner.sha)) !== undefined
  )
    return runner.sha
  const { defaultBranch } = await repository.about()
  const tip = await repository.git.branch(defaultBranch)
  if (tip === undefined)
    throw new InputError([
      { input: 'repository', given: repository.name, allowed: 'a repository with commits' }
    ])
  return tip
}

/** As given, else the last published release, else the newest older date of the release history. */
async function findPrevious(
  inputs: Inputs,
  version: string,
  repository: Repository,
  site: Repository | undefined,
  releases: readonly Release[],
  tags: ReadonlyMap<string, string>,
  findings: Finding[]
): Promise<Previous | undefined> {
  if (inputs.previous !== '') return { name: inputs.previous, ref: inputs.previous, from: 'given' }
  const released = previousRelease(releases, version)
  if (released !== undefined) return released
  const date = site === undefined ? undefined : await newestOnSite(inputs, site, version)
  if (date !== undefined) {
    // A release has sometimes got another date than its build: then the last build before it.
    const build = tags.has(date)
      ? date
      : [...tags.keys()]
          .filter((tag) => isVersion(tag) && tag <= date)
          .sort()
          .at(-1)
    if (build !== undefined && build !== date) {
      findings.push({
        id: 'release-previous-guessed',
        subject: date,
        severity: 'notice',
        message: `the history says ${date}, which is no tag; changes are counted from ${build}`,
        hint: 'Give `previous` when another build was released.'
      })
    }
    if (build !== undefined) return { name: date, ref: build, from: 'history' }
  }
  findings.push({
    id: 'release-no-previous',
    subject: repository.name,
    severity: 'warning',
    message: 'there is no earlier release to count changes from',
    hint: 'Give `previous`: the tag or commit of the last release.'
  })
  return undefined
}

async function newestOnSite(inputs: Inputs, site: Repository, version: string): Promise<string | undefined> {
  const { defaultBranch } = await site.about()
  const pages = await Promise.all(
    inputs.historyPath.map(async (path) => await site.git.file(path, defaultBranch))
  )
  const dates = pages.flatMap((page) => (page === undefined ? [] : releasesOnPage(page)))
  return dates
    .filter((date) => date < version)
    .sort()
    .at(-1)
}
