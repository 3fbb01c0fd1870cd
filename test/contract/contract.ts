/**
 * What an action tells the contract tests about itself: `actions/NAME/test/contract.ts` exports one as `contract`. A
 * new action brings its own (scripts/template), and no test here has to know it.
 */
import { existsSync } from 'node:fs'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import path from 'node:path'

import type { Schema } from '../../lib/action/index.ts'
import { actionFolder, actionNames } from '../../scripts/repository.ts'
import type { System } from '../../testbed/jest.ts'
import type { ServiceName } from '../../testbed/services/available.ts'
import type { RunOptions } from '../../testbed/runner/index.ts'
import type { Scene } from './ended.ts'
import type { BadValue } from './values.ts'

export interface Contract {
  /** What keeps the action busy until it is ended from outside: a server that never answers, or a tool that never ends. */
  readonly busy: Busy
  /** What it is in the middle of when it is ended later on, on real parts; at least one. */
  readonly late: readonly Late[]
  /** What a run leaves below its folder on purpose: a cache for the next one. */
  readonly keeps?: RegExp
  /** Bad values for inputs of a kind that only this action has. */
  readonly bad?: Readonly<Record<string, BadValue>>
  /** Systems that its stand-ins need: they are scripts of a shell. Default: any. */
  readonly talkOn?: System
  /** How each of its paths comes to be used; none are needed when it has but those that every action has. */
  readonly paths?: Paths
  /** A run that makes use of all its secrets; an action without any needs none. */
  readonly talk?: (folder: string, secrets: Readonly<Record<string, string>>) => Promise<Talk>
}

export interface Busy {
  readonly inputs: (server: string) => Record<string, string>
  readonly prepare?: (folder: string) => Promise<void>
  readonly env?: (server: string) => Record<string, string>
}

/** Runs that get as far as to use a path of the caller, on a server that answers everything with 404. */
export interface Paths {
  readonly inputs: (server: string) => Readonly<Record<string, string>>
  readonly env?: (server: string) => Readonly<Record<string, string>>
  readonly prepare?: (folder: string) => Promise<void>
  /** Answers in the place of 404. */
  readonly answer?: RequestListener
  /** A server of its own in the place of that one. */
  readonly open?: () => Promise<{ readonly url: string; close(): Promise<void> }>
  readonly of: Readonly<Record<string, PathUse>>
}

export interface PathUse {
  /** What has to be there, or to be made; a folder, or a file, stands in its place. `either`: it is only never below a file. */
  readonly is: 'file' | 'folder' | 'either'
  /** More than the inputs of all. */
  readonly inputs?: (server: string) => Readonly<Record<string, string>>
}

/** Names of inputs that are paths on the runner. */
export const PATH_INPUT =
  /-(?:path|file|report|config|commands|from|dir|cache|key|reports)$|^(?:catalogue|base-catalogue|catalogue-.*|keep|context|dockerfile|digests|reports|template)$/

/** One late phase. */
export interface Late {
  /** `while an image is built` */
  readonly title: string
  readonly services: readonly ServiceName[]
  /** Those that are tried here. Default: all three. */
  readonly signals?: readonly NodeJS.Signals[]
  /** Starts the parts; they are the same for all signals. */
  readonly open: () => Promise<Scene & AsyncDisposable>
}

export interface Talk extends Pick<RunOptions, 'event'> {
  /** Besides the secrets. */
  readonly inputs: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  /** Secrets that do not come by an input: variables of the environment. */
  readonly more?: Readonly<Record<string, string>>
  /** Programs that were to be called (standIn). */
  readonly tools?: readonly string[]
  /** What was wrong with requests to a GitHub that knows its own description. */
  readonly violations?: () => readonly string[]
  /** The names of the secrets that were used, as far as the other side can tell. */
  readonly used: () => readonly string[]
  close(): Promise<void>
}

export interface Subject {
  readonly name: string
  readonly schema: Schema
  /** undefined: it has none, which a test does not let pass. */
  readonly contract: Contract | undefined
}

/** Every action with its schema and its contract. */
export async function loadSubjects(): Promise<readonly Subject[]> {
  return await Promise.all(
    actionNames().map(async (name) => {
      const { inputs } = (await import(path.join(actionFolder(name), 'src', 'inputs.ts'))) as {
        inputs: Schema
      }
      const file = path.join(actionFolder(name), 'test', 'contract.ts')
      if (!existsSync(file)) return { name, schema: inputs, contract: undefined }
      const { contract } = (await import(file)) as { contract: Contract }
      return { name, schema: inputs, contract }
    })
  )
}

/**
 * Puts a program into `folder`/bin, which is the first on PATH. It writes its arguments to $CALLS_FILE, one call a
 * line; then `script` is what it does.
 */
export async function standIn(folder: string, name: string, script: string): Promise<void> {
  const file = path.join(folder, 'bin', name)
  await mkdir(path.dirname(file), { recursive: true })
  const record = '[ -z "$CALLS_FILE" ] || printf "%s\\n" "$0 $*" >> "$CALLS_FILE"'
  await writeFile(file, `#!/bin/sh\n${record}\n${script}\n`)
  await chmod(file, 0o755)
}

/** A program that hangs, except when it is asked to remove something. */
export async function hangingTool(folder: string, name: string): Promise<void> {
  const script = `case " $* " in *" rm "*|*" rmi "*|*" prune "*) exit 0;; esac
echo busy >> "$BUSY_FILE"
exec sleep 300`
  await standIn(folder, name, script)
}
