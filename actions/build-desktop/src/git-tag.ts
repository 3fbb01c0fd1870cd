/** The git tag of a published build: one ref through the API, never `git push --force --tags`. */
import { messageOf } from '../../../lib/failure/index.ts'
import type { Finding } from '../../../lib/report/index.ts'
import { gitHubRepository } from './gate.ts'
import type { Setup } from './setup.ts'

export interface GitTag {
  readonly outcome: 'made' | 'moved' | 'there' | 'left'
  readonly findings: readonly Finding[]
}

/** Makes the tag at the commit that was built; moves it only by force, and never from under a release. */
export async function setGitTag(setup: Setup): Promise<GitTag> {
  const { inputs, ports, tag, revision } = setup
  const left = (message: string, hint: string): GitTag => ({
    outcome: 'left',
    findings: [{ id: 'desktop-git-tag', subject: tag, severity: 'warning', message, hint }]
  })
  if (revision === '' || ports.runner.repository === '') {
    return left('no commit is known, so no git tag was made', 'Run in a workflow of the repository.')
  }
  const repository = gitHubRepository(setup)
  try {
    const now = await repository.git.tag(tag)
    if (now === revision) return { outcome: 'there', findings: [] }
    if (now !== undefined && !inputs.forcePush) {
      return left(
        `the git tag is at ${now.slice(0, 12)}, not at ${revision.slice(0, 12)}`,
        'Give `force-push: true` to move it.'
      )
    }
    if (now !== undefined && (await repository.releases.ofTag(tag)) !== undefined) {
      return left('a release uses the git tag, so it stays where it is', 'Publish under another tag.')
    }
    await repository.git.setTag(tag, revision, now)
    return { outcome: now === undefined ? 'made' : 'moved', findings: [] }
  } catch (error) {
    ports.runner.signal.throwIfAborted()
    // The image is published; that its tag is missing in git must not look as if it were not.
    return left(`no git tag was made: ${messageOf(error)}`, 'The token needs contents: write.')
  }
}
