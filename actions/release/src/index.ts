import '../../../lib/stage/index.ts'

import { defineAction, runAction } from '../../../lib/action/index.ts'
import { connect } from './connect.ts'
import { check, inputs } from './inputs.ts'

await runAction(
  defineAction({
    name: 'release',
    inputs,
    check,
    ports: connect,
    // Loaded when the inputs are good.
    run: async (given, ports) => await (await import('./run.ts')).run(given, ports)
  })
)
