/** The entry of the post step, beside the bundle: the same program, told that it is post. */
import { writeFile } from 'node:fs/promises'
import path from 'node:path'

const ENTRY = `// Main may have been killed before it could say in its state that it was there: post must not take its place.
globalThis.neurodeskCiPost = true
await import('./index.js')
`

/** Writes dist/post.js. */
export async function writePostEntry(dist: string): Promise<void> {
  await writeFile(path.join(dist, 'post.js'), ENTRY)
}
