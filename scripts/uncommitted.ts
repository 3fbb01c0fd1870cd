/** What lies in the bundles' folders and is not committed as it lies there. */
import { execFileSync } from 'node:child_process'

/** One sentence for each file that git does not know, was told to ignore, or knows with other bytes. */
export function uncommitted(repository: string): readonly string[] {
  // A chunk whose name .gitignore knows (*.log, coverage/) would be missing for everybody else.
  const status = ['status', '--porcelain', '--untracked-files=all', '--ignored=matching']
  const told = execFileSync('git', [...status, '--', ':(glob)actions/*/dist/**'], {
    cwd: repository,
    encoding: 'utf8'
  })
  return told
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => `not committed: ${line}`)
}
