import { defineAction, runAction } from '../../../lib/action/index.ts'
import { connectGitHub } from '../../../lib/github/index.ts'
import { createRegistry, dockerCredentials } from '../../../lib/registry/index.ts'
import { connectMastodon } from './announce/mastodon.ts'
import { check, inputs } from './inputs.ts'
import { run } from './run.ts'

await runAction(
  defineAction({
    name: 'release',
    inputs,
    check,
    ports: (base, given) => {
      const { http, clock, log, runner } = base
      const common = { http, clock, log, signal: runner.signal }
      const github = connectGitHub({ ...common, token: given.token, apiUrl: runner.apiUrl })
      return {
        ...base,
        github,
        websiteGitHub:
          given.websiteToken === ''
            ? github
            : connectGitHub({ ...common, token: given.websiteToken, apiUrl: runner.apiUrl }),
        registry: createRegistry({ ...common, credentials: dockerCredentials(base) }),
        mastodon:
          given.mastodonUrl === ''
            ? undefined
            : connectMastodon({ ...common, url: given.mastodonUrl, token: given.mastodonToken })
      }
    },
    run
  })
)
