/** A workflow that has everything, and nothing to object to; tests break it in one place each. */
import { readWorkflow } from '../../scripts/workflows/model.ts'
import type { Manifest } from '../../scripts/workflows/references.ts'
import { checkWorkflow, type Context, type Problem } from '../../scripts/workflows/rules/index.ts'

export const CHECKOUT = 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1'
export const UPLOAD = 'actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0'
export const OWN_PIN = `${'0'.repeat(40)} # v0.0.0`

export const SOUND = `name: Publish things

on:
  push:
    branches: [main]
  pull_request:
  workflow_dispatch:
    inputs:
      dry_run:
        description: Change nothing
        type: boolean
        default: false
  workflow_call:
    inputs:
      dry_run:
        description: Change nothing
        type: boolean
        default: false
    secrets:
      ACCESS_TOKEN:
        description: A token
        required: false
    outputs:
      ok:
        description: true when all is well
        value: \${{ jobs.look.outputs.ok }}

permissions: {}

concurrency:
  group: publish-\${{ github.ref }}
  cancel-in-progress: false

jobs:
  look:
    name: Look
    strategy:
      matrix:
        half: [1, 2]
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    permissions:
      contents: read # checkout
    outputs:
      ok: \${{ steps.look.outputs.ok }}
    steps:
      - name: Check out
        uses: ${CHECKOUT}
        with:
          persist-credentials: false
      - name: Look
        id: look
        uses: neurodesk/ci/actions/look@${OWN_PIN}
        with:
          what: everything
          dry-run: \${{ inputs.dry_run || false }}
      - name: Keep it
        uses: ${UPLOAD}
        with:
          name: report-look-\${{ matrix.half }}
          path: \${{ steps.look.outputs.report }}
      - name: Say it
        env:
          TEXT: \${{ steps.look.outputs.ok }}
        run: echo "$TEXT"

  publish:
    name: Publish
    if: \${{ github.event_name == 'push' && !inputs.dry_run }}
    needs: look
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    permissions:
      contents: write # the list
    steps:
      - name: Publish
        uses: neurodesk/ci/actions/look@${OWN_PIN}
        with:
          what: \${{ needs.look.outputs.ok }}
        env:
          TOKEN: \${{ secrets.ACCESS_TOKEN }}

  report:
    name: Report
    if: \${{ always() && github.event_name == 'push' }}
    needs: [look, publish]
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    permissions:
      issues: write # one issue
    steps:
      - name: Report
        uses: neurodesk/ci/actions/report-problem@${OWN_PIN}
        with:
          dry-run: \${{ inputs.dry_run || false }}
`

const manifest = (
  inputs: readonly string[],
  required: readonly string[],
  outputs: readonly string[]
): Manifest => ({
  inputs: new Set(inputs),
  required: new Set(required),
  outputs: new Set(outputs)
})

export const CONTEXT: Context = {
  own: new Map([
    ['neurodesk/ci/actions/look', manifest(['what', 'dry-run'], ['what'], ['ok', 'report'])],
    ['neurodesk/ci/actions/report-problem', manifest(['dry-run'], [], ['ok'])]
  ]),
  others: new Map([
    [
      'actions/checkout',
      {
        ...manifest(['persist-credentials', 'ref', 'path'], [], ['commit']),
        pin: { sha: '3d3c42e5aac5ba805825da76410c181273ba90b1', version: 'v7.0.1' }
      }
    ],
    [
      'actions/upload-artifact',
      {
        ...manifest(['name', 'path'], ['path'], []),
        pin: { sha: 'bbbca2ddaa5d8feaa63e36b76fdaad77386f024f', version: 'v7.0.0' }
      }
    ]
  ]),
  siblings: new Map(),
  secrets: new Set(['ACCESS_TOKEN'])
}

export function problemsOf(text: string, context = CONTEXT): readonly Problem[] {
  return checkWorkflow(readWorkflow(text, 'set/publish.yml'), context)
}

/** The workflow with one place changed; a change that changes nothing is a mistake of the test. */
export function change(from: string | RegExp, to: string, text = SOUND): string {
  const changed = text.replace(from, to)
  if (changed === text) throw new Error(`the workflow has no ${String(from)}`)
  return changed
}
