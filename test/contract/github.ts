/** A GitHub that knows whose token asks it, for runs that make use of their secrets. */
import { createPublicKey } from 'node:crypto'

import { startGitHub, type GitHubOptions, type GitHubTestbed } from '../../testbed/github/index.ts'

export const APP_ID = '4711'

/** The token of each input that has one, and the App when its key is there. */
export async function gitHubFor(
  secrets: Readonly<Record<string, string>>,
  repositories: GitHubOptions['repositories']
): Promise<GitHubTestbed> {
  const tokens = Object.entries(secrets).filter(([input]) => /^(?:[a-z]+-)?token$/.test(input))
  const key = secrets['app-private-key']
  const app = (pem: string): GitHubOptions['apps'] => ({
    [APP_ID]: {
      slug: 'app-private-key',
      publicKey: createPublicKey(pem).export({ type: 'spki', format: 'pem' }).toString(),
      installedOn: Object.keys(repositories)
    }
  })
  return await startGitHub({
    repositories,
    tokens: Object.fromEntries(tokens.map(([input, token]) => [token, { login: `${input}[bot]` }])),
    ...(key === undefined ? {} : { apps: app(key) })
  })
}

/** The inputs whose secrets it was asked with. */
export function askedBy(github: GitHubTestbed): readonly string[] {
  return [...new Set(github.requests.map(({ login }) => login.replace('[bot]', '')))].filter(
    (login) => login !== ''
  )
}
