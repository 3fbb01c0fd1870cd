import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, jest, test } from '@jest/globals'
import { createExec } from '../../lib/shell/index.ts'
import {
  availableServices,
  buildFixtureImages,
  findTools,
  fixtureDesktop,
  localStore,
  startDocker,
  startRegistry
} from '../index.ts'
import { startCvmfs } from '../cvmfs/index.ts'
import { startGitHub } from '../github/index.ts'
import { describeWithServices } from '../jest.ts'
import { startMastodon } from '../mastodon/index.ts'
import { killed } from './killed.ts'
import { listenersOf, openToOthers } from './sockets.ts'
import { bridgesOf, tracesOf } from './traces.ts'

jest.setTimeout(120_000)

const canStartEngine = process.getuid?.() === 0 && availableServices().includes('docker')

const exec = createExec({ env: { ...process.env, ...findTools().env } })

describeWithServices(['registry'], 'a registry', () => {
  test('is there while it is used, and gone afterwards', async () => {
    const registry = await startRegistry()
    const answer = await fetch(`${registry.url}/v2/`)
    expect(answer.status).toBe(200)
    await registry[Symbol.asyncDispose]()
    await expect(fetch(`${registry.url}/v2/`)).rejects.toThrow()
    expect(existsSync(registry.folder)).toBe(false)
  })

  test('lets in only those who know its password', async () => {
    await using registry = await startRegistry({ auth: { username: 'robot', password: 'a b:c' } })
    const ask = (secret: string) =>
      fetch(`${registry.url}/v2/`, {
        headers: { authorization: `Basic ${Buffer.from(`robot:${secret}`).toString('base64')}` }
      })
    expect((await fetch(`${registry.url}/v2/`)).status).toBe(401)
    expect((await ask('wrong')).status).toBe(401)
    expect((await ask('a b:c')).status).toBe(200)
  })

  test('listens on loopback alone, as the others do that run in this process', async () => {
    await using registry = await startRegistry()
    await using store = await localStore()
    await using github = await startGitHub({ repositories: {} })
    await using mastodon = await startMastodon()
    await using cvmfs = await startCvmfs({
      fqrn: 'x.example.org',
      containers: [],
      servers: [{ name: 'one' }]
    })
    expect([registry, store, github, mastodon, cvmfs]).toHaveLength(5)
    expect((await listenersOf()).length).toBeGreaterThanOrEqual(5)
    expect(await openToOthers()).toEqual([])
    // The test itself sees one that does not.
    const open = createServer().listen(0, '0.0.0.0')
    await once(open, 'listening')
    expect(await openToOthers()).toHaveLength(1)
    open.close()
  })

  test('two stand side by side', async () => {
    await using one = await startRegistry()
    await using other = await startRegistry()
    expect(one.host).not.toBe(other.host)
  })
})

describeWithServices(['rclone'], 'a local store', () => {
  test('takes objects by rclone and gives them by HTTP', async () => {
    await using store = await localStore()
    const folder = await mkdtemp(join(tmpdir(), 'neurodesk-ci-test-'))
    await writeFile(join(folder, 'file'), '0123456789')
    await exec.run('rclone', [
      'copyto',
      join(folder, 'file'),
      `${store.remote}/a b/ä.simg`,
      '--config',
      '/dev/null'
    ])
    await rm(folder, { recursive: true })
    const url = `${store.publicUrl}/a%20b/%C3%A4.simg`
    const part = await fetch(url, { headers: { range: 'bytes=2-4' } })
    expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([
      206,
      '234',
      'bytes 2-4/10'
    ])
    const head = await fetch(url, { method: 'HEAD' })
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '10'])
    expect((await fetch(`${store.publicUrl}/none`)).status).toBe(404)
    expect((await fetch(`${store.publicUrl}/..%2f..%2fetc%2fpasswd`)).status).toBe(404)
    expect((await fetch(url, { method: 'PUT', body: 'x' })).status).toBe(405)
    store.faults.set('a b/ä.simg', 503)
    expect((await fetch(url)).status).toBe(503)
    expect(store.requests[0]).toEqual({ method: 'GET', name: 'a b/ä.simg', range: 'bytes=2-4', status: 206 })
  })
})

describeWithServices(['docker', 'registry', 'fixtures'], 'an engine', () => {
  test('builds, pushes and runs the fixture images', async () => {
    await using docker = await startDocker()
    await using registry = await startRegistry({ auth: { username: 'robot', password: 'secret' } })
    const images = await buildFixtureImages(docker, registry)
    expect(images.containers.map(({ container }) => container)).toEqual([
      'niihead_1.0.0_20240902',
      'bids-names_2.1.4_20250115',
      'packvol_0.9.2_20250611'
    ])
    const run = async (args: readonly string[]) =>
      exec.run('docker', args, { env: docker.env, accept: 'any' })
    for (const { reference, commands } of images.containers) {
      const found = await run(['run', '--rm', reference, 'bash', '-c', `command -v ${commands.join(' ')}`])
      expect(found.stdout.trim().split('\n')).toHaveLength(commands.length)
    }
    const tar = await run(['run', '--rm', images.containers[2]?.reference ?? '', 'voltar', '--version'])
    expect(tar.stdout).toContain('tar')

    const { context, buildArgs } = fixtureDesktop(images)
    const name = `${registry.host}/desktop:test`
    await exec.run(
      'docker',
      ['build', '--quiet', '--tag', name, ...buildArgs.flatMap((pair) => ['--build-arg', pair]), context],
      {
        env: docker.env
      }
    )
    const id = (await run(['run', '--detach', '--publish', '127.0.0.1::8080', name])).stdout.trim()
    try {
      const address = (await run(['port', id, '8080'])).stdout.trim()
      expect(await untilAnswer(`http://${address}/`)).toContain('Neurodesktop fixture')
      const state = async () =>
        (await run(['inspect', '--format', '{{.State.Health.Status}}', id])).stdout.trim()
      for (let tries = 0; tries < 50 && (await state()) !== 'healthy'; tries++) await sleep(200)
      expect(await state()).toBe('healthy')
    } finally {
      await run(['rm', '--force', id])
      await run([
        'image',
        'rm',
        '--force',
        name,
        images.base,
        ...images.containers.map(({ reference }) => reference)
      ])
    }
  })
})

// What GitHub's runner does when a job is cancelled, and what a person does who has had enough.
describeWithServices(['registry'], 'the end of the starting process', () => {
  test.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)('by %s leaves nothing behind', async (signal) => {
    await killed(
      `await startRegistry()
      if (process.getuid() === 0 && availableServices().includes('docker')) await startDocker({ own: true })`,
      signal,
      async (folder) => {
        const bridges = await bridgesOf(folder)
        if (!canStartEngine) return bridges
        const there = await tracesOf([folder, ...bridges])
        expect(bridges).toHaveLength(1)
        for (const kind of ['process', 'interface', 'rule', 'file'])
          expect([kind, there.some((trace) => trace.startsWith(`${kind}: `))]).toEqual([kind, true])
        return bridges
      }
    )
  })
})

async function untilAnswer(url: string): Promise<string> {
  for (let tries = 0; tries < 100; tries++) {
    const text = await fetch(url).then(
      (answer) => answer.text(),
      () => undefined
    )
    if (text !== undefined) return text
    await sleep(100)
  }
  throw new Error(`${url} did not answer in ten seconds`)
}
