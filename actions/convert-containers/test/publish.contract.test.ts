/** The built bundle publishes through GitHub's API: one commit, on a branch that moves, and one event. */
import { generateKeyPairSync } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'

import { startGitHub, type GitHubTestbed } from '../../../testbed/github/index.ts'
import { runAction, type ActionRun, type RunOptions } from '../../../testbed/runner/index.ts'
import { top } from '../../../scripts/repository.ts'
import { endWhile, NOTHING } from '../../../test/contract/ended.ts'
import { sifHead } from './samples.ts'

// Each test runs the bundle several times, on machines that do other things as well.
jest.setTimeout(120_000)

const REPOSITORY = 'neurodesk/neurocommand'
const SITE = 'neurodesk/neurodesk.github.io'
const EVENT = 'NeuroDesk/neurocommand applist.json update'
const catalogue = JSON.stringify({
  fsl: { apps: { 'fsl 6.0': { version: '20250101', exec: '' } }, categories: ['a', 'b'] },
  ants: { apps: { 'ants 2.0': { version: '20250202', exec: '' } }, categories: [] }
})
const fsl = 'fsl_6.0_20250101 categories:a,b,\n'
const both = `${fsl}ants_2.0_20250202 categories:\n`

describe('publish', () => {
  let github: GitHubTestbed
  let server: Server
  let workspace: string
  const missing = new Set<string>()

  beforeEach(async () => {
    missing.clear()
    github = await startGitHub({
      repositories: {
        [REPOSITORY]: {
          commits: [
            {
              message: 'first',
              files: { 'apps.json': catalogue, 'cvmfs/log.txt': fsl, 'cvmfs/applist.json': '{}' }
            }
          ]
        },
        [SITE]: { commits: [{ message: 'first', files: { 'README.md': 'x' } }] }
      }
    })
    server = createServer((request, response) => {
      if (missing.has(request.url ?? '')) response.writeHead(404).end()
      else response.writeHead(206, { 'content-range': 'bytes 0-127/50000' }).end(sifHead(50_000))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    workspace = await mkdtemp(path.join(tmpdir(), 'neurodesk-ci-publish-'))
    await writeFile(path.join(workspace, 'apps.json'), catalogue)
  })

  afterEach(async () => {
    await github.close()
    server.closeAllConnections()
    server.close()
    await rm(workspace, { recursive: true, force: true })
    expect(github.violations).toEqual([])
  })

  const publish = async (
    inputs: Readonly<Record<string, string>> = {},
    more: Partial<RunOptions> = {}
  ): Promise<ActionRun> =>
    await runAction({
      action: path.resolve(import.meta.dirname, '..'),
      workspace,
      token: 'testbed-token',
      env: { GITHUB_API_URL: github.url, GITHUB_REPOSITORY: REPOSITORY, GITHUB_REF: 'refs/heads/main' },
      inputs: {
        mode: 'publish',
        catalogue: 'apps.json',
        stores: `http://127.0.0.1:${(server.address() as AddressInfo).port} name=store`,
        commit: 'true',
        'dispatch-to': SITE,
        ...inputs
      },
      ...more
    })

  test('commits both files once, tells the site once, and does neither when nothing is new', async () => {
    const run = await publish(
      {},
      { event: { head_commit: { timestamp: new Date(Date.now() - 90_000).toISOString() } } }
    )
    expect([run.exitCode, run.outputs['log-changed']]).toEqual([0, 'true'])
    const repository = github.repository(REPOSITORY)
    expect(repository.file('cvmfs/log.txt')).toBe(both)
    expect(repository.log()).toHaveLength(2)
    expect(github.repository(SITE).dispatches).toMatchObject([{ ref: EVENT }])
    expect(await readFile(path.join(workspace, 'cvmfs/applist.json'), 'utf8')).toBe(
      repository.file('cvmfs/applist.json')
    )
    expect(run.summary).toMatch(/From the commit of the catalogue until all of it was published: 1 min 3\d s/)

    expect((await publish()).outputs['log-changed']).toBe('false')
    expect(repository.log()).toHaveLength(2)
    expect(github.repository(SITE).dispatches).toHaveLength(1)
  })

  const first = { commit: 'true', 'dispatch-to': SITE }

  test('an event that fails after the commit is found and sent by the next run, once', async () => {
    github.fail({ operation: 'repos/create-dispatch-event', kind: { what: 'forbidden' } })
    const run = await publish(first)
    const repository = github.repository(REPOSITORY)
    const { dispatches } = github.repository(SITE)
    expect([run.exitCode, run.outputs['log-changed'], dispatches]).toEqual([1, 'true', []])
    expect(run.annotations[0]?.message).toContain(`${SITE}: it was not told of the lists`)
    expect(run.summary).toContain('Committed as')
    expect(repository.file('cvmfs/log.txt')).toBe(both)

    // The branch moves on with other things meanwhile; a fresh checkout has the lists already.
    repository.commit({ message: 'somebody', files: { 'other.txt': 'y' } })
    const next = await publish(first)
    expect([next.exitCode, next.outputs['log-changed'], dispatches.length]).toEqual([0, 'false', 1])
    expect(next.summary).toContain(`Told: \`${SITE}\``)
    repository.commit({ message: 'somebody else', files: { 'other.txt': 'z' } })
    expect((await publish(first)).exitCode).toBe(0)
    expect([dispatches.length, repository.log().length]).toEqual([1, 4])
  })

  test('a run that is killed between the commit and the event: the next one sends it', async () => {
    const heal = github.fail({
      operation: 'repos/create-dispatch-event',
      kind: { what: 'cut' },
      times: Infinity
    })
    const killed = await publish(first, {
      onStart: (child) => {
        const timer = setInterval(() => {
          if (github.requests.some(({ operation }) => operation === 'repos/create-dispatch-event'))
            child.kill('SIGKILL')
        }, 5)
        child.on('exit', () => clearInterval(timer))
      }
    })
    heal()
    const { dispatches } = github.repository(SITE)
    expect([killed.signal, dispatches, github.repository(REPOSITORY).log().length]).toEqual([
      'SIGKILL',
      [],
      2
    ])
    expect([(await publish(first)).exitCode, dispatches.length]).toEqual([0, 1])
  })

  test('one repository that cannot be told does not keep the other; where it cannot be noted, that is told', async () => {
    const run = await publish({ 'dispatch-to': `neurodesk/nowhere\n${SITE}` })
    expect([run.exitCode, github.repository(SITE).dispatches.length]).toEqual([1, 1])
    expect(run.annotations.map(({ message }) => message).join()).toContain(
      'neurodesk/nowhere: it was not told'
    )
    github.fail({ operation: 'git/update-ref', kind: { what: 'forbidden' }, after: 1 })
    const edited = catalogue.replace('"a","b"', '"a"')
    await writeFile(path.join(workspace, 'apps.json'), edited)
    github.repository(REPOSITORY).commit({ message: 'edited', files: { 'apps.json': edited } })
    const next = await publish()
    expect([next.exitCode, github.repository(SITE).dispatches.length]).toEqual([0, 2])
    expect(next.annotations).toMatchObject([
      { kind: 'warning', message: expect.stringContaining('tells it again') }
    ])
  })

  test('a branch that moves meanwhile: the commit goes on top of what came', async () => {
    const repository = github.repository(REPOSITORY)
    github.fail({
      operation: 'git/update-ref',
      kind: {
        what: 'meanwhile',
        do: () => void repository.commit({ message: 'somebody', files: { 'other.txt': 'y' } })
      }
    })
    expect((await publish()).exitCode).toBe(0)
    expect(repository.log().map(({ message }) => message.split('\n')[0])).toEqual([
      'Update the lists of containers that the stores have',
      'somebody',
      'first'
    ])
    expect([repository.file('other.txt'), repository.file('cvmfs/log.txt')]).toEqual(['y', both])
  })

  test('what is not in the store is not published', async () => {
    missing.add('/ants_2.0_20250202.simg')
    const run = await publish({}, { event: { head_commit: { timestamp: new Date().toISOString() } } })
    expect(run.exitCode).toBe(1)
    // The new container is what the commit was about: it is not there yet.
    expect(run.summary).not.toContain('From the commit of the catalogue')
    expect(github.repository(REPOSITORY).file('cvmfs/log.txt')).toBe(fsl)
    expect(JSON.parse(github.repository(REPOSITORY).file('cvmfs/applist.json') ?? '')).toEqual({
      list: [{ application: 'fsl_6.0_20250101', categories: ['a', 'b'] }]
    })
  })

  test('without commit only the files in the workspace are written', async () => {
    await mkdir(path.join(workspace, 'cvmfs'))
    await writeFile(path.join(workspace, 'cvmfs/log.txt'), fsl)
    const run = await publish({ commit: 'false', 'dispatch-to': '' })
    expect([run.exitCode, await readFile(path.join(workspace, 'cvmfs/log.txt'), 'utf8')]).toEqual([0, both])
    expect(github.requests).toEqual([])
  })

  test('a dry run says it, and changes nothing', async () => {
    const run = await publish({ 'dry-run': 'true' })
    expect([run.exitCode, run.outputs['log-changed']]).toEqual([0, 'true'])
    expect(github.requests).toEqual([])
    await expect(readFile(path.join(workspace, 'cvmfs/log.txt'))).rejects.toThrow('ENOENT')
  })

  test('as a GitHub App: a token for each repository; one that ends on the way is renewed', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
    const world = await startGitHub({
      repositories: {
        [REPOSITORY]: { commits: [{ message: 'first', files: { 'cvmfs/log.txt': fsl } }] },
        [SITE]: { commits: [{ message: 'first' }] }
      },
      apps: {
        '4711': {
          slug: 'neurodesk-ci',
          publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
          installedOn: [REPOSITORY, SITE],
          permissions: { contents: 'write', metadata: 'read' }
        }
      }
    })
    try {
      // The hour is over while the branch is set: the request after it is refused.
      world.fail({
        operation: 'git/update-ref',
        kind: { what: 'meanwhile', do: () => world.revokeAppTokens() }
      })
      const run = await publish(
        { token: 'ended-long-ago', 'app-id': '4711', 'app-private-key': pem },
        {
          env: { GITHUB_API_URL: world.url, GITHUB_REPOSITORY: REPOSITORY, GITHUB_REF: 'refs/heads/main' }
        }
      )
      expect(run.exitCode).toBe(0)
      expect(world.repository(REPOSITORY).file('cvmfs/log.txt')).toBe(both)
      expect(world.repository(SITE).dispatches).toMatchObject([{ ref: EVENT }])
      const asked = world.requests.map(({ operation, status }) => `${operation} ${status}`)
      const made = asked.filter((one) => one === 'apps/create-installation-access-token 201')
      // One for each of the two repositories, and one anew for the request that was refused.
      expect([made.length, asked.filter((one) => one.endsWith(' 401')).length, world.violations]).toEqual([
        3,
        1,
        []
      ])
      const told = JSON.stringify(run)
      for (const secret of [...pem.trim().split('\n').slice(1, -1), 'ghs_'])
        expect(told).not.toContain(secret)
    } finally {
      await world.close()
    }
  })

  describe('what lies on the branch counts', () => {
    const older = JSON.stringify({
      fsl: { apps: { 'fsl 6.0': { version: '20250101', exec: '' } }, categories: ['a', 'b'] }
    })
    const outputsOf = (run: ActionRun): readonly (string | undefined)[] =>
      ['ok', 'verdict', 'missing', 'log-changed'].map((name) => run.outputs[name])

    test('an older run that ends later takes nothing back from a newer one', async () => {
      const repository = github.repository(REPOSITORY)
      repository.commit({ message: 'newer', files: { 'apps.json': catalogue, 'cvmfs/log.txt': both } })
      await writeFile(path.join(workspace, 'apps.json'), older)
      const run = await publish()
      expect(outputsOf(run)).toEqual(['false', 'unknown', '[]', 'false'])
      expect(run.annotations.map(({ message }) => message).join()).toContain(
        'on main the catalogue is no longer the one that this run has read'
      )
      expect([repository.file('cvmfs/log.txt'), repository.log().length]).toEqual([both, 2])
      expect(github.repository(SITE).dispatches).toEqual([])
      await expect(readFile(path.join(workspace, 'cvmfs/log.txt'))).rejects.toThrow('ENOENT')
      // The next run has it.
      await writeFile(path.join(workspace, 'apps.json'), catalogue)
      expect((await publish()).exitCode).toBe(0)
    })

    test('a catalogue that the branch does not have at its path is told: nobody knows whether it is the newest', async () => {
      const repository = github.repository(REPOSITORY)
      repository.commit({ message: 'newer', files: { 'neurodesk/apps.json': catalogue } })
      await mkdir(path.join(workspace, 'checkout/neurodesk'), { recursive: true })
      await writeFile(path.join(workspace, 'checkout/neurodesk/apps.json'), older)
      const told = (run: ActionRun): readonly unknown[] => [
        run.exitCode,
        run.outputs['log-changed'],
        run.annotations.filter(({ properties }) => properties['title'] === 'publish-unguarded').length
      ]
      const inside = await publish({ catalogue: 'checkout/neurodesk/apps.json' })
      expect(told(inside)).toEqual([0, 'true', 1])
      expect(inside.summary).toContain('main has no checkout/neurodesk/apps.json')
      // Nothing to write, nothing to guard; and a path that the branch has is looked at.
      expect(told(await publish({ catalogue: 'checkout/neurodesk/apps.json' }))).toEqual([0, 'false', 0])
      await mkdir(path.join(workspace, 'neurodesk'))
      await writeFile(path.join(workspace, 'neurodesk/apps.json'), catalogue)
      expect(told(await publish({ catalogue: 'neurodesk/apps.json' }))).toEqual([0, 'true', 0])
    })

    test('another run has written the lists between two attempts', async () => {
      const repository = github.repository(REPOSITORY)
      const newer = `${both}new_1_20250303 categories:\n`
      github.fail({
        operation: 'git/update-ref',
        kind: {
          what: 'meanwhile',
          do: () => void repository.commit({ message: 'newer', files: { 'cvmfs/log.txt': newer } })
        }
      })
      const run = await publish()
      expect(outputsOf(run)).toEqual(['false', 'unknown', '[]', 'false'])
      expect(run.annotations[0]?.message).toContain('another run has written the lists on main meanwhile')
      expect(repository.file('cvmfs/log.txt')).toBe(newer)
    })

    test('without a checkout a store that lists nothing does not empty the log.txt of the branch', async () => {
      const repository = github.repository(REPOSITORY)
      const many = Array.from({ length: 384 }, (_, index) => `t${index}_1_20250101 categories:\n`).join('')
      repository.commit({ message: 'many', files: { 'cvmfs/log.txt': many } })
      missing.add('/fsl_6.0_20250101.simg').add('/ants_2.0_20250202.simg')
      const run = await publish()
      expect(run.exitCode).toBe(1)
      expect(run.annotations.map(({ message }) => message).join()).toContain('384 of 384 lines would go')
      expect(repository.file('cvmfs/log.txt')).toBe(many)
    })

    test('a merge that was not finished in log.txt is told, and the outputs are there', async () => {
      const torn = `<<<<<<< HEAD\n${fsl}=======\n${both}>>>>>>> other\n`
      github.repository(REPOSITORY).commit({ message: 'torn', files: { 'cvmfs/log.txt': torn } })
      const run = await publish()
      expect([run.exitCode, ...outputsOf(run)]).toEqual([1, 'false', 'failed', '[]', 'false'])
      expect(run.annotations.map(({ message }) => message).join()).toContain('log.txt, line 1: expected')
      expect(run.log).not.toContain('bug of the action')
      expect(run.summary).toContain('`publish-log-unreadable`')
      expect(github.repository(REPOSITORY).file('cvmfs/log.txt')).toBe(torn)
    })

    test('what GitHub refuses is told beside the outputs and the table', async () => {
      github.fail({ operation: 'git/create-tree', kind: { what: 'forbidden' } })
      const run = await publish()
      expect([run.exitCode, ...outputsOf(run)]).toEqual([1, 'false', 'failed', '[]', 'false'])
      expect(run.annotations.map(({ message }) => message).join()).toContain('could not be published: token')
      expect(run.summary).toMatch(/\| Store \|[^]*### Published[^]*They were \*\*not\*\* written/)
      expect((await publish()).exitCode).toBe(0)
    })

    test('a branch that is not there', async () => {
      const env = { GITHUB_API_URL: github.url, GITHUB_REPOSITORY: REPOSITORY, GITHUB_REF: 'refs/heads/gone' }
      const run = await publish({}, { env })
      expect(outputsOf(run)).toEqual(['false', 'failed', '[]', 'false'])
      expect(run.summary).toContain('has no branch gone')
    })
  })

  test.each(['log.txt', 'applist.json'])('killed when %s is written and has no name yet', async (list) => {
    const { run, left, reached } = await endWhile(
      'convert-containers',
      {
        inputs: {
          mode: 'publish',
          catalogue: 'apps.json',
          stores: `http://127.0.0.1:${(server.address() as AddressInfo).port} name=store`
        },
        env: {
          NODE_OPTIONS: `--import=${path.join(top, 'test', 'contract', 'preload', 'hold-rename.mjs')}`,
          HOLD_RENAME: `/${list}$`
        },
        prepare: async (folder) => await writeFile(path.join(folder, 'apps.json'), catalogue),
        reached: async (folder) => (await readFile(path.join(folder, 'busy'), 'utf8').catch(() => '')) !== '',
        // One of the two lists is whole before the other.
        keeps: /cvmfs(?:\/(?:log\.txt|applist\.json))?/
      },
      'SIGKILL'
    )
    expect([reached, run.signal, left]).toEqual([true, 'SIGKILL', NOTHING])
    expect(run.post).toMatchObject({ exitCode: 0, annotations: [] })
  })

  test('a tag is no branch: that is told before any store is asked', async () => {
    let asked = 0
    server.on('request', () => asked++)
    const env = { GITHUB_API_URL: github.url, GITHUB_REPOSITORY: REPOSITORY, GITHUB_REF: 'refs/tags/v1' }
    const run = await publish({}, { env })
    expect([run.exitCode, asked]).toEqual([1, 0])
    expect(run.annotations[0]?.message).toContain('true, in a run on \\"refs/tags/v1\\"')
    // What is only looked at needs none.
    expect((await publish({ mode: 'check' }, { env })).exitCode).toBe(0)
    expect((await publish({ 'dry-run': 'true' }, { env })).exitCode).toBe(0)
  })

  test('no commit without a branch', async () => {
    const env = { GITHUB_API_URL: github.url, GITHUB_REPOSITORY: REPOSITORY, GITHUB_REF: 'refs/pull/7/merge' }
    const run = await publish({}, { env })
    expect(run.exitCode).toBe(1)
    expect(run.annotations[0]?.message).toContain('a commit needs a branch')
    expect(github.repository(REPOSITORY).log()).toHaveLength(1)
  })
})
