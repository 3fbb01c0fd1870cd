/** What is wrong with a promise before anybody has kept or broken it. Pure. */
import type { Finding, Severity } from '../../report/index.ts'
import type { ContainerPromise, Excluded } from '../promise.ts'
import { listNames } from './lists.ts'

const PROMISE_FINDINGS = {
  unsafe: 'exposure-promised-unsafe',
  reserved: 'exposure-promised-reserved',
  collides: 'exposure-promised-collides'
} as const

/** What is wrong with the promise itself, whoever installs it. */
export function promiseFindings(promise: ContainerPromise, container: string): readonly Finding[] {
  const findings: Finding[] = []
  const add = (id: string, severity: Severity, subject: string, message: string, hint?: string): void => {
    findings.push(
      hint === undefined ? { id, severity, subject, message } : { id, severity, subject, message, hint }
    )
  }
  if (promise.deployPath.length === 0 && promise.deployBins.length === 0) {
    add(
      'exposure-nothing-promised',
      'error',
      container,
      'the image sets neither DEPLOY_PATH nor DEPLOY_BINS',
      'Set one of them in the recipe (deploy: path, bins).'
    )
  }
  for (const folder of promise.missingFolders) {
    add(
      'exposure-folder-missing',
      'error',
      container,
      `DEPLOY_PATH names ${folder}, which is not in the image`
    )
  }
  for (const command of promise.commands) {
    if (command.file === undefined) {
      add(
        'exposure-bin-missing',
        'error',
        `${container}/${command.name}`,
        'DEPLOY_BINS names it, and it is nowhere on the PATH inside the image'
      )
    }
  }
  if (promise.danglingLinks.length > 0) {
    add(
      'exposure-dangling-link',
      'warning',
      container,
      `links that lead nowhere: ${listNames(promise.danglingLinks)}`
    )
  }
  const rootOnly = promise.excluded
    .filter(({ problem }) => problem.kind === 'root-only')
    .map(({ name }) => name)
  if (rootOnly.length > 0) {
    add(
      'exposure-root-only',
      'warning',
      container,
      `only root may execute ${listNames(rootOnly)}`,
      'Users of an HPC are not root: chmod a+rx in the recipe.'
    )
  }
  if (promise.duplicates.length > 0) {
    add(
      'exposure-promised-twice',
      'warning',
      container,
      `in more than one folder: ${listNames(promise.duplicates)}`,
      'The first folder of DEPLOY_PATH wins.'
    )
  }
  for (const line of promise.unread) {
    add(
      'exposure-promise-unreadable',
      'unknown',
      container,
      `an assignment that only a shell can evaluate: ${line}`
    )
  }
  for (const { name } of promise.variables.filter(
    (variable) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(variable.name)
  )) {
    add(
      'exposure-variable-name',
      'error',
      container,
      `DEPLOY_ENV_${name} does not give a name that a variable can have`
    )
  }
  findings.push(...excludedFindings(promise.excluded, container))
  return findings
}

function excludedFindings(excluded: readonly Excluded[], container: string): readonly Finding[] {
  const findings: Finding[] = []
  const quiet: string[] = []
  for (const { name, source, problem } of excluded) {
    const named = source === 'DEPLOY_BINS'
    if (problem.kind === 'unsafe' || problem.kind === 'collides' || (problem.kind === 'reserved' && named)) {
      findings.push({
        id: PROMISE_FINDINGS[problem.kind],
        severity: named && problem.kind !== 'reserved' ? 'error' : 'warning',
        subject: `${container}/${name}`,
        message: `the image promises it by ${source}, and it cannot be a command on a host: ${problem.reason}`,
        hint: 'Rename the program in the image.'
      })
    } else if (problem.kind !== 'root-only') quiet.push(name)
  }
  if (quiet.length > 0) {
    findings.push({
      id: 'exposure-not-exposed',
      severity: 'notice',
      subject: container,
      message: `left to the host: ${listNames(quiet)}`
    })
  }
  return findings
}
