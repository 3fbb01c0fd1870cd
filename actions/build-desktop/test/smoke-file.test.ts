import { describe, expect, test } from '@jest/globals'
import { Ajv } from 'ajv'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import { top } from '../../../scripts/repository.ts'
import { InputError } from '../../../lib/failure/index.ts'
import { readSmokeFile } from '../src/smoke/file.ts'
import { smokeSchema } from '../src/smoke/schema.ts'
import { planStart, devicesOf } from '../src/smoke/start.ts'
import { validate } from '../src/smoke/validate.ts'

const ajv = new Ajv({ allErrors: true, strict: false })
const byAjv = ajv.compile(smokeSchema)
const published = ['dockerfiles/neurodesktop/smoke.yaml', 'workflows/neurodesktop/smoke.yaml'].map(
  (file) => [file, readFileSync(path.join(top, file), 'utf8')] as const
)

describe('the schema', () => {
  test('is the published one', () => {
    const text = readFileSync(path.join(top, 'docs/schemas/smoke.schema.json'), 'utf8')
    expect(JSON.parse(text)).toEqual(smokeSchema)
  })

  test.each(published)('%s is a smoke file, by us and by ajv', (file, text) => {
    expect(validate(smokeSchema, parse(text))).toEqual([])
    expect(byAjv(parse(text))).toBe(true)
    expect(readSmokeFile(text, file).length).toBeGreaterThan(2)
  })

  const profile = (rest: unknown): unknown => ({ profiles: { a: rest } })
  const check = { http: { port: 80 } }
  test.each([
    ['nothing', undefined],
    ['a list', []],
    ['no profile', { profiles: {} }],
    ['a profile without checks', profile({ ports: [80] })],
    ['an unknown key', profile({ checks: [check], port: 80 })],
    ['a name with a path in it', { profiles: { '../x': { checks: [check] } } }],
    ['two kinds in one check', profile({ checks: [{ http: { port: 80 }, healthy: {} }] })],
    ['no kind in a check', profile({ checks: [{ name: 'x' }] })],
    ['an unknown kind', profile({ checks: [{ ping: {} }] })],
    ['a number for a text', profile({ checks: [check], env: { A: 1 } })],
    ['a port that is none', profile({ checks: [{ http: { port: 70_000 } }] })],
    ['a half port', profile({ checks: [{ http: { port: 80.5 } }] })],
    ['a span without unit', profile({ checks: [{ http: { port: 80, within: '10' } }] })],
    ['an empty command', profile({ checks: [{ command: { run: [] } }] })],
    ['a mode that is not octal', profile({ checks: [{ file: { path: '/x', mode: '999' } }] })],
    ['a relative path inside', profile({ checks: [{ file: { path: 'x' } }] })],
    ['a type that is none', profile({ checks: [{ file: { path: '/x', type: 'pipe' } }] })],
    ['text for a flag', profile({ checks: [check], privileged: 'yes' })],
    ['a file with a relative path', profile({ checks: [check], files: { 'etc/passwd': 'x' } })],
    ['a file with an option in its path', profile({ checks: [check], files: { '/etc/passwd:rw': 'x' } })],
    ['a tmpfs without a path', profile({ checks: [check], tmpfs: ['mode=1777'] })]
  ])('%s is refused, by us and by ajv', (_, value) => {
    expect(validate(smokeSchema, value).length).toBeGreaterThan(0)
    expect(byAjv(value)).toBe(false)
  })
})

describe('reading', () => {
  const problems = (text: string): readonly string[] => {
    try {
      readSmokeFile(text, 'smoke.yaml')
    } catch (error) {
      if (error instanceof InputError) return error.problems.map((one) => `${one.input}: ${one.given}`)
      throw error
    }
    return []
  }

  test('all problems at once, each with its line', () => {
    expect(
      problems(`profiles:
  a:
    ports: [8080]
    colour: blue
    checks:
      - http: {port: 8080, status: ok}
      - ping: {}
`)
    ).toEqual([
      'smoke-file smoke.yaml, line 4: profiles.a.colour is not known here; known: description, platforms, user, env, hostname, ports, shm-size, memory-limit, privileged, capabilities, drop-capabilities, security-options, devices, binds, volumes, tmpfs, files, read-only, init, entrypoint, arguments, start-up, most-memory, must-run, checks',
      'smoke-file smoke.yaml, line 6: profiles.a.checks.0.http.status is no whole number from 100 to 599',
      expect.stringMatching(/line 7: profiles\.a\.checks\.1\.ping is not known here/),
      expect.stringMatching(/line 7: profiles\.a\.checks\.1 has none of http/)
    ])
  })

  test('what no schema can say: ports that are not published, expressions that are none, empty log checks', () => {
    expect(
      problems(`profiles:
  a:
    ports: [1]
    start-up: {port: 2}
    binds: ['x']
    checks:
      - http: {port: 3}
      - command: {run: [x], matches: '('}
      - log: {}
`)
    ).toEqual(
      [
        expect.stringMatching(/line 4: .*uses port 2/),
        expect.stringMatching(/line 5: .*x is not SOURCE:\/path/),
        expect.stringMatching(/line 7: .*uses port 3/),
        expect.stringMatching(/line 8: .*Unterminated group/i),
        expect.stringMatching(/line 9: .*needs contains, matches or never/)
      ]
        .map((pattern) => pattern as unknown as string)
        .sort(() => 0)
    )
  })

  test('YAML that is none, keys that come twice, and bombs', () => {
    expect(problems('profiles: [')[0]).toContain('line 1')
    expect(problems('profiles: {}\nprofiles: {}')[0]).toContain('line 2')
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...[...'bcdefghij'].map((name, at) => `${name}: &${name} [${`*${'abcdefghij'[at]},`.repeat(9)}]`)
    ].join('\n')
    expect(() => readSmokeFile(bomb, 'x')).toThrow()
    expect(problems(`profiles: ${' '.repeat(1024 * 1024)}`)[0]).toContain('smoke.yaml')
  })

  test('defaults are filled in', () => {
    const [profile] = readSmokeFile(
      'profiles:\n  a:\n    ports: [80]\n    checks:\n      - http: {port: 80}\n',
      'x'
    )
    expect(profile).toMatchObject({
      name: 'a',
      privileged: false,
      mustRun: true,
      platforms: [],
      startUp: undefined
    })
    expect(profile?.checks).toEqual([
      {
        kind: 'http',
        name: 'http 80/',
        withinMs: 30_000,
        port: 80,
        path: '/',
        status: 200,
        contains: undefined,
        matches: undefined
      }
    ])
  })
})

describe('starting', () => {
  const read = (body: string): ReturnType<typeof readSmokeFile>[number] => {
    const [profile] = readSmokeFile(`profiles:\n  a:\n${body}    checks:\n      - healthy: {}\n`, 'x')
    if (profile === undefined) throw new Error('no profile')
    return profile
  }
  const facts = { workspace: '/work/space', temp: '/t', name: 'neurodesk-ci-1', platform: 'linux/amd64' }

  test('the words of docker run, ports on loopback only, volumes of their own', () => {
    const plan = planStart(
      read(`    user: '5000:5000'
    hostname: neurodesktop
    shm-size: 1GiB
    ports: [8080]
    env: {HOST_UID: '1'}
    capabilities: [SYS_ADMIN]
    security-options: ['apparmor:unconfined']
    devices: ['/dev/fuse']
    volumes: ['storage:/neurodesktop-storage']
    binds: ['data/in:/data:ro', '/cvmfs:/cvmfs:shared']
    tmpfs: ['/home/jovyan:exec,mode=1777']
    files:
      /etc/passwd: |
        root:x:0:0::/root:/bin/sh
    arguments: [start]
`),
      facts
    )
    const flags = plan.args.join(' ')
    expect(flags).toContain('--user 5000:5000 --hostname neurodesktop --shm-size 1073741824')
    expect(flags).not.toContain('HOST_UID')
    expect(flags).toContain('--publish 127.0.0.1::8080')
    expect(flags).toContain('--cap-add SYS_ADMIN --security-opt apparmor:unconfined --device /dev/fuse')
    expect(flags).toContain('--volume /work/space/data/in:/data:ro --volume /cvmfs:/cvmfs:shared')
    expect(flags).toContain('--volume neurodesk-ci-1-storage:/neurodesktop-storage')
    expect(plan).toMatchObject({ command: ['start'], volumes: ['neurodesk-ci-1-storage'] })
    expect(plan.folders).toEqual(['/work/space/data/in', '/cvmfs'])
    expect(flags).toContain('--tmpfs /home/jovyan:exec,mode=1777')
    expect(flags).toContain('--volume /t/neurodesk-ci-1-0:/etc/passwd:ro')
    expect(plan.files).toEqual([{ path: '/t/neurodesk-ci-1-0', text: 'root:x:0:0::/root:/bin/sh\n' }])
  })

  test('a relative bind stays in the workspace; a device is looked for by its host path', () => {
    expect(() => planStart(read(`    binds: ['../../etc:/x']\n`), facts)).toThrow(/out of the workspace/)
    expect(devicesOf(read(`    devices: ['/dev/fuse:/dev/other:r']\n`))).toEqual(['/dev/fuse'])
  })
})
