import { describe, expect, test } from '@jest/globals'

import { readEnvironment } from '../environment.ts'
import { isSystemCommand, nameProblem } from '../names.ts'
import { lookUp, readPromise } from '../promise.ts'
import { dockerEnvironment, memoryTree } from './memory-tree.ts'

const container = 'tool_1.0.0_20240902'

async function environmentOf(
  script: string
): Promise<{ variables: Record<string, string>; unread: readonly string[] }> {
  const { variables, unread } = await readEnvironment(
    memoryTree({ '/.singularity.d/env/10-docker2singularity.sh': script })
  )
  return { variables: Object.fromEntries(variables), unread }
}

describe('the environment of an image', () => {
  test.each([
    ['export A="${A:-"plain"}"', 'plain'],
    ['export A="${A:-"two words"}"', 'two words'],
    ['export A="${A:-"a=b \\"q\\" \\$HOME \\\\ \\`id\\`"}"', 'a=b "q" $HOME \\ `id`'],
    ["export A='single $HOME'", 'single $HOME'],
    ['A=plain', 'plain'],
    ['export A="line\nbreak"', 'line\nbreak'],
    ['A="$PATH:/opt"', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt'],
    ['A="${UNSET-default}"', 'default'],
    ['A="${PATH:+set}"', 'set'],
    ['A="${UNSET:+set}"', ''],
    ['A="${UNSET:-}"', ''],
    ['A=a\\ b # a comment', 'a b'],
    ['A="5 $ and 5$"', '5 $ and 5$']
  ])('%s', async (script, value) => {
    expect(await environmentOf(script)).toMatchObject({ variables: { A: value }, unread: [] })
  })

  test('what only a shell can know is reported, and the rest is read', async () => {
    const script = [
      '#!/bin/sh',
      '# A=1',
      'export A=$(id)',
      'export B=`id`',
      'if true; then C=1; fi',
      'export D=4',
      'E=5; F=6',
      ''
    ].join('\n')
    const { variables, unread } = await environmentOf(script)
    expect(variables).toMatchObject({ D: '4' })
    expect(variables).not.toHaveProperty('A')
    expect(unread).toEqual(
      ['A=$(id)', 'B=`id`', 'if true; then C=1; fi', 'E=5; F=6'].map((line) => expect.stringContaining(line))
    )
  })

  test('a quote that is never closed ends the reading, not the reader', async () => {
    expect((await environmentOf('export A="open\nexport B=1')).unread).toHaveLength(1)
  })

  test('the recipe comes after the docker image, the logic of the runtime is left out', async () => {
    const { variables } = await readEnvironment(
      memoryTree({
        '/.singularity.d/env/90-environment.sh': 'export A="$A more"',
        '/.singularity.d/env/10-docker2singularity.sh': 'export A=first',
        '/.singularity.d/env/99-base.sh': 'export A=runtime'
      })
    )
    expect(variables.get('A')).toBe('first more')
  })
})

describe('the promise', () => {
  const files = {
    '/opt/a/first': '755 x',
    '/opt/a/both': '755 x',
    '/opt/a/notes': '644 x',
    '/opt/a/root': '750 x',
    '/opt/a/link': '-> ../lib/real',
    '/opt/a/dangling': '-> nowhere',
    '/opt/a/folderlink': '-> ../lib',
    '/opt/a/sub/deeper': '755 x',
    '/opt/a/ls': '755 x',
    '/opt/a/singularity': '755 x',
    '/opt/a/with blank': '755 x',
    '/opt/a/.hidden': '755 x',
    '/opt/a/README.md': '755 x',
    '/opt/b/both': '755 x',
    '/opt/lib/real': '755 x',
    '/usr/bin/named': '755 x',
    '/README.md': '# tool'
  }
  const read = async (env: Record<string, string>): ReturnType<typeof readPromise> =>
    await readPromise(memoryTree({ ...files, ...dockerEnvironment(env) }), { container })

  test('is what stands in DEPLOY_PATH at depth 1 and can be executed, and DEPLOY_BINS', async () => {
    const promise = await read({
      PATH: '/usr/bin',
      DEPLOY_PATH: '/opt/a/:/opt/b:/opt/missing',
      DEPLOY_BINS: 'named:absent:first',
      DEPLOY_ENV_DIR: 'BASEPATH/opt/a',
      DEPLOY_ENV_: 'nameless'
    })
    expect(promise.commands.map(({ name, file, realFile }) => [name, file, realFile])).toEqual([
      ['first', '/opt/a/first', '/opt/a/first'],
      ['both', '/opt/a/both', '/opt/a/both'],
      ['link', '/opt/a/link', '/opt/lib/real'],
      ['named', '/usr/bin/named', '/usr/bin/named'],
      ['absent', undefined, undefined]
    ])
    expect(promise.excluded.map(({ name, problem }) => [name, problem.kind])).toEqual([
      ['root', 'root-only'],
      ['ls', 'system'],
      ['singularity', 'reserved'],
      ['with blank', 'unsafe'],
      ['.hidden', 'hidden'],
      ['README.md', 'collides']
    ])
    expect(promise).toMatchObject({
      missingFolders: ['/opt/missing'],
      danglingLinks: ['/opt/a/dangling'],
      duplicates: ['both'],
      variables: [{ name: 'DIR', value: 'BASEPATH/opt/a' }]
    })
    expect(promise.readme?.toString()).toBe('# tool')
    expect(promise.path).toEqual([
      '/usr/bin',
      '/usr/local/sbin',
      '/usr/local/bin',
      '/usr/sbin',
      '/sbin',
      '/bin'
    ])
  })

  test("an installer's list of excludes takes the place of our own", async () => {
    const tree = memoryTree({ ...files, ...dockerEnvironment({ DEPLOY_PATH: '/opt/a' }) })
    const promise = await readPromise(tree, {
      container,
      exclude: (name) => (name === 'first' ? 'because' : undefined)
    })
    expect(promise.commands.map(({ name }) => name)).toEqual(['both', 'link', 'ls'])
  })

  test('DEPLOY_PATH may hold patterns, as the shell of transparent-singularity expands them', async () => {
    const promise = await read({ DEPLOY_PATH: '/opt/[ab]:/opt/*/nothing:/opt/li?' })
    expect(promise.commands.map(({ file }) => file)).toEqual([
      '/opt/a/first',
      '/opt/a/both',
      '/opt/a/link',
      '/opt/lib/real'
    ])
    expect(promise.missingFolders).toEqual(['/opt/*/nothing'])
  })

  test('a pattern that would take for ever is taken literally', async () => {
    const promise = await read({ DEPLOY_PATH: `/opt/${'a*'.repeat(40)}` })
    expect(promise.missingFolders).toHaveLength(1)
  })

  test('an image that promises nothing', async () => {
    expect(await read({})).toMatchObject({ deployPath: [], deployBins: [], commands: [], variables: [] })
  })
})

test('a program is looked up as the shell inside would', async () => {
  const tree = memoryTree({ '/a/tool': '644 x', '/b/tool': '755 x', '/c/tool': '755 x' })
  expect(await lookUp(tree, 'tool', ['/a', '/b/', '/c'])).toBe('/b/tool')
  expect(await lookUp(tree, '/c/tool', [])).toBe('/c/tool')
  expect(await lookUp(tree, '/a/tool', [])).toBeUndefined()
  expect(await lookUp(tree, 'other', ['/a'])).toBeUndefined()
})

describe('names', () => {
  test.each([
    ['tool', undefined],
    ['g++tool', undefined],
    ['ärmel', undefined],
    ['3dinfo', undefined],
    ['tool.py', undefined],
    ['a@b%c', undefined],
    ['with blank', 'unsafe'],
    ['with\ttab', 'unsafe'],
    ['line\nbreak', 'unsafe'],
    ['-dash', 'unsafe'],
    ['cost$', 'unsafe'],
    ['`id`', 'unsafe'],
    ['a;b', 'unsafe'],
    ['a=b', 'unsafe'],
    ['..', 'unsafe'],
    ['a\ufffdb', 'unsafe'],
    ['x'.repeat(256), 'unsafe'],
    ['.hidden', 'hidden'],
    ['singularity', 'reserved'],
    ['module', 'reserved'],
    ['srun', 'reserved'],
    ['commands.txt', 'collides'],
    ['ts_binaryFinder.sh', 'collides'],
    ['activate_tool_1.0.0_20240902.simg.sh', 'collides'],
    ['tool_1.0.0_20240902.simg', 'collides'],
    ['tool_1x0.0_20240902.simg', undefined]
  ])('%j is %s', (name, kind) => {
    expect(nameProblem(name, container)?.kind).toBe(kind)
  })

  test('basic commands of a host', () => {
    expect([isSystemCommand('ls'), isSystemCommand('fsl')]).toEqual([true, false])
  })
})
