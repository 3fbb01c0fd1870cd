/** A NeuroDesk repository on the testbed's GitHub, and runs of the action in it: in this process, or as the bundle. */
import * as fs from 'node:fs/promises'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterEach, expect } from '@jest/globals'

import { readInputs } from '../../../lib/action/index.ts'
import { readRunner } from '../../../lib/action/runner.ts'
import { isExpected, messageOf } from '../../../lib/failure/index.ts'
import { connectGitHub } from '../../../lib/github/index.ts'
import { createHttp } from '../../../lib/http/index.ts'
import { REPORT_SCHEMA, type Finding, type Report } from '../../../lib/report/index.ts'
import { actionFolder } from '../../../scripts/repository.ts'
import {
  startGitHub,
  type GitHubOptions,
  type GitHubTestbed,
  type IssueState,
  type JobSeed,
  type RepositoryHandle,
  type RunSeed
} from '../../../testbed/github/index.ts'
import { keptLog, noCleanup, noExec, realClock } from '../../../testbed/ports.ts'
import {
  prepareRun,
  readManifest,
  runAction,
  type ActionRun,
  type Annotation,
  type RunOptions
} from '../../../testbed/runner/index.ts'
import { check, inputs as schema } from '../src/inputs.ts'
import { run as reportProblem } from '../src/run.ts'

export const NAME = 'neurodesk/neurodesktop'
const WORKFLOW = 'test-cvmfs.yml'

/** What `needs` says of the job that the scenes tell of. */
export const FAILED = { needs: { check: 'failure' } }
export const WELL = { needs: { check: 'success' } }

export interface Scene {
  readonly github: GitHubTestbed
  readonly repository: RepositoryHandle
  /** Issues that are open, oldest first. */
  open(): readonly IssueState[]
  /** One run of the workflow: its jobs, and the reports that they left. */
  run(told: Told): Promise<ActionRun>
}

export interface Told {
  readonly reports?: readonly Report[]
  /** Besides the one that reports. */
  readonly jobs?: readonly JobSeed[]
  readonly needs?: Readonly<Record<string, string>>
  readonly inputs?: Readonly<Record<string, string>>
  readonly files?: Readonly<Record<string, string>>
  readonly token?: string
  readonly env?: Readonly<Record<string, string>>
  readonly event?: unknown
  /** Run and attempt of an earlier call: a re-run. */
  readonly id?: number
  readonly attempt?: number
  readonly seed?: Partial<RunSeed>
}

const REPORTING: JobSeed = { name: 'report', status: 'in_progress', conclusion: null, runner: 'runner-9' }

const started: GitHubTestbed[] = []
afterEach(async () => {
  await Promise.all(started.splice(0).map(async (github) => await github.close()))
})

/** Ended after each test. */
export async function setUp(options: Partial<GitHubOptions> = {}): Promise<Scene> {
  return await start(options, runHere)
}

/** The same with the built bundle, spawned as the runner does. */
export async function setUpBundle(options: Partial<GitHubOptions> = {}): Promise<Scene> {
  return await start(options, runAction)
}

async function start(
  options: Partial<GitHubOptions>,
  run: (options: RunOptions) => Promise<ActionRun>
): Promise<Scene> {
  const github = await startGitHub({
    repositories: { [NAME]: { commits: [{ message: 'first' }], workflows: [WORKFLOW] } },
    checkResponses: true,
    ...options
  })
  started.push(github)
  const repository = github.repository(NAME)
  return {
    github,
    repository,
    open: () => repository.issues.filter(({ state }) => state === 'open'),
    run: async (told) => {
      const folder = await mkdtemp(path.join(tmpdir(), 'neurodesk-ci-report-problem-'))
      try {
        const files: Record<string, string> = { ...told.files }
        for (const [at, report] of (told.reports ?? []).entries())
          files[`reports/${at}/${report.action}.json`] = JSON.stringify(report)
        for (const [name, content] of Object.entries(files)) {
          await mkdir(path.dirname(path.join(folder, name)), { recursive: true })
          await writeFile(path.join(folder, name), content)
        }
        const id = told.id ?? addRun(repository, told)
        const needs = Object.entries(told.needs ?? {}).map(([job, result]) => [job, { result, outputs: {} }])
        const result = await run({
          action: actionFolder('report-problem'),
          inputs: {
            ...(told.reports === undefined ? {} : { reports: 'reports/**/*.json' }),
            ...(told.needs === undefined
              ? {}
              : { needs: JSON.stringify(Object.fromEntries(needs), null, 2) }),
            ...told.inputs
          },
          token: told.token ?? 'testbed-token',
          folder,
          // Every action's post is tested in test/contract; here it would only take time.
          post: false,
          ...(told.event === undefined ? {} : { event: told.event }),
          env: {
            GITHUB_API_URL: github.url,
            GITHUB_SERVER_URL: github.url,
            GITHUB_REPOSITORY: NAME,
            GITHUB_RUN_ID: String(id),
            GITHUB_RUN_ATTEMPT: String(told.attempt ?? 1),
            GITHUB_WORKFLOW: 'Test cvmfs',
            GITHUB_JOB: 'report',
            GITHUB_EVENT_NAME: 'schedule',
            RUNNER_NAME: 'runner-9',
            ...told.env
          }
        })
        expect(github.violations).toEqual([])
        return result
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    }
  }
}

/** What the bundle does, without its start: the story on a log that is kept, and what the runner would see of it. */
async function runHere(options: RunOptions): Promise<ActionRun> {
  const env = await prepareRun(options.folder ?? '', await readManifest(options.action), options)
  const annotations: Annotation[] = []
  const said: string[] = []
  const annotate = (kind: Annotation['kind'], message: string, title = ''): void =>
    void annotations.push({ kind, message, properties: { title } })
  const log = keptLog((kind, text, place) => {
    if (kind === 'error' || kind === 'warning' || kind === 'notice') annotate(kind, text, place?.title)
    else if (kind !== 'mask') said.push(text)
  })
  const runner = readRunner('report-problem', env, new AbortController().signal)
  const http = createHttp({ userAgent: 'test' })
  // GitHub's lists lag; the testbed's do so only where a test says it.
  const clock = { ...realClock, sleep: async () => await Promise.resolve() }
  try {
    const inputs = readInputs(schema, env, check)
    const github = connectGitHub({ http, clock, log, token: inputs.token, apiUrl: runner.apiUrl })
    const ports = { exec: noExec, http, clock, fs, log, cleanup: noCleanup, runner, github }
    const { failure, findings, outputs, summary, verdict } = await reportProblem(inputs, ports)
    if (failure !== undefined) annotations.unshift({ kind: 'error', message: failure, properties: {} })
    for (const { severity, subject, message } of findings)
      annotate(severity === 'unknown' ? 'warning' : severity, `${subject}: ${message}`)
    return {
      ...ENDED,
      exitCode: failure === undefined ? 0 : 1,
      outputs: { ok: String(verdict === 'ok'), ...outputs },
      summary,
      log: said.join('\n'),
      annotations
    }
  } catch (error) {
    if (!isExpected(error)) throw error
    annotate('error', messageOf(error))
    return { ...ENDED, exitCode: 1, outputs: {}, summary: '', log: said.join('\n'), annotations }
  } finally {
    http.close()
  }
}

const ENDED = { signal: null, state: {}, files: { env: '', path: '' }, raw: '', post: undefined }

/** A run of the workflow that is at its last job. */
export function addRun(repository: RepositoryHandle, told: Pick<Told, 'jobs' | 'attempt' | 'seed'>): number {
  const attempt = told.attempt ?? 1
  return repository.addRun({
    workflow: WORKFLOW,
    name: 'Test cvmfs',
    status: 'in_progress',
    attempt,
    jobs: [...(told.jobs ?? []), { ...REPORTING, attempt }],
    ...told.seed
  })
}

/** The run as it looks when it is over: with what the job that reports said in annotations. */
export function addEnded(repository: RepositoryHandle, said: ActionRun): number {
  const annotations = said.annotations.map(({ kind, message, properties }) => ({
    level: kind === 'error' ? ('failure' as const) : kind,
    message,
    title: properties['title'] ?? ''
  }))
  return repository.addRun({
    workflow: WORKFLOW,
    name: 'Test cvmfs',
    jobs: [{ name: 'report', runner: 'runner-3', annotations }]
  })
}

export function report(findings: readonly Finding[], change: Partial<Report> = {}): Report {
  return {
    schema: REPORT_SCHEMA,
    action: 'check-cvmfs',
    started: '2026-01-01T00:00:00.000Z',
    finished: '2026-01-01T00:01:00.000Z',
    verdict: findings.some(({ severity }) => severity === 'error') ? 'failed' : 'ok',
    headline: findings.length === 0 ? 'All is well.' : 'A deployment must wait.',
    findings,
    figures: {},
    ...change
  }
}

export function stale(subject: string, hours = 30): Finding {
  return {
    id: 'snapshot-too-old',
    subject,
    severity: 'error',
    message: `Its last snapshot is ${hours} hours old.`,
    hint: 'Ask its owner.'
  }
}

/** The leg that found it, and says so in an annotation. */
export function redJob(name = 'check'): JobSeed {
  return {
    name,
    conclusion: 'failure',
    steps: [{ name: 'Check', conclusion: 'failure' }],
    annotations: [{ level: 'failure', message: 'A deployment must wait.' }]
  }
}

export function only<T>(list: readonly T[]): T {
  expect(list).toHaveLength(1)
  return list[0] as T
}

/** What people see of an issue: without what is hidden. */
export function visible(body: string): string {
  return body.replace(/<!--[\s\S]*?-->\n?/g, '')
}
