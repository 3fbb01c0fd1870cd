import '../../../lib/stage/index.ts'

import { defineAction, identityOf, runAction } from '../../../lib/action/index.ts'
import { connectGitHub } from '../../../lib/github/index.ts'
import { check, inputs } from './inputs.ts'
import { run } from './run.ts'

await runAction(
  defineAction({
    name: 'report-problem',
    inputs,
    check,
    ports: (base, given) => {
      const { http, clock, log, runner } = base
      return {
        ...base,
        github: connectGitHub({
          http,
          clock,
          log,
          signal: runner.signal,
          ...identityOf(given),
          apiUrl: runner.apiUrl
        })
      }
    },
    run
  })
)
