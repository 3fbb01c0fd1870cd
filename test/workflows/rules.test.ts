/** Every rule for workflows, broken once: what a maintainer could get wrong, and what would then happen unseen. */
import { describe, expect, test } from '@jest/globals'

import { readWorkflow } from '../../scripts/workflows/model.ts'
import { commandsIn } from '../../scripts/workflows/rules/index.ts'
import { change, CHECKOUT, CONTEXT, OWN_PIN, problemsOf, SOUND } from './sound.ts'

const line = (text: string, part: string): number =>
  text.split('\n').findIndex((one) => one.includes(part)) + 1

test('a sound workflow has no problems', () => {
  expect(problemsOf(SOUND)).toEqual([])
})

describe('a workflow that', () => {
  const broken: readonly (readonly [what: string, rule: string, text: string])[] = [
    ['has no permissions at the top', 'permissions-top', change('permissions: {}\n', '')],
    [
      'gives rights at the top',
      'permissions-top',
      change('permissions: {}', 'permissions:\n  contents: write')
    ],
    ['gives everything at the top', 'permissions-top', change('permissions: {}', 'permissions: write-all')],
    [
      'leaves a job its default rights',
      'permissions-job',
      change(/ {4}permissions:\n {6}contents: read # checkout\n/, '')
    ],
    [
      'gives a right without a reason',
      'permission-reason',
      change('contents: read # checkout', 'contents: read')
    ],
    [
      'runs for pull requests with the rights of main',
      'trigger',
      change('pull_request:', 'pull_request_target:')
    ],
    [
      'starts on what anybody writes',
      'trigger',
      change('  pull_request:\n', '  pull_request:\n  issue_comment:\n')
    ],
    [
      'gives a pull request a secret',
      'secret-in-pull-request',
      change('TEXT: ${{ steps.look.outputs.ok }}', 'TEXT: ${{ secrets.ACCESS_TOKEN }}')
    ],
    [
      'gives a pull request all secrets',
      'secret-in-pull-request',
      change('TEXT: ${{ steps.look.outputs.ok }}', 'TEXT: ${{ toJSON(secrets) }}')
    ],
    [
      'gives a pull request a secret by its name in brackets',
      'secret-in-pull-request',
      change('TEXT: ${{ steps.look.outputs.ok }}', "TEXT: ${{ secrets['ACCESS_TOKEN'] }}")
    ],
    [
      'lets a pull request write',
      'write-in-pull-request',
      change('contents: read # checkout', 'packages: write # the image')
    ],
    [
      'lets a pull request into the job with the secret',
      'secret-in-pull-request',
      change(
        "github.event_name == 'push' && !inputs.dry_run",
        "(github.event_name == 'push' || true) && !inputs.dry_run"
      )
    ],
    [
      'has a secret for all jobs',
      'secret-in-pull-request',
      change('jobs:\n  look', 'env:\n  TOKEN: ${{ secrets.ACCESS_TOKEN }}\n\njobs:\n  look')
    ],
    ['uses a secret that nobody has', 'secret-unknown', change(/ACCESS_TOKEN/g, 'MY_TOKEN')],
    [
      'does not hand a secret over to whoever calls it',
      'secret-undeclared',
      change(/ {4}secrets:\n {6}ACCESS_TOKEN:\n.*\n.*\n/, '')
    ],
    ['asks for a secret that it does not use', 'secret-unused', change(/ {8}env:\n {10}TOKEN: .*\n/, '')],
    [
      'lets another job write issues',
      'issues-write',
      change('contents: write # the list', 'issues: write # why not')
    ],
    ['does not report a failure', 'report-always', change('always() && ', '')],
    ['does not report every job', 'report-needs', change('needs: [look, publish]', 'needs: [look]')],
    ['has a job without an end', 'timeout', change('    timeout-minutes: 10\n', '')],
    ['runs on a machine that changes', 'runner-pinned', change('ubuntu-24.04', 'ubuntu-latest')],
    [
      'hides such a machine in an expression',
      'runner-pinned',
      change('runs-on: ubuntu-24.04', "runs-on: ${{ vars.RUNNER || 'ubuntu-latest' }}")
    ],
    ['has a job without a name', 'job-name', change('    name: Look\n', '')],
    ['has no group', 'concurrency', change(/concurrency:\n.*\n.*\n/, '')],
    [
      'cancels what runs',
      'concurrency-cancel',
      change('cancel-in-progress: false', 'cancel-in-progress: true')
    ],
    [
      'cancels what runs, by an expression',
      'concurrency-cancel',
      change('cancel-in-progress: false', "cancel-in-progress: ${{ github.ref != 'refs/heads/main' }}")
    ],
    [
      'cancels a job',
      'concurrency-cancel',
      change(
        '    needs: look\n',
        '    needs: look\n    concurrency:\n      group: x\n      cancel-in-progress: true\n'
      )
    ],
    [
      'cannot be called',
      'workflow-call',
      change(/ {2}workflow_call:\n[\s\S]*?\n\npermissions/, '\npermissions')
    ],
    [
      'can be told less by a caller',
      'call-inputs',
      change(
        'workflow_dispatch:\n    inputs:\n',
        'workflow_dispatch:\n    inputs:\n      force:\n        description: Force\n        type: boolean\n'
      )
    ],
    [
      'understands a caller differently',
      'call-inputs',
      change(/(workflow_call:[\s\S]*?type: )boolean/, '$1string')
    ],
    [
      'has an input that does nothing',
      'call-inputs',
      change(
        'workflow_call:\n    inputs:\n',
        'workflow_call:\n    inputs:\n      force:\n        description: Force\n        type: boolean\n'
      )
    ],
    [
      'has an input without a description',
      'call-inputs',
      change(/(workflow_dispatch:[\s\S]*?)        description: Change nothing\n/, '$1')
    ],
    [
      'does not pass a dry run on',
      'dry-run',
      change('          dry-run: ${{ inputs.dry_run || false }}\n', '')
    ],
    [
      'puts an expression into a shell',
      'run-expression',
      change('run: echo "$TEXT"', 'run: echo "${{ steps.look.outputs.ok }}"')
    ],
    [
      'decides in a shell',
      'run-logic',
      change('run: echo "$TEXT"', 'run: |\n          if true\n          then echo\n          fi')
    ],
    ['tests in a shell', 'run-logic', change('run: echo "$TEXT"', 'run: "[ -n \\"$TEXT\\" ] && echo"')],
    [
      'loops in a shell',
      'run-logic',
      change('run: echo "$TEXT"', 'run: |\n          for i in 1 2\n          do echo\n          done')
    ],
    ['swallows a failure', 'run-logic', change('run: echo "$TEXT"', 'run: echo "$TEXT" || true')],
    [
      'runs a command in a command',
      'run-logic',
      change('run: echo "$TEXT"', 'run: echo "$(curl example.org)"')
    ],
    [
      'has a program in a step',
      'run-length',
      change('run: echo "$TEXT"', `run: |\n${'          echo\n'.repeat(7)}`)
    ],
    ['takes an action by its tag', 'action-pinned', change(CHECKOUT, 'actions/checkout@v7 # v7.0.1')],
    [
      'takes an action by half a commit',
      'action-pinned',
      change(CHECKOUT, 'actions/checkout@3d3c42e # v7.0.1')
    ],
    ['does not say the version', 'action-version', change(CHECKOUT, CHECKOUT.replace(/ #.*/, ''))],
    [
      'takes another commit than was looked at',
      'action-pin-known',
      change(CHECKOUT, `actions/checkout@${'a'.repeat(40)} # v7.0.1`)
    ],
    [
      'says another version than the commit has',
      'action-pin-known',
      change(CHECKOUT, CHECKOUT.replace('v7.0.1', 'v7.0.2'))
    ],
    [
      'takes an action that nobody looked at',
      'action-unknown',
      change(CHECKOUT, `someone/something@${'a'.repeat(40)} # v1.0.0`)
    ],
    [
      'takes an action of ours that there is not',
      'action-unknown',
      change(`actions/look@${OWN_PIN}`, `actions/lok@${OWN_PIN}`)
    ],
    [
      'takes an action of the checked out repository',
      'action-form',
      change(CHECKOUT, './.github/actions/mine')
    ],
    [
      'leaves the token in the repository',
      'checkout-credentials',
      change('persist-credentials: false', 'ref: main')
    ],
    [
      'gives an input that there is not',
      'input-undeclared',
      change('what: everything', 'what: everything\n          wat: 1')
    ],
    ['forgets an input', 'input-missing', change('          what: everything\n', '')],
    [
      'reads an output that there is not',
      'output-undeclared',
      change('path: ${{ steps.look.outputs.report }}', 'path: ${{ steps.look.outputs.raport }}')
    ],
    [
      'reads an output of a job that there is not',
      'output-undeclared',
      change('what: ${{ needs.look.outputs.ok }}', 'what: ${{ needs.look.outputs.okay }}')
    ],
    [
      'gives out an output that there is not',
      'output-undeclared',
      change('value: ${{ jobs.look.outputs.ok }}', 'value: ${{ jobs.look.outputs.no }}')
    ],
    [
      'uploads one artifact from every job of a matrix',
      'artifact-name',
      change('report-look-${{ matrix.half }}', 'report-look')
    ]
  ]

  test.each(broken)('%s', (_, rule, text) => {
    expect(problemsOf(text).map((problem) => problem.rule)).toContain(rule)
  })

  test('is told where', () => {
    const text = change('ubuntu-24.04', 'ubuntu-latest')
    expect(problemsOf(text)).toEqual([
      {
        file: 'set/publish.yml',
        line: line(text, 'ubuntu-latest'),
        rule: 'runner-pinned',
        message: 'ubuntu-latest changes by itself'
      }
    ])
  })
})

describe('a workflow that runs after another one', () => {
  const after = change(
    /on:\n[\s\S]*?\n\npermissions/,
    `on:
  workflow_run:
    workflows: [Build]
    types: [completed]
  workflow_call:
    inputs:
      dry_run:
        description: Change nothing
        type: boolean
    secrets:
      ACCESS_TOKEN:
        required: false

permissions`
  ).replace(
    '    name: Look\n',
    "    name: Look\n    if: ${{ github.event.workflow_run.conclusion == 'success' }}\n"
  )

  test('does so after a success only', () => {
    expect(problemsOf(after)).toEqual([])
    const always = change(/ {4}if: \$\{\{ github\.event\.workflow_run.*\n/, '', after)
    expect(problemsOf(always).map(({ rule }) => rule)).toEqual(['workflow-run-success'])
  })

  test('takes nothing from that run', () => {
    const head = change(
      'persist-credentials: false',
      'persist-credentials: false\n          ref: ${{ github.event.workflow_run.head_sha }}',
      after
    )
    expect(problemsOf(head).map(({ rule }) => rule)).toContain('workflow-run-content')
  })
})

describe('a call of another workflow', () => {
  const called = `name: Caller
on:
  workflow_call:
    inputs:
      dry_run:
        description: Change nothing
        type: boolean
permissions: {}
concurrency:
  group: caller
  cancel-in-progress: false
jobs:
  publish:
    name: Publish
    uses: ./.github/workflows/publish.yml
    permissions:
      issues: write # its report
    with:
      dry_run: \${{ inputs.dry_run }}
  next:
    name: Next
    needs: publish
    runs-on: ubuntu-24.04
    timeout-minutes: 1
    permissions: {}
    steps:
      - name: Say it
        env:
          TEXT: \${{ needs.publish.outputs.ok }}
        run: echo "$TEXT"
`
  const context = { ...CONTEXT, siblings: new Map([['publish.yml', readWorkflow(SOUND, 'set/publish.yml')]]) }

  test('stays in the repository and may use what it gives out', () => {
    expect(problemsOf(called, context)).toEqual([])
    expect(
      problemsOf(change('outputs.ok', 'outputs.nothing', called), context).map(({ rule }) => rule)
    ).toEqual(['output-undeclared'])
    const elsewhere = change(
      './.github/workflows/publish.yml',
      'someone/else/.github/workflows/x.yml@main',
      called
    )
    expect(problemsOf(elsewhere, context).map(({ rule }) => rule)).toContain('workflow-call')
  })

  test('passes a dry run on, and each secret by its name', () => {
    const deaf = change(/ {4}with:\n {6}dry_run: .*\n/, '', called)
    expect(problemsOf(deaf, context).map(({ rule }) => rule)).toContain('dry-run')
    const all = change('    with:\n', '    secrets: inherit\n    with:\n', called)
    expect(problemsOf(all, context).map(({ rule }) => rule)).toEqual(['secret-inherit'])
  })
})

test('commands are counted as a shell sees them', () => {
  expect(commandsIn('one \\\n  --two\n\n# three\nfour\n')).toBe(2)
})
