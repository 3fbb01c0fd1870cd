/**
 * Fills the tables of inputs and outputs in every action's README from its action.yml, between the marks
 * `<!-- inputs -->` and `<!-- /inputs -->`, `<!-- outputs -->` and `<!-- /outputs -->`. A test fails when they are old.
 *
 *   npm run docs              writes
 *   npm run docs -- --check   says which are old
 */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

import { readManifest, type Manifest } from '../testbed/runner/index.ts'
import { actionFolder, actionNames } from './repository.ts'

/** The README with its tables as action.yml has them. @throws Error when a mark is missing. */
export function fillReadme(readme: string, manifest: Manifest): string {
  const inputs = Object.entries(manifest.inputs).map(([name, input]) => [
    `\`${name}\``,
    oneLine(input.description),
    input.required === true ? '**required**' : showDefault(input.default)
  ])
  const outputs = Object.entries(manifest.outputs).map(([name, output]) => [
    `\`${name}\``,
    oneLine(output.description)
  ])
  return replaceBetween(
    replaceBetween(readme, 'inputs', toTable(['Input', 'What it is', 'Default'], inputs)),
    'outputs',
    toTable(['Output', 'What it is'], outputs)
  )
}

function toTable(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(headers), line(headers.map(() => '---')), ...rows.map(line)].join('\n')
}

function replaceBetween(readme: string, mark: string, content: string): string {
  const [open, close] = [`<!-- ${mark} -->`, `<!-- /${mark} -->`]
  const from = readme.indexOf(open)
  const to = readme.indexOf(close)
  if (from === -1 || to < from) throw new Error(`README has no ${open} … ${close}`)
  return `${readme.slice(0, from + open.length)}\n\n${content}\n\n${readme.slice(to)}`
}

function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ').replaceAll('|', '\\|')
}

function showDefault(value: unknown): string {
  const text = value === undefined || value === null ? '' : String(value)
  if (text === '') return ''
  if (text.includes('\n')) return 'see action.yml'
  return `\`${text.replaceAll('|', '\\|')}\``
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const check = process.argv.includes('--check')
  for (const name of actionNames()) {
    const file = path.join(actionFolder(name), 'README.md')
    const before = readFileSync(file, 'utf8')
    const after = fillReadme(before, await readManifest(actionFolder(name)))
    if (after === before) continue
    if (check) process.exitCode = 1
    else writeFileSync(file, after)
    console.log(`actions/${name}/README.md ${check ? 'is old: run `npm run docs`' : 'written'}`)
  }
}
