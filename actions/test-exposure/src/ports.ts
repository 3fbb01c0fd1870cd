/** The ports of this action: those that all have, and one to call commands in sessions of their own. */
import path from 'node:path'

import type { Ports } from '../../../lib/ports/index.ts'
import { createCaller, TRACKING_VARIABLE, type Caller } from '../../../lib/shell/index.ts'

export interface ExposurePorts extends Ports {
  readonly caller: Caller
}

export function addPorts(base: Ports): ExposurePorts {
  // The same id as lib/action registers for its own processes: post finds what a killed run left.
  const id = path.basename(base.runner.temp)
  // A program in a container starts with a clean environment; these are the ways in.
  const names = [
    TRACKING_VARIABLE,
    `APPTAINERENV_${TRACKING_VARIABLE}`,
    `SINGULARITYENV_${TRACKING_VARIABLE}`
  ]
  return { ...base, caller: createCaller(base.clock, Object.fromEntries(names.map((name) => [name, id]))) }
}
