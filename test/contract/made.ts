/** Whether a bundle writes down what it makes before it makes it (registered.mjs). */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

import { top } from '../../scripts/repository.ts'

const PRELOAD = pathToFileURL(path.join(top, 'test', 'contract', 'registered.mjs')).href

/** The environment of a run that is watched; `folder` is the one of the runner. */
export function watched(folder: string): Readonly<Record<string, string>> {
  return { NODE_OPTIONS: `--import=${PRELOAD}`, MADE_FILE: path.join(folder, 'made') }
}

/** What was made, one a line: `registered folder /…`, `unregistered container …`. */
export async function madeIn(folder: string): Promise<readonly string[]> {
  const text = await readFile(path.join(folder, 'made'), 'utf8').catch(() => '')
  return text.split('\n').filter((line) => line !== '')
}
