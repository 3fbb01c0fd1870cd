/** What the action is told, and the rules between its inputs. */
import path from 'node:path'

import {
  checkApp,
  mayAsk,
  choice,
  common,
  entries,
  flag,
  grammars,
  integer,
  lines,
  size,
  text,
  type InputsOf
} from '../../../lib/action/index.ts'
import type { InputProblem } from '../../../lib/failure/index.ts'
import { parseStore, type Store } from '../../../lib/store/index.ts'
import { CONVERTERS } from './plan.ts'
import { refuseRegistry } from './registries.ts'
import { CHANGED, parseOnly } from './select.ts'
import { oneFolder } from './workspace.ts'

export const MODES = ['check', 'plan', 'convert', 'publish', 'all', 'retain'] as const
export type Mode = (typeof MODES)[number]

const relativePath = {
  pattern: /^(?!.*(?:^|\/)\.\.(?:\/|$))[^\n]+$/,
  allowed: 'a path without ".."',
  maxLength: 1024
}

/** Never the top level of the store, whatever it is written as: what lies in this folder is deleted by its age. */
const folder = text({
  default: 'temporary-builds-new',
  pattern: /^(?!(?:.*\/)?\.{1,2}(?:\/|$))(?!.*\/\/)[^/\s].*$/,
  allowed: 'a folder below the store, such as temporary-builds-new, without ".", ".." and empty parts',
  maxLength: 1024
})

export const inputs = {
  catalogue: text({ allowed: 'a path or an http(s) URL', maxLength: 2048 }),
  'base-catalogue': text({ default: '', allowed: 'a path or an http(s) URL', maxLength: 2048 }),
  mode: choice(MODES, 'check'),
  only: text({ default: '', maxLength: 100_000 }),
  registries: entries({ ...grammars.registries, default: 'docker.io/vnmd', refuse: refuseRegistry }),
  stores: entries({
    ...grammars.stores,
    refuse: ({ value, attributes, flags }) => parseStore(value, attributes, flags).problems,
    max: 16
  }),
  'cache-prefix': { ...folder, parse: (raw: string) => folder.parse(raw).replace(/\/$/, '') },
  'local-cache': text({ default: '', maxLength: 1024 }),
  shards: integer({ default: 8, min: 1, max: 256 }),
  'max-parallel': common['max-parallel'],
  compression: choice(['gzip', 'zstd'], 'gzip'),
  converter: choice(CONVERTERS, 'stream'),
  'compression-level': integer({ default: 0, min: 0, max: 22 }),
  'apptainer-version': text({
    default: '1.2.0',
    pattern: /^\d+\.\d+(\.\d+)?$/,
    allowed: 'a version such as 1.4.5'
  }),
  'tool-mirror': common['tool-mirror'],
  'work-dir': text({ default: '', maxLength: 1024 }),
  'min-free': size(''),
  'max-replace': text({ default: '', pattern: /^\d{1,6}$/, allowed: 'a whole number, or empty' }),
  'log-file': text({ default: 'cvmfs/log.txt', ...relativePath }),
  'applist-file': text({ default: 'cvmfs/applist.json', ...relativePath }),
  'retention-days': integer({ default: 30, min: 1, max: 3650 }),
  keep: lines({ allowed: 'a path or an http(s) URL, one per line', max: 20 }),
  'max-delete': text({ default: '', pattern: /^\d{1,6}$/, allowed: 'a whole number, or empty' }),
  delete: flag(false),
  'confirm-plan': text({ default: '', pattern: /^[0-9a-f]{64}$/, allowed: 'the 64 hex digits of a plan' }),
  commit: flag(false),
  'dispatch-to': lines({
    allowed: 'owner/name, one per line',
    max: 10,
    refuse: (line) => (/^[\w.-]{1,100}\/[\w.-]{1,100}$/.test(line) ? undefined : 'owner/name')
  }),
  'dispatch-event': text({
    default: 'NeuroDesk/neurocommand applist.json update',
    pattern: /^.{1,100}$/,
    allowed: 'at most 100 characters'
  }),
  token: common.token,
  'app-id': common['app-id'],
  'app-private-key': common['app-private-key'],
  'dry-run': common['dry-run'],
  'report-path': common['report-path']
} as const

export type Inputs = InputsOf<typeof inputs>

/** Rules between inputs. */
export function check(given: Inputs): readonly InputProblem[] {
  const problems: InputProblem[] = []
  const stores = storesOf(given)
  const seen = new Set<string>()
  for (const { name } of stores) {
    if (seen.has(name)) {
      problems.push({
        input: 'stores',
        given: name,
        allowed: 'a name of its own for each store',
        fix: 'add `name=…`'
      })
    }
    seen.add(name)
  }
  if (stores.length === 0) problems.push({ input: 'stores', given: '', allowed: 'at least one store' })
  const writes = given.mode === 'convert' || given.mode === 'all'
  for (const { name, remote, required } of stores) {
    if (writes && required && remote === undefined) {
      problems.push({
        input: 'stores',
        given: name,
        allowed: `an rclone remote path for a required store with mode ${given.mode}`,
        fix: 'give the remote, and its address as `public-url=…`'
      })
    }
  }
  const only = given.only === '' ? undefined : parseOnly(given.only)
  if (only !== undefined && 'problem' in only) {
    problems.push({
      input: 'only',
      given: given.only,
      allowed: `names, globs, one job of the matrix, or \`${CHANGED}\` (${only.problem})`
    })
  }
  if (given.only === CHANGED && given.baseCatalogue === '') {
    problems.push({
      input: 'only',
      given: given.only,
      allowed: `\`${CHANGED}\` together with \`base-catalogue\``,
      fix: 'say what the catalogue was before, by its path or URL'
    })
  }
  if (only !== undefined && (given.mode === 'publish' || given.mode === 'retain')) {
    problems.push({
      input: 'only',
      given: given.only,
      allowed: `nothing with mode ${given.mode}`,
      fix: 'it is always about the whole catalogue'
    })
  }
  if (given.mode !== 'retain' && (given.delete || given.confirmPlan !== '')) {
    const input = given.delete ? 'delete' : 'confirm-plan'
    problems.push({
      input,
      given: given.mode,
      allowed: 'only with mode retain',
      fix: 'deleting is a run of its own'
    })
  }
  if (given.mode === 'retain' && given.delete) problems.push(...checkBase(given))
  if (given.compression === 'gzip' && given.compressionLevel > 9) {
    problems.push({
      input: 'compression-level',
      given: String(given.compressionLevel),
      allowed: '1 to 9 for gzip'
    })
  }
  if (
    given.workDir !== '' &&
    given.localCache !== '' &&
    path.resolve(given.workDir) === path.resolve(given.localCache)
  ) {
    problems.push(oneFolder(given.workDir))
  }
  problems.push(...checkApp(given))
  if (given.commit && !mayAsk(given)) {
    problems.push({ input: 'token', given: '', allowed: 'a token that may write contents, for `commit`' })
  }
  return problems
}

/** A catalogue that was cut off is still a catalogue: only against an earlier one it is seen. */
function checkBase({ catalogue, baseCatalogue }: Inputs): InputProblem[] {
  const itself = path.resolve(baseCatalogue) === path.resolve(catalogue)
  if (baseCatalogue !== '' && !itself) return []
  return [
    {
      input: 'base-catalogue',
      given: baseCatalogue,
      allowed: 'a catalogue of before, with `delete`',
      fix: 'give the log.txt that is committed, or apps.json of an earlier commit'
    }
  ]
}

/** The stores; when none is marked as required, each of them is. */
export function storesOf(given: Inputs): readonly Store[] {
  const stores = given.stores.map(
    ({ value, attributes, flags }) => parseStore(value, attributes, flags).store
  )
  const any = stores.some(({ required }) => required)
  return any ? stores : stores.map((store) => ({ ...store, required: true }))
}
