import { defineAction, runAction } from '../../../lib/action/index.ts'
import { connect } from './connect.ts'
import { check, inputs } from './inputs.ts'
import { run } from './run.ts'

await runAction(defineAction({ name: 'release', inputs, check, ports: connect, run }))
