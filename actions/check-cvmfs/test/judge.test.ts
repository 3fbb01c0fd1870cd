/** Verdicts from facts that are made up: thresholds, lag in time, and what closes the gate. */
import { describe, expect, test } from '@jest/globals'

import { HttpError } from '../../../lib/http/index.ts'
import { Unanswered, type Identity, type Manifest, type Whitelist } from '../../../lib/cvmfs/index.ts'
import type { CountOrPercent } from '../../../lib/action/index.ts'
import type { ServerFacts, Snapshot } from '../src/facts.ts'
import { lagOf, newestOf } from '../src/judge-freshness.ts'
import { toOutcome } from '../src/report.ts'
import { judgeFleet, type FleetVerdict, type Limits } from '../src/verdict.ts'

const NOW = Date.UTC(2024, 5, 21, 12)
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const LIMITS: Limits = {
  fqrn: 'x.example.org',
  minHealthy: { count: 1 },
  snapshotWarning: 8 * HOUR,
  maxSnapshotAge: DAY,
  lagWarning: 8 * HOUR,
  maxLag: DAY,
  whitelistWarning: 72 * HOUR
}

interface Made {
  readonly name?: string
  readonly revision?: number
  /** Hours ago. */
  readonly published?: number | undefined
  readonly root?: string
  readonly stratum0?: boolean
  readonly required?: boolean
  readonly snapshot?: Partial<Snapshot>
  readonly whitelistLeft?: number
  readonly dead?: boolean
  readonly facts?: Partial<ServerFacts>
}

function server(made: Made): ServerFacts {
  const published = 'published' in made ? made.published : 100
  const { name = 'server', revision = 10, root = 'a'.repeat(40), dead = false } = made
  const manifest = {
    revision,
    published: published === undefined ? undefined : NOW - published * HOUR,
    rootCatalog: { algorithm: 'sha1', hex: root }
  } as unknown as Manifest
  const expires = NOW + (made.whitelistLeft ?? 20 * DAY)
  const identity: Identity = {
    manifest: dead ? undefined : manifest,
    whitelist: dead ? undefined : ({ expires, expiresForClients: expires } as unknown as Whitelist),
    faults: [],
    manifestNotRead: dead
      ? {
          why: 'unanswered',
          error: new Unanswered(
            'http://x',
            'refused',
            'refused',
            new HttpError('refused', 'http://x', 'refused')
          )
        }
      : undefined,
    whitelistNotRead: undefined,
    certificateBad: undefined,
    certificateUnknown: undefined,
    trusted: !dead,
    head: undefined,
    evidence: {}
  }
  return {
    server: {
      name,
      base: `http://${name}/cvmfs/x.example.org`,
      owner: undefined,
      required: made.required ?? false,
      stratum0: made.stratum0 ?? false,
      cdn: false,
      allAddresses: false
    },
    address: undefined,
    identity,
    snapshot: {
      last: NOW - 5 * MINUTE,
      unreadable: undefined,
      runningSince: undefined,
      checkFailed: false,
      ...made.snapshot
    },
    fresh: undefined,
    skewMs: 0,
    ipv6: 'untested',
    ipv6Error: undefined,
    geo: { state: 'ok', text: '' },
    info: undefined,
    containers: new Map(),
    absent: new Map(),
    troubles: [],
    treeFaults: [],
    required: [],
    sampled: 0,
    latencyMs: { median: 10, p95: 20 },
    requests: 1,
    bytes: 1,
    elapsedMs: 1,
    ...made.facts
  }
}

function judge(made: readonly Made[], minHealthy: CountOrPercent = { count: 1 }): FleetVerdict {
  return judgeFleet(
    made.map((one, index) => [server({ name: `s${index}`, ...one })]),
    { ...LIMITS, minHealthy },
    undefined,
    [],
    NOW
  )
}

function ids(verdict: FleetVerdict): string[] {
  return verdict.findings.map(({ id, severity }) => `${id} ${severity}`)
}

describe('lag is time, not revisions', () => {
  test('hundreds of publishes within the last hour are no fault', () => {
    const verdict = judge([
      { revision: 700, published: 0.5, stratum0: true },
      { revision: 300, published: 90 }
    ])
    expect(ids(verdict)).toEqual([])
    expect(verdict.servers[1]?.addresses[0]?.lagMs).toBe(30 * MINUTE)
  })

  test('one publish that is missed for two days is', () => {
    const verdict = judge([
      { revision: 11, published: 48, stratum0: true },
      { revision: 10, published: 50 }
    ])
    expect(ids(verdict)).toEqual(['replica-upstream-stale error'])
  })

  test('a server that is stuck stays stuck while others go on', () => {
    const verdict = judge([
      { revision: 20, published: 0.1, stratum0: true },
      { revision: 12, published: 40 },
      { revision: 10, published: 300 }
    ])
    // The third misses what the second got forty hours ago; the second only what came six minutes ago.
    expect(verdict.servers.map(({ verdict: one }) => one)).toEqual(['healthy', 'healthy', 'unhealthy'])
  })

  test('what no server has any more is known from the tags', () => {
    const made = [
      [server({ revision: 20, published: 0.1, stratum0: true })],
      [server({ revision: 10, published: 300 })]
    ]
    const tags = [10, 11, 19].map((revision) => ({ revision, published: NOW - (50 - revision) * HOUR }))
    expect(ids(judgeFleet(made, LIMITS, undefined, [], NOW))).toEqual([])
    const verdict = judgeFleet(made, LIMITS, undefined, [], NOW, tags)
    expect(verdict.servers[1]?.addresses[0]?.lagMs).toBe(39 * HOUR)
    expect(ids(verdict)).toEqual(['replica-upstream-stale error'])
  })

  test('stratum 0 that misses a publish of its own is not where users think it is', () => {
    const verdict = judge([
      { revision: 10, published: 60, stratum0: true },
      { revision: 11, published: 48 }
    ])
    expect(ids(verdict)).toEqual(['stratum0-behind error'])
    expect(verdict.servers.map((one) => one.verdict)).toEqual(['unhealthy', 'healthy'])
  })

  test('that nobody has published for a month is no lag', () => {
    expect(ids(judge([{ published: 720, stratum0: true }, { published: 720 }]))).toEqual([])
  })

  test.each([
    [7.9, []],
    [8.1, ['replica-upstream-stale warning']],
    [23.9, ['replica-upstream-stale warning']],
    [24.1, ['replica-upstream-stale error']]
  ])('%d hours of lag', (hours, expected) => {
    expect(ids(judge([{ revision: 11, published: hours }, { revision: 10 }]))).toEqual(expected)
  })

  test('without a time in any newer manifest the lag is unknown, not none', () => {
    const all = [
      server({ name: 'a', revision: 11, published: undefined }),
      server({ name: 'b', published: undefined })
    ]
    const newest = newestOf(all)
    expect(newest && lagOf(10, newest, NOW)).toBeUndefined()
    expect(newest && lagOf(11, newest, NOW)).toBe(0)
    const verdict = judge([{ revision: 11, published: undefined, stratum0: true }, { revision: 10 }])
    expect(ids(verdict)).toEqual(['lag-unknown unknown'])
  })

  test('a publish in the future of our clock is no negative lag', () => {
    const verdict = judge([{ revision: 11, published: -1, stratum0: true }, { revision: 10 }])
    expect(verdict.servers[1]?.addresses[0]?.lagMs).toBe(0)
  })
})

describe('snapshots', () => {
  test.each([
    [7.9, []],
    [8.1, ['replica-cron-dead warning']],
    [24.1, ['replica-cron-dead error']]
  ])('one of %d hours ago', (hours, expected) => {
    expect(ids(judge([{ snapshot: { last: NOW - hours * HOUR } }]))).toEqual(expected)
  })

  test('stratum 0 takes none', () => {
    expect(ids(judge([{ stratum0: true, snapshot: { last: NOW - 400 * DAY } }]))).toEqual([])
    expect(ids(judge([{ stratum0: true, snapshot: { last: undefined, unreadable: 'x' } }]))).toEqual([])
  })

  test('a server that does not say when is not blamed for it; one that cannot be understood is', () => {
    expect(ids(judge([{ snapshot: { last: undefined } }]))).toEqual([])
    expect(ids(judge([{ snapshot: { last: undefined, unreadable: 'gestern' } }]))).toEqual([
      'snapshot-date-unreadable warning'
    ])
  })
})

describe('the whitelist', () => {
  test.each([
    [73, []],
    [71, ['whitelist-expiring warning']]
  ])('%d hours before its end', (hours, expected) => {
    expect(ids(judge([{ whitelistLeft: hours * HOUR }]))).toEqual(expected)
  })
})

describe('the same revision with two roots', () => {
  const other = 'b'.repeat(40)

  test('stratum 0 is right, wherever it stands in the list', () => {
    const verdict = judge([{ root: other }, { root: other }, { stratum0: true }])
    expect(verdict.findings.map(({ subject }) => subject)).toEqual(['s0', 's1'])
  })

  test('without it, the greater number', () => {
    const verdict = judge([{}, { root: other }, {}])
    expect(verdict.findings.map(({ subject }) => subject)).toEqual(['s1'])
  })
})

describe('clocks', () => {
  const skewed = (skewMs: number): Made => ({ facts: { skewMs } })

  test('one that is wrong', () => {
    expect(ids(judge([skewed(0), skewed(3 * HOUR), skewed(1000)]))).toEqual(['server-clock-skew warning'])
  })

  test('ours, when the others agree', () => {
    const verdict = judge([skewed(3 * HOUR), skewed(3 * HOUR + 1000), skewed(3 * HOUR - 2000)])
    expect(ids(verdict)).toEqual(['runner-clock-skew warning'])
    expect(verdict.findings[0]?.message).toContain('180 min ahead')
  })
})

describe('the gate', () => {
  const dead: Made = { dead: true }
  const stale: Made = { snapshot: { last: NOW - 48 * HOUR } }
  const late: Made = { snapshot: { last: NOW - 9 * HOUR } }
  const need = (one: Made): Made => ({ ...one, required: true })

  test.each<[string, Made[], CountOrPercent, boolean, boolean]>([
    ['all healthy', [{}, {}], { count: 2 }, true, false],
    ['a dead server that nobody requires', [{}, dead, stale], { count: 1 }, true, false],
    ['a required one that is stale', [{}, need(stale)], { count: 1 }, false, false],
    ['a required one that does not answer', [{}, need(dead)], { count: 1 }, false, true],
    ['a required one with a warning', [need(late)], { count: 1 }, true, false],
    ['nothing answers', [dead, dead], { count: 1 }, false, true],
    ['nothing answers, and nothing is wanted', [dead, dead], { count: 0 }, false, true],
    ['too few', [{}, stale, stale], { count: 2 }, false, false],
    ['too few, but the rest may be well', [{}, dead, dead], { count: 2 }, false, true],
    ['half of three is two', [{}, stale, {}], { percent: 50 }, true, false],
    ['two thirds of three', [{}, stale, stale], { percent: 66 }, false, false],
    ['more than there are', [{}], { count: 2 }, false, false]
  ])('%s', (_what, made, minHealthy, ok, unmeasured) => {
    const verdict = judge(made, minHealthy)
    expect([verdict.ok, verdict.unmeasured]).toEqual([ok, unmeasured])
    expect(verdict.because).not.toBe('')
  })

  test('of several addresses the worst one counts', () => {
    const verdict = judgeFleet([[server({}), server(stale)]], LIMITS, undefined, [], NOW)
    expect(verdict.servers[0]?.verdict).toBe('unhealthy')
    expect(verdict.ok).toBe(false)
  })
})

describe('what the report says that was looked at', () => {
  const lookedAt = (made: readonly Made[]): unknown => {
    const result = {
      verdict: judge(made),
      drift: undefined,
      changes: undefined,
      containers: [],
      sampleSeed: '',
      downloads: 0,
      rounds: 1,
      elapsedMs: 1
    }
    const { subjects, unreached, coverage } = toOutcome(result, { failOn: 'none', fqrn: LIMITS.fqrn })
    return [subjects, unreached, coverage]
  }
  const coverage = { of: 'servers', whole: true }

  test('a server that gives no answer is on the list, and was not reached', () => {
    expect(lookedAt([{ name: 'perth' }, { name: 'tokyo', dead: true }])).toEqual([
      [LIMITS.fqrn, 'this runner', 'perth'],
      ['tokyo'],
      coverage
    ])
  })

  test('without any answer nothing is known of the repository either', () => {
    expect(lookedAt([{ name: 'tokyo', dead: true }])).toEqual([
      ['this runner'],
      [LIMITS.fqrn, 'tokyo'],
      coverage
    ])
  })
})
