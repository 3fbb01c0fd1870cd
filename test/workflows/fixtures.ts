/** A repository of somebody, made for one test and gone afterwards. */
import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'

export interface Checkout extends AsyncDisposable {
  readonly folder: string
  readonly write: (file: string, text: string) => Promise<void>
  /** @returns stdout */
  readonly git: (...args: readonly string[]) => string
}

export async function makeFolder(): Promise<Checkout> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'workflows-test-'))
  return {
    folder,
    write: async (file, text) => {
      await mkdir(path.dirname(path.join(folder, file)), { recursive: true })
      await writeFile(path.join(folder, file), text)
    },
    git: (...args) => git(folder, ...args),
    [Symbol.asyncDispose]: async () => {
      await rm(folder, { recursive: true, force: true })
    }
  }
}

/** A repository with one branch; nothing of the person's own git configuration reaches it. */
export async function makeCheckout(branch = 'main'): Promise<Checkout> {
  const made = await makeFolder()
  made.git('init', '--quiet', '--initial-branch', branch)
  return made
}

export const GIT_ENV: Readonly<Record<string, string>> = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.org',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@example.org'
}

export function git(folder: string, ...args: readonly string[]): string {
  return execFileSync('git', ['-C', folder, ...args], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: folder, ...GIT_ENV },
    stdio: ['ignore', 'pipe', 'pipe']
  }).trim()
}
