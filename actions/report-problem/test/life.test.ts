/** Against the testbed's GitHub: how issues come, change and go. */
import { describe, expect, test } from '@jest/globals'

import type { Report } from '../../../lib/report/index.ts'
import type { JobSeed } from '../../../testbed/github/index.ts'
import { addRun, FAILED, only, redJob, report, setUp, stale, visible, WELL } from './scene.ts'

describe('the life of an issue', () => {
  test('first failure, same again, changed, well again, back again', async () => {
    const scene = await setUp()
    const first = await scene.run({ ...FAILED, reports: [report([stale('perth')])], jobs: [redJob()] })
    expect(first.exitCode).toBe(0)
    expect(first.outputs).toMatchObject({
      ok: 'false',
      'issue-numbers': '[1]',
      'opened-count': '1',
      'updated-count': '0',
      'closed-count': '0'
    })
    const issue = only(scene.repository.issues)
    expect(issue).toMatchObject({
      title: 'perth: Its last snapshot is 30 hours old.',
      labels: ['bug'],
      assignees: [],
      state: 'open'
    })
    expect(visible(issue.body)).toContain('| error | Its last snapshot is 30 hours old. `snapshot-too-old` |')

    // The number in the message is another one: that is no news.
    const same = await scene.run({ ...FAILED, reports: [report([stale('perth', 54)])], jobs: [redJob()] })
    expect(same.outputs).toMatchObject({ 'issue-numbers': '[1]', 'opened-count': '0', 'updated-count': '0' })
    expect(issue.comments).toHaveLength(0)
    expect(issue.body).toContain('54 hours')
    expect(issue.body).toContain('seen in 2 runs')

    const worse = { ...stale('perth'), id: 'whitelist-expired', message: 'Its whitelist has expired.' }
    const changed = await scene.run({
      ...FAILED,
      reports: [report([stale('perth'), worse])],
      jobs: [redJob()]
    })
    expect(changed.outputs).toMatchObject({ 'updated-count': '1' })
    expect(visible(only(issue.comments).body)).toContain('What is wrong has changed.')
    expect(issue.comments[0]?.body).toContain('Its whitelist has expired.')

    const well = await scene.run({ ...WELL, reports: [report([])] })
    expect(well.outputs).toMatchObject({ ok: 'true', 'issue-numbers': '[]', 'closed-count': '1' })
    expect(issue).toMatchObject({ state: 'closed', stateReason: 'completed' })
    expect(issue.comments[1]?.body).toMatch(/Well again in .* and 3 bad runs\./)

    const silent = await scene.run({ ...WELL, reports: [report([])] })
    expect(silent.outputs).toMatchObject({ 'closed-count': '0' })
    expect(issue.comments).toHaveLength(2)

    const back = await scene.run({ ...FAILED, reports: [report([stale('perth')])], jobs: [redJob()] })
    expect(back.outputs).toMatchObject({ 'issue-numbers': '[1]', 'opened-count': '1' })
    expect(issue.state).toBe('open')
    expect(visible(issue.comments[2]?.body ?? '')).toMatch(/^It is back\./)
    expect(scene.repository.issues).toHaveLength(1)
  }, 60_000)
})

describe('more than one', () => {
  const servers = Array.from({ length: 15 }, (_, at) => `server-${String(at).padStart(2, '0')}`)
  const down = (names: readonly string[]): { reports: [ReturnType<typeof report>]; jobs: JobSeed[] } => ({
    reports: [report(names.map((name) => stale(name)))],
    jobs: [redJob()]
  })

  test('two servers: an issue for each', async () => {
    const scene = await setUp()
    const run = await scene.run({ ...FAILED, ...down(servers.slice(0, 2)) })
    expect(run.outputs).toMatchObject({ 'issue-numbers': '[1,2]', 'opened-count': '2' })
    const half = await scene.run({ ...FAILED, ...down(servers.slice(1, 2)) })
    expect(half.outputs).toMatchObject({ 'issue-numbers': '[2]', 'closed-count': '1' })
    expect(scene.open().map(({ number }) => number)).toEqual([2])
  }, 60_000)

  test('a server that was taken off the list is not called well again', async () => {
    const scene = await setUp()
    await scene.run({ ...FAILED, ...down(['perth']) })
    const gone = await scene.run({
      ...WELL,
      reports: [report([], { subjects: ['tokyo'], coverage: { of: 'servers', whole: true } })]
    })
    expect(gone.outputs).toMatchObject({ 'closed-count': '1', ok: 'true' })
    const issue = only(scene.repository.issues)
    expect(issue.state).toBe('closed')
    const told = only(issue.comments).body
    expect(told).toContain('No longer checked: `perth` is not among what was looked at in')
    expect(told).toContain('Whether it is well is not known.')
    expect(told).not.toContain('Well again')
    expect(visible(issue.body)).not.toContain('Well again')
  }, 60_000)

  test('a container of a catalogue: not in this shard, cancelled, well again, back, out of the catalogue', async () => {
    const scene = await setUp()
    const of = 'neurodesk/apps.json'
    const containers = (subjects: readonly string[], isWhole: boolean, more: Partial<Report> = {}): Report =>
      report(more.findings ?? [], {
        action: 'convert-containers',
        subjects,
        coverage: { of, whole: isWhole },
        ...more
      })
    const bad = { findings: [{ ...stale('fsl'), id: 'container-missing' }] }
    await scene.run({ ...FAILED, reports: [containers(['fsl', 'ants'], true, bad)], jobs: [redJob()] })
    const issue = only(scene.repository.issues)

    const elsewhere = await scene.run({ ...WELL, reports: [containers(['ants'], false)] })
    expect(elsewhere.outputs).toMatchObject({ ok: 'true', 'closed-count': '0' })
    expect(elsewhere.summary).toContain('This run did not look at what is told in #1')
    const silent = await scene.run({ ...WELL, reports: [containers(['ants'], true, { unreached: ['fsl'] })] })
    expect(silent.outputs['closed-count']).toBe('0')
    const cancelled = report([], { action: 'convert-containers', verdict: 'cancelled' })
    const half = await scene.run({ ...WELL, reports: [containers(['ants'], true), cancelled] })
    expect(half.outputs['closed-count']).toBe('0')
    expect([issue.state, issue.comments.length]).toEqual(['open', 0])

    const shards = [containers(['fsl'], false), containers(['ants'], false)]
    const well = await scene.run({ ...WELL, reports: shards })
    expect(well.outputs['closed-count']).toBe('1')
    expect(issue.comments.at(-1)?.body).toContain('Well again in')

    await scene.run({ ...FAILED, reports: [containers(['fsl'], true, bad)], jobs: [redJob()] })
    expect(issue.state).toBe('open')
    const gone = await scene.run({ ...WELL, reports: [...shards.slice(1), containers(['ants'], true)] })
    expect(gone.outputs['closed-count']).toBe('1')
    expect(issue.comments.at(-1)?.body).toContain('No longer checked: `fsl` is not among')
  }, 60_000)

  test('15 servers at once: one issue; some recover, one comes, all recover', async () => {
    const scene = await setUp()
    const first = await scene.run({ ...FAILED, ...down(servers) })
    expect(first.outputs).toMatchObject({ 'issue-numbers': '[1]', 'opened-count': '1' })
    const issue = only(scene.repository.issues)
    expect(issue.title).toBe('15 problems at once in Test cvmfs')
    for (const name of servers) expect(issue.body).toContain(`| \`${name}\` | Its last snapshot`)

    await scene.run({ ...FAILED, ...down(servers) })
    expect(issue.comments).toHaveLength(0)

    const better = await scene.run({ ...FAILED, ...down(servers.slice(10)) })
    expect(better.outputs).toMatchObject({
      'issue-numbers': '[1]',
      'updated-count': '1',
      'closed-count': '0'
    })
    expect(only(issue.comments).body).toContain('Well again: `server-00`, `server-01`')

    const another = await scene.run({ ...FAILED, ...down([...servers.slice(10), 'late']) })
    expect(another.outputs).toMatchObject({ 'issue-numbers': '[1,2]', 'opened-count': '1' })

    const well = await scene.run({ ...WELL, reports: [report([])] })
    expect(well.outputs).toMatchObject({ 'closed-count': '2', ok: 'true' })
    expect(scene.open()).toEqual([])
  }, 60_000)

  test('200 findings of one server, and 400 servers, fit into what GitHub takes', async () => {
    const scene = await setUp()
    const many = Array.from({ length: 200 }, (_, at) => ({
      ...stale('perth'),
      id: `kind-${at}`,
      message: `${'The object cannot be read. '.repeat(30)}${at}`
    }))
    await scene.run({ ...FAILED, reports: [report(many)], jobs: [redJob()] })
    const issue = only(scene.repository.issues)
    expect(issue.body.length).toBeLessThanOrEqual(65_536)
    expect(issue.body).toMatch(/And 100 more|Cut here: the whole report is among the artifacts/)

    await scene.run({ ...FAILED, reports: [report(many)], jobs: [redJob()] })
    expect(issue.comments).toHaveLength(0)

    const names = Array.from({ length: 400 }, (_, at) => `server-${at}-${'x'.repeat(150)}`)
    const run = await scene.run({ ...FAILED, ...down(names) })
    expect(run.outputs['opened-count']).toBe('1')
    const fleet = scene.repository.issues[1]
    expect(fleet?.body.length).toBeLessThanOrEqual(65_536)
    const again = await scene.run({ ...FAILED, ...down(names) })
    expect(again.outputs).toMatchObject({ 'opened-count': '0', 'issue-numbers': '[2]' })
    expect(fleet?.comments).toHaveLength(0)
  }, 60_000)

  test('two runs at once leave one open', async () => {
    const scene = await setUp()
    const runs = await Promise.all([1, 2].map(async () => await scene.run({ ...FAILED, ...down(['perth']) })))
    const issue = only(scene.open())
    expect(issue.number).toBe(1)
    for (const run of runs) {
      expect(run.exitCode).toBe(0)
      expect(run.outputs['issue-numbers']).toBe('[1]')
    }
    const well = await scene.run({ ...WELL, reports: [report([])] })
    expect(well.outputs['closed-count']).toBe('1')
    expect(scene.open()).toEqual([])
  }, 60_000)

  test('a twin that came to be all the same is closed as a duplicate', async () => {
    const scene = await setUp()
    scene.github.fail({
      operation: 'issues/create',
      kind: {
        what: 'meanwhile',
        do: () => {
          const body = /<!-- neurodesk-ci-problem: .* -->/.exec(
            String((scene.github.requests.at(-1)?.body as { body?: string } | undefined)?.body)
          )?.[0]
          scene.repository.addIssue({ title: 'theirs', user: 'github-actions[bot]', body: `${body ?? ''}\n` })
        }
      }
    })
    const run = await scene.run({ ...FAILED, ...down(['perth']) })
    expect(run.outputs).toMatchObject({ 'issue-numbers': '[1]', 'opened-count': '0' })
    expect(scene.repository.issues[1]).toMatchObject({ state: 'closed', stateReason: 'duplicate' })
    expect(scene.repository.issues[1]?.body).toMatch(/^Duplicate of #1/)
    expect(scene.open().map(({ title }) => title)).toEqual(['theirs'])
  }, 60_000)

  test('a run that ends late does not undo what a newer one has said', async () => {
    const scene = await setUp()
    const late = addRun(scene.repository, { jobs: [redJob()] })
    await scene.run({ ...FAILED, ...down(['perth']) })
    await scene.run({ ...WELL, reports: [report([])] })
    const run = await scene.run({ ...FAILED, ...down(['perth']), id: late })
    expect(run.outputs).toMatchObject({ ok: 'false', 'opened-count': '0' })
    expect(scene.open()).toEqual([])
  }, 60_000)
})
