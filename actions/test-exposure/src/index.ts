import { defineAction, runAction } from '../../../lib/action/index.ts'
import { secretsIn } from '../../../lib/store/index.ts'
import { check, inputs } from './inputs.ts'
import { addPorts } from './ports.ts'

await runAction(
  defineAction({
    name: 'test-exposure',
    inputs,
    check,
    ports: addPorts,
    masked: secretsIn,
    // Loaded when the inputs are good: the reader of YAML alone is a sixth of the bundle.
    run: async (given, ports) => await (await import('./run.ts')).run(given, ports)
  })
)
