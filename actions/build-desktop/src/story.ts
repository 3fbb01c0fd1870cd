/** What happened, as far as the run came. Everything that is reported is made from this. */
import type { Finding } from '../../../lib/report/index.ts'
import type { RemoteImage } from '../../../lib/registry/index.ts'
import type { Change } from './changes.ts'
import type { GitTag } from './git-tag.ts'
import type { PackageChanges } from './packages.ts'
import type { Publication } from './publish.ts'
import type { ScanResult } from './scan.ts'
import type { Setup } from './setup.ts'
import type { SmokeResult } from './smoke.ts'

export interface Story {
  readonly setup: Setup
  readonly platforms: readonly string[]
  readonly buildMs: number | undefined
  readonly change: Change | undefined
  /** What another job found out about the image that is tested here. */
  readonly changedBefore: boolean | undefined
  /** Instead of a comparison: why there was none. */
  readonly because: string | undefined
  readonly packages: PackageChanges | undefined
  /** What this run is about, in a registry or in the engine. */
  readonly subject: Subject | undefined
  readonly uploadedBytes: number
  readonly smoke: SmokeResult
  readonly scans: readonly ScanResult[]
  readonly publications: readonly Publication[]
  readonly gitTag: GitTag | undefined
  readonly digestFile: string
  readonly findings: readonly Finding[]
}

export interface Subject {
  /** '' for an image that is only in the engine. */
  readonly digest: string
  /** By digest; the engine's name where there is no registry. */
  readonly reference: string
  /** The images by platform, where a registry has them. */
  readonly images: readonly RemoteImage[]
}

/** A story that has not begun; told on with `{ ...story, … }`. */
export function beginStory(setup: Setup, platforms: readonly string[]): Story {
  return {
    setup,
    platforms,
    buildMs: undefined,
    change: undefined,
    changedBefore: undefined,
    because: undefined,
    packages: undefined,
    subject: undefined,
    uploadedBytes: 0,
    smoke: { profiles: [], screenshots: [] },
    scans: [],
    publications: [],
    gitTag: undefined,
    digestFile: '',
    findings: []
  }
}

/** True when the run has to end here: an error, or something that is not known. */
export function isBlocked(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === 'error' || finding.severity === 'unknown')
}
