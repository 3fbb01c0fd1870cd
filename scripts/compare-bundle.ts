/** What the committed bundle has that the built one has not, and the other way round: every file, chunks included. */
import { readFile, readdir } from 'node:fs/promises'
import path from 'node:path'

import { slashed } from './repository.ts'

/** One sentence for each difference; [] when all bytes are the same. */
export async function compareBundle(
  name: string,
  committed: string,
  built: string
): Promise<readonly string[]> {
  const [have, want] = await Promise.all([files(committed), files(built)])
  const all = [...new Set([...have, ...want])].sort()
  const differences = await Promise.all(
    all.map(async (file) => {
      if (!have.includes(file)) return `${name}: dist/${file} is missing`
      if (!want.includes(file)) return `${name}: dist/${file} is not built any more`
      const [a, b] = await Promise.all([
        readFile(path.join(committed, file)),
        readFile(path.join(built, file))
      ])
      return a.equals(b) ? undefined : `${name}: dist/${file} differs`
    })
  )
  return differences.filter((difference) => difference !== undefined)
}

async function files(folder: string): Promise<readonly string[]> {
  try {
    const found = await readdir(folder, { recursive: true, withFileTypes: true })
    return found
      .filter((entry) => entry.isFile())
      .map((entry) => slashed(path.relative(folder, path.join(entry.parentPath, entry.name))))
  } catch {
    return []
  }
}
