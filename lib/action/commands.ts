/**
 * What a step says to its runner: commands on stdout, values in files.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 *
 * Own code, because @actions/core brings an HTTP client for OIDC, which no action uses and which takes as long to
 * load as all the rest of a bundle. A test holds every byte to what the toolkit writes.
 */
import { randomUUID } from 'node:crypto'
import { accessSync, appendFileSync, constants } from 'node:fs'
import { EOL } from 'node:os'

export type AnnotationKind = 'notice' | 'warning' | 'error'

/** By the runner's own names: `title`, `file`, `line`, `col`. */
export type AnnotationProperties = Readonly<Record<string, string | number | undefined>>

/** A line of the log. Text from outside that looks like a command stays text. */
export function info(message: string): void {
  print(message.replace(/^(\s*)(::|##\[)/gm, '$1\u200B$2'))
}

export function debug(message: string): void {
  issue('debug', message)
}

export function annotate(kind: AnnotationKind, message: string, properties: AnnotationProperties = {}): void {
  issue(kind, message, properties)
}

export function startGroup(title: string): void {
  issue('group', title)
}

export function endGroup(): void {
  issue('endgroup', '')
}

/** From here on the runner shows *** in its place. */
export function setSecret(secret: string): void {
  issue('add-mask', secret)
}

export function setOutput(name: string, value: string): void {
  if (!append('GITHUB_OUTPUT', keyed(name, value))) issue('set-output', value, { name })
}

/** The post step gets it from getState; the last value of a name counts. */
export function saveState(name: string, value: string): void {
  if (!append('GITHUB_STATE', keyed(name, value))) issue('save-state', value, { name })
}

export function getState(name: string): string {
  return process.env[`STATE_${name}`] ?? ''
}

/** Adds Markdown to the summary of the step. False where there is none, as in a run by hand. */
export function addSummary(markdown: string): boolean {
  const file = fileOf('GITHUB_STEP_SUMMARY')
  if (file === undefined) return false
  appendFileSync(file, markdown)
  return true
}

function issue(command: string, message: string, properties: AnnotationProperties = {}): void {
  const given = Object.entries(properties).filter(([, value]) => value !== undefined && value !== '')
  const pairs = given.map(([name, value]) => `${name}=${escapeProperty(String(value))}`)
  print(`::${command}${pairs.length === 0 ? '' : ` ${pairs.join(',')}`}::${escapeData(message)}`)
}

function print(line: string): void {
  process.stdout.write(line + EOL)
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

/** `name<<delimiter`, the value, the delimiter: nobody can know it, so no value can end early and set another name. */
function keyed(name: string, value: string): string {
  const delimiter = `ghadelimiter_${randomUUID()}`
  if (name.includes(delimiter) || value.includes(delimiter))
    throw new Error(`the value of ${name} holds the delimiter that was drawn for it`)
  return `${name}<<${delimiter}${EOL}${value}${EOL}${delimiter}`
}

function append(variable: string, text: string): boolean {
  const file = fileOf(variable)
  if (file === undefined) return false
  // The runner made it. One that is not there is somebody's mistake, and a new one would be read by nobody.
  accessSync(file, constants.W_OK)
  appendFileSync(file, text + EOL)
  return true
}

function fileOf(variable: string): string | undefined {
  const file = process.env[variable]
  return file === undefined || file === '' ? undefined : file
}
