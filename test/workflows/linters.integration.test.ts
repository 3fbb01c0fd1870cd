/** `npm run workflows:check`: the linters of others find what they are there for, and nothing in the sets as they are. */
import { execFileSync, spawnSync } from 'node:child_process'
import { cp, symlink } from 'node:fs/promises'
import path from 'node:path'

import { describe, expect, test } from '@jest/globals'

import { top } from '../../scripts/repository.ts'
import { makeFolder } from './fixtures.ts'
import { change } from './sound.ts'

interface Checked {
  readonly problems: readonly { readonly file: string; readonly rule: string; readonly message: string }[]
  readonly absent: readonly string[]
}

function check(folder: string): Checked {
  const args = [path.join(top, 'scripts', 'workflows', 'check.ts'), '--json', '--top', folder]
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024
  })
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout) as Checked
}

/** A workflow that our own rules have nothing against; only the linters see what is changed in it. */
const SOUND = `name: Sound
on:
  workflow_dispatch:
  workflow_call:
    inputs:
      what:
        description: What
        type: string
permissions: {}
concurrency:
  group: sound
  cancel-in-progress: false
jobs:
  one:
    name: One
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions: {}
    steps:
      - name: Say it
        env:
          WHAT: \${{ inputs.what }}
        run: echo "$WHAT"
`

/** By file name: what is wrong, and who has to say so. */
const BROKEN: Readonly<Record<string, readonly [text: string, tool: string, message: RegExp]>> = {
  'event.yml': [
    change('  workflow_dispatch:\n', '  workflow_dispatch:\n  pusch:\n', SOUND),
    'actionlint',
    /pusch/
  ],
  'needs.yml': [change('    name: One\n', '    name: One\n    needs: [zero]\n', SOUND), 'actionlint', /zero/],
  'syntax.yml': [change('${{ inputs.what }}', '${{ inputs.what == }}', SOUND), 'actionlint', /./],
  'key.yml': [
    change('timeout-minutes: 5', 'timeout-minutes: 5\n    timeoout: 5', SOUND),
    'actionlint',
    /timeoout/
  ],
  'function.yml': [change('${{ inputs.what }}', '${{ upper(inputs.what) }}', SOUND), 'actionlint', /upper/],
  'context.yml': [
    change('${{ inputs.what }}', '${{ inputs.whom || inputs.what }}', SOUND),
    'language service',
    /whom/
  ],
  'called.yml': [
    change(
      / {2}one:[\s\S]*$/,
      `  one:
    name: One
    uses: ./.github/workflows/event.yml
    permissions: {}
    with:
      wat: \${{ inputs.what }}
`,
      SOUND
    ),
    'language service',
    /wat/
  ],
  'shell.yml': [change('echo "$WHAT"', 'rm -rf $WHAT/*', SOUND), 'shellcheck', /quote|empty|expand/i],
  'audit.yml': [
    change(
      '    permissions: {}\n    steps',
      "    permissions: {}\n    env: { ACTIONS_ALLOW_UNSECURE_COMMANDS: 'true' }\n    steps",
      SOUND
    ),
    'zizmor',
    /insecure/
  ]
}

test('each linter says what is wrong in its own field', async () => {
  await using folder = await makeFolder()
  await folder.write(
    'workflows/sets.json',
    JSON.stringify({
      broken: {
        repository: 'a/b',
        files: Object.fromEntries(
          Object.keys(BROKEN).map((name) => [name, { to: `.github/workflows/${name}`, replaces: [] }])
        )
      }
    })
  )
  await cp(path.join(top, 'workflows', 'zizmor.yml'), path.join(folder.folder, 'workflows', 'zizmor.yml'))
  await symlink(path.join(top, 'scripts'), path.join(folder.folder, 'scripts'))
  await symlink(path.join(top, 'actions'), path.join(folder.folder, 'actions'))
  for (const [name, [text]] of Object.entries(BROKEN)) await folder.write(`workflows/broken/${name}`, text)
  const { problems, absent } = check(folder.folder)
  for (const [name, [, tool, message]] of Object.entries(BROKEN)) {
    if (absent.includes(tool)) continue
    const said = problems.filter(({ file, rule }) => file === `broken/${name}` && rule.startsWith(tool))
    expect([name, said.map((problem) => problem.message).join('\n')]).toEqual([
      name,
      expect.stringMatching(message)
    ])
  }
}, 120_000)

describe('the sets as they are', () => {
  test('leave nothing to say', () => {
    expect(check(top).problems).toEqual([])
  }, 120_000)

  test('are asked of every linter where CI demands it', () => {
    const script = path.join(top, 'scripts', 'workflows', 'check.ts')
    const args = [script, '--need-all', '--without', 'zizmor', '--without', 'shellcheck']
    const without = spawnSync(process.execPath, args, { encoding: 'utf8' })
    expect(without.status).toBe(1)
    expect(without.stdout).toContain('zizmor is not there')
    expect(without.stdout).toContain('shellcheck is not there')
  }, 120_000)
})

test('the pins of third-party actions are noted with inputs and outputs', () => {
  const text = execFileSync('cat', [path.join(top, 'scripts', 'workflows', 'third-party.json')], {
    encoding: 'utf8'
  })
  for (const [name, value] of Object.entries(JSON.parse(text) as Record<string, Record<string, unknown>>)) {
    expect([name, value['sha']]).toEqual([name, expect.stringMatching(/^[0-9a-f]{40}$/)])
    expect(value['version']).toMatch(/^v\d+\.\d+/)
  }
})
