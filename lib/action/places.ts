/** Which input a path comes from that the file system refuses. Pure. */
import path from 'node:path'

import { describeFileFault, fileFaultOf, InputError } from '../failure/index.ts'
import { splitLines } from './grammar.ts'
import { rawOf, type Environment, type Schema } from './schema.ts'

/**
 * The fault of the file system as a problem of the input that leads there; undefined when it is another error, or no
 * input does. What the action itself calls a file is not in any input.
 */
export function blameInput(
  error: unknown,
  schema: Schema,
  env: Environment,
  workspace: string
): InputError | undefined {
  const fault = fileFaultOf(error)
  if (fault?.path === undefined || !fault.ofPath) return undefined
  const refused = path.resolve(workspace, fault.path)
  let nearest: { readonly input: string; readonly given: string; readonly place: string } | undefined
  for (const [input, { kind, default: byDefault, secret }] of Object.entries(schema)) {
    if (secret || (kind !== 'text' && kind !== 'lines')) continue
    const raw = rawOf(input, env)
    for (const { text: given } of splitLines(raw === '' ? (byDefault ?? '') : raw)) {
      const place = path.resolve(workspace, given)
      if (leadsTo(place, refused, path.resolve(workspace)) && place.length > (nearest?.place.length ?? 0))
        nearest = { input, given, place }
    }
  }
  if (nearest === undefined) return undefined
  const { input, given } = nearest
  return new InputError([{ input, given, allowed: `another path: ${describeFileFault(fault)}` }])
}

/** The same, below it, or above it as a folder that was to be made on the way. The workspace is above too much to say. */
function leadsTo(place: string, refused: string, workspace: string): boolean {
  const isAbove = (upper: string, lower: string): boolean =>
    upper !== workspace && upper !== path.parse(upper).root && lower.startsWith(`${upper}${path.sep}`)
  return place === refused || isAbove(place, refused) || isAbove(refused, place)
}
