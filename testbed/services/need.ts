import type { ToolName, Tools } from '../tools.ts'

/** A program that a service is made of is not there. */
export class MissingService extends Error {
  override readonly name = 'MissingService'
}

/** @throws MissingService that says how to get it */
export function need(tools: Tools, name: ToolName): string {
  const path = tools.paths[name]
  if (path === undefined)
    throw new MissingService(`${name} is not there; \`npm run provision\` says how to get it`)
  return path
}
