/** Versions that a Dockerfile pins, and which of them moved. Pure. */
import { createHash } from 'node:crypto'

import type { Line } from './render.ts'
import { noteText } from './text.ts'

/** Version by name: base images, `*_VERSION` variables, and packages with `==`. */
export function pinsOf(dockerfile: string): ReadonlyMap<string, string> {
  const pins = new Map<string, string>()
  const stages = new Set<string>()
  for (const raw of dockerfile.replace(/\r\n?/g, '\n').slice(0, 1_000_000).split('\n')) {
    const line = raw.trim()
    if (line.startsWith('#')) continue
    const from = /^FROM\s+(?:--\S+\s+)*(\S+?)(?:\s+AS\s+(\S+))?\s*$/i.exec(line)
    if (from?.[1] !== undefined && !stages.has(from[1].toLowerCase())) {
      const [name, version] = splitImage(from[1])
      if (version !== '') pins.set(name, version)
    }
    if (from?.[2] !== undefined) stages.add(from[2].toLowerCase())
    for (const match of line.matchAll(/\b([A-Z][A-Z0-9_]*_(?:VERSION|TAG|RELEASE))[= ]"?(v?\d[\w.+-]*)"?/g))
      pins.set(match[1] ?? '', match[2] ?? '')
    for (const match of line.matchAll(/(?<![\w./-])([A-Za-z][\w.-]*)(?:\[[\w,]+\])?==(\d[\w.!+-]*)/g))
      pins.set(match[1] ?? '', match[2] ?? '')
  }
  return pins
}

/** Lines for pins that have another version than before; new and vanished ones are told by their commits. */
export function movedPins(before: string, after: string): Line[] {
  const [old, now] = [pinsOf(before), pinsOf(after)]
  return [...now].flatMap(([name, version]): Line[] => {
    const was = old.get(name)
    if (was === undefined || was === version) return []
    const id = `d${createHash('sha256').update(`${name} ${version}`).digest('hex').slice(0, 8)}`
    return [
      {
        ids: [id],
        markdown: `updated ${noteText(name)} to ${noteText(short(version))} (from ${noteText(short(was))})`
      }
    ]
  })
}

/** `image:tag@digest` -> name and what is pinned; the tag is what people know, the digest what counts without one. */
function splitImage(text: string): [string, string] {
  const [named = '', digest = ''] = text.split('@')
  const colon = named.lastIndexOf(':')
  if (colon > named.lastIndexOf('/')) return [named.slice(0, colon), named.slice(colon + 1)]
  return [named, digest]
}

const short = (version: string): string => version.replace(/^(sha256:[0-9a-f]{12})[0-9a-f]+$/, '$1…')
