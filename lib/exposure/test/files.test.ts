import { describe, expect, test } from '@jest/globals'

import { checkFiles, type Exposed, type HostFile } from '../check/files.ts'
import { listNames } from '../check/lists.ts'
import { readPromise, type ContainerPromise } from '../promise.ts'
import { dockerEnvironment, memoryTree } from './memory-tree.ts'

const container = 'tool_1.0.0_20240902'

describe('the promise against the files', () => {
  const wrapper = (name: string, more: Partial<HostFile> = {}): HostFile => ({
    name,
    kind: 'file',
    mode: 0o755,
    head: '#!/bin/sh\n',
    ...more
  })
  const promise = async (): Promise<ContainerPromise> =>
    await readPromise(
      memoryTree({
        ...dockerEnvironment({ DEPLOY_PATH: '/opt/tool' }),
        '/opt/tool/one': '755 x',
        '/opt/tool/two': '755 x',
        '/README.md': 'text'
      }),
      { container }
    )
  const check = async (more: Partial<Exposed>): Promise<readonly string[]> => {
    const exposed = {
      container,
      listed: ['one', 'two'],
      files: [wrapper('one'), wrapper('two'), wrapper('commands.txt', { mode: 0o644, head: 'one' })],
      readme: Buffer.from('text'),
      hostCommands: new Set<string>(),
      excludes: [],
      ...more
    }
    return checkFiles(await promise(), exposed).findings.map(
      ({ id, severity, subject }) => `${severity} ${id} ${subject}`
    )
  }
  const at = (name: string): string => `${container}/${name}`

  test('all is well', async () => {
    expect(await check({})).toEqual([])
  })

  test.each<readonly [string, Partial<Exposed>, readonly string[]]>([
    ['no list', { listed: undefined, files: [] }, [`error exposure-list-missing ${container}`]],
    ['an empty list', { listed: [], files: [] }, [`error exposure-no-commands ${container}`]],
    ['a name twice', { listed: ['one', 'two', 'one'] }, [`warning exposure-command-duplicate ${at('one')}`]],
    [
      'a command too few',
      { listed: ['one'], files: [wrapper('one')] },
      [`error exposure-command-missing ${at('two')}`]
    ],
    [
      'a command too many',
      { listed: ['one', 'two', 'more'], files: ['one', 'two', 'more'].map((name) => wrapper(name)) },
      [`error exposure-command-extra ${at('more')}`]
    ],
    [
      'a name that breaks shells',
      { listed: ['one', 'two', 'a b'], files: ['one', 'two', 'a b'].map((name) => wrapper(name)) },
      [`error exposure-name-unsafe ${at('a b')}`]
    ],
    [
      'the name of the runtime',
      {
        listed: ['one', 'two', 'apptainer'],
        files: ['one', 'two', 'apptainer'].map((name) => wrapper(name))
      },
      [`error exposure-name-reserved ${at('apptainer')}`]
    ],
    ['no wrapper', { files: [wrapper('one')] }, [`error exposure-wrapper-unusable ${at('two')}`]],
    [
      'a wrapper for root',
      { files: [wrapper('one', { mode: 0o700 }), wrapper('two')] },
      [`error exposure-wrapper-unusable ${at('one')}`]
    ],
    [
      'no first line',
      { files: [wrapper('one', { head: 'exec' }), wrapper('two')] },
      [`error exposure-wrapper-unusable ${at('one')}`]
    ],
    [
      'a link',
      { files: [wrapper('one', { kind: 'link' }), wrapper('two')] },
      [`error exposure-wrapper-unusable ${at('one')}`]
    ],
    [
      'a stray wrapper',
      { files: [wrapper('one'), wrapper('two'), wrapper('stray'), wrapper('image.simg')] },
      [`error exposure-wrapper-unlisted ${at('stray')}`]
    ],
    [
      "the host's own name",
      { hostCommands: new Set(['two', 'ls']) },
      [`warning exposure-shadows-host ${container}`]
    ],
    ['another README', { readme: Buffer.from('other') }, [`error exposure-readme-differs ${container}`]],
    ['no README', { readme: undefined }, [`error exposure-readme-differs ${container}`]]
  ])('%s', async (_name, exposed, expected) => {
    const found = await check(exposed)
    expect(
      found.filter((finding) => !finding.includes('exposure-command-missing') || expected.includes(finding))
    ).toEqual(expected)
  })

  test('says what of a promise cannot be read, and which variable has no name', async () => {
    const odd = await readPromise(
      memoryTree({
        ...dockerEnvironment({ DEPLOY_PATH: '/opt/tool', DEPLOY_ENV_2ND: 'x' }),
        '/.singularity.d/env/90-environment.sh': 'export DEPLOY_BINS=$(list)\n',
        '/opt/tool/one': '755 x'
      }),
      { container }
    )
    const exposed = { container, files: [wrapper('one')], hostCommands: new Set<string>(), excludes: [] }
    const { findings } = checkFiles(odd, { ...exposed, listed: ['one'], readme: undefined })
    expect(findings.map(({ id, severity }) => `${severity} ${id}`)).toEqual([
      'unknown exposure-promise-unreadable',
      'error exposure-variable-name'
    ])
  })

  test('says which line of the excludes swallowed a command', async () => {
    const whole = {
      container,
      listed: ['one'],
      files: [wrapper('one')],
      readme: Buffer.from('text'),
      hostCommands: new Set<string>()
    }
    const hint = async (excludes: readonly string[]): Promise<string | undefined> =>
      checkFiles(await promise(), { ...whole, excludes }).findings[0]?.hint
    expect(await hint(['ls', 't.o'])).toContain('"t.o"')
    expect(await hint(['ls', 'x*'])).toBeUndefined()
    expect(await hint(['*'.repeat(30), '['])).toBeUndefined()
  })

  test('ten names, and the number of the others', () => {
    expect(listNames(['a', 'b'])).toBe('a, b')
    expect(listNames(Array.from({ length: 12 }, (_, index) => String(index)))).toMatch(/, 9 and 2 more$/)
  })
})
