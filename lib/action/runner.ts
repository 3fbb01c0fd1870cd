/** The one place that reads the runner's environment. */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import type { Runner } from '../ports/index.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** What the runner says about this run; with neutral values where an action is run by hand. */
export function readRunner(action: string, env: Environment, signal: AbortSignal): Runner {
  const text = (name: string, otherwise = ''): string => {
    const value = env[name]
    return value === undefined || value === '' ? otherwise : value
  }
  return {
    temp: path.join(runnerTemp(env), `neurodesk-ci-${action}-${randomBytes(6).toString('hex')}`),
    workspace: text('GITHUB_WORKSPACE', process.cwd()),
    toolCache: text('RUNNER_TOOL_CACHE', path.join(runnerTemp(env), 'tool-cache')),
    repository: text('GITHUB_REPOSITORY'),
    sha: text('GITHUB_SHA'),
    ref: text('GITHUB_REF'),
    workflow: text('GITHUB_WORKFLOW'),
    runId: text('GITHUB_RUN_ID'),
    runAttempt: Number(text('GITHUB_RUN_ATTEMPT', '1')),
    eventName: text('GITHUB_EVENT_NAME'),
    event: readEvent(text('GITHUB_EVENT_PATH')),
    actor: text('GITHUB_ACTOR'),
    triggeringActor: text('GITHUB_TRIGGERING_ACTOR', text('GITHUB_ACTOR')),
    apiUrl: text('GITHUB_API_URL', 'https://api.github.com'),
    serverUrl: text('GITHUB_SERVER_URL', 'https://github.com'),
    env: withoutInputs(env),
    signal
  }
}

/** RUNNER_TEMP, or the system's folder where there is no runner. */
export function runnerTemp(env: Environment): string {
  const given = env['RUNNER_TEMP']
  return given === undefined || given === '' ? tmpdir() : given
}

/** Children must not see inputs, some of which are secrets, nor the files that speak to the runner. */
function withoutInputs(env: Environment): Environment {
  const files = new Set(['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_STEP_SUMMARY'])
  return Object.fromEntries(
    Object.entries(env).filter(
      ([name]) => !name.startsWith('INPUT_') && !name.startsWith('STATE_') && !files.has(name)
    )
  )
}

function readEvent(file: string): Readonly<Record<string, unknown>> {
  if (file === '') return {}
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    // No event is known: what needs one says so.
    return {}
  }
}
