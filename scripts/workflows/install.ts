/**
 * npm run workflows:install -- <checkout of a NeuroDesk repository> [options]
 *
 *   --set <name>              which set, when the remote `origin` does not tell
 *   --ref <tag or commit>     of this repository; default: the newest version tag, else the commit that is checked out
 *   --trial                   other file names and names, started by hand, changes nothing
 *   --keep-rest               jobs of a replaced file that have no successor go into a file of their own
 *   --allow-consumer <file>   a workflow that may go on reacting to a replaced one; as often as needed
 *   --dry-run                 say what would be written
 *
 * Prints every file that is replaced, with its lines before and after, and refuses as a whole or not at all.
 */
import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs, promisify } from 'node:util'

import { top } from '../repository.ts'
import { findSet, planInstallation } from './installation.ts'
import type { Pin } from './pin.ts'
import { readSets } from './sets.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    set: { type: 'string' },
    ref: { type: 'string' },
    trial: { type: 'boolean', default: false },
    'keep-rest': { type: 'boolean', default: false },
    'allow-consumer': { type: 'string', multiple: true, default: [] },
    'dry-run': { type: 'boolean', default: false }
  }
})

const [given] = positionals
if (given === undefined) {
  console.error('which checkout? npm run workflows:install -- <folder> [--ref v1.2.3] [--trial]')
  process.exitCode = 2
} else process.exitCode = await install(path.resolve(given))

async function install(checkout: string): Promise<number> {
  const set = await findSet(await readSets(top), checkout, values.set)
  const pin = await resolvePin(values.ref)
  const { writes, refusals, unused, mentions } = await planInstallation(checkout, set, {
    pin,
    trial: values.trial,
    keepRest: values['keep-rest'],
    allowConsumers: values['allow-consumer']
  })
  console.log(`${set.name}: our actions by ${pin.sha} # ${pin.version}`)
  for (const { to, state, before, text } of writes) {
    const lines = state === 'replaced' ? `, ${count(before ?? '')} lines before, ${count(text)} after` : ''
    console.log(`  ${to}: ${state}${lines}`)
  }
  for (const [file, paths] of Object.entries(mentions))
    console.log(`  look at ${file}: it speaks of ${paths.join(', ')}`)
  if (refusals.length > 0) {
    for (const refusal of refusals) console.error(`refused: ${refusal}`)
    console.error('Nothing was written.')
    return 1
  }
  if (values['dry-run']) {
    console.log('Nothing was written: --dry-run.')
    return 0
  }
  for (const { to, text, state } of writes) {
    if (state === 'same') continue
    await mkdir(path.dirname(path.join(checkout, to)), { recursive: true })
    await writeFile(path.join(checkout, to), text)
  }
  if (unused.length > 0)
    console.log(
      `Not needed any more, and left for you to remove:\n${unused.map((file) => `  ${file}`).join('\n')}`
    )
  return 0
}

/** @throws Error when there is no such version or commit here */
async function resolvePin(ref: string | undefined): Promise<Pin> {
  const wanted = ref ?? (await newestVersion()) ?? 'HEAD'
  const sha = await git('rev-parse', '--verify', '--quiet', '--end-of-options', `${wanted}^{commit}`).catch(
    () => {
      throw new Error(`--ref ${wanted}: there is no such version or commit in this repository`)
    }
  )
  const [tag] = (await git('tag', '--points-at', sha, '--list', 'v*', '--sort=-v:refname')).split('\n')
  return { sha, version: tag === undefined || tag === '' ? 'v0.0.0' : tag }
}

async function newestVersion(): Promise<string | undefined> {
  const [tag] = (await git('tag', '--list', 'v*', '--sort=-v:refname')).split('\n')
  return tag === '' ? undefined : tag
}

async function git(...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('git', ['-C', top, ...args])
  return stdout.trim()
}

function count(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
}
