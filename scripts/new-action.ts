/**
 * Starts a new action from scripts/template: a small one that works, with its tests, its tables, its page of the
 * runbook and its rows in README.md and docs/runbook.md, ready to be changed.
 *
 *   npm run new-action -- <name> [--into <folder>]
 */
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import { readManifest } from '../testbed/runner/index.ts'
import { fillReadme } from './docs.ts'
import { top } from './repository.ts'

const args = process.argv.slice(2)
const at = args.indexOf('--into')
const into = at === -1 ? path.join(top, 'actions') : path.resolve(args.splice(at, 2)[1] ?? '')
/** What belongs to all actions lies beside their folder; a folder that is not a repository has none of it. */
const repository = path.dirname(into)
const [name = ''] = args

if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
  console.error('usage: npm run new-action -- <name>, in lower case with hyphens, such as check-mirrors')
  process.exitCode = 2
} else if (existsSync(path.join(into, name))) {
  console.error(`${path.join(into, name)} is there already`)
  process.exitCode = 1
} else {
  await create(path.join(into, name))
}

async function create(folder: string): Promise<void> {
  cpSync(path.join(top, 'scripts', 'template'), folder, { recursive: true })
  const title = name.replaceAll('-', ' ').replace(/^./, (letter) => letter.toUpperCase())
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    change(path.join(entry.parentPath, entry.name), (text) =>
      text.replaceAll('{{name}}', name).replaceAll('{{title}}', title)
    )
  }
  const manifest = await readManifest(folder)
  change(path.join(folder, 'README.md'), (text) => fillReadme(text, manifest))

  const page = path.join(repository, 'docs', 'runbook', `${name}.md`)
  if (existsSync(path.dirname(page))) renameSync(path.join(folder, 'runbook.md'), page)
  addRow('README.md', '](actions/', `| [${name}](actions/${name}/README.md) | … | ${manifest.description} |`)
  addRow('docs/runbook.md', '](runbook/', `| ${title.toLowerCase()} | [${name}](runbook/${name}.md) |`)
  console.log(`${path.relative(top, folder)} is there, with its page and its rows in the documents.`)
  console.log(
    `Next: npm run build -- ${name}, npm test -- actions/${name}; docs/adding-an-action.md tells the rest.`
  )
}

/** Puts a row below the last one of a table that links to such a place. */
function addRow(document: string, link: string, row: string): void {
  const file = path.join(repository, document)
  if (!existsSync(file)) return
  change(file, (text) => {
    const lines = text.split('\n')
    const last = lines.findLastIndex((line) => line.startsWith('|') && line.includes(link))
    if (last === -1) throw new Error(`${document} has no table with ${link}`)
    return lines.toSpliced(last + 1, 0, row).join('\n')
  })
}

function change(file: string, edit: (text: string) => string): void {
  writeFileSync(file, edit(readFileSync(file, 'utf8')))
}
