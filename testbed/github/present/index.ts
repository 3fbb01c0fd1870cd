/** The answers' bodies. Each function takes the API's own address first. */
export { change, commit, gitCommit, ref } from './commits.ts'
export { comment, fullPull, issue, label, pull } from './issues.ts'
export { account, repository, user, userId } from './people.ts'
export { asset, release } from './releases.ts'
export { annotation, job, run } from './runs.ts'
