/** Containers of the catalogue: present, pending, missing, not published; one copy of each catalog for the fleet. */
import { readFile, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'

import { file, type Cvmfs } from '../../../testbed/cvmfs/index.ts'
import { testPorts, type TestPorts } from './ports.ts'
import { CONTAINERS, check, found, lines, list, startFleet } from './scene.ts'

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

const NEW = 'newtool_2.0_20240101'

function today(): string {
  return new Date().toISOString().slice(0, 10).replaceAll('-', '')
}

async function catalogue(...names: string[]): Promise<string> {
  const name = path.join(ports.folder, 'catalogue.txt')
  await writeFile(name, names.map((one) => `${one} categories:x,\n`).join(''))
  return name
}

function missing(outcome: { outputs: Readonly<Record<string, string>> }): Record<string, string[]> {
  return JSON.parse(outcome.outputs['missing'] ?? '') as Record<string, string[]>
}

describe('what the catalogue wants', () => {
  test('what nobody has is one finding for the fleet, and counts against stratum 0 alone', async () => {
    const outcome = await check(fleet, ports, {
      catalogue: await catalogue(...CONTAINERS, NEW, 'other_1_20230101')
    })
    expect(found(outcome)).toEqual(['x.example.org: container-unpublished'])
    expect(outcome.findings[0]?.message).toContain(
      `2 containers of the catalogue are not published: ${NEW}, other_1_20230101`
    )
    expect(list(outcome, 'unhealthy')).toEqual(['zero'])
    expect(list(outcome, 'healthy')).toEqual(['bad', 'good'])
    expect(missing(outcome)).toEqual({ 'x.example.org': [NEW, 'other_1_20230101'] })
    // Who reads the table sees the same as who reads the outputs, and a gate that is closed says why.
    expect(outcome.summary).toMatch(/\| zero \(stratum 0\) \| ❌ unhealthy \|/)
    expect(ports.lines).toContain('info: ❌ zero is unhealthy: container-unpublished')
    expect(ports.lines).toContain('info: ✅ good is healthy')
    const gate = await check(fleet, ports, {
      catalogue: await catalogue(...CONTAINERS, NEW),
      servers: lines(fleet, { zero: 'stratum0 required', good: '' })
    })
    expect(gate.headline).toContain('the required server zero is unhealthy (container-unpublished)')
  })

  test('an entry younger than the grace is pending', async () => {
    const young = `newtool_2.0_${today()}`
    const outcome = await check(fleet, ports, { catalogue: await catalogue(...CONTAINERS, young) })
    expect(found(outcome)).toEqual([])
    expect(outcome.summary).toContain('3 / 1 / 0')
    const strict = await check(fleet, ports, {
      catalogue: await catalogue(...CONTAINERS, young),
      'catalogue-grace': '0s'
    })
    expect(found(strict)).toEqual(['x.example.org: container-unpublished'])
  })

  test('what a stale server lacks is listed whole, beside the reason', async () => {
    await fleet.setFault('bad', 'stale')
    const many = Array.from({ length: 30 }, (_, index) => `tool${index}_1.0_20240101`)
    await fleet.publish({ containers: many })
    const outcome = await check(fleet, ports, { catalogue: await catalogue(...CONTAINERS, ...many) })
    expect(found(outcome)).toEqual(['bad: replica-cron-dead', 'bad: container-missing'])
    expect(missing(outcome)).toEqual({ bad: many.toSorted() })
    expect(outcome.findings[1]?.message).toContain(
      '30 containers are missing (commands.txt, image directory)'
    )
    for (const name of many) expect(outcome.summary).toContain(`\`${name}\``)
  })

  test('half of a container is missing as well, and the half is named', async () => {
    const tree = new Map([[`/containers/${NEW}/commands.txt`, file('newtool\n')]])
    await fleet.publish({ tree })
    const outcome = await check(fleet, ports, { catalogue: await catalogue(...CONTAINERS, NEW) })
    expect(found(outcome)).toEqual(['x.example.org: container-unpublished'])
  })

  test('another folder for the containers', async () => {
    const outcome = await check(fleet, ports, { 'container-root': '/elsewhere' })
    expect(missing(outcome)).toEqual({ 'x.example.org': [...CONTAINERS].toSorted() })
  })

  test('without a catalogue the rest is checked', async () => {
    const outcome = await check(fleet, ports, { catalogue: '' })
    expect(found(outcome)).toEqual([])
    expect(outcome.figures['container-count']).toBe(0)
    expect(outcome.figures['sampled-object-count']).toBeGreaterThan(0)
  })

  test('apps.json is a catalogue too', async () => {
    const name = path.join(ports.folder, 'apps.json')
    const app = { version: '20240902', exec: '' }
    await writeFile(
      name,
      JSON.stringify({ niimath: { apps: { 'niimath 1.0.0': app, 'gone 9': app }, categories: ['x'] } })
    )
    const outcome = await check(fleet, ports, { catalogue: name })
    expect(missing(outcome)).toEqual({ 'x.example.org': ['gone_9_20240902'] })
  })

  test('a catalogue by URL, through a redirect', async () => {
    const { createServer } = await import('node:http')
    const server = createServer((request, response) => {
      if (request.url === '/old') response.writeHead(302, { location: '/log.txt' }).end()
      else response.end(`${CONTAINERS[0]} categories:\n`)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    try {
      const { port } = server.address() as { port: number }
      const outcome = await check(fleet, ports, { catalogue: `http://127.0.0.1:${port}/old` })
      expect(outcome.figures['container-count']).toBe(1)
      expect(found(outcome)).toEqual([])
    } finally {
      server.close()
      server.closeAllConnections()
    }
  })

  test('hostile entries are refused by name, and the others are looked up', async () => {
    const outcome = await check(fleet, ports, {
      catalogue: await catalogue(
        CONTAINERS[0],
        '../../etc_1_20240101',
        '$(rm)_1_20240101',
        'nothing',
        CONTAINERS[1]
      )
    })
    expect(outcome.figures['container-count']).toBe(2)
    expect(found(outcome)).toEqual([
      '../../etc_1_20240101: catalogue-entry-refused',
      '$(rm)_1_20240101: catalogue-entry-refused',
      'nothing: catalogue-entry-refused'
    ])
  })

  test.each([
    ['an empty one', ''],
    ['broken JSON', '{"a": '],
    ['nothing but refused entries', 'x\n']
  ])('%s proves nothing, and is the mistake of the caller', async (_what, text) => {
    const name = path.join(ports.folder, 'broken')
    await writeFile(name, text)
    await expect(check(fleet, ports, { catalogue: name })).rejects.toMatchObject({ name: 'InputError' })
  })
})

describe('catalogs', () => {
  const catalogGets = (): string[] =>
    ['zero', 'bad', 'good'].flatMap((name) =>
      fleet
        .server(name)
        .asked.filter(({ method, path: asked }) => method === 'GET' && /^data\/.*C$/.test(asked))
        .map(({ path: asked }) => asked)
    )

  test('are downloaded once for the whole fleet; the others prove that they have them', async () => {
    const outcome = await check(fleet, ports, { 'sample-objects': '0' })
    // The root, the folder of the containers, and one per container.
    expect(catalogGets().toSorted()).toEqual([...new Set(catalogGets())].toSorted())
    expect(catalogGets()).toHaveLength(5)
    expect(outcome.figures['catalog-download-count']).toBe(5)
    for (const name of ['zero', 'bad', 'good']) {
      const proved = fleet
        .server(name)
        .asked.filter(({ path: asked }) => /^data\/.*C$/.test(asked))
        .map(({ path: asked }) => asked)
      expect(new Set(proved).size).toBe(5)
    }
  })

  test('are kept for the next run, whose copies are not believed unseen', async () => {
    await check(fleet, ports, { 'sample-objects': '0' })
    const again = await check(fleet, ports, { 'sample-objects': '0' })
    expect(again.figures['catalog-download-count']).toBe(0)
    expect(found(again)).toEqual([])

    const cache = path.join(ports.folder, 'tool-cache', 'neurodesk-ci', 'cvmfs-catalogs')
    const [first = ''] = await readdir(cache)
    const bytes = await readFile(path.join(cache, first))
    await writeFile(path.join(cache, first), Buffer.concat([bytes, Buffer.from('x')]))
    const repaired = await check(fleet, ports, { 'sample-objects': '0' })
    expect(repaired.figures['catalog-download-count']).toBe(1)
    expect(found(repaired)).toEqual([])
    expect(await readFile(path.join(cache, first))).toEqual(bytes)
  })

  test('of a new revision only what has changed is downloaded', async () => {
    await check(fleet, ports, { 'sample-objects': '0' })
    await fleet.publish({ containers: [NEW] })
    const outcome = await check(fleet, ports, { 'sample-objects': '0' })
    expect(outcome.figures['catalog-download-count']).toBe(2)
  })

  test('where they cannot be kept, the check goes on without', async () => {
    await writeFile(path.join(ports.folder, 'tool-cache'), 'a file, no folder')
    const outcome = await check(fleet, ports)
    expect(found(outcome)).toEqual([])
    expect(ports.lines.join('\n')).toContain('notice: Catalogs are not kept for the next run')
  })

  test('nothing is left in the cache but catalogs', async () => {
    await check(fleet, ports)
    const cache = path.join(ports.folder, 'tool-cache', 'neurodesk-ci', 'cvmfs-catalogs')
    for (const name of await readdir(cache)) expect(name).toMatch(/^[0-9a-f]{40}$/)
    expect(await readdir(path.join(ports.folder, 'temp', 'catalogs'))).toEqual([])
  })

  test('one that is signed and too large, or no database, is one finding for the fleet', async () => {
    await fleet.publish({ containers: [NEW], nestedSize: 2048 })
    const outcome = await check(fleet, ports)
    expect(found(outcome).every((finding) => finding === 'x.example.org: catalog-invalid')).toBe(true)
    expect(outcome.findings[0]?.message).toContain('more than 2048 bytes')
    expect(list(outcome, 'unhealthy')).toEqual(['zero'])
  })

  test('one that holds a view is not read', async () => {
    const at = `/containers/${CONTAINERS[0]}`
    await fleet.publish({
      tree: new Map([[`${at}/more`, file('x')]]),
      spoil: {
        mountpoint: at,
        how: (db) => db.exec('ALTER TABLE catalog RENAME TO c; CREATE VIEW catalog AS SELECT * FROM c')
      }
    })
    const outcome = await check(fleet, ports)
    expect(found(outcome)).toEqual(['x.example.org: catalog-invalid'])
    expect(outcome.findings[0]?.message).toContain(CONTAINERS[0])
  })
})
