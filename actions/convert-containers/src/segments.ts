/**
 * Who is made of which segments of large objects (Swift). A manifest that was copied names the segments of another, and
 * who deletes one of the two by rclone takes the segments of both. Pure.
 */

/**
 * rclone's segments are `OBJECT/MTIME/SIZE/NUMBER`, since 1.69 `OBJECT/DATE-TIME-RANDOM/NUMBER` (rclone,
 * backend/swift); what is named otherwise is not known and stays.
 */
export function segmentSet(key: string): { readonly object: string; readonly set: string } | undefined {
  const match = /^((.+\.simg)\/(?:\d+\.\d+\/\d+|\d{4}-\d\d-\d\d-\d{6}-[\w-]{16,32}))\/\d+$/.exec(key)
  return match?.[1] === undefined || match[2] === undefined ? undefined : { object: match[2], set: match[1] }
}

/** `CONTAINER/SET` of what a manifest names, which is that or a segment in it; another form is a set of its own. */
export function setOf(part: string): string {
  const slash = part.indexOf('/')
  // A container without a prefix: all that is in it.
  if (slash === -1) return `${part}/`
  return `${part.slice(0, slash)}/${segmentSet(part.slice(slash + 1))?.set ?? part.slice(slash + 1)}`
}

export interface Use {
  readonly owner: string
  /** `CONTAINER/SET`. */
  readonly set: string
}

export interface Uses {
  /** Something is made of this set; without its container, whose name may be told in two ways. */
  isUsed(set: string): boolean
  /** Who else is made of segments that this one is made of. */
  sharedWith(owner: string): readonly string[]
}

/** A manifest names a prefix, and Swift takes it as text: `x/1` also stands for `x/10`. */
export function usesOf(uses: readonly Use[]): Uses {
  const groups: { readonly root: string; readonly owners: Set<string> }[] = []
  // In this order everything that begins with a text stands directly behind it.
  for (const { owner, set } of uses.toSorted((a, b) => (a.set < b.set ? -1 : a.set > b.set ? 1 : 0))) {
    const last = groups.at(-1)
    if (last !== undefined && set.startsWith(last.root)) last.owners.add(owner)
    else groups.push({ root: set, owners: new Set([owner]) })
  }
  const groupsOf = new Map<string, Set<string>[]>()
  for (const { owners } of groups) {
    for (const owner of owners) groupsOf.set(owner, [...(groupsOf.get(owner) ?? []), owners])
  }
  const roots = groups.map(({ root }) => root.slice(root.indexOf('/') + 1))
  const known = new Map<string, boolean>()
  return {
    isUsed: (set) => {
      const answer =
        known.get(set) ?? roots.some((root) => set.startsWith(root) || root.startsWith(`${set}/`))
      known.set(set, answer)
      return answer
    },
    sharedWith: (owner) => {
      const all = new Set((groupsOf.get(owner) ?? []).flatMap((owners) => [...owners]))
      all.delete(owner)
      return [...all].sort()
    }
  }
}
