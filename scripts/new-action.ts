/**
 * Starts a new action from scripts/template: a small one that works, with its tests, ready to be changed.
 *
 *   npm run new-action -- <name> [--into <folder>]
 */
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import { top } from './repository.ts'

const args = process.argv.slice(2)
const at = args.indexOf('--into')
const into = at === -1 ? path.join(top, 'actions') : path.resolve(args.splice(at, 2)[1] ?? '')
const [name = ''] = args

if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
  console.error('usage: npm run new-action -- <name>, in lower case with hyphens, such as check-mirrors')
  process.exitCode = 2
} else if (existsSync(path.join(into, name))) {
  console.error(`${path.join(into, name)} is there already`)
  process.exitCode = 1
} else {
  create(path.join(into, name))
}

function create(folder: string): void {
  cpSync(path.join(top, 'scripts', 'template'), folder, { recursive: true })
  const title = name.replaceAll('-', ' ').replace(/^./, (letter) => letter.toUpperCase())
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = path.join(entry.parentPath, entry.name)
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replaceAll('{{name}}', name).replaceAll('{{title}}', title)
    )
  }
  console.log(
    `${path.relative(top, folder)} is there. Next: npm run docs, npm run build -- ${name}, npm test -- actions/${name}`
  )
  console.log('Give it a row in the table of README.md; docs/adding-an-action.md tells the rest.')
}
