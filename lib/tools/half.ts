/** What a kill leaves in the tool cache: a folder without the mark that says it is whole. */
import path from 'node:path'

import type { Ports } from '../ports/index.ts'

/** The kind of resource that a folder of the tool cache is, as long as it is being filled. */
export const HALF_TOOL_KIND = 'half-tool'

const ID = /^[a-z][a-z0-9-]*\/\d+\.\d+\.\d+\/[a-z0-9]+$/

/** NAME/VERSION/ARCHITECTURE, as the tool cache lays its folders out. */
export function halfToolId(name: string, version: string, architecture: string): string {
  return [name, version, architecture].join('/')
}

/** Removes the folder where the tool cache has not marked it as whole. */
export async function removeHalfTool(ports: Pick<Ports, 'fs' | 'runner'>, id: string): Promise<void> {
  if (!ID.test(id)) throw new Error('it is no folder of the tool cache')
  const folder = path.join(ports.runner.toolCache, id)
  const whole = await ports.fs.access(`${folder}.complete`).then(
    () => true,
    () => false
  )
  if (!whole) await ports.fs.rm(folder, { recursive: true, force: true })
}
