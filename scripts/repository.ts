/** Where things are in this repository; for scripts, tests and the testbed. */
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The top folder. */
export const top = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')

/** Names of all actions: the folders below actions/ that have an action.yml. */
export function actionNames(): readonly string[] {
  return readdirSync(path.join(top, 'actions'))
    .filter((name) => existsSync(path.join(top, 'actions', name, 'action.yml')))
    .sort()
}

/** Folder of an action. */
export function actionFolder(name: string): string {
  return path.join(top, 'actions', name)
}

/** A path as imports and git write it: with `/`, on Windows too. */
export function slashed(file: string): string {
  return file.replaceAll(path.sep, '/')
}
