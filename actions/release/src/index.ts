import { defineAction, runAction } from '../../../lib/action/index.ts'
import { connectGitHub } from '../../../lib/github/index.ts'
import { check, inputs } from './inputs.ts'
import { run } from './run.ts'

await runAction(
  defineAction({
    name: 'release',
    inputs,
    check,
    ports: (base, given) => ({
      ...base,
      github: connectGitHub({
        token: given.token,
        apiUrl: base.runner.apiUrl,
        http: base.http,
        clock: base.clock,
        log: base.log,
        signal: base.runner.signal
      })
    }),
    run
  })
)
