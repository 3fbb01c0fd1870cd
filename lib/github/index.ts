/** GitHub: commits, files, releases, pull requests, issues, workflow runs. The only room that knows octokit. */
export { connectGitHub } from './github.ts'
export { Moved, Refused, Rejected, TooLarge } from './failures.ts'
export { LIMITS } from './types.ts'
export type * from './types.ts'
