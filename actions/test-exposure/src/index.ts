import '../../../lib/stage/index.ts'

import { defineAction, runAction } from '../../../lib/action/index.ts'
import { secretsIn } from '../../../lib/store/index.ts'
import { check, inputs } from './inputs.ts'
import { addPorts } from './ports.ts'
import { endJobs, JOBS_KIND } from './slurm.ts'

await runAction(
  defineAction({
    name: 'test-exposure',
    inputs,
    check,
    ports: addPorts,
    masked: secretsIn,
    // Loaded when the inputs are good: the reader of YAML alone is a sixth of the bundle.
    run: async (given, ports) => await (await import('./run.ts')).run(given, ports),
    cleaners: {
      [JOBS_KIND]: endJobs,
      // Of lib/exposure's screen, and loaded only where there was one.
      'x11-sockets': async (_id, ports) =>
        await (await import('../../../lib/exposure/index.ts')).removeSockets(ports.fs)
    }
  })
)
