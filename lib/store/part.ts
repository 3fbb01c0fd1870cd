/** The name that a file has until it is whole, in stores that can rename. Pure but for its random part. */
import { randomBytes } from 'node:crypto'

/** Behind the name of a file that is not whole yet, in stores that can rename; process and attempt follow. */
export const PART = '.part-'
export const UNFINISHED = /\.part-\d+-[0-9a-f]{8}$/

/** A name for one attempt: no two have the same, also not in one process. */
export function partOf(key: string): string {
  return `${key}${PART}${process.pid}-${randomBytes(4).toString('hex')}`
}
