/**
 * Runs one action on this machine as GitHub's runner would, main and post.
 *
 *   npm run action -- check-cvmfs servers=http://127.0.0.1:8000 dry-run=true
 *
 * `name=@file` reads the value from a file. The token, when an action needs one, comes from GITHUB_TOKEN.
 */
import { readFile } from 'node:fs/promises'

import { readManifest, runAction } from '../testbed/runner/index.ts'
import { actionFolder, actionNames } from './repository.ts'

const [name, ...pairs] = process.argv.slice(2)
if (name === undefined || !actionNames().includes(name)) {
  console.error(`usage: npm run action -- <name> input=value …\nactions: ${actionNames().join(', ')}`)
  process.exitCode = 2
} else {
  await run(name, pairs)
}

async function run(action: string, given: readonly string[]): Promise<void> {
  const manifest = await readManifest(actionFolder(action))
  const inputs: Record<string, string> = {}
  for (const pair of given) {
    const at = pair.indexOf('=')
    const input = pair.slice(0, at === -1 ? undefined : at)
    if (at === -1 || !(input in manifest.inputs)) {
      console.error(
        `${pair}: not input=value of ${action}; inputs: ${Object.keys(manifest.inputs).join(', ')}`
      )
      process.exitCode = 2
      return
    }
    const value = pair.slice(at + 1)
    inputs[input] = value.startsWith('@') ? await readFile(value.slice(1), 'utf8') : value
  }
  const { GITHUB_TOKEN: token = '', GITHUB_REPOSITORY, GITHUB_API_URL, GITHUB_SERVER_URL } = process.env
  const result = await runAction({
    action: actionFolder(action),
    inputs,
    token,
    workspace: process.cwd(),
    env: {
      GITHUB_REPOSITORY: GITHUB_REPOSITORY ?? '',
      GITHUB_API_URL: GITHUB_API_URL ?? 'https://api.github.com',
      GITHUB_SERVER_URL: GITHUB_SERVER_URL ?? 'https://github.com'
    },
    onLine: (line) => {
      if (!line.startsWith('::add-mask::') && !line.startsWith('::endgroup::')) console.log(line)
    },
    timeoutMs: 6 * 3_600_000
  })
  console.log(
    `\n--- outputs\n${Object.entries(result.outputs)
      .map(([key, value]) => `${key}=${value}`)
      .join('\n')}`
  )
  console.log(`\n--- summary\n${result.summary}`)
  process.exitCode = result.exitCode ?? 1
}
