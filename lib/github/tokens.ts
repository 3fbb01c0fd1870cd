/**
 * Who asks: a token that was given, or a GitHub App, whose tokens end after an hour and can be had anew. A run that
 * converts for hours outlives an App's token that another step made; one that is made here it does not.
 */
import type { Octokit } from '@octokit/rest'
import { InputError, messageOf } from '../failure/index.ts'
import type { Log } from '../ports/index.ts'
import { isRequestFailure } from './failures.ts'
import type { App } from './types.ts'

/** Tokens for one repository. */
export interface Tokens {
  /** Undefined: nobody in particular, who reads what is public. */
  current(): Promise<string | undefined>
  /** Another one, after GitHub refused this; absent where there is only one. */
  readonly renew?: (refused: string) => Promise<string>
}

/** The token as it was given: when GitHub refuses it, there is no other. */
export function givenToken(token: string): Tokens {
  return { current: async () => await Promise.resolve(token === '' ? undefined : token) }
}

/**
 * Tokens of the App's installation, each for this repository alone and with all that the App may do there.
 * `asApp` is an octokit that signs as the App.
 * https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/authenticating-as-a-github-app-installation
 */
export function installationTokens(
  asApp: () => Promise<Octokit>,
  at: { readonly owner: string; readonly repo: string },
  app: App,
  log: Pick<Log, 'mask' | 'debug'>
): Tokens {
  const name = `${at.owner}/${at.repo}`
  let installation: Promise<number> | undefined
  let newest = ''

  const find = async (): Promise<number> => {
    const octokit = await asApp()
    try {
      return (await octokit.rest.apps.getRepoInstallation(at)).data.id
    } catch (error) {
      // Asked again by the next request: a repository that is added to the installation meanwhile is found then.
      installation = undefined
      throw refusedAsApp(`the installation on ${name}`, error, app, name)
    }
  }
  const fetchToken = async (refresh: boolean): Promise<string> => {
    const installationId = await (installation ??= find())
    const octokit = await asApp()
    try {
      const made = (await octokit.auth({
        type: 'installation',
        installationId,
        repositoryNames: [at.repo],
        refresh
      })) as { readonly token: string }
      if (made.token !== newest) log.mask(made.token)
      newest = made.token
      return newest
    } catch (error) {
      // An App that was installed anew has another number.
      installation = undefined
      throw refusedAsApp(`a token for ${name}`, error, app, name)
    }
  }
  let renewing: Promise<string> | undefined
  return {
    current: async () => await (renewing ?? fetchToken(false)),
    renew: async (refused) => {
      // Requests that were refused together share one new token.
      if (refused !== newest) return newest
      log.debug(`GitHub refused the token for ${name}; asking for a new one`)
      renewing ??= fetchToken(true).finally(() => (renewing = undefined))
      return await renewing
    }
  }
}

/**
 * Asks with the current token, and once more with a new one when GitHub answers 401 and there is one to be had. A
 * request that was answered 401 had no effect, so that writes are asked again as well.
 */
export async function withToken<T>(
  tokens: Tokens,
  ask: (headers: Readonly<Record<string, string>>) => Promise<T>
): Promise<T> {
  const token = await tokens.current()
  if (token === undefined) return await ask({})
  try {
    return await ask({ authorization: `token ${token}` })
  } catch (error) {
    if (tokens.renew === undefined || !isRequestFailure(error) || error.status !== 401) throw error
    return await ask({ authorization: `token ${await tokens.renew(token)}` })
  }
}

/** What the App itself was refused, as a problem of its inputs: a 404 here says nothing of what was looked for. */
function refusedAsApp(what: string, error: unknown, app: App, repository: string): unknown {
  if (!isRequestFailure(error)) return error
  const said = messageOf(error).replace(/ - https:\/\/docs\.github\.com\S*$/, '')
  if (error.status === 404) {
    return new InputError([
      {
        input: 'app-id',
        given: app.id,
        allowed: `an App that is installed on ${repository}`,
        fix: `${what} was answered 404; install the App there, or add the repository to its installation`
      }
    ])
  }
  if (error.status === 401 || error.status === 403 || error.status === 422) {
    return new InputError([
      {
        input: error.status === 401 ? 'app-private-key' : 'app-id',
        given: error.status === 401 ? '***' : app.id,
        allowed:
          error.status === 401 ? 'a private key of the App that `app-id` names' : 'an App that may act here',
        fix: `${what} was answered ${error.status} (${said})`
      }
    ])
  }
  return error
}
