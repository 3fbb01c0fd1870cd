/**
 * A GitHub on loopback that remembers what it is told: git data, refs, commits, comparisons, contents, releases,
 * issues, comments, pull requests, workflow runs with jobs and annotations, dispatches, permissions, rate limits.
 * Every request is held against GitHub's published OpenAPI description, so that a call that GitHub would refuse
 * is refused here too.
 *
 * ```ts
 * await using github = await startGitHub({ repositories: { 'neurodesk/neurodesktop': { commits: [...] } } })
 * // GITHUB_API_URL=github.url, token 'testbed-token'
 * github.repository('neurodesk/neurodesktop').releases
 * ```
 */
export { OPERATIONS, startGitHub } from './server.ts'
export type * from './types.ts'
