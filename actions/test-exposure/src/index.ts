import { defineAction, runAction } from '../../../lib/action/index.ts'
import { check, inputs } from './inputs.ts'
import { addPorts } from './ports.ts'
import { run } from './run.ts'

await runAction(defineAction({ name: 'test-exposure', inputs, check, ports: addPorts, run }))
