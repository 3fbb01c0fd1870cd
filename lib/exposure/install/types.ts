/** What every way to expose a container has in common: what it is given, and what can be seen afterwards. */
import type * as fileSystem from 'node:fs/promises'

import type { Finding } from '../../report/index.ts'
import type { Caller } from '../../shell/index.ts'
import type { Installed } from '../check/session.ts'
import type { Toolbox } from '../host/toolbox.ts'

export interface InstallRequest {
  readonly fs: Pick<
    typeof fileSystem,
    | 'mkdir'
    | 'symlink'
    | 'lstat'
    | 'stat'
    | 'cp'
    | 'readdir'
    | 'readFile'
    | 'writeFile'
    | 'chmod'
    | 'rename'
    | 'rm'
    | 'realpath'
  >
  readonly caller: Caller
  readonly container: {
    readonly id: string
    readonly name: string
    readonly version: string
    readonly buildDate: string
  }
  /** The verified image to expose; undefined: the installer fetches it by itself. */
  readonly image: string | undefined
  /** A folder of its own, which holds nothing yet. */
  readonly folder: string
  /** Where the installer lies; not used by the built-in one. */
  readonly installerPath: string
  /** The whole environment of the installer. */
  readonly env: Readonly<Record<string, string>>
  readonly toolbox: Toolbox
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

export interface InstallResult {
  readonly installed: Installed
  /** null: it was ended by a signal, or could not be started. Nobody may trust a 0. */
  readonly exitCode: number | null
  readonly timedOut: boolean
  /** What it printed, both streams. */
  readonly output: string
  /** Names in the container's folder that are the installer's own and were there before. */
  readonly ownFiles: readonly string[]
  /** What is wrong with the installer's other parts. */
  readonly findings: readonly Finding[]
}
