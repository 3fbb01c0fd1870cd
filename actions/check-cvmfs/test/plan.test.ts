import { describe, expect, test } from '@jest/globals'

import { readInputs } from '../../../lib/action/index.ts'
import { inputVariables } from '../../../testbed/ports.ts'
import { check, inputs as schema, type Inputs } from '../src/inputs.ts'
import { compareServers, planContainers, planServers } from '../src/plan.ts'
import { sample, seeded } from '../src/fleet.ts'

const FQRN = 'x.example.org'

function read(given: Readonly<Record<string, string>>): Inputs {
  return readInputs(schema, inputVariables(given), check)
}

describe('inputs', () => {
  test('are these and no others', () => {
    expect(Object.keys(schema).join(' ')).toBe(
      'fqrn servers servers-from public-key catalogue catalogue-grace container-root required-files ' +
        'sample-objects snapshot-warning max-snapshot-age lag-warning max-lag whitelist-warning min-healthy ' +
        'fail-on wait previous-report geo-api proxy timeout retries max-parallel max-parallel-per-server ' +
        'dry-run report-path junit-path'
    )
  })

  test('the defaults are those of the documentation', () => {
    expect(read({ servers: 'a.example.org' })).toMatchObject({
      fqrn: 'neurodesk.ardc.edu.au',
      catalogueGrace: 36 * 3_600_000,
      containerRoot: '/containers',
      sampleObjects: 16,
      snapshotWarning: 8 * 3_600_000,
      maxSnapshotAge: 24 * 3_600_000,
      lagWarning: 8 * 3_600_000,
      maxLag: 24 * 3_600_000,
      whitelistWarning: 72 * 3_600_000,
      minHealthy: { count: 1 },
      failOn: 'not-ok',
      wait: 0,
      geoApi: true
    })
  })

  test.each([
    [{}, 'servers'],
    [{ servers: 'a.example.org', 'lag-warning': '2d' }, 'lag-warning'],
    [{ servers: 'a.example.org', 'snapshot-warning': '25h' }, 'snapshot-warning'],
    [{ servers: 'a.example.org', timeout: '0s' }, 'timeout'],
    [
      { servers: 'a.example.org', 'public-key': '-----BEGIN PUBLIC KEY-----\nx\n-----END PUBLIC KEY-----' },
      'public-key'
    ],
    [{ servers: 'ftp://a.example.org' }, 'servers'],
    [{ servers: 'a.example.org reqired' }, 'servers'],
    [{ servers: 'a.example.org', proxy: 'http://user:secret@proxy:3128' }, 'proxy'],
    [{ servers: 'a.example.org', 'required-files': 'relative/path' }, 'required-files'],
    [{ servers: 'a.example.org', fqrn: '../etc' }, 'fqrn'],
    [{ servers: 'a.example.org', 'container-root': '/a/../..' + '/b c' }, 'container-root']
  ])('%j is refused', (given, input) => {
    expect(() => read(given)).toThrow(new RegExp(`^${input}: `, 'm'))
  })

  test('all problems are told together', () => {
    expect(() => read({ servers: 'a b c', timeout: 'soon', retries: '99', 'fail-on': 'x' })).toThrow(
      /servers: [^]*fail-on: [^]*timeout: [^]*retries: /
    )
  })
})

describe('servers', () => {
  const planned = (text: string, configured: readonly string[] = []): ReturnType<typeof planServers> =>
    planServers(
      read({ servers: text === '' ? 'a' : text }).servers.slice(text === '' ? 1 : 0),
      configured,
      FQRN
    )

  test('attributes and names', () => {
    const { servers, problems } = planned(
      'a.example.org:8000 name="Server A" owner=admin@example.org required\nhttp://b.example.org/cvmfs/@fqrn@ cdn\nc stratum0 all-addresses # the publisher'
    )
    expect(problems).toEqual([])
    expect(servers).toEqual([
      {
        name: 'Server A',
        base: `http://a.example.org:8000/cvmfs/${FQRN}`,
        owner: 'admin@example.org',
        required: true,
        stratum0: false,
        cdn: false,
        allAddresses: false
      },
      {
        name: 'b.example.org',
        base: `http://b.example.org/cvmfs/${FQRN}`,
        owner: undefined,
        required: false,
        stratum0: false,
        cdn: true,
        allAddresses: false
      },
      {
        name: 'c',
        base: `http://c/cvmfs/${FQRN}`,
        owner: undefined,
        required: false,
        stratum0: true,
        cdn: false,
        allAddresses: true
      }
    ])
  })

  test('one server or one name twice, and a URL of another repository', () => {
    const { problems } = planned('a\nhttp://a:80/\nb name=a\nhttp://c/cvmfs/other.example.org')
    expect(problems.map(({ given }) => given)).toEqual([
      'http://a:80/',
      'b name=a',
      'http://c/cvmfs/other.example.org'
    ])
  })

  test('the configured ones stand in when none is named', () => {
    const { servers } = planned('', [`http://a/cvmfs/${FQRN}`, `http://b:8000/cvmfs/${FQRN}`])
    expect(servers.map(({ name }) => name)).toEqual(['a', 'b:8000'])
    expect(planned('').problems).toHaveLength(1)
  })

  test('drift is told both ways', () => {
    const { servers } = planned('a\nb')
    expect(compareServers(servers, [`http://b/cvmfs/${FQRN}`, `http://c/cvmfs/${FQRN}`])).toEqual({
      untested: ['c'],
      unconfigured: ['a']
    })
  })
})

describe('containers', () => {
  const NOW = Date.UTC(2024, 5, 21, 12)
  const plan = (text: string): ReturnType<typeof planContainers> =>
    planContainers(text, 'log.txt', NOW, 36 * 3_600_000)

  test('log.txt in the forms of both years', () => {
    const text =
      'fsl_6.0.5.1_20221016 categories:functional imaging,\r\nneurodesktop-lite_arm64_20260428_20240621 categories:\n\nmrtrix3src_latest_latest\nfsl_6.0.5.1_20221016 categories:x,\n'
    expect(plan(text)).toEqual({
      containers: [
        { name: 'fsl_6.0.5.1_20221016', young: false },
        { name: 'neurodesktop-lite_arm64_20260428_20240621', young: true },
        { name: 'mrtrix3src_latest_latest', young: false }
      ],
      findings: [],
      broken: undefined
    })
  })

  test('the grace counts from midnight of the build date', () => {
    const young = (date: string): boolean | undefined => plan(`a_1_${date}\n`).containers[0]?.young
    // 36 hours before noon of the 21st is midnight of the 20th.
    expect(young('20240620')).toBe(false)
    expect(young('20240621')).toBe(true)
    expect(young('20240701')).toBe(true)
    expect(young('20240619')).toBe(false)
  })

  test('apps.json: menu items are none, and a broken file is said with its place', () => {
    const app = (exec: string) => ({ version: '20240101', exec })
    const apps = { fsl: { apps: { 'fsl 6': app(''), 'fslGUI-fsl 6': app('fsleyes') }, categories: ['x'] } }
    expect(plan(JSON.stringify(apps)).containers).toEqual([{ name: 'fsl_6_20240101', young: false }])
    expect(plan('{"fsl": ').broken).toMatch(/^log.txt: /)
    expect(plan('').broken).toMatch(/no container/)
  })
})

describe('samples', () => {
  test('the same text picks the same, another one something else', () => {
    const items = Array.from({ length: 100 }, (_, index) => index)
    expect(sample(items, 10, 'a')).toEqual(sample(items, 10, 'a'))
    expect(sample(items, 10, 'a')).not.toEqual(sample(items, 10, 'b'))
    expect(new Set(sample(items, 100, 'a')).size).toBe(100)
    expect(sample(items, 1000, 'a')).toHaveLength(100)
    expect(sample([], 5, 'a')).toEqual([])
  })

  test('every item has its chance', () => {
    const counts = new Array<number>(10).fill(0)
    for (let run = 0; run < 2000; run++) {
      for (const item of sample([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 1, `run ${run}`))
        counts[item] = (counts[item] ?? 0) + 1
    }
    for (const count of counts) expect(Math.abs(count - 200)).toBeLessThan(80)
  })

  test('numbers fill 64 bits', () => {
    const random = seeded('x')
    const numbers = Array.from({ length: 64 }, () => random())
    expect(numbers.every((number) => number >= 0n && number < 2n ** 64n)).toBe(true)
    expect(numbers.some((number) => number > 2n ** 63n)).toBe(true)
  })
})
