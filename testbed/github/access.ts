/** Who may do what. */
import { ApiError } from './call.ts'
import type { Permission, Route } from './call.ts'
import type { Repository } from './repository.ts'
import type { TokenSeed } from './types.ts'

/** What is public can be read by everybody; all else needs the permission. */
export function allowed(
  caller: TokenSeed | undefined,
  repository: Repository,
  permission: Permission,
  access: 'read' | 'write'
): boolean {
  const isPrivate = repository.seed.private === true
  if (access === 'read' && !isPrivate) return true
  if (caller === undefined || !covers(caller, repository)) return false
  if (!caller.login.endsWith('[bot]')) {
    const role = repository.permissionOf(caller.login)
    if (role === 'none' || (role === 'read' && access === 'write' && permission !== 'issues')) return false
  }
  // Every token that sees a repository may read what it is called.
  if (permission === 'metadata' && access === 'read') return true
  if (caller.permissions === undefined) return true
  const given = caller.permissions[permission]
  return given === 'write' || (given === 'read' && access === 'read')
}

function covers(caller: TokenSeed, repository: Repository): boolean {
  const name = repository.name.toLowerCase()
  return caller.repositories?.some((one) => one.toLowerCase() === name) ?? true
}

/** Why not, in the words and with the status of GitHub. */
export function refuse(caller: TokenSeed | undefined, repository: Repository, route: Route): ApiError {
  const { access, permission } = route
  if (caller === undefined)
    return access === 'write' ? new ApiError(401, 'Requires authentication') : new ApiError(404, 'Not Found')
  if (repository.seed.private === true && access === 'read') return new ApiError(404, 'Not Found')
  const message = caller.login.endsWith('[bot]')
    ? 'Resource not accessible by integration'
    : 'Must have admin rights to Repository.'
  return new ApiError(403, message, undefined, { 'x-accepted-github-permissions': `${permission}=${access}` })
}
