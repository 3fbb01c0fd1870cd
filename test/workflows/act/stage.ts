/** A repository with an installed set, told to use the testbed instead of the world. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'

import { isScalar, parseDocument, visit, type Document } from 'yaml'

import { top } from '../../../scripts/repository.ts'
import { asData, textOf } from '../../../scripts/workflows/model.ts'
import { readSets } from '../../../scripts/workflows/sets.ts'
import { makeCheckout, makeFolder, type Checkout } from '../fixtures.ts'

export interface Stage extends AsyncDisposable {
  readonly repository: Checkout
  /** For artifacts and caches of one run. */
  readonly folder: string
  /** Changes one workflow and commits it. */
  readonly change: (file: string, edit: (document: Document) => void) => Promise<void>
  /** Between two runs: what a new run does not have. */
  readonly forget: (what: 'artifacts' | 'cache') => Promise<void>
  /** Another repository, as `actions/checkout` would find it. */
  readonly other: (name: string, files: Readonly<Record<string, string>>) => Promise<void>
}

/**
 * @param files more files of the repository
 */
export async function makeStage(set: string, files: Readonly<Record<string, string>>): Promise<Stage> {
  await using made = new AsyncDisposableStack()
  const repository = made.use(await makeCheckout())
  const place = made.use(await makeFolder())
  const found = (await readSets(top)).find(({ name }) => name === set)
  if (found === undefined) throw new Error(`there is no set ${set}`)
  for (const { to, text } of found.files) await repository.write(to, text)
  for (const [file, text] of Object.entries(files)) await repository.write(file, text)
  const commit = (message: string): void => {
    repository.git('add', '--all')
    repository.git('commit', '--quiet', '--allow-empty', '--message', message)
  }
  commit('as installed')
  const stop = made.move()
  return {
    repository,
    folder: place.folder,
    change: async (file, edit) => {
      const where = path.join(repository.folder, '.github', 'workflows', file)
      const document = parseDocument(await readFile(where, 'utf8'))
      edit(document)
      await writeFile(where, document.toString({ lineWidth: 0 }))
      commit(`${file} on the testbed`)
    },
    forget: async (what) => {
      await rm(path.join(place.folder, what), { recursive: true, force: true })
    },
    other: async (name, content) => {
      const where = path.join(place.folder, 'repositories', name.toLowerCase())
      await mkdir(where, { recursive: true })
      const other: Checkout = await makeCheckout()
      for (const [file, text] of Object.entries(content)) await other.write(file, text)
      other.git('add', '--all')
      other.git('commit', '--quiet', '--allow-empty', '--message', 'content')
      other.git('clone', '--quiet', other.folder, where)
      await other[Symbol.asyncDispose]()
    },
    [Symbol.asyncDispose]: async () => await stop.disposeAsync()
  }
}

/** act does not know this key yet; the rules check it. */
export function withoutQueue(document: Document): void {
  visit(document, {
    Pair(_, { key }) {
      return isScalar(key) && key.value === 'queue' ? visit.REMOVE : undefined
    }
  })
}

/** The `with:` of the step with this id. */
export function setInputs(
  document: Document,
  job: string,
  step: string,
  inputs: Readonly<Record<string, string>>
): void {
  const steps = document.getIn(['jobs', job, 'steps'], true)
  let done = false
  visit(steps as never, {
    Map(_, node) {
      if (node.get('id') !== step) return undefined
      for (const [name, value] of Object.entries(inputs)) node.setIn(['with', name], value)
      done = true
      return visit.SKIP
    }
  })
  if (!done) throw new Error(`job ${job} has no step ${step}`)
}

export function setEnv(document: Document, values: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (!document.hasIn(['env', name])) throw new Error(`there is no env ${name}`)
    document.setIn(['env', name], value)
  }
}

/** A part of the file that a test replaces has to be there. */
export function setPart(document: Document, place: readonly (string | number)[], value: unknown): void {
  if (!document.hasIn(place)) throw new Error(`there is no ${place.join('.')}`)
  document.setIn(place, document.createNode(value))
}

/**
 * Puts the one job of a called workflow in the place of the call: act ends the whole run when a called workflow
 * fails, where GitHub goes on with the jobs that do not need it.
 */
export function inlineCall(document: Document, job: string, called: Document, calledJob: string): void {
  const place = ['jobs', job]
  const given = asData((document.getIn(place) as { toJSON(): unknown }).toJSON())
  const inputs = asData(given['with'])
  const body = (called.getIn(['jobs', calledJob]) as { toJSON(): unknown }).toJSON()
  const text = JSON.stringify(body).replace(/\binputs\.(\w+)\b/g, (_, name: string) => {
    const value = inputs[name] ?? false
    const expression = /^\$\{\{(.*)\}\}$/.exec(textOf(value))?.[1]
    if (expression !== undefined) return `(${expression.trim()})`
    return typeof value === 'string' ? `'${value}'` : textOf(value)
  })
  document.setIn(place, document.createNode({ ...asData(JSON.parse(text)), name: given['name'] }))
}
