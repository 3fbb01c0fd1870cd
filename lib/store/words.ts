/** What is said to rclone of an object, and what it says. Pure. */
import type { StoredObject } from './store.ts'

/** What a store can do by itself, as rclone tells. */
export interface Features {
  /** A real rename: then a file is written under another name first. Object stores have none. */
  readonly rename: boolean
  /** Copies without the bytes coming here. */
  readonly copy: boolean
  readonly md5: boolean
  /** Its top level are buckets or containers: an object store. */
  readonly buckets: boolean
  /** Whose headers it speaks. */
  readonly api: 'swift' | 's3' | 'other'
}

/** What is kept with an object, so that others can compare without reading it. */
export interface ObjectFacts {
  readonly sha256: string
  readonly digest?: string
}

/** Swift and S3 keep facts as headers of the upload; rclone's own way would add the file's owner and mode to them. */
export function factArguments(facts: ObjectFacts, api: Features['api']): string[] {
  const known = Object.entries(facts).filter(([, value]) => value !== undefined)
  if (api === 'other')
    return ['--metadata', ...known.flatMap(([name, value]) => ['--metadata-set', `${name}=${value}`])]
  const prefix = api === 'swift' ? 'X-Object-Meta-' : 'x-amz-meta-'
  return known.flatMap(([name, value]) => ['--header-upload', `${prefix}${name}: ${value}`])
}

interface ListedItem {
  readonly Path: string
  readonly Size: number
  readonly ModTime?: string
  readonly IsDir: boolean
  readonly Hashes?: Readonly<Record<string, string>>
  readonly Metadata?: Readonly<Record<string, string>>
}

/** Reads what `rclone lsjson` prints; folders are left out. */
export function parseListing(text: string): StoredObject[] {
  const items = JSON.parse(text) as ListedItem[]
  return items
    .filter((item) => !item.IsDir)
    .map((item) => {
      const modified = Date.parse(item.ModTime ?? '')
      const md5 = item.Hashes?.['md5'] ?? item.Hashes?.['MD5']
      const sha256 = item.Metadata?.['sha256'] ?? ''
      return {
        key: item.Path,
        bytes: item.Size,
        ...(Number.isNaN(modified) ? {} : { modified }),
        ...(md5 === undefined || md5 === '' ? {} : { md5 }),
        ...(/^[0-9a-f]{64}$/.test(sha256) ? { sha256 } : {})
      }
    })
}
