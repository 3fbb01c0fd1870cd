/** Time: waiting for a fleet, earlier reports, CERN's old repositories by the clock of their day. */
import { createServer } from 'node:http'
import { readFile, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import path from 'node:path'

import { describe, expect, test } from '@jest/globals'

import type { Clock } from '../../../lib/ports/index.ts'
import { REPORT_SCHEMA } from '../../../lib/report/index.ts'
import { readInputs, type Outcome } from '../../../lib/action/index.ts'
import { clockFrom, inputVariables, realClock } from '../../../testbed/ports.ts'
import { inputs as schema } from '../src/inputs.ts'
import { run } from '../src/run.ts'
import { testPorts, type TestPorts } from './ports.ts'
import { CONTAINERS, check, found, lines, list, startFleet } from './scene.ts'

/** Pauses pass at once, and something happens in them. */
function jumping(during: (pause: number) => Promise<void>): Clock & { readonly pauses: number[] } {
  let ahead = 0
  const pauses: number[] = []
  return {
    pauses,
    now: () => Date.now() + ahead,
    sleep: async (ms, signal) => {
      // The short pauses of retries and of waiting for another server's download are not what is told here.
      if (ms < 5_000) {
        await realClock.sleep(ms, signal)
        return
      }
      pauses.push(ms)
      ahead += ms
      await during(pauses.length)
    }
  }
}

describe('wait', () => {
  test('looks again until the fleet is ok, and asks only for what was not proved', async () => {
    const fleet = await startFleet({
      servers: [
        { name: 'zero', stratum0: true },
        { name: 'bad', fault: 'catalog-missing' }
      ]
    })
    const asked: number[] = []
    const clock = jumping(async (pause) => {
      asked.push(fleet.server('bad').asked.length)
      if (pause === 2) await fleet.setFault('bad', undefined)
    })
    await using ports = await testPorts({ clock })
    const servers = lines(fleet, { zero: 'stratum0', bad: 'required' })
    const outcome = await check(fleet, ports, { servers, wait: '10m' })
    expect(outcome.verdict).toBe('ok')
    expect(outcome.figures['round-count']).toBe(3)
    expect(clock.pauses).toEqual([15_000, 30_000])
    const [first = 0, second = 0] = asked
    // The second round repeats identity and freshness, and asks for one object.
    expect(second - first).toBeLessThan(12)
    expect(ports.lines.join('\n')).toContain(
      'Not yet: the required server bad is unhealthy (catalog-missing)'
    )
    await fleet[Symbol.asyncDispose]()
  })

  test('gives up when the time is over, and says why', async () => {
    const fleet = await startFleet({
      servers: [
        { name: 'bad', fault: 'stale' },
        { name: 'zero', stratum0: true }
      ]
    })
    const clock = jumping(async () => await Promise.resolve())
    await using ports = await testPorts({ clock })
    const servers = lines(fleet, { zero: 'stratum0', bad: 'required' })
    const outcome = await check(fleet, ports, { servers, wait: '2m' })
    expect(outcome.verdict).toBe('failed')
    expect(clock.pauses).toEqual([15_000, 30_000, 60_000, expect.any(Number)])
    expect(clock.pauses.reduce((sum, pause) => sum + pause, 0)).toBeLessThanOrEqual(120_000)
    expect(outcome.failure).toContain('A deployment must wait')
    await fleet[Symbol.asyncDispose]()
  })

  test('a fleet that is ok is not waited for', async () => {
    const fleet = await startFleet()
    const clock = jumping(async () => await Promise.resolve())
    await using ports = await testPorts({ clock })
    await check(fleet, ports, { wait: '1h' })
    expect(clock.pauses).toEqual([])
    await fleet[Symbol.asyncDispose]()
  })
})

test('a server that has missed many publishes is told by the first of them, though only the last is served', async () => {
  const fleet = await startFleet({ servers: [{ name: 'zero', stratum0: true }, { name: 'bad' }] })
  await fleet.setFault('bad', 'stale-upstream')
  const hour = 3_600_000
  for (const hours of [28, 20, 0.1]) await fleet.publish({ time: Date.now() - hours * hour })
  await using ports = await testPorts()
  const outcome = await check(fleet, ports, { servers: lines(fleet, { zero: 'stratum0', bad: '' }) })
  expect(found(outcome)).toEqual(['bad: replica-upstream-stale'])
  expect(outcome.findings[0]?.message).toContain('missed what was published 1 d 6 h ago')
  await fleet[Symbol.asyncDispose]()
})

describe('previous-report', () => {
  async function save(outcome: Outcome, ports: TestPorts): Promise<string> {
    const file = path.join(ports.folder, 'previous.json')
    const { verdict, headline, findings, figures, details } = outcome
    const now = new Date().toISOString()
    const report = { schema: REPORT_SCHEMA, action: 'check-cvmfs', started: now, finished: now }
    await writeFile(file, JSON.stringify({ ...report, verdict, headline, findings, figures, details }))
    return file
  }

  test('what has changed is told', async () => {
    const fleet = await startFleet()
    await using ports = await testPorts()
    const before = await save(await check(fleet, ports), ports)
    const same = await check(fleet, ports, { 'previous-report': before })
    expect(same.summary).toContain('Nothing has changed.')

    await fleet.setFault('bad', 'refused')
    await fleet.publish()
    const outcome = await check(fleet, ports, {
      'previous-report': before,
      servers: `${lines(fleet, { zero: 'stratum0', bad: '' })}\n${fleet.urlOf('good')} name=renamed`
    })
    expect(outcome.details?.['changes']).toMatchObject({
      servers: [{ name: 'bad', from: 'healthy', to: 'unknown' }],
      added: ['renamed'],
      removed: ['good'],
      newFindings: ['bad: server-unreachable'],
      goneFindings: [],
      revision: { from: 2, to: 3 }
    })
    expect(outcome.summary).toContain('revision 2 → 3')
    await fleet[Symbol.asyncDispose]()
  })

  test.each([
    ['none', undefined, 'notice: previous-report: there is none'],
    ['no JSON', 'x', 'warning: previous-report:'],
    ['a report of another action', '', 'it is one of release']
  ])('%s: the check goes on', async (what, text, said) => {
    const fleet = await startFleet()
    await using ports = await testPorts()
    const file = path.join(ports.folder, 'previous.json')
    const now = new Date().toISOString()
    const other = {
      schema: REPORT_SCHEMA,
      action: 'release',
      started: now,
      finished: now,
      verdict: 'ok',
      headline: '',
      findings: [],
      figures: {}
    }
    if (text !== undefined) await writeFile(file, what.startsWith('a report') ? JSON.stringify(other) : text)
    const outcome = await check(fleet, ports, { 'previous-report': file })
    expect(outcome.verdict).toBe('ok')
    expect(ports.lines.join('\n')).toContain(said)
    await fleet[Symbol.asyncDispose]()
  })
})

test('JUnit: a suite per server, a case per container', async () => {
  const fleet = await startFleet()
  await using ports = await testPorts()
  await fleet.setFault('bad', 'object-empty')
  const { junit } = await check(fleet, ports, { 'junit-path': 'out/cvmfs.xml' })
  expect(junit?.path).toBe('out/cvmfs.xml')
  const xml = junit?.xml ?? ''
  expect(xml.match(/<testsuite /g)).toHaveLength(3)
  expect(xml).toContain(`<testsuite name="bad" tests="4" failures="2" errors="0" skipped="0"`)
  expect(xml).toContain(
    `<testcase classname="bad" name="${CONTAINERS[0]}"><failure message="broken"/></testcase>`
  )
  expect(xml).toContain(`<testcase classname="good" name="${CONTAINERS[0]}"/>`)
  await fleet[Symbol.asyncDispose]()
})

const fixtures = path.resolve(import.meta.dirname, '../../../../shared/fixtures/cvmfs')
const absent = !existsSync(fixtures)
if (absent) console.log('skipped: the shared fixtures of CernVM-FS repositories are not there')
const suite = absent ? describe.skip : describe

suite("CERN's repositories by the clock of their day", () => {
  async function checkFixture(
    fqrn: string,
    now: number,
    given: Readonly<Record<string, string>>
  ): Promise<Outcome> {
    const clock = clockFrom(now)
    const server = createServer((request, response) => {
      const wanted = path.join(fixtures, 'www', path.normalize(request.url ?? '/'))
      response.setHeader('date', new Date(clock.now()).toUTCString())
      readFile(wanted).then(
        (body) => {
          response.setHeader('content-length', body.length)
          response.end(request.method === 'HEAD' ? undefined : body)
        },
        () => response.writeHead(404).end()
      )
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    await using ports = await testPorts({ clock })
    try {
      const { port } = server.address() as { port: number }
      const all = {
        fqrn,
        servers: `127.0.0.1:${port} name=cern stratum0`,
        'public-key': path.join(fixtures, 'keys', `${fqrn}.pub`),
        'sample-objects': '1000',
        ...given
      }
      return await run(readInputs(schema, inputVariables(all)), ports)
    } finally {
      server.close()
      server.closeAllConnections()
    }
  }

  test('test.cern.ch on 20 January 2016: healthy, 20 MiB in chunks verified', async () => {
    const outcome = await checkFixture('test.cern.ch', Date.UTC(2016, 0, 20), {
      'required-files': '/bar/hello_world\n/bar/big\n/bar/1/foo\n/foo/.cvmfscatalog'
    })
    expect(found(outcome)).toEqual([])
    expect(list(outcome, 'healthy')).toEqual(['cern'])
    expect(outcome.outputs['revision']).toBe('3')
    const { servers } = outcome.details as {
      servers: { addresses: { requiredFiles: { state: string; bytes: number }[] }[] }[]
    }
    expect(servers[0]?.addresses[0]?.requiredFiles.map(({ state, bytes }) => [state, bytes])).toEqual([
      ['verified', 12],
      ['verified', 20_971_520],
      ['verified', 4],
      ['verified', 0]
    ])
  })

  test('legacy_aufs.cern.ch on 1 November 2015: healthy, through symbolic links', async () => {
    const outcome = await checkFixture('legacy_aufs.cern.ch', Date.UTC(2015, 10, 1), {
      'required-files': '/needs_migration/symlink_foo\n/needs_commit_due_to_child/needs_migration/foo'
    })
    expect(found(outcome)).toEqual([])
    expect(outcome.outputs['revision']).toBe('2')
  })

  test.each([
    // E20160212160413: three hours, one minute into the hour, and an hour after.
    [Date.UTC(2016, 1, 12, 13), 'whitelist-expiring', 'degraded'],
    [Date.UTC(2016, 1, 12, 16, 1), 'whitelist-expired', 'unhealthy'],
    [Date.UTC(2016, 1, 12, 17), 'whitelist-expired', 'unhealthy']
  ])('the whitelist at %i', async (now, id, verdict) => {
    const outcome = await checkFixture('test.cern.ch', now, {})
    expect(found(outcome)).toEqual([`cern: ${id}`])
    expect(list(outcome, verdict)).toEqual(['cern'])
    if (now === Date.UTC(2016, 1, 12, 16, 1))
      expect(outcome.findings[0]?.message).toContain('compare whole hours')
  })

  test("another repository's key", async () => {
    const key = path.join(fixtures, 'keys', 'legacy_aufs.cern.ch.pub')
    const outcome = await checkFixture('test.cern.ch', Date.UTC(2016, 0, 20), { 'public-key': key })
    expect(found(outcome)).toEqual(['cern: whitelist-signature'])
    expect(outcome.verdict).toBe('failed')
  })
})
