/** One branch, one commit, one pull request on the web site; brought up to date by every run. */
import { messageOf } from '../../../../lib/failure/index.ts'
import { Moved, type Comment, type Pull, type Repository } from '../../../../lib/github/index.ts'
import type { Finding } from '../../../../lib/report/index.ts'
import { pullBody } from './body.ts'
import { PageError } from './lines.ts'
import { editPage, sectionOfPage } from './page.ts'
import { editVersion, VersionFileError } from './versions.ts'

/** Tells our own commits from those of people. */
const TRAILER = 'Neurodesk-Release'
/** How often the branch may be moved under our hands. */
const ATTEMPTS = 4

export interface WebsitePlan {
  readonly version: string
  readonly branch: string
  readonly historyPaths: readonly string[]
  readonly versionFiles: readonly string[]
  /** Notes as readers see them. */
  readonly notes: string
  readonly releaseUrl: string
  readonly isPublished: boolean
}

export interface Edits {
  /** New content by path; only of files that change. */
  readonly files: ReadonlyMap<string, string>
  /** Paths that are as they should be. */
  readonly same: readonly string[]
  readonly absent: readonly string[]
  readonly findings: readonly Finding[]
}

export interface WebsiteResult {
  readonly pull: Pull | undefined
  readonly state: 'opened' | 'updated' | 'same' | 'merged' | 'nothing' | 'closed'
  readonly edits: Edits
  readonly findings: readonly Finding[]
}

interface Base {
  readonly name: string
  readonly sha: string
}

/** What would change, read-only: for a dry run, and for the summary. */
export async function planWebsite(site: Repository, plan: WebsitePlan): Promise<Edits> {
  return await editsAt(site, plan, (await baseOf(site)).sha, undefined)
}

/** Brings branch and pull request to where they should be. */
export async function writeWebsite(site: Repository, plan: WebsitePlan): Promise<WebsiteResult> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await writeOnce(site, plan)
    } catch (error) {
      if (!(error instanceof Moved) || attempt >= ATTEMPTS) throw error
    }
  }
}

/** The pull request of a date that the release no longer has: it says where it went, and its branch stays. */
export async function closeSuperseded(
  site: Repository,
  branch: string,
  newBranch: string,
  by: Pull | undefined
): Promise<void> {
  if (branch === newBranch) return
  const { defaultBranch } = await site.about()
  const old = await site.pulls.from(branch, defaultBranch, 'open')
  if (old === undefined || by === undefined || !old.body.includes('<!-- neurodesk-ci:pull -->')) return
  const text = `The release has got another date: see #${by.number}. What was committed to \`${branch}\` is still there.`
  const said = async (): Promise<Comment | undefined> =>
    (await site.issues.comments(old.number)).find((comment) => comment.body === text)
  if ((await said()) === undefined) await site.issues.comment(old.number, text, said)
  await site.pulls.update(old.number, { state: 'closed' })
}

async function writeOnce(site: Repository, plan: WebsitePlan): Promise<WebsiteResult> {
  const base = await baseOf(site)
  const branch = await branchOf(site, plan, base)
  const parent = branch.foreign ? (branch.tip ?? base.sha) : base.sha
  const edits = await editsAt(site, plan, parent, branch.foreign ? branch.lastOwn : undefined)
  const open = await site.pulls.from(plan.branch, base.name, 'open')
  const latest = open ?? (await site.pulls.from(plan.branch, base.name, 'all'))
  if (edits.files.size === 0 && !branch.foreign) {
    // The base has it all: merged, or done by hand.
    return {
      pull: latest,
      state: latest?.mergedAt === undefined ? 'nothing' : 'merged',
      edits,
      findings: edits.findings
    }
  }
  if (
    open === undefined &&
    branch.tip !== undefined &&
    latest !== undefined &&
    latest.mergedAt === undefined
  ) {
    return { pull: latest, state: 'closed', edits, findings: [...edits.findings, closedFinding(latest)] }
  }
  if (edits.files.size > 0 && !(await isUpToDate(site, branch, base, edits))) {
    await site.git.commitFiles({
      branch: plan.branch,
      message: `Neurodesktop ${plan.version}\n\n${TRAILER}: ${plan.version}`,
      files: edits.files,
      parent,
      expected: branch.tip,
      force: !branch.foreign && branch.tip !== undefined
    })
  }
  return await writePull(site, plan, base, open, edits)
}

async function writePull(
  site: Repository,
  plan: WebsitePlan,
  base: Base,
  open: Pull | undefined,
  edits: Edits
): Promise<WebsiteResult> {
  const title = `Neurodesktop ${plan.version}`
  const facts = {
    version: plan.version,
    releaseUrl: plan.releaseUrl,
    isPublished: plan.isPublished,
    files: [...edits.files.keys(), ...edits.same],
    remarks: edits.findings.map((one) => one.message)
  }
  const body = pullBody(facts, open?.body)
  if (open === undefined) {
    const pull = await site.pulls.open({ title, body, head: plan.branch, base: base.name })
    return { pull, state: 'opened', edits, findings: [...edits.findings, ...uncheckedFinding(pull)] }
  }
  const same = open.body.replace(/\r\n?/g, '\n') === body
  const pull = same ? open : await site.pulls.update(open.number, { body })
  return {
    pull,
    state: same ? 'same' : 'updated',
    edits,
    findings: [...edits.findings, ...uncheckedFinding(pull)]
  }
}

async function baseOf(site: Repository): Promise<Base> {
  const { defaultBranch } = await site.about()
  const sha = await site.git.branch(defaultBranch)
  if (sha === undefined) throw new Error(`${site.name} has no branch ${defaultBranch}`)
  return { name: defaultBranch, sha }
}

interface Branch {
  readonly tip: string | undefined
  /** Somebody committed to it: it is continued, never rewritten. */
  readonly foreign: boolean
  /** Our newest commit on it. */
  readonly lastOwn: string | undefined
  /** The tip is one commit of ours on top of the base as it is now. */
  readonly isFresh: boolean
}

async function branchOf(site: Repository, plan: WebsitePlan, base: Base): Promise<Branch> {
  const tip = await site.git.branch(plan.branch)
  if (tip === undefined) return { tip, foreign: false, lastOwn: undefined, isFresh: false }
  const { commits, behindBy } = await site.git.compare(base.sha, tip)
  const own = commits.filter((commit) => new RegExp(`^${TRAILER}: `, 'm').test(commit.message))
  return {
    tip,
    foreign: own.length < commits.length,
    lastOwn: own.at(-1)?.sha,
    isFresh: commits.length === 1 && own.length === 1 && behindBy === 0
  }
}

/** True when our one commit on the newest base already has these files. */
async function isUpToDate(site: Repository, branch: Branch, base: Base, edits: Edits): Promise<boolean> {
  const { tip } = branch
  if (tip === undefined || !branch.isFresh || tip === base.sha) return false
  const there = await Promise.all(
    [...edits.files].map(async ([path, content]) => (await site.git.file(path, tip)) === content)
  )
  return there.every(Boolean)
}

/** Reads every file at a commit and edits it; what a person changed on the branch since `lastOwn` is left alone. */
async function editsAt(
  site: Repository,
  plan: WebsitePlan,
  at: string,
  lastOwn: string | undefined
): Promise<Edits> {
  const files = new Map<string, string>()
  const same: string[] = []
  const absent: string[] = []
  const findings: Finding[] = []
  const take = async (path: string, edit: (text: string) => Promise<string>): Promise<void> => {
    const text = await site.git.file(path, at)
    if (text === undefined) {
      absent.push(path)
      return
    }
    try {
      const edited = await edit(text)
      if (edited === text) same.push(path)
      else files.set(path, edited)
    } catch (error) {
      if (!(error instanceof PageError) && !(error instanceof VersionFileError)) throw error
      findings.push({
        id: 'release-website-file',
        subject: path,
        severity: 'error',
        message: `${path} was not changed: ${messageOf(error)}`,
        hint: 'Edit it by hand on the branch, and report the form of the file.'
      })
    }
  }
  for (const path of plan.historyPaths) {
    await take(path, async (text) => {
      if (await wasEdited(site, plan, path, text, lastOwn)) {
        findings.push({
          id: 'release-website-edited',
          subject: path,
          severity: 'notice',
          message: `the section of ${plan.version} in ${path} was edited on the branch, and is left as it is`
        })
        return text
      }
      return editPage(path, text, plan.version, plan.notes)
    })
  }
  for (const path of plan.versionFiles)
    await take(path, async (text) => await editVersion(path, text, plan.version))
  for (const [kind, paths] of [
    ['history-path', plan.historyPaths],
    ['version-files', plan.versionFiles]
  ] as const) {
    if (paths.length > 0 && paths.every((path) => absent.includes(path))) {
      findings.push({
        id: 'release-website-absent',
        subject: site.name,
        severity: 'warning',
        message: `${site.name} has none of ${paths.join(', ')}`,
        hint: `Give the paths in \`${kind}\`.`
      })
    }
  }
  return { files, same, absent, findings }
}

async function wasEdited(
  site: Repository,
  plan: WebsitePlan,
  path: string,
  text: string,
  lastOwn: string | undefined
): Promise<boolean> {
  if (lastOwn === undefined) return false
  const now = sectionOfPage(path, text, plan.version)
  const ours = await site.git.file(path, lastOwn)
  const wrote = ours === undefined ? undefined : sectionOfPage(path, ours, plan.version)
  return wrote !== undefined && now !== wrote
}

function uncheckedFinding(pull: Pull): Finding[] {
  if (pull.author !== 'github-actions[bot]') return []
  return [
    {
      id: 'release-pull-request-unchecked',
      subject: pull.url,
      severity: 'warning',
      message: 'the pull request was opened with the token of the job, so GitHub starts no checks on it',
      hint: 'Give `website-token`: the token of a GitHub App, from actions/create-github-app-token; or close and reopen the pull request by hand.'
    }
  ]
}

function closedFinding(pull: Pull): Finding {
  return {
    id: 'release-pull-request-closed',
    subject: pull.url,
    severity: 'warning',
    message: `pull request #${pull.number} was closed by somebody; no new one is opened`,
    hint: 'Reopen it, or delete its branch and the next run opens a new one.'
  }
}
