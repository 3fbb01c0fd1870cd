/** GitHub as the actions see it. */
import { InputError } from '../failure/index.ts'
import { connect } from './connect.ts'
import { createGit } from './git.ts'
import { createIssues, createPulls } from './issues.ts'
import { createReleases } from './releases.ts'
import { createRuns } from './runs.ts'
import type { GitHub, GitHubOptions, Repository } from './types.ts'

/**
 * Ready at once; octokit is loaded with the first request. Methods throw Refused (token, permission, unknown name),
 * Rejected (409, 422), Moved (a branch), TransientError (GitHub kept failing, or a rate limit that ends too late).
 */
export function connectGitHub(options: GitHubOptions): GitHub {
  const known = new Map<string, Repository>()
  return {
    repository: (name) => {
      const found = known.get(name.toLowerCase())
      if (found !== undefined) return found
      const made = open(options, name)
      known.set(name.toLowerCase(), made)
      return made
    }
  }
}

function open(options: GitHubOptions, name: string): Repository {
  const [owner = '', repo = '', ...rest] = name.split('/')
  if (!isName(owner) || !isName(repo) || rest.length > 0)
    throw new InputError([{ input: 'repository', given: name, allowed: 'owner/name' }])
  const at = { owner, repo }
  const connection = connect(options, at)
  return {
    name,
    git: createGit(connection, at),
    releases: createReleases(connection, at),
    pulls: createPulls(connection, at),
    issues: createIssues(connection, at),
    runs: createRuns(connection, at),
    about: async () =>
      await connection.ask(`repository ${name}`, async (octokit) => {
        const { data } = await octokit.rest.repos.get(at)
        return { defaultBranch: data.default_branch, isPrivate: data.private, isArchived: data.archived }
      }),
    permissionOf: async (login) =>
      (await connection.find(`permission of ${login}`, async (octokit) => {
        const { data } = await octokit.rest.repos.getCollaboratorPermissionLevel({
          ...at,
          username: login
        })
        return data.permission === 'admin' || data.permission === 'write' || data.permission === 'read'
          ? data.permission
          : 'none'
      })) ?? 'none',
    roleOf: async (login) =>
      (await connection.find(`role of ${login}`, async (octokit) => {
        const { data } = await octokit.rest.repos.getCollaboratorPermissionLevel({
          ...at,
          username: login
        })
        // Older Enterprise servers have no role_name; an organisation's own role falls back to its base.
        const role = ROLES.find((known) => known === data.role_name)
        return role ?? ROLES.find((known) => known === data.permission) ?? 'none'
      })) ?? 'none',
    dispatchEvent: async (type, payload) => {
      await connection.ask(
        `event ${type}`,
        async (octokit) =>
          await octokit.rest.repos.createDispatchEvent({
            ...at,
            event_type: type,
            client_payload: { ...payload }
          })
      )
    }
  }
}

const ROLES = ['admin', 'maintain', 'write', 'triage', 'read', 'none'] as const

/** Letters, digits, `.`, `_`, `-`; never a path of its own. */
function isName(text: string): boolean {
  return /^[A-Za-z0-9._-]{1,100}$/.test(text) && text !== '.' && text !== '..'
}
