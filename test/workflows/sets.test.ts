/** The sets as they are: by our own rules, as a trial, and what only a look at all of them shows. */
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'

import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'

import { actionFolder, actionNames, top } from '../../scripts/repository.ts'
import { asData, readWorkflow, textOf, textsIn, type Workflow } from '../../scripts/workflows/model.ts'
import { pinsIn, setPin } from '../../scripts/workflows/pin.ts'
import { readReference } from '../../scripts/workflows/references.ts'
import { checkOwnWorkflow, checkWorkflow, commandsIn } from '../../scripts/workflows/rules/index.ts'
import { secretsIn } from '../../scripts/workflows/rules/rights.ts'
import { READ_ONLY } from '../../scripts/workflows/rules/shape.ts'
import { contextOf, ownSet, readSets, SECRETS } from '../../scripts/workflows/sets.ts'
import { toTrial, trialPath } from '../../scripts/workflows/trial.ts'

const sets = await readSets(top)
const files = sets.flatMap((set) => set.files.map((file) => ({ set, file })))
const workflows = files.flatMap(({ set, file }) =>
  file.workflow === undefined ? [] : [{ set, file, workflow: file.workflow, title: file.workflow.file }]
)

/** Names that badges, documentation and `workflow_run` of others use. */
const NAMES: Readonly<Record<string, string>> = {
  'neurodesktop/build-neurodesktop.yml': 'Build neurodesktop',
  'neurodesktop/build-neurodesktop-dev.yml': 'Build neurodesktop-dev',
  'neurodesktop/build-neurodesktop-test.yml': 'Build neurodesktop-test',
  'neurodesktop/test-cvmfs.yml': 'Test cvmfs',
  'neurodesktop/test-objectstorage.yml': 'Test Objectstorage',
  'neurodesktop/release-neurodesktop.yml': 'Release neurodesktop',
  'neurocommand/update-neurocontainers.yml': 'Update neurocontainers',
  'neurocommand/cleanup_neurocontainers.yml': 'Cleanup unused neurocontainers',
  'neurocommand/dispatch-applist-update.yml': 'Dispatch applist update',
  'neurocommand/test-neurocommand.yml': 'Test neurocommand',
  'transparent-singularity/push-to-neurodesk.yml': 'push-to-neurodesk'
}

test('every file keeps its name, and the workflow its', () => {
  expect(Object.fromEntries(workflows.map(({ workflow }) => [workflow.file, workflow.name]))).toEqual(NAMES)
  for (const { file } of workflows) expect(path.basename(file.to)).toBe(file.name)
})

test.each(workflows)('$title keeps our rules', async ({ set, workflow }) => {
  expect(checkWorkflow(workflow, await contextOf(top, set))).toEqual([])
})

test.each((await ownSet(top)).flatMap((set) => set.files.map((file) => ({ set, file, title: file.to }))))(
  '$title keeps the rules for our own workflows',
  async ({ set, file }) => {
    if (file.workflow === undefined) throw new Error(`${file.to} is no workflow`)
    expect(checkOwnWorkflow(file.workflow, await contextOf(top, set))).toEqual([])
  }
)

test('all of them use our actions by one and the same commit', () => {
  expect(new Set(files.flatMap(({ file }) => pinsIn(file.text))).size).toBe(1)
})

test('the commands in them stay few', () => {
  const steps = workflows.flatMap(({ workflow }) => workflow.jobs.flatMap((job) => job.steps))
  const commands = steps.map(({ data }) => commandsIn(textOf(data['run'])))
  // Mostly installing and mounting. What decides something is in an action; more than this is a reason to think again.
  expect(commands.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(60)
})

test('one clock: only the plan of a build reads the time, and everybody takes its tag', () => {
  const readers = workflows.flatMap(({ workflow }) =>
    workflow.jobs.flatMap(({ id, steps }) =>
      steps.flatMap(({ data }) => (/\bdate\b/.test(textOf(data['run'])) ? [`${workflow.file}: ${id}`] : []))
    )
  )
  expect(readers).toEqual(['neurodesktop/build-neurodesktop.yml: plan'])
  const build = workflows.find(({ workflow }) => workflow.file === 'neurodesktop/build-neurodesktop.yml')
  const tags = build?.workflow.jobs.flatMap(({ steps }) =>
    steps.flatMap(({ data }) => textOf(asData(data['with'])['tag']) || [])
  )
  expect(tags).toHaveLength(4)
  expect(new Set(tags)).toEqual(new Set(['${{ needs.plan.outputs.tag }}']))
})

test('every secret that is known is used somewhere', () => {
  const used = workflows.flatMap(({ workflow }) =>
    textsIn(workflow.data).flatMap(({ text }) => secretsIn(text))
  )
  expect([...new Set(used)].sort()).toEqual([...SECRETS].sort())
})

test('every profile that the build tests is in its smoke file, and the other way round', async () => {
  const smoke = await readFile(path.join(top, 'workflows', 'neurodesktop', 'smoke.yaml'), 'utf8')
  const build = workflows.find(
    ({ workflow }) => workflow.file === 'neurodesktop/build-neurodesktop.yml'
  )?.workflow
  const job = build?.jobs.find(({ id }) => id === 'test')
  const tested = asData(asData(asData(job?.data['strategy'])['matrix']))['profile']
  expect(tested).toEqual(Object.keys(asData(asData(parse(smoke))['profiles'])))
})

test('the event that the website waits for keeps its name', () => {
  const text = workflows.find(({ workflow }) => workflow.file.endsWith('dispatch-applist-update.yml'))?.file
    .text
  expect(text).toContain("event_type='NeuroDesk/neurocommand applist.json update'")
})

describe('what a workflow does with others', () => {
  const job = (file: string, id: string): Workflow['jobs'][number] => {
    const found = workflows
      .find(({ workflow }) => workflow.file === file)
      ?.workflow.jobs.find((one) => one.id === id)
    if (found === undefined) throw new Error(`${file} has no job ${id}`)
    return found
  }

  test('nothing is published while the gate is closed, or before test and scan have passed', () => {
    const publish = job('neurodesktop/build-neurodesktop.yml', 'publish')
    expect([...(publish.data['needs'] as string[])].sort()).toEqual([
      'build',
      'cvmfs',
      'plan',
      'scan',
      'test'
    ])
    const condition = textOf(publish.data['if'])
    expect(condition).toContain("needs.cvmfs.outputs.ok == 'true'")
    // Without one of these words GitHub skips a job when one of its needs has failed or was skipped.
    expect(condition).not.toMatch(/always\(\)|failure\(\)|cancelled\(\)|success\(\)/)
  })

  test('only the publishing job has the logins of the mirrors', () => {
    const build = workflows.find(({ workflow }) => workflow.file === 'neurodesktop/build-neurodesktop.yml')
    const withSecrets = build?.workflow.jobs
      .filter(({ data }) => textsIn(data).some(({ text }) => secretsIn(text).length > 0))
      .map(({ id }) => id)
    expect(withSecrets).toEqual(['publish'])
  })

  test('objects are deleted after a success only, and only where a variable says so', () => {
    const retain = job('neurocommand/cleanup_neurocontainers.yml', 'retain')
    expect(textOf(retain.data['if'])).toContain("github.event.workflow_run.conclusion == 'success'")
    const step = retain.steps.find(({ data }) => asData(data['with'])['mode'] === 'retain')
    expect(asData(step?.data['with'])['delete']).toBe("${{ vars.DELETE_UNUSED_CONTAINERS == 'true' }}")
    expect(asData(step?.data['with'])['base-catalogue']).toBe('cvmfs/log.txt')
  })

  test('lists are committed only where a variable says so', () => {
    const publish = job('neurocommand/update-neurocontainers.yml', 'publish')
    const step = publish.steps.find(({ data }) => asData(data['with'])['mode'] === 'publish')
    expect(asData(step?.data['with'])['commit']).toMatch(/^\$\{\{ vars\.COMMIT_LOG == 'true' && /)
  })

  test('the push into neurocommand happens on a push to the default branch only', () => {
    const push = job('transparent-singularity/push-to-neurodesk.yml', 'push_to_neurocommand')
    expect(textOf(push.data['if'])).toBe(
      "${{ github.event_name == 'push' && github.ref == format('refs/heads/{0}', github.event.repository.default_branch) }}"
    )
  })

  test('user namespaces are allowed by a step of the workflow, where Apptainer runs on a machine of GitHub', () => {
    const allowing = workflows.flatMap(({ workflow }) =>
      workflow.jobs
        .filter(({ steps }) =>
          steps.some(({ data }) => textOf(data['run']).includes('apparmor_restrict_unprivileged_userns=0'))
        )
        .map(({ id }) => id)
    )
    expect(allowing).toEqual(['convert', 'test_neurocommand', 'test'])
  })
})

describe('as a trial', () => {
  const trials = workflows
    .filter(({ file }) => file.trialSecrets !== undefined)
    .map(({ set, file, title }) => {
      const names = set.files.map(({ to }) => path.posix.basename(to))
      const text = toTrial(file.text, names, file.trialSecrets ?? [])
      return { title, set, file, text, workflow: readWorkflow(text, title) }
    })

  test.each(trials)('$title is started by hand, under another name', ({ file, workflow }) => {
    expect(
      Object.keys(workflow.on).every((event) => ['workflow_dispatch', 'workflow_call'].includes(event))
    ).toBe(true)
    expect(workflow.on).toHaveProperty('workflow_dispatch')
    expect(workflow.name).toBe(`Trial: ${file.workflow?.name ?? ''}`)
    expect(trialPath(file.to)).toBe(`.github/workflows/trial-${file.name}`)
    expect(textOf(asData(workflow.data['concurrency'])['group'])).toMatch(/^trial-/)
  })

  test.each(trials)('$title may write nothing', ({ workflow }) => {
    for (const { data } of workflow.jobs) {
      const writes = Object.entries(asData(data['permissions'])).filter(([, right]) => right === 'write')
      expect(writes.map(([name]) => name).filter((name) => name !== 'id-token')).toEqual([])
    }
  })

  test.each(trials)('$title has no secret but those that it needs to look', ({ file, workflow }) => {
    const used = textsIn(workflow.data).flatMap(({ text }) => secretsIn(text))
    expect(used.filter((name) => !(file.trialSecrets ?? []).includes(name))).toEqual([])
  })

  test.each(trials)('$title tells every action that it is a dry run', async ({ set, workflow }) => {
    const { own } = await contextOf(top, set)
    for (const job of workflow.jobs) {
      // Neither is reached: a trial is always a dry run, and always started by hand.
      if (/!true|github\.event_name == 'push'/.test(textOf(job.data['if']))) continue
      for (const { data } of job.steps) {
        const name = readReference(textOf(data['uses']), '')?.name ?? ''
        if (!own.has(name) || READ_ONLY.includes(name)) continue
        expect(textOf(asData(data['with'])['dry-run'])).toMatch(/^true$|\btrue \|\| false\b|&& true\b/)
      }
    }
  })

  test.each(trials)('$title calls the trial forms of its siblings', ({ workflow }) => {
    for (const { data } of workflow.jobs) {
      const uses = textOf(data['uses'])
      expect(uses === '' || uses.startsWith('./.github/workflows/trial-')).toBe(true)
    }
  })

  test('deletes nothing even if the variable is set', () => {
    const cleanup = trials.find(({ file }) => file.name === 'cleanup_neurocontainers.yml')
    expect(cleanup?.text).toMatch(/^\s+delete: ['"]?false['"]?$/m)
  })
})

test('a runner can read every action.yml: expressions stand in defaults only, and elsewhere stop the job', () => {
  for (const name of actionNames()) {
    const manifest = asData(parse(readFileSync(path.join(actionFolder(name), 'action.yml'), 'utf8')))
    const strange = textsIn({ ...manifest, runs: {} }).filter(
      ({ path: place, text }) => text.includes('${{') && place.at(-1) !== 'default'
    )
    expect([name, strange]).toEqual([name, []])
  }
})

test('a pin reaches every reference to our actions, and nothing else', () => {
  const sha = 'b'.repeat(40)
  for (const { file } of workflows) {
    const pinned = setPin(file.text, { sha, version: 'v2.0.0' })
    expect(pinsIn(pinned).every((one) => one === sha)).toBe(true)
    const others = (text: string): string => text.replace(/neurodesk\/ci\/actions\/.*/g, '')
    expect(others(pinned)).toBe(others(file.text))
    expect(pinned).not.toContain('0'.repeat(40))
  }
})

test('every path that is named in the sets is there', async () => {
  const text = await readFile(path.join(top, 'workflows', 'sets.json'), 'utf8')
  expect(Object.keys(asData(JSON.parse(text)))).toEqual([
    'neurodesktop',
    'neurocommand',
    'transparent-singularity'
  ])
})
