/** Required files: plain, chunked, symlinked; whole and verified on every server. */
import { afterAll, beforeAll, beforeEach, afterEach, expect, test } from '@jest/globals'

import { file, type Cvmfs, type Tree } from '../../../testbed/cvmfs/index.ts'
import { testPorts, type TestPorts } from './ports.ts'
import { FQRN, check, found, list, startFleet } from './scene.ts'

const BIG = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7919) % 251))

let fleet: Cvmfs
let ports: TestPorts
beforeAll(async () => {
  const tree: Tree = new Map()
  tree.set('/data', { type: 'directory', nested: true })
  tree.set('/data/plain', { type: 'file', content: BIG, plain: true })
  tree.set('/data/chunked', { type: 'file', content: BIG, chunkSize: 65_536 })
  tree.set('/data/mixed', {
    type: 'file',
    content: BIG,
    chunkSize: 100_000,
    algorithm: 'shake128',
    plain: true
  })
  tree.set('/data/outside', { type: 'file', content: BIG, external: true })
  tree.set('/data/empty', file(''))
  tree.set('/latest', { type: 'symlink', target: `/cvmfs/${FQRN}/data` })
  tree.set('/escape', { type: 'symlink', target: '/etc/passwd' })
  fleet = await startFleet({ tree })
})
afterAll(async () => {
  await fleet[Symbol.asyncDispose]()
})
beforeEach(async () => {
  ports = await testPorts()
})
afterEach(async () => {
  fleet.server('bad').spoiler = undefined
  await ports[Symbol.asyncDispose]()
})

const GOOD = ['/data/plain', '/data/chunked', '/data/mixed', '/data/empty', '/latest/chunked', '/README']

test('all kinds are read whole on every server', async () => {
  const outcome = await check(fleet, ports, { 'required-files': GOOD.join('\n'), 'sample-objects': '0' })
  expect(found(outcome)).toEqual([])
  const { servers } = outcome.details as { servers: { addresses: { requiredFiles: unknown[] }[] }[] }
  for (const { addresses } of servers) {
    expect(addresses[0]?.requiredFiles).toEqual([
      { path: '/data/plain', state: 'verified', bytes: BIG.length },
      { path: '/data/chunked', state: 'verified', bytes: BIG.length },
      { path: '/data/mixed', state: 'verified', bytes: BIG.length },
      { path: '/data/empty', state: 'verified', bytes: 0 },
      { path: '/latest/chunked', state: 'verified', bytes: BIG.length },
      { path: '/README', state: 'verified', bytes: 14 }
    ])
  }
  for (const name of ['zero', 'bad', 'good']) {
    const chunks = fleet.revision.files.get('/data/chunked') ?? []
    const asked = fleet
      .server(name)
      .asked.filter(({ method, path }) => method === 'GET' && chunks.includes(path))
    expect(new Set(asked.map(({ path }) => path)).size).toBe(new Set(chunks).size)
  }
})

test('what is not in the tree, leads out of it, or is kept elsewhere', async () => {
  const outcome = await check(fleet, ports, {
    'required-files': '/data/nothing\n/gone\n/escape\n/data\n/data/outside',
    servers: `${fleet.urlOf('good')} name=good`
  })
  expect(found(outcome)).toEqual([
    'good: required-file-missing',
    'good: required-file-unresolvable',
    'good: required-file-unresolvable',
    'good: required-file-external'
  ])
  expect(outcome.findings[0]?.message).toContain('2 required files are not in its tree: /data/nothing, /gone')
  expect(list(outcome, 'unhealthy')).toEqual(['good'])
})

test.each([
  ['one chunk is cut off', (body: Buffer) => body.subarray(0, 100), 'object-truncated'],
  [
    'one chunk is altered',
    (body: Buffer) => Buffer.concat([body.subarray(1), body.subarray(0, 1)]),
    'object-altered'
  ],
  ['one chunk comes twice', (body: Buffer) => Buffer.concat([body, body]), 'object-doubled']
])('%s', async (_what, spoil, id) => {
  const hit = fleet.revision.files.get('/data/chunked')?.[2] ?? ''
  fleet.server('bad').spoiler = (ask, right) =>
    ask.path === hit ? { ...right, body: spoil(right.body) } : right
  const outcome = await check(fleet, ports, { 'required-files': '/latest/chunked', 'sample-objects': '0' })
  expect(found(outcome)).toEqual([`bad: ${id}`])
  expect(outcome.findings[0]?.hint).toContain(`${fleet.urlOf('bad')}/cvmfs/${FQRN}/${hit}`)
})

test('a sample finds what nothing else reads', async () => {
  const ofImages = new Set(
    [...fleet.revision.files].flatMap(([path, objects]) => (path.includes('.simg/') ? objects : []))
  )
  fleet.server('bad').spoiler = (ask, right) =>
    ofImages.has(ask.path) ? { ...right, body: Buffer.alloc(right.body.length) } : right
  expect(found(await check(fleet, ports, { 'sample-objects': '0' }))).toEqual([])
  const outcome = await check(fleet, ports, { 'sample-objects': '100' })
  expect(found(outcome)).toEqual(['bad: object-altered'])
  expect(outcome.findings[0]?.message).toMatch(/README\.md below \/containers\/\w+/)
  expect(list(outcome, 'unhealthy')).toEqual(['bad'])
})

test('a sample is the same all day, and another one on another server', async () => {
  const asked = async (name: string): Promise<string[]> => {
    const before = fleet.server(name).asked.length
    await check(fleet, ports, { 'sample-objects': '6', servers: `${fleet.urlOf(name)} name=${name}` })
    return fleet
      .server(name)
      .asked.slice(before)
      .map(({ method, path }) => `${method} ${path}`)
      .toSorted()
  }
  // The first run fills the cache of catalogs.
  await asked('good')
  expect(await asked('good')).toEqual(await asked('good'))
  expect(await asked('good')).not.toEqual(await asked('bad'))
})
