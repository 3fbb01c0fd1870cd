/** Retention on a real Swift: its clock, and large objects that share their segments. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'

import { createHttp } from '../../../lib/http/index.ts'
import { createExec } from '../../../lib/shell/index.ts'
import { createRclone, type Rclone, type Store } from '../../../lib/store/index.ts'
import { findTools, startSwift, type SwiftService } from '../../../testbed/index.ts'
import { describeWithServices } from '../../../testbed/jest.ts'
import { realClock, runnerIn, silentLog } from '../../../testbed/ports.ts'
import { planRetention, type RetentionPlan } from '../src/retain.ts'
import { listContents, sweep } from '../src/sweep.ts'

jest.setTimeout(120_000)

const CACHE = 'temporary-builds-new'
const DAY = 86_400_000

describeWithServices(['rclone', 'swift'], 'retention on Swift', () => {
  let swift: SwiftService
  let folder: string
  let rclone: Rclone
  let store: Store
  const http = createHttp({ userAgent: 'test' })
  const ports = { log: silentLog, runner: runnerIn(tmpdir()), http, clock: realClock }

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'neurodesk-ci-retain-'))
    swift = await startSwift()
    await swift.makeContainer('neurodesk', { isPublic: true, publicSegments: true })
    const env = { ...process.env, ...findTools().env, ...swift.rcloneEnv('n'), RCLONE_SWIFT_CHUNK_SIZE: '1M' }
    rclone = createRclone({ exec: createExec({ env }), clock: realClock, log: silentLog })
    store = {
      name: 'nectar',
      remote: 'n:neurodesk',
      prefix: '',
      publicUrl: `${swift.storageUrl}/neurodesk`,
      required: true
    }
  }, 60_000)

  afterAll(async () => {
    http.close()
    await swift[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
  })

  const put = async (name: string, body: string, headers: Record<string, string>): Promise<void> => {
    const answer = await fetch(`${swift.storageUrl}/${name}`, {
      method: 'PUT',
      body,
      headers: { 'x-auth-token': await swift.token(), ...headers }
    })
    expect([name, answer.status]).toEqual([name, 201])
  }
  const size = async (key: string): Promise<number> => {
    const answer = await fetch(`${swift.storageUrl}/neurodesk/${key}`)
    return answer.status === 200 ? (await answer.arrayBuffer()).byteLength : -answer.status
  }
  /** The plan, as it is `later`, and its deletion. */
  const retain = async (wanted: readonly string[], later: number, from = store) => {
    const { contents, findings } = await listContents([from], CACHE, rclone, ports)
    const plan: RetentionPlan = planRetention(contents, new Set(wanted), {
      now: Date.now() + later,
      retentionDays: 30,
      maxDelete: undefined,
      current: []
    })
    const swept = await sweep(plan.deletions, [from], rclone, ports, 4)
    return {
      plan,
      findings: [...findings, ...swept.findings],
      deleted: swept.deleted.map(({ key }) => key).sort()
    }
  }

  test('what was written between two seconds is deleted as well as what was written on one', async () => {
    const second = String(Date.UTC(2026, 0, 2) / 1000)
    const set = '2026-01-01-000000-B1xU5JhrhsglMgqI3LHh9g'
    await put('neurodesk/whole_1_20200101.simg', 'x', { 'x-timestamp': `${second}.00000` })
    await put('neurodesk/part_1_20200101.simg', 'x', { 'x-timestamp': `${second}.48213` })
    await put(`neurodesk_segments/lost_1_20200101.simg/${set}/00000000`, 'x', {
      'x-timestamp': `${second}.99999`
    })
    const { deleted, findings } = await retain([], 0)
    expect(findings).toEqual([])
    expect(deleted).toEqual([
      `lost_1_20200101.simg/${set}/00000000`,
      'part_1_20200101.simg',
      'whole_1_20200101.simg'
    ])
  })

  test('what is written anew between the listing and its deletion stays, and that is told', async () => {
    const old = { 'x-timestamp': `${Date.UTC(2026, 0, 2) / 1000}.48213` }
    await put('neurodesk/again_1_20200101.simg', 'x', old)
    const { contents } = await listContents([store], CACHE, rclone, ports)
    const plan = planRetention(contents, new Set(), {
      now: Date.now(),
      retentionDays: 30,
      maxDelete: undefined,
      current: []
    })
    expect(plan.deletions.map(({ key }) => key)).toEqual(['again_1_20200101.simg'])
    await put('neurodesk/again_1_20200101.simg', 'y', {})
    const { deleted, findings } = await sweep(plan.deletions, [store], rclone, ports, 4)
    expect([deleted, findings.map(({ id, severity }) => `${id} ${severity}`)]).toEqual([
      [],
      ['retain-changed notice']
    ])
    expect(await size('again_1_20200101.simg')).toBe(1)
    await rclone.remove(store, 'again_1_20200101.simg')
  })

  test('a large object whose segments another name is made of stays, whichever of them is wanted', async () => {
    const file = path.join(folder, 'large')
    await writeFile(file, Buffer.alloc(3_000_000, 7))
    const facts = { sha256: 'a'.repeat(64) }
    const copy = async (from: string, to: string): Promise<void> => {
      const head = await fetch(`${swift.storageUrl}/neurodesk/${from}`, { method: 'HEAD' })
      const manifest = head.headers.get('x-object-manifest') ?? ''
      expect(manifest).toContain('neurodesk_segments/')
      await put(`neurodesk/${to}`, '', { 'x-object-manifest': manifest })
    }
    await rclone.put(store, file, `${CACHE}/a_1_20250101.simg`, facts)
    await copy(`${CACHE}/a_1_20250101.simg`, 'a_1_20250101.simg')
    await rclone.put(store, file, 'b_1_20250101.simg', facts)
    await copy('b_1_20250101.simg', 'c_1_20250101.simg')
    await rclone.put(store, file, 'd_1_20250101.simg', facts)
    await copy('d_1_20250101.simg', 'archive/d.simg')
    await rclone.put(store, file, 'gone_1_20250101.simg', facts)
    const kept = [
      `${CACHE}/a_1_20250101.simg`,
      'a_1_20250101.simg',
      'b_1_20250101.simg',
      'c_1_20250101.simg',
      'd_1_20250101.simg',
      'archive/d.simg'
    ]

    // Nobody can be asked: no large object goes, and none is made of fewer segments.
    const dark = { ...store, publicUrl: `${swift.url}/nowhere` }
    for (const from of [dark, { ...store, publicUrl: undefined }]) {
      const run = await retain(['a_1_20250101'], 40 * DAY, from)
      expect([run.deleted, run.findings.map(({ id }) => id)]).toEqual([[], ['retain-segments-unknown']])
    }

    const run = await retain(['a_1_20250101', 'b_1_20250101'], 40 * DAY)
    expect(run.deleted).toEqual(['gone_1_20250101.simg'])
    expect(run.plan.shared.map(({ subject }) => subject)).toEqual([
      'nectar: c_1_20250101.simg',
      'nectar: d_1_20250101.simg',
      `nectar: ${CACHE}/a_1_20250101.simg`
    ])
    expect(await Promise.all(kept.map(size))).toEqual(kept.map(() => 3_000_000))
  })
})
