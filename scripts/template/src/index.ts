import '../../../lib/stage/index.ts'

import { defineAction, runAction } from '../../../lib/action/index.ts'
import { inputs } from './inputs.ts'
import { run } from './run.ts'

await runAction(defineAction({ name: '{{name}}', inputs, ports: (base) => base, run }))
