/** What the tests of one container are about, and what they need. */
import type { ContainerPromise, ImageTree, InstallResult, SmokeTest } from '../../../lib/exposure/index.ts'
import type { Expected } from './expected.ts'
import type { Scene } from './installing.ts'

/** What the caller wants to see, besides that the promise is kept. */
export interface Wanted {
  readonly smokeTests: readonly SmokeTest[]
  readonly expected: readonly Expected[]
  /** DISPLAY of a virtual screen. */
  readonly display: string | undefined
}

/** An exposed container, and everything that its tests need. */
export interface Suite extends Scene {
  readonly wanted: Wanted
  readonly tree: ImageTree
  readonly promise: ContainerPromise
  readonly result: InstallResult
  /** The environment of a call: the container's folder is on PATH. */
  readonly env: Readonly<Record<string, string>>
  /** The same before anything is activated. */
  readonly bare: Readonly<Record<string, string>>
  readonly home: string
  /** A folder for what the tests make. */
  readonly calls: string
  readonly excludes: readonly string[]
  /** Installs once more, in the same or in another folder. */
  readonly again: (where: string) => Promise<InstallResult>
}
