/** What comes from outside: inputs, the event, and text that goes into an issue. */
import { describe, expect, test } from '@jest/globals'

import { readInputs } from '../../../lib/action/index.ts'
import type { Runner } from '../../../lib/ports/index.ts'
import { check, inputs } from '../src/inputs.ts'
import { fill, unknownNames } from '../src/placeholders.ts'
import { createScrub } from '../src/scrub.ts'
import { subjectOf } from '../src/subject.ts'

test('names in braces: replaced once, unknown ones are told', () => {
  expect(fill('{subject} {run} {other}', { subject: '{run}', run: '7' })).toBe('{run} 7 {other}')
  expect(unknownNames('{subject} {nothing} {nothing}', ['subject'])).toEqual(['{nothing}'])
})

test.each([
  ['my own token s3cret-token', 'my own token ***'],
  [`ghs_${'x'.repeat(36)}`, '***'],
  ['https://user:pass@example.org/x', 'https://***@example.org/x'],
  ['AKIAABCDEFGHIJKLMNOP', '***'],
  ['Authorization: Bearer abcdefghijk', 'Authorization: Bearer ***'],
  ['?X-Amz-Signature=abcdef&x=1', '?X-Amz-Signature=***&x=1'],
  ['gh\u200bs_ and \u202eevil', 'ghs_ and evil'],
  ['<!-- neurodesk-ci-end -->', '<! -- neurodesk-ci-end -->'],
  ['https://example.org/a:b at cvmfs@x', 'https://example.org/a:b at cvmfs@x']
])('scrubbed: %s', (given, expected) => {
  expect(createScrub(['s3cret-token', ''])(given)).toBe(expected)
})

describe('needs', () => {
  const read = (text: string): unknown => readInputs(inputs, { INPUT_NEEDS: text }, check).needs

  test('as the runner writes it', () => {
    const text = JSON.stringify(
      {
        build: { result: 'success', outputs: { digest: 'sha256:1' } },
        'test-image': { result: 'failure', outputs: {} },
        scan: { result: 'skipped', outputs: {} }
      },
      null,
      2
    )
    expect(read(text)).toEqual(
      new Map([
        ['build', 'success'],
        ['test-image', 'failure'],
        ['scan', 'skipped']
      ])
    )
    expect(read('{}')).toEqual(new Map())
  })

  test.each(['[]', 'null', '{"a": 1}', '{"a": {"result": "well"}}', '{"a b": {"result": "success"}}', '{'])(
    'refused: %s',
    (text) => {
      expect(() => read(text)).toThrow(/needs: given/)
    }
  )
})

describe('which run', () => {
  const runner = {
    repository: 'neurodesk/neurodesktop',
    serverUrl: 'https://github.com',
    runId: '5',
    runAttempt: 1,
    workflow: 'Build',
    ref: 'refs/heads/main',
    eventName: 'push',
    event: { head_commit: { author: { username: 'octocat' } } },
    actor: 'octocat',
    triggeringActor: 'hubot'
  } as unknown as Runner

  test('this one, asked for by the author of the commit', () => {
    expect(subjectOf(runner)).toMatchObject({ id: 5, own: true, untrusted: false, submitter: 'octocat' })
    expect(subjectOf({ ...runner, eventName: 'schedule' })?.submitter).toBeUndefined()
    expect(subjectOf({ ...runner, runId: '' })).toBeUndefined()
  })

  test('of a fork, whose repository may be gone', () => {
    const pull = (repo: unknown): Runner => ({
      ...runner,
      eventName: 'pull_request',
      event: { pull_request: { head: { repo }, user: { login: 'stranger' } } }
    })
    expect(subjectOf(pull({ full_name: 'stranger/x' }))?.untrusted).toBe(true)
    expect(subjectOf(pull(null))?.untrusted).toBe(true)
    expect(subjectOf(pull({ full_name: 'NeuroDesk/neurodesktop' }))?.untrusted).toBe(false)
  })

  test('one that has ended; main of a fork is not main', () => {
    const run = { id: 7, run_attempt: 2, name: 'Build', head_branch: 'main', event: 'schedule' }
    const followed = (head: string): Runner => ({
      ...runner,
      eventName: 'workflow_run',
      event: { workflow_run: { ...run, head_repository: { full_name: head } } }
    })
    expect(subjectOf(followed('neurodesk/neurodesktop'))).toMatchObject({
      id: 7,
      attempt: 2,
      own: false,
      ref: 'refs/heads/main'
    })
    expect(subjectOf(followed('stranger/neurodesktop'))?.ref).toBe('stranger/neurodesktop:main')
  })
})
