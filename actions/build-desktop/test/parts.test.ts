/** The small pure parts: plans, words for changes, JUnit, PNG, files of digests. */
import { describe, expect, test } from '@jest/globals'
import { readInputs } from '../../../lib/action/index.ts'
import { InputError } from '../../../lib/failure/index.ts'
import { parseConfig, type RemoteImage } from '../../../lib/registry/index.ts'
import { inputVariables } from '../../../testbed/ports.ts'
import { describeChange, refineChange, signed, type Change } from '../src/changes.ts'
import { DIGEST_SCHEMA, parseDigest } from '../src/digests.ts'
import { check, inputs, type Inputs } from '../src/inputs.ts'
import { comparePackages } from '../src/packages.ts'
import {
  isAllowed,
  mayMoveTag,
  planBuild,
  planImage,
  planTag,
  planTargets,
  shouldBePublic
} from '../src/plan.ts'
import { judgeRights } from '../src/rights.ts'
import { readJunit } from '../src/smoke/junit.ts'
import { colourShare, decodePng } from '../src/smoke/png.ts'
import { planSkip } from '../src/tagged.ts'
import { png } from './png.ts'

function read(given: Readonly<Record<string, string>> = {}): Inputs {
  return readInputs(inputs, inputVariables(given), check)
}

function refusals(given: Readonly<Record<string, string>>): readonly string[] {
  try {
    read(given)
    return []
  } catch (error) {
    if (error instanceof InputError) return error.problems.map((one) => `${one.input}: ${one.given}`)
    throw error
  }
}

describe('inputs', () => {
  test('every problem of several inputs at once', () => {
    expect(
      refusals({
        mode: 'everything',
        'build-args': 'A=1\nno value',
        secrets: 'id=$(whoami)',
        registries: 'ghcr.io\nGHCR.io/NeuroDesk username-env=X\ndocker.io/ optional',
        platforms: 'linux',
        tag: 'two words'
      })
    ).toEqual([
      'mode: everything',
      'build-args: no value',
      'secrets: id=$(whoami)',
      'platforms: linux',
      'registries: ghcr.io',
      'registries: GHCR.io/NeuroDesk username-env=X',
      'tag: two words'
    ])
  })

  test('rules between inputs', () => {
    expect(refusals({ tag: 'latest' })).toEqual(['tag: latest'])
    expect(refusals({ mode: 'merge' })).toEqual(['digests: '])
    expect(refusals({ mode: 'test', digests: 'x' })).toEqual(['smoke-file: '])
    expect(refusals({ platforms: 'linux/amd64\nlinux/arm64' })).toEqual([
      'platforms: linux/amd64, linux/arm64'
    ])
    expect(refusals({ 'build-args': 'V=1', 'tag-build-arg': 'V' })).toEqual(['tag-build-arg: V'])
    expect(refusals({ scan: 'grype' })).toEqual(['scan: grype'])
    expect(refusals({ profile: 'linux' })).toEqual(['profile: linux'])
    expect(refusals({ 'git-tag': 'true' })).toEqual(['token: '])
    expect(refusals({ 'platform-tags': 'true', latest: 'false' })).toEqual(['platform-tags: true'])
    expect(refusals({ 'platform-tags': 'true', platforms: 'linux/amd64', tag: 'amd64' })).toEqual([
      'tag: amd64'
    ])
    expect(refusals({ 'platform-tags': 'true', platforms: 'linux', tag: 'amd64' })).toEqual([
      'platforms: linux'
    ])
  })
})

describe('names', () => {
  test('the image is called like the repository, in lower case', () => {
    expect(planImage('', 'NeuroDesk/NeuroDesktop')).toBe('neurodesktop')
    expect(planImage('neurodesktop-dev', 'NeuroDesk/neurodesktop')).toBe('neurodesktop-dev')
    expect(planImage('', '')).toBe('image')
    expect(read({ image: 'NeuroDesktop' }).image).toBe('NeuroDesktop')
    expect(planImage('NeuroDesktop', '')).toBe('neurodesktop')
  })

  test('the tag is the day in UTC, for the dev channel with the time', () => {
    const now = Date.parse('2026-11-23T23:59:30+00:00')
    expect(planTag('', 'release', now)).toBe('2026-11-23')
    expect(planTag('', 'dev', now)).toBe('2026-11-23-2359')
    expect(planTag('mine', 'dev', now)).toBe('mine')
  })

  test('registries: names, attributes, and lines without a namespace', () => {
    const { registries } = read({
      registries:
        'ghcr.io/NeuroDesk image=NeuroDesktop/neurodesktop\ndocker.io/\nquay.io/vnmd/ optional username-env=U password-env=P'
    })
    const plan = planTargets(registries, 'desk')
    expect(plan.skipped).toEqual(['docker.io/'])
    expect(plan.notes).toEqual([
      expect.stringMatching(
        /^ghcr\.io\/NeuroDesk\/NeuroDesktop\/neurodesktop is taken as ghcr\.io\/neurodesk\//
      )
    ])
    expect(
      plan.targets.map((one) => [`${one.repository.host}/${one.repository.path}`, one.optional])
    ).toEqual([
      ['ghcr.io/neurodesk/neurodesktop/neurodesktop', false],
      ['quay.io/vnmd/desk', true]
    ])
  })
})

describe('building', () => {
  const facts = {
    tag: '2026-01-02',
    platform: 'linux/amd64',
    name: 'n',
    contextPath: '/c',
    dockerfilePath: '/c/D',
    published: 'ghcr.io/a/b:latest',
    sourceDate: 1767312000
  }
  test('cached from what is published, cache inside the image, no value of a secret', () => {
    const args = planBuild(
      read({
        'build-args': 'A=1 2',
        secrets: 'token=GH_TOKEN',
        labels: 'a=b',
        target: 'final',
        'tag-build-arg': 'V',
        pull: 'true'
      }),
      facts
    ).join(' ')
    expect(args).toBe(
      '--file /c/D --platform linux/amd64 --tag n --load --target final --build-arg A=1 2 --build-arg V=2026-01-02 --build-arg SOURCE_DATE_EPOCH=1767312000 ' +
        '--secret id=token,env=GH_TOKEN --label a=b --cache-from type=registry,ref=ghcr.io/a/b:latest --cache-to type=inline --pull --provenance=false --sbom=false /c'
    )
  })

  test('a cache of the caller, none, and a time of the caller', () => {
    const own = planBuild(
      read({ 'cache-from': 'type=gha', 'cache-to': 'none', 'build-args': 'SOURCE_DATE_EPOCH=0' }),
      facts
    )
    expect(own.filter((one) => one.startsWith('type='))).toEqual(['type=gha'])
    expect(own.filter((one) => one.startsWith('SOURCE_DATE_EPOCH'))).toEqual(['SOURCE_DATE_EPOCH=0'])
    expect(planBuild(read({ 'no-cache': 'true' }), facts).join(' ')).not.toContain('--cache-from')
    expect(planBuild(read({ 'cache-from': 'none' }), facts).join(' ')).not.toContain('--cache-from')
  })
})

describe('deciding', () => {
  test.each([
    ['2026-01-02', 'schedule', false, 'no'],
    ['2026-01-02', 'workflow_dispatch', false, 'with-warning'],
    ['2026-01-02-1405', 'workflow_dispatch', false, 'with-warning'],
    ['2026-01-01', 'workflow_dispatch', false, 'no'],
    ['2026-01-01', 'schedule', true, 'yes'],
    ['2026-01-02', 'push', false, 'no']
  ])('tag %s by %s, force %s: %s', (tag, eventName, force, verdict) => {
    expect(mayMoveTag({ tag, today: '2026-01-02', eventName, force })).toBe(verdict)
  })

  test('roles', () => {
    expect(
      ['none', 'read', 'triage', 'write', 'maintain', 'admin'].map((role) => isAllowed(role, 'maintain'))
    ).toEqual([false, false, false, false, true, true])
    expect(isAllowed('write', 'write')).toBe(true)
  })

  test('who should see it', () => {
    expect(shouldBePublic('quay.io', {})).toBe('yes')
    expect(shouldBePublic('registry.example.org', {})).toBe('perhaps')
    expect(shouldBePublic('ghcr.io', { repository: { private: true } })).toBe('no')
  })

  const target = (name: string, optional = false): Parameters<typeof planSkip>[0][number]['target'] => ({
    name,
    repository: { host: name, path: 'x' },
    optional
  })
  test('tagged already: everywhere, partly, differently, unknown', () => {
    const has = (name: string, digest: string): Parameters<typeof planSkip>[0][number] => ({
      target: target(name),
      descriptor: { mediaType: 'x', digest, size: 1 },
      unknown: undefined
    })
    const lacks = (name: string): Parameters<typeof planSkip>[0][number] => ({
      target: target(name),
      descriptor: undefined,
      unknown: undefined
    })
    const silent = (name: string): Parameters<typeof planSkip>[0][number] => ({
      target: target(name),
      descriptor: undefined,
      unknown: 'no answer'
    })
    expect(planSkip([has('a', '1'), has('b', '1')]).step).toBe('nothing')
    expect(planSkip([lacks('a'), has('b', '1')])).toMatchObject({
      step: 'copy',
      to: [{ name: 'a' }],
      source: { target: { name: 'b' } }
    })
    expect(planSkip([has('a', '1'), has('b', '2')]).step).toBe('build')
    expect(planSkip([lacks('a'), lacks('b')]).step).toBe('build')
    expect(planSkip([has('a', '1'), silent('b')]).step).toBe('nothing')
    expect(planSkip([]).step).toBe('build')
  })

  test("rights: a fork is nobody's fault, a forgotten login is", () => {
    const right = (
      name: string,
      status: 'writable' | 'refused' | 'not-logged-in' | 'unreachable',
      optional = false
    ): Parameters<typeof judgeRights>[0][number] => ({ target: target(name, optional), status, message: '' })
    const severities = (...rights: Parameters<typeof judgeRights>[0]): readonly string[] =>
      judgeRights(rights).map((one) => one.severity)
    expect(severities(right('a', 'writable'), right('b', 'writable'))).toEqual([])
    expect(severities(right('a', 'not-logged-in'), right('b', 'not-logged-in'))).toEqual(['notice', 'notice'])
    expect(severities(right('a', 'writable'), right('b', 'not-logged-in'))).toEqual(['error'])
    expect(severities(right('a', 'writable'), right('b', 'not-logged-in', true))).toEqual(['notice'])
    expect(severities(right('a', 'refused'), right('b', 'unreachable'))).toEqual(['error', 'unknown'])
    expect(severities(right('a', 'refused', true), right('b', 'unreachable', true))).toEqual([
      'warning',
      'warning'
    ])
  })
})

describe('words for a change', () => {
  const image = (letters: string, env = 'A=1', content?: string): RemoteImage => {
    const id = (letter: string): string => `sha256:${letter.repeat(64)}`
    const config = parseConfig(
      Buffer.from(
        JSON.stringify({
          architecture: 'amd64',
          config: { Env: [env] },
          rootfs: { diff_ids: [...letters].map(id) }
        })
      )
    )
    const annotations =
      content === undefined ? {} : { annotations: { 'org.neurodesk.ci.content-digest': content } }
    const layers = [...letters].map((letter) => ({
      mediaType: 'x',
      digest: id(letter),
      size: 1_000_000,
      ...annotations
    }))
    const descriptor = { mediaType: 'x', digest: id('f'), size: 1 }
    return {
      top: descriptor,
      descriptor,
      config,
      platform: { os: 'linux', architecture: 'amd64' },
      compressedSize: layers.length * 1_000_000,
      manifest: { kind: 'image', mediaType: 'x', config: descriptor, layers, annotations: {} }
    }
  }
  const change = (before: RemoteImage, after: RemoteImage): Change =>
    refineChange(
      { verdict: 'changed', published: before, difference: { same: false, layers: [], fields: [] } },
      { config: after.config, layers: after.manifest.layers },
      []
    )

  test('which layers, which fields, how much', () => {
    const size = (now: RemoteImage): { now: number } => ({ now: now.compressedSize })
    const one = image('abc')
    const other = image('abde', 'A=2')
    expect(describeChange(change(one, other), size(other))).toBe(
      'content: layers 3, 4; configuration: Env.A; size +1 MB'
    )
    expect(describeChange(change(image('a', 'A=1', 'x'), image('b', 'A=1', 'x')))).toBe(
      'times: 1 layer with the same files, but other times'
    )
    expect(describeChange(change(image('a'), image('a', 'A=2')))).toBe('configuration: Env.A')
    expect(describeChange({ verdict: 'unknown', because: 'HTTP 503' })).toBe('unknown: HTTP 503')
    expect(signed(-300_000)).toBe('-300 kB')
  })

  test('packages', () => {
    const now = [
      { kind: 'deb', name: 'curl', version: '8', architecture: 'amd64' },
      { kind: 'deb', name: 'new', version: '1', architecture: 'amd64' }
    ] as const
    expect(
      comparePackages(
        new Map([
          ['curl', '7'],
          ['old', '1']
        ]),
        now
      )
    ).toEqual({ added: ['new 1'], removed: ['old 1'], updated: ['curl 7 -> 8'] })
  })
})

describe('JUnit', () => {
  test('passed, failed, error, skipped; attributes are decoded', () => {
    const xml = `<?xml version="1.0"?><testsuites><testsuite tests="4">
      <testcase classname="tests.a" name="one"/>
      <testcase classname='tests.a' name='two'><failure message="1 &lt; 0 &#33;">trace</failure></testcase>
      <testcase name="three"><error/></testcase>
      <testcase name="four"><skipped message="no gpu"/></testcase>
      <!-- <testcase name="commented"/> --><system-out><![CDATA[<testcase name="printed"/>]]></system-out>
    </testsuite></testsuites>`
    expect(readJunit(xml)).toEqual([
      { name: 'tests.a.one', result: 'passed', message: '' },
      { name: 'tests.a.two', result: 'failed', message: '1 < 0 !' },
      { name: 'three', result: 'failed', message: 'error' },
      { name: 'four', result: 'skipped', message: 'no gpu' }
    ])
    expect(readJunit('<html></html>')).toBeUndefined()
    expect(readJunit('<testsuite/>')).toEqual([])
  })

  test('a hostile document takes no time', () => {
    const started = performance.now()
    readJunit(`<testsuite>${'<testcase '.repeat(20_000)}${' a="'.repeat(20_000)}`)
    expect(performance.now() - started).toBeLessThan(2000)
  })
})

describe('pictures', () => {
  test('a grey rectangle has one colour, a picture has many', () => {
    expect(colourShare(decodePng(png(40, 30, () => [7, 7, 7])))).toEqual({ count: 1, mostOfOne: 1 })
    const half = colourShare(decodePng(png(40, 30, (x, y) => (x < 20 ? [0, 0, 0] : [x, y, 9]))))
    expect(half).toEqual({ count: 601, mostOfOne: 0.5 })
  })

  test('rows that are differences from their neighbours', () => {
    // Filter 2, "up": a row of zeros repeats the row above.
    const repeated = decodePng(png(4, 3, (_, y) => (y === 0 ? [5, 6, 7] : [0, 0, 0]), 2))
    expect(colourShare(repeated)).toEqual({ count: 1, mostOfOne: 1 })
    // Filter 1, "sub": a constant difference is a slope.
    const slope = decodePng(png(4, 1, () => [1, 0, 0], 1))
    expect([...slope.data]).toEqual([1, 0, 0, 2, 0, 0, 3, 0, 0, 4, 0, 0])
  })

  test('what is no such picture is refused', () => {
    expect(() => decodePng(Buffer.from('GIF89a'))).toThrow(/no PNG/)
    expect(() => decodePng(png(1, 1, () => [1, 1, 1]).subarray(0, 20))).toThrow()
  })
})

describe('files of digests', () => {
  const file = {
    schema: DIGEST_SCHEMA,
    image: 'desk',
    platform: 'linux/amd64',
    tag: '2026-01-02',
    revision: 'abcdef1',
    repository: 'ghcr.io/a/desk',
    digest: `sha256:${'a'.repeat(64)}`,
    attestation: '',
    changed: true,
    reason: 'new'
  }
  test('one that is right, with anything else left out', () => {
    expect(parseDigest(JSON.stringify({ ...file, more: 1 }))).toEqual(file)
  })
  test.each([
    ['schema', 'x'],
    ['digest', 'latest'],
    ['platform', 'amd64'],
    ['platform', '../../etc'],
    ['tag', '-rf'],
    ['repository', 'GHCR.IO/../x'],
    ['revision', 'main; rm'],
    ['attestation', 'x'],
    ['changed', 'true'],
    ['reason', 5]
  ])('%s = %j is refused', (key, value) => {
    expect(typeof parseDigest(JSON.stringify({ ...file, [key]: value }))).toBe('string')
  })
  test('no JSON is refused', () => {
    expect(parseDigest('{')).toBe('no JSON')
  })
})
