/**
 * Streamed SIFs against Apptainer's own: the same image by both, every path compared, and both run. And what a
 * registry can do wrong on the way.
 */
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import * as fs from 'node:fs/promises'
import path from 'node:path'

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'

import type { Log } from '../../../lib/ports/index.ts'
import { parseReference } from '../../../lib/registry/index.ts'
import { createExec } from '../../../lib/shell/index.ts'
import { findApptainer, inspectFile, streamImage, type Apptainer, type Sif } from '../../../lib/sif/index.ts'
import { findTools, localStore } from '../../../testbed/index.ts'
import { describeWithServices } from '../../../testbed/jest.ts'
import {
  baseLayer,
  describeTree,
  exoticLayers,
  IMPLIED,
  push,
  startBlobProxy,
  type Pushed
} from './exotic.ts'
import { realClock as clock, silentLog as silent } from '../../../testbed/ports.ts'
import { createWorld, DATE, layer, listOf, reportOf, type World } from './world.ts'

const isRoot = process.getuid?.() === 0
const testAsRoot = isRoot ? test : test.skip
const NOBODY = '65534'

describeWithServices(['registry', 'apptainer', 'rclone', 'fixtures'], 'streamed SIFs', () => {
  const exec = createExec({ env: { ...process.env, ...findTools().env } })
  const told: string[] = []
  const log: Log = { ...silent, debug: (line) => told.push(line), info: (line) => told.push(line) }
  let world: World
  let folder: string
  let base: Buffer
  let apptainer: Apptainer

  beforeAll(async () => {
    world = await createWorld()
    folder = path.join(world.workspace, 'made')
    await fs.mkdir(folder)
    await fs.chmod(world.workspace, 0o755)
    base = await baseLayer()
    const runner = { temp: folder } as never
    const none = undefined as never
    apptainer = await findApptainer({ exec, fs, clock, log, http: none, cleanup: none, runner }, '1.2.0')
  }, 120_000)

  afterAll(async () => {
    await world[Symbol.asyncDispose]()
  })

  interface Wanted {
    readonly host?: string
    readonly architecture?: string
    readonly compression?: 'gzip' | 'zstd'
    readonly signal?: AbortSignal
  }

  /** @returns the file, whole and verified */
  async function stream(name: string, digest: string, wanted: Wanted = {}): Promise<string> {
    const { host = world.registryHost, architecture = 'amd64', compression = 'gzip', signal } = wanted
    const reference = `${host}/vnmd/${name}@${digest}`
    const repository = parseReference(reference)
    const image = await world.registry.image(repository, { os: 'linux', architecture })
    if (image === undefined) throw new Error(`${reference} is not there`)
    const output = path.join(folder, `${name}.${compression}.sif`)
    const scratch = await fs.mkdtemp(path.join(folder, 'scratch-'))
    await streamImage({ exec, fs, clock, log }, apptainer, {
      registry: world.registry,
      repository,
      image,
      reference,
      output,
      scratch,
      architecture,
      compression,
      level: 3,
      timeoutMs: 120_000,
      ...(signal === undefined ? {} : { signal })
    })
    await inspectFile(fs, output, { architecture, digest })
    expect(await fs.readdir(scratch)).toEqual([])
    return output
  }

  async function byApptainer(name: string, digest: string): Promise<string> {
    const output = path.join(folder, `${name}.apptainer.sif`)
    const scratch = await fs.mkdtemp(path.join(folder, 'scratch-'))
    await apptainer.build({
      image: `${world.registryHost}/vnmd/${name}@${digest}`,
      output,
      scratch,
      architecture: 'amd64',
      compression: 'gzip',
      insecure: true,
      timeoutMs: 120_000
    })
    return output
  }

  async function unpacked(file: string): Promise<string> {
    const sif: Sif = await inspectFile(fs, file)
    const to = `${file}.tree`
    await exec.run('unsquashfs', ['-no-progress', '-dest', to, '-offset', String(sif.root.offset), file])
    return to
  }

  const attributes = async (root: string): Promise<string> =>
    (await exec.run('getfattr', ['-R', '-h', '-d', '-m', '-', '-e', 'hex', '.'], { cwd: root })).stdout

  describe('an image with everything that makes images hard', () => {
    let streamed: string
    let built: string

    beforeAll(async () => {
      const layers = [base, ...(await exoticLayers())]
      const packs = ['gzip', 'zstd', 'none', 'gzip', 'zstd'] as const
      const given = layers.map((tar, index): Pushed => ({ tar, pack: packs[index] ?? 'gzip' }))
      const digest = await push(world.registry, world.registryHost, 'vnmd/exotic', given)
      told.length = 0
      streamed = await stream('exotic', digest)
      built = await byApptainer('exotic', digest)
    }, 240_000)

    testAsRoot(
      'is the same tree: types, modes, owners, times, links, devices, content, attributes',
      async () => {
        const trees = await Promise.all([unpacked(streamed), unpacked(built)])
        const [ours, theirs] = await Promise.all(trees.map(describeTree))
        expect(Object.keys(ours ?? {}).length).toBeGreaterThan(100)
        /**
         * Without the time at which it was made (Apptainer writes into etc and data later); folders that no layer
         * describes without their mode.
         */
        const comparable = (tree: Readonly<Record<string, string>> = {}): Record<string, string> =>
          Object.fromEntries(
            Object.entries(tree).map(([name, facts]) => {
              const implied =
                IMPLIED.includes(name) || (/^data\/folder(\/|$)/.test(name) && facts.startsWith('4'))
              if (implied) return [name, facts.replace(/^40\d+ (\S+) \d+/, 'folder $1')]
              const added =
                /^\.singularity\.d|^(dev|proc|root|sys|tmp|home|var)(\/tmp)?$|^etc($|\/(hosts|resolv))|^data$/.test(
                  name
                )
              const linked = /^(\.(run|exec|test|shell)|environment|singularity) /.test(`${name} `)
              const dated = facts.replace(/^(\S+ \S+) \d+/, added || linked ? '$1' : '$&')
              // It has the time in it.
              return [name, name.endsWith('labels.json') ? dated.replace(/sha256:\S+/, '') : dated]
            })
          )
        expect(comparable(ours)).toEqual(comparable(theirs))
        if (existsSync('/usr/bin/getfattr')) {
          const [mine = '', other = ''] = await Promise.all(trees.map(attributes))
          expect(mine).toBe(other)
          expect(mine).toMatch(/security\.capability=0x01000002002[^]*user\.note=/)
        }
      },
      120_000
    )

    test('a layer was read twice, since only a link was left of a file', () => {
      expect(told.filter((line) => line.includes('is read twice'))).toHaveLength(1)
    })

    test('has the same objects and labels, but for the time', async () => {
      const objects = async (file: string): Promise<unknown> => {
        const bytes = await fs.readFile(file)
        const sif = await inspectFile(fs, file)
        const dateless = (text: string): string =>
          text.replace(/("org\.label-schema\.build-date": ?)"[^"]*"/g, '$1""')
        return sif.objects.map(({ kind, name, offset, bytes: length }) => [
          kind,
          name,
          kind === 'partition' ? '' : dateless(bytes.toString('utf8', offset, offset + length))
        ])
      }
      expect(await objects(streamed)).toEqual(await objects(built))
    })

    /** What a user sees of it. */
    async function asSeen(file: string, as: 'root' | 'nobody'): Promise<readonly unknown[]> {
      const home = await fs.mkdtemp(path.join(folder, 'home-'))
      await fs.chmod(folder, 0o755)
      if (as === 'nobody') await fs.chown(home, Number(NOBODY), Number(NOBODY))
      await fs.chmod(file, 0o755)
      const flags = as === 'root' ? ['--no-privs'] : []
      const calls = [
        ['exec', ...flags, file, 'hello'],
        [
          'exec',
          ...flags,
          file,
          'sh',
          '-c',
          'cat /opt/the-link /opt/link-to-replaced; ls /data /opt/opaque; cat /etc/hosts | wc -l'
        ],
        ['exec', '--cleanenv', ...flags, file, 'env'],
        ['run', ...flags, file],
        ['run', ...flags, file, 'x y', 'z'],
        ['shell', ...flags, file, '-c', 'echo $QUOTED'],
        ['test', ...flags, file],
        ...['-l', '-r', '-e', '-d', '-s'].map((flag) => ['inspect', flag, file])
      ]
      const seen: unknown[] = []
      for (const call of calls) {
        const command = [apptainer.command, ...call]
        const [program = '', ...args] =
          as === 'root'
            ? command
            : ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', ...command]
        const { exitCode, stdout, stderr } = await exec.run(program, args, {
          accept: 'any',
          cwd: home,
          env: { HOME: home, USER: as, APPTAINER_CONFIGDIR: path.join(home, '.apptainer') },
          timeoutMs: 60_000
        })
        const plain = (text: string): string =>
          text
            .replaceAll(file, 'FILE')
            .replaceAll(path.basename(file), 'FILE')
            .replaceAll(home, 'HOME')
            .replace(/(build-date: ).*/, '$1')
        seen.push([call[0], exitCode, plain(stdout), exitCode === 0 ? '' : plain(stderr)])
      }
      return seen
    }

    test.each(isRoot ? (['root', 'nobody'] as const) : (['root'] as const))(
      'does the same when %s uses it',
      async (as) => {
        const ours = await asSeen(streamed, as)
        expect(ours).toEqual(await asSeen(built, as))
        expect(ours[0]).toEqual(['exec', 0, 'hello\n', ''])
        expect(String(ours[1])).toContain('kept by a linkfirst')
        // What Apptainer's own quoting makes of the `$5`, it makes of it in both.
        expect(String(ours[2])).toMatch(/^QUOTED=it's .* <&> ü$/m)
        expect(ours[4]).toEqual(['run', 0, 'run: x y z\n', ''])
        expect(String(ours[7])).toContain('note: y <&> ü')
      },
      180_000
    )

    test('is the same with zstd', async () => {
      const digest = (await inspectFile(fs, streamed)).definition.split('@')[1]?.trim() ?? ''
      const file = await stream('exotic', digest, { compression: 'zstd' })
      expect((await inspectFile(fs, file)).squashfs.compression).toBe('zstd')
      if (!isRoot) return
      expect(await describeTree(await unpacked(file))).toMatchObject({
        'opt/far': expect.stringContaining('3000000:2999999'),
        'opt/the-link': expect.stringContaining('links 2')
      })
    }, 60_000)
  })

  test('images for another CPU convert here, and one that is not what it says is found out', async () => {
    const arm = findTools().paths['busybox-static-arm64']
    const busybox = arm === undefined ? Buffer.from('7f454c4602010100', 'hex') : await fs.readFile(arm)
    const elf = Buffer.concat([busybox, Buffer.alloc(32)])
    elf.writeUInt16LE(183, 18)
    const tar = await layer([{ name: 'bin/busybox', mode: 0o755, content: elf }])
    const options = { architecture: 'arm64' }
    const digest = await push(world.registry, world.registryHost, 'vnmd/arm', [{ tar }], options)
    const sif = await inspectFile(fs, await stream('arm', digest, options))
    expect([sif.architecture, sif.header.architecture]).toEqual(['arm64', 'arm64'])

    const lie = await push(world.registry, world.registryHost, 'vnmd/lie', [{ tar: base }], options)
    await expect(stream('lie', lie, options)).rejects.toThrow('it is for amd64, wanted is arm64')
  }, 60_000)

  test('a root that is not like others', async () => {
    const tar = await layer([{ name: './', type: 'directory', mode: 0o1711 }])
    const digest = await push(world.registry, world.registryHost, 'vnmd/root', [{ tar }, { tar: base }])
    const file = await stream('root', digest)
    const { root } = await inspectFile(fs, file)
    const { stdout } = await exec.run('unsquashfs', ['-lln', '-offset', String(root.offset), file])
    expect(stdout).toMatch(/^drwx--x--t 0\/0 .* squashfs-root$/m)
  }, 60_000)

  describe('a registry that does not keep its word', () => {
    const noise = randomBytes(3_000_000)
    let digest: string

    beforeAll(async () => {
      const tar = await layer([{ name: 'noise', content: noise }])
      digest = await push(world.registry, world.registryHost, 'vnmd/noise', [{ tar: base }, { tar }])
    })

    /** Converts through a proxy that treats the large blob in some way. */
    async function through(
      meddle: Parameters<typeof startBlobProxy>[1],
      signal?: AbortSignal
    ): Promise<string> {
      const proxy = await startBlobProxy(world.registryHost, (request, response, blob) =>
        blob.length > 2_900_000 ? meddle(request, response, blob) : false
      )
      try {
        return await stream('noise', digest, {
          host: proxy.host,
          ...(signal === undefined ? {} : { signal })
        })
      } finally {
        await proxy.close()
        await expectNothingRuns()
      }
    }

    async function expectNothingRuns(): Promise<void> {
      for (const pid of (await fs.readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
        const line = await fs.readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
        expect(line.startsWith('mksquashfs') && line.includes(folder)).toBe(false)
      }
    }

    test('a connection that breaks is gone on with', async () => {
      const ranges: unknown[] = []
      const file = await through((request, response, blob) => {
        ranges.push(request.headers.range)
        const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
        response.writeHead(from === 0 ? 200 : 206, {
          'content-length': blob.length - from,
          ...(from === 0 ? {} : { 'content-range': `bytes ${from}-${blob.length - 1}/${blob.length}` })
        })
        if (from > 2_000_000) response.end(blob.subarray(from))
        else
          response.write(blob.subarray(from, from + 1_100_000), () =>
            setTimeout(() => response.destroy(), 50)
          )
        return true
      })
      expect(ranges.length).toBeGreaterThan(1)
      expect(ranges.slice(1).every((range) => typeof range === 'string')).toBe(true)
      const { root } = await inspectFile(fs, file)
      await exec.run('unsquashfs', [
        '-no-progress',
        '-dest',
        `${file}.out`,
        '-offset',
        String(root.offset),
        file,
        'noise'
      ])
      expect((await fs.readFile(`${file}.out/noise`)).equals(noise)).toBe(true)
    }, 60_000)

    test('other bytes', async () => {
      const changed = through((_request, response, blob) => {
        const other = Buffer.from(blob)
        other[2_000_000] = (other[2_000_000] ?? 0) ^ 1
        response.writeHead(200, { 'content-length': other.length }).end(other)
        return true
      })
      await expect(changed).rejects.toThrow(/other bytes|cannot be unpacked/)
    }, 60_000)

    test('fewer bytes', async () => {
      const short = through((_request, response, blob) => {
        response.writeHead(200, { 'content-length': 1_000_000 }).end(blob.subarray(0, 1_000_000))
        return true
      })
      await expect(short).rejects.toThrow(/the registry has only 1000000 of the \d+ bytes/)
    }, 60_000)

    test('a cancel in the middle ends mksquashfs too', async () => {
      const controller = new AbortController()
      const cancelled = through((_request, response, blob) => {
        response.writeHead(200, { 'content-length': blob.length })
        response.write(blob.subarray(0, 1_000_000))
        setTimeout(() => controller.abort(new Error('cancelled by the runner')), 300)
        return true
      }, controller.signal)
      await expect(cancelled).rejects.toThrow()
    }, 60_000)
  })

  describe('in the action', () => {
    test('what the stream refuses, Apptainer does; what nobody can do fails by name', async () => {
      const below = await layer([
        { name: 'usr/lib/', type: 'directory', mode: 0o755 },
        { name: 'lib', type: 'symlink', linkname: 'usr/lib' }
      ])
      const above = await layer([{ name: 'lib/x', content: 'through a link' }])
      const { registry, registryHost } = world
      await push(registry, registryHost, 'vnmd/through_1', [{ tar: base }, { tar: below }, { tar: above }])
      const foreign = 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip'
      await push(registry, registryHost, 'vnmd/foreign_1', [
        { tar: base },
        { tar: above, mediaType: foreign }
      ])
      const strange = { tar: above, mediaType: 'application/x-strange' }
      await push(registry, registryHost, 'vnmd/strange_1', [{ tar: base }, strange])
      const climbing = await layer([{ name: 'a/../../climbs', content: '' }])
      await push(registry, registryHost, 'vnmd/climbing_1', [{ tar: base }, { tar: climbing }])
      await world.writeCatalogue({
        'through 1': DATE,
        'foreign 1': DATE,
        'strange 1': DATE,
        'climbing 1': DATE,
        'alpha 1': DATE
      })
      await using store = await localStore()
      const lines: string[] = []
      const run = await world.run(
        { stores: `${store.remote} name=one public-url=${store.publicUrl}`, mode: 'convert' },
        { onLine: (line) => lines.push(line) }
      )
      expect([...listOf(run, 'converted')].sort()).toEqual([
        `alpha_1_${DATE}`,
        `strange_1_${DATE}`,
        `through_1_${DATE}`
      ])
      expect([...listOf(run, 'failed')].sort()).toEqual([`climbing_1_${DATE}`, `foreign_1_${DATE}`])
      const all = lines.join('\n')
      expect(all).toMatch(/through_1_\d+: left to Apptainer.*entries below "lib", which is no folder/)
      expect(all).toMatch(/strange_1_\d+: left to Apptainer.*unknown type "application\/x-strange"/)
      expect(all).toMatch(/alpha_1_\d+: [\d.]+ [kM]?B of layers are [\d.]+ [kM]?B, in \d+ s/)
      const { findings } = await reportOf(world)
      const said = (name: string): string | undefined =>
        findings.find(({ id, subject }) => id === 'convert-failed' && subject.startsWith(name))?.message
      expect(said('foreign')).toMatch(/is foreign/)
      expect(said('climbing')).toMatch(/leads out of its folder/)

      await world.writeCatalogue({ 'gamma 1': DATE })
      const other = await world.run({
        stores: `${store.remote} name=one public-url=${store.publicUrl}`,
        mode: 'convert',
        converter: 'apptainer'
      })
      expect(listOf(other, 'converted')).toEqual([`gamma_1_${DATE}`])
      expect(other.log).not.toMatch(/of layers are/)
    }, 180_000)
  })
})
