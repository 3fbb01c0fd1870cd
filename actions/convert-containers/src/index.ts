import '../../../lib/stage/index.ts'

import { defineAction, runAction } from '../../../lib/action/index.ts'
import { createHttp } from '../../../lib/http/index.ts'
import { removeUnfinished, secretsIn } from '../../../lib/store/index.ts'
import { getTool, HALF_TOOL_KIND, RCLONE, removeHalfTool } from '../../../lib/tools/index.ts'
import { check, inputs } from './inputs.ts'
import { removeScratch } from './workspace.ts'

await runAction(
  defineAction({
    name: 'convert-containers',
    inputs,
    check,
    ports: (base) => ({
      ...base,
      storeHttp: createHttp({
        userAgent: 'neurodesk-ci/convert-containers (+https://github.com/neurodesk/ci)',
        maxSockets: 100,
        signal: base.runner.signal,
        proxyEnv: base.runner.env
      })
    }),
    masked: secretsIn,
    // Loaded when the inputs are good.
    run: async (given, ports) => await (await import('./run.ts')).run(given, ports),
    cleaners: {
      [HALF_TOOL_KIND]: async (id, ports) => await removeHalfTool(ports, id),
      scratch: async (id, ports) => await removeScratch(ports.fs, id),
      // main has used rclone before: it is found where it was.
      unfinished: async (id, ports) => await removeUnfinished(ports, id, (await getTool(RCLONE, ports)).path)
    }
  })
)
