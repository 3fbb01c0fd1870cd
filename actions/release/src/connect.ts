/** The real ports of this action. */
import { identityOf } from '../../../lib/action/index.ts'
import { connectGitHub } from '../../../lib/github/index.ts'
import type { Ports } from '../../../lib/ports/index.ts'
import { createRegistry, dockerCredentials, firstOf } from '../../../lib/registry/index.ts'
import { connectMastodon } from './announce/mastodon.ts'
import { loginsOf } from './gates/registries.ts'
import type { Inputs } from './inputs.ts'
import type { ReleasePorts } from './ports.ts'

/** Nothing is asked yet. @throws InputError for a login of which half is missing. */
export function connect(base: Ports, given: Inputs): ReleasePorts {
  const { http, clock, log, runner } = base
  const common = { http, clock, log, signal: runner.signal }
  const github = connectGitHub({ ...common, ...identityOf(given), apiUrl: runner.apiUrl })
  return {
    ...base,
    github,
    websiteGitHub:
      given.websiteToken === ''
        ? github
        : connectGitHub({ ...common, token: given.websiteToken, apiUrl: runner.apiUrl }),
    registry: createRegistry({
      ...common,
      credentials: firstOf(loginsOf(given.registries, base.runner), dockerCredentials(base))
    }),
    mastodon:
      given.mastodonUrl === ''
        ? undefined
        : connectMastodon({ ...common, url: given.mastodonUrl, token: given.mastodonToken })
  }
}
