/** The ports of this action: those that all have, and one to call commands in sessions of their own. */
import path from 'node:path'

import type { Ports } from '../../../lib/ports/index.ts'
import { createCaller, TRACKING_VARIABLE, type Caller } from '../../../lib/shell/index.ts'

export interface ExposurePorts extends Ports {
  readonly caller: Caller
}

export function addPorts(base: Ports): ExposurePorts {
  // The same id as lib/action registers for its own processes: post finds what a killed run left.
  const tracking = { [TRACKING_VARIABLE]: path.basename(base.runner.temp) }
  return { ...base, caller: createCaller(base.clock, tracking) }
}
