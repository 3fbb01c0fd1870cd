/** Ways to reach servers: many addresses, IPv6, a proxy, a CDN; lists of servers, and manners. */
import { createServer, request as httpRequest } from 'node:http'
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer as createTcpServer } from 'node:net'
import path from 'node:path'

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'

import { ReplicaServer, type Cvmfs } from '../../../testbed/cvmfs/index.ts'
import type { Network } from '../src/fleet.ts'
import { testPorts, type TestPorts } from './ports.ts'
import { CONTAINERS, FQRN, check, found, lines, list, startFleet } from './scene.ts'

let fleet: Cvmfs
let ports: TestPorts
beforeEach(async () => {
  fleet = await startFleet()
  ports = await testPorts()
})
afterEach(async () => {
  await ports[Symbol.asyncDispose]()
  await fleet[Symbol.asyncDispose]()
})

function networkOf(addresses: readonly { address: string; family: 4 | 6 }[], hasIpv6 = false): Network {
  return { addresses: async () => await Promise.resolve(addresses), hasIpv6: () => hasIpv6 }
}

async function canListen(host: string): Promise<boolean> {
  const server = createTcpServer()
  return await new Promise((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(0, host, () => server.close(() => resolve(true)))
  })
}

describe('a name with several addresses', () => {
  test('each is looked at with the Host header kept; the worst one counts', async () => {
    const good = fleet.server('good')
    await using other = await ReplicaServer.start({
      name: 'other',
      repository: fleet.repository,
      view: good.view,
      host: '127.0.0.2',
      port: good.port
    })
    await using many = await testPorts({
      network: networkOf([
        { address: '127.0.0.1', family: 4 },
        { address: '127.0.0.2', family: 4 },
        { address: '::2', family: 6 }
      ])
    })
    const servers = `http://geo.example.org:${good.port} name=geo all-addresses`
    const outcome = await check(fleet, many, { servers })
    expect(found(outcome)).toEqual([])
    expect(list(outcome, 'healthy')).toEqual(['geo'])
    for (const server of [good, other]) {
      expect(server.asked.length).toBeGreaterThan(5)
      expect(new Set(server.asked.map(({ host }) => host))).toEqual(new Set([`geo.example.org:${good.port}`]))
    }
    expect(outcome.summary).toContain('geo (127.0.0.1)')

    await other.close()
    const half = await check(fleet, many, { servers })
    expect(found(half)).toEqual(['geo (127.0.0.2): server-unreachable'])
    expect(list(half, 'unknown')).toEqual(['geo'])
  })

  test('a name that leads nowhere is unreachable', async () => {
    const outcome = await check(fleet, ports, { servers: 'http://no.such.invalid name=gone all-addresses' })
    expect(found(outcome)).toEqual(['gone: server-unreachable'])
    expect(outcome.verdict).toBe('unknown')
  })
})

describe('IPv6', () => {
  test('an address that does not answer is a finding where the runner has IPv6', async () => {
    const { port } = fleet.server('good')
    const servers = `http://localhost:${port} name=good`
    const addresses = [
      { address: '127.0.0.1', family: 4 as const },
      { address: '::1', family: 6 as const }
    ]
    await using six = await testPorts({ network: networkOf(addresses, true) })
    const outcome = await check(fleet, six, { servers })
    expect(found(outcome)).toEqual(['good: server-ipv6'])
    expect(list(outcome, 'degraded')).toEqual(['good'])

    await using four = await testPorts({ network: networkOf(addresses, false) })
    expect(found(await check(fleet, four, { servers }))).toEqual([])
  })

  test('one that answers is none', async () => {
    if (!(await canListen('::1'))) {
      console.log('skipped: this machine has no IPv6')
      return
    }
    const good = fleet.server('good')
    await using six = await ReplicaServer.start({
      name: 'six',
      repository: fleet.repository,
      view: good.view,
      host: '::1',
      port: good.port
    })
    const addresses = [{ address: '::1', family: 6 as const }]
    await using both = await testPorts({ network: networkOf(addresses, true) })
    expect(found(await check(fleet, both, { servers: `http://localhost:${good.port} name=good` }))).toEqual(
      []
    )
    expect(six.asked.some(({ path: asked }) => asked === '.cvmfspublished')).toBe(true)
  })
})

test('through a proxy', async () => {
  const asked: string[] = []
  const proxy = createServer((request, response) => {
    asked.push(request.url ?? '')
    const onward = httpRequest(
      request.url ?? '',
      { method: request.method, headers: request.headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
      }
    )
    onward.end()
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  try {
    const { port } = proxy.address() as { port: number }
    const outcome = await check(fleet, ports, { proxy: `http://127.0.0.1:${port}` })
    expect(found(outcome)).toEqual([])
    expect(asked).toContain(`${fleet.urlOf('good')}/cvmfs/${FQRN}/.cvmfspublished`)
  } finally {
    proxy.close()
    proxy.closeAllConnections()
  }
})

describe('a CDN', () => {
  test('is asked past its cache with a query of its own each time', async () => {
    await check(fleet, ports, { servers: lines(fleet, { good: 'cdn' }) })
    const fresh = fleet.server('good').asked.filter(({ query }) => query !== '')
    expect(fresh.length).toBeGreaterThan(0)
    expect(new Set(fresh.map(({ query }) => query)).size).toBe(fresh.length)
    expect(fresh.every(({ noCache }) => noCache)).toBe(true)
  })

  test('that shows no sign of a cache still is one when it is said to be', async () => {
    const stale = fleet.server('bad')
    await fleet.setFault('bad', 'cdn-stale')
    const { spoiler } = stale
    stale.spoiler = (ask, right) => {
      const answer = spoiler?.(ask, right) ?? right
      return { ...answer, headers: { 'content-type': 'application/x-cvmfs' } }
    }
    const plain = await check(fleet, ports)
    expect(found(plain)).toEqual(['bad: replica-upstream-stale'])
    const outcome = await check(fleet, ports, {
      servers: lines(fleet, { zero: 'stratum0', bad: 'cdn', good: '' })
    })
    expect(found(outcome)).toEqual(['bad: cache-serves-old'])
  })
})

describe('servers that users are given', () => {
  const config = async (): Promise<void> => {
    await mkdir(path.join(ports.folder, 'config'))
    await writeFile(
      path.join(ports.folder, 'config', 'a.conf'),
      `CVMFS_SERVER_URL="${fleet.urlOf('good')}/cvmfs/@fqrn@;${fleet.urlOf('bad')}/cvmfs/@fqrn@"\n`
    )
    await writeFile(path.join(ports.folder, 'config', 'list.sh'), `servers=(\n  "${fleet.urlOf('bad')}"\n)\n`)
  }

  test('are the ones that are checked when no others are named', async () => {
    await config()
    const outcome = await check(fleet, ports, { servers: '', 'servers-from': 'config/*.conf\nconfig/*.sh' })
    expect(list(outcome, 'healthy')).toEqual(['good', 'bad'].map((name) => new URL(fleet.urlOf(name)).host))
    expect(found(outcome)).toEqual([])
  })

  test('are compared with those that are checked', async () => {
    await config()
    const outcome = await check(fleet, ports, {
      servers: lines(fleet, { zero: 'stratum0', good: '' }),
      'servers-from': 'config/*'
    })
    expect(found(outcome)).toEqual([`${FQRN}: drift-untested`, `${FQRN}: drift-unconfigured`])
    expect(outcome.findings[0]?.message).toContain(new URL(fleet.urlOf('bad')).host)
    expect(outcome.findings[1]?.message).toContain('zero')
    expect(outcome.verdict).toBe('ok')
    expect(outcome.summary).toContain('given to users, not checked')
  })

  test('files that are not there, or name nobody, are the mistake of the caller', async () => {
    await writeFile(path.join(ports.folder, 'empty.conf'), '# nothing\n')
    for (const files of ['no/such/*.conf', 'empty.conf']) {
      await expect(check(fleet, ports, { servers: '', 'servers-from': files })).rejects.toMatchObject({
        name: 'InputError'
      })
    }
  })
})

describe('manners', () => {
  test('few requests at once, and a name to complain to', async () => {
    const slow = await startFleet({ servers: [{ name: 'one', delayMs: 20 }] })
    try {
      const outcome = await check(slow, ports, {
        servers: lines(slow, { one: '' }),
        'max-parallel-per-server': '3'
      })
      expect(found(outcome)).toEqual([])
      expect(slow.server('one').mostAtOnce).toBeLessThanOrEqual(3)
      expect(slow.server('one').mostAtOnce).toBeGreaterThan(1)
      expect(new Set(slow.server('one').asked.map(({ userAgent }) => userAgent)).size).toBe(1)
      expect(slow.server('one').asked[0]?.userAgent).toMatch(/^neurodesk-ci/)
    } finally {
      await slow[Symbol.asyncDispose]()
    }
  })

  test('a server that falls silent in the middle is left alone after a few requests', async () => {
    const server = fleet.server('bad')
    server.spoiler = (ask, right) =>
      ask.path.startsWith('data/') && !ask.path.endsWith('X') ? { ...right, trick: 'hang' } : right
    const started = performance.now()
    const outcome = await check(fleet, ports, { timeout: '0.3s' })
    expect(performance.now() - started).toBeLessThan(10_000)
    expect(list(outcome, 'unknown')).toEqual(['bad'])
    expect(
      found(outcome).every((finding) => /^bad: (catalog|object)-(timeout|unanswered)$/.test(finding))
    ).toBe(true)
    expect(server.asked.length).toBeLessThan(40)
  })

  test('who has to act is named', async () => {
    await fleet.setFault('bad', 'refused')
    const outcome = await check(fleet, ports, {
      servers: lines(fleet, { bad: 'owner=admin@example.org', good: '' })
    })
    expect(outcome.findings[0]?.hint).toMatch(/ Owner: admin@example\.org\.$/)
  })

  test('nothing is asked in a dry run', async () => {
    const outcome = await check(fleet, ports, { 'dry-run': 'true' })
    for (const name of ['zero', 'bad', 'good']) expect(fleet.server(name).asked).toEqual([])
    expect(outcome.verdict).toBe('unknown')
    expect(outcome.failure).toBeUndefined()
    expect(outcome.headline).toContain(`3 servers would be checked for ${CONTAINERS.length} containers`)
  })
})
