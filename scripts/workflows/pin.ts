/** The commit of this repository that workflows refer to. Pure. */
import { OWN } from './references.ts'

export interface Pin {
  /** 40 hexadecimal digits. */
  readonly sha: string
  /** `v1.2.3`, or the name of a branch for a trial. */
  readonly version: string
}

const PINNED = new RegExp(
  `(uses:\\s*${OWN.replaceAll('/', '\\/')}[\\w-]+)@([\\w./<>-]+)[^\\S\\n]*(?:#[^\\n]*)?$`,
  'gm'
)

/** Every reference to an own action gets this pin and its comment. */
export function setPin(text: string, pin: Pin): string {
  return text.replace(PINNED, `$1@${pin.sha} # ${pin.version}`)
}

/** The pins in a text, each once. */
export function pinsIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(PINNED)].map((match) => match[2] ?? ''))]
}

export function isPin(sha: string): boolean {
  return /^[0-9a-f]{40}$/.test(sha) && !/^0+$/.test(sha)
}
