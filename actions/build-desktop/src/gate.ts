/** Who may start this: a dev build by hand moves the dev image that others use, so not everybody with a fork may. */
import { identityOf, mayAsk } from '../../../lib/action/index.ts'
import { FindingError, InputError } from '../../../lib/failure/index.ts'
import { connectGitHub, type Repository } from '../../../lib/github/index.ts'
import { isAllowed } from './plan.ts'
import type { Setup } from './setup.ts'

/** @throws FindingError with who was refused and what would be needed */
export async function gate(setup: Setup): Promise<void> {
  const { inputs, ports } = setup
  const { runner } = ports
  const least = inputs.allowedPermission
  if (inputs.channel !== 'dev' || runner.eventName !== 'workflow_dispatch' || least === 'any') return
  const who = runner.triggeringActor
  if (!mayAsk(inputs) || who === '' || runner.repository === '') {
    throw new InputError([
      {
        input: !mayAsk(inputs) ? 'token' : 'allowed-permission',
        given: '',
        allowed: `what it takes to ask GitHub for the role of ${who === '' ? 'the person' : who}`,
        fix: 'give `token: ${{ github.token }}`, or `allowed-permission: any`'
      }
    ])
  }
  const role = await gitHubRepository(setup).roleOf(who)
  if (!isAllowed(role, least)) {
    throw new FindingError(
      `${who} has the role ${role} in ${runner.repository}; a dev build by hand needs ${least}. ` +
        'Nothing was built. Ask a maintainer to start it, or change `allowed-permission`.'
    )
  }
  ports.log.info(`${who} has the role ${role}: a dev build is allowed`)
}

/** The repository that the run belongs to. Nothing is asked before a method is called. */
export function gitHubRepository(setup: Setup): Repository {
  const { http, clock, log, runner } = setup.ports
  return connectGitHub({
    ...identityOf(setup.inputs),
    apiUrl: runner.apiUrl,
    http,
    clock,
    log,
    signal: runner.signal
  }).repository(runner.repository)
}
