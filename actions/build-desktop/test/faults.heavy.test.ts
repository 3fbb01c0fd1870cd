/** Registries as they are on a bad day: down, slow, refusing, breaking off. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { describeWithServices } from '../../../testbed/jest.ts'
import { openStage, type Stage } from './stage.ts'
import { openDesk } from './desk.ts'
import { startFaultProxy } from './fault-proxy.ts'
import { writeScene } from './scene.ts'

describeWithServices(['docker', 'registry'], 'build-desktop and registries that fail', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage()
  }, 120_000)
  afterAll(async () => await stage[Symbol.asyncDispose]())
  beforeEach(async () => await stage.reset())

  test('a registry that does not answer is unknown, never changed, and costs no build', async () => {
    await stage.act()
    const latest = await stage.digest(stage.open.host, 'latest')
    await stage.change({ page: 'other' })
    stage.proxy.fail({ when: () => true, status: 503 })
    const second = await stage.act({ tag: '2026-01-03' })
    expect(second.outcome).toMatchObject({ verdict: 'unknown', outputs: { changed: 'unknown' } })
    expect(second.outcome.failure).toContain('No tag was moved')
    expect(second.said.join('\n')).not.toContain('exporting layers')
    stage.proxy.heal()
    stage.proxy.fail({ when: ({ path }) => path.includes('/manifests/'), status: 503 })
    const third = await stage.act({ tag: '2026-01-03' })
    expect(third.outcome).toMatchObject({ verdict: 'unknown', outputs: { changed: 'unknown' } })
    expect(await stage.digest(stage.open.host, 'latest')).toBe(latest)
  }, 180_000)

  test('a registry that is gone', async () => {
    const outcome = (await stage.act({ registries: '127.0.0.1:9/neurodesk' })).outcome
    expect(outcome).toMatchObject({ verdict: 'unknown', outputs: { changed: 'unknown', pushed: '[]' } })
  }, 60_000)

  test('429 with Retry-After and 5xx in passing are waited for', async () => {
    stage.proxy.fail({
      when: ({ method }) => method === 'PATCH',
      times: 1,
      status: 429,
      headers: { 'retry-after': '1' },
      body: '{"errors":[{"code":"TOOMANYREQUESTS"}]}'
    })
    stage.proxy.fail({
      when: ({ method, path }) => method === 'PUT' && path.includes('/manifests/'),
      times: 2,
      status: 502
    })
    stage.proxy.fail({
      when: ({ method, path }) => method === 'HEAD' && path.includes('/blobs/'),
      times: 1,
      status: 500
    })
    const { outcome } = await stage.act()
    expect(outcome.verdict).toBe('ok')
    expect(await stage.digest(stage.open.host, 'latest')).toBe(outcome.outputs['digest'])
  }, 120_000)

  test('a push that breaks off half-way goes on, and never leaves a tag at half an image', async () => {
    stage.proxy.fail({ when: ({ method }) => method === 'PATCH', times: 2, breakAfter: 200_000 })
    const { outcome } = await stage.act()
    expect(outcome.verdict).toBe('ok')
    expect(await stage.digest(stage.open.host, 'latest')).toBe(outcome.outputs['digest'])
  }, 120_000)

  test('a push that cannot be finished leaves every tag; the next run uploads only what is missing', async () => {
    const first = await stage.act()
    await stage.change({ page: 'new page', extra: 'RUN head -c 300000 /dev/urandom > /noise' })
    stage.proxy.fail({
      when: ({ method, path }) => method === 'PUT' && path.includes('/manifests/sha256:'),
      status: 500
    })
    await expect(stage.act({ tag: '2026-01-03' })).rejects.toThrow(/still failing/)
    expect(await stage.digest(stage.open.host, 'latest')).toBe(first.outcome.outputs['digest'])
    expect(await stage.digest(stage.open.host, '2026-01-03')).toBeUndefined()
    stage.proxy.heal()
    const sent = stage.proxy.traffic.sent
    const second = await stage.act({ tag: '2026-01-03' })
    expect(second.outcome.verdict).toBe('ok')
    expect(stage.proxy.traffic.sent - sent).toBeLessThan(50_000)
    expect(second.outcome.figures['uploaded-bytes']).toBe(0)
  }, 180_000)

  test('a run that set the date tag and then lost latest is gone on with: nothing is sent again', async () => {
    stage.proxy.fail({
      when: ({ method, path }) => method === 'PUT' && path.endsWith('/manifests/latest'),
      status: 500
    })
    const first = await stage.act()
    expect(first.outcome).toMatchObject({ verdict: 'failed', findings: [{ id: 'desktop-not-published' }] })
    expect(first.outcome.failure).not.toContain('No tag was moved')
    const digest = await stage.digest(stage.open.host, '2026-01-02')
    expect(digest).toBe(first.outcome.outputs['digest'])
    expect(await stage.digest(stage.open.host, 'latest')).toBeUndefined()
    stage.proxy.heal()
    await stage.forgetEverything()
    // Without latest there is no cache: the same layers come from the engine only where their times are fixed.
    const second = await stage.act({
      'cache-from': `type=registry,ref=${stage.proxy.host}/neurodesk/${stage.image}:2026-01-02`
    })
    expect(second.outcome.verdict).toBe('ok')
    expect(second.said.join('\n')).toContain('is there from an earlier run with the same content')
    expect(second.outcome.figures['uploaded-bytes']).toBe(0)
    expect(await stage.digest(stage.open.host, 'latest')).toBe(digest)
  }, 180_000)

  test('a failing scan leaves every tag; a scanner that is not there passes nothing', async () => {
    const first = await stage.act({ scan: 'test\n-n\n{image}' })
    expect(first.outcome.verdict).toBe('ok')
    await stage.change({ page: 'other' })
    for (const scan of ['sh\n-c\necho CVE-2026-1 in {image}; exit 3', 'no-such-scanner\n{image}']) {
      const { outcome } = await stage.act({ tag: '2026-01-03', scan })
      expect(outcome).toMatchObject({ verdict: 'failed', outputs: { pushed: '[]' } })
      // One issue, whatever the day and the build: which image it was stands in the message.
      expect(outcome.findings[0]?.subject).not.toContain('@')
      expect(outcome.findings[0]?.message).toMatch(/sha256:[0-9a-f]{64}/)
    }
    expect(await stage.digest(stage.open.host, 'latest')).toBe(first.outcome.outputs['digest'])
  }, 180_000)

  test('a wrong password fails before the build; an optional registry only warns', async () => {
    const wrong = { MIRROR_USER: 'pusher', MIRROR_PASSWORD: 'wrong' }
    const { mirror } = stage
    const other = await openDesk({ env: { ...stage.docker.env, ...wrong } })
    await writeScene(other.workspace)
    const inputs = { image: stage.image, tag: '2026-01-02' }
    const refused = await other.act({ ...inputs, registries: `${stage.proxy.host}/neurodesk\n${mirror}` })
    expect(refused.outcome).toMatchObject({ verdict: 'failed' })
    expect(refused.outcome.failure).toContain('refuses the login')
    expect(refused.said.join('\n')).not.toContain('exporting layers')
    const warned = await other.act({
      ...inputs,
      registries: `${stage.proxy.host}/neurodesk\n${mirror} optional`
    })
    expect(warned.outcome).toMatchObject({ verdict: 'ok' })
    expect(warned.outcome.findings).toMatchObject([{ id: 'desktop-push-refused', severity: 'warning' }])
    expect(await stage.digest(stage.open.host, 'latest')).toBe(warned.outcome.outputs['digest'])
    await other[Symbol.asyncDispose]()
  }, 120_000)

  test('a required registry that fails while copying keeps all tags where they were', async () => {
    const first = await stage.act()
    await stage.change({ page: 'other' })
    const flaky = await startFaultProxy(stage.open.host)
    flaky.fail({ when: ({ method, path }) => method === 'PUT' && path.includes('/manifests/'), status: 500 })
    const registries = `${stage.proxy.host}/neurodesk\n${flaky.host}/mirror`
    const { outcome } = await stage.act({ registries, tag: '2026-01-03' })
    expect(outcome).toMatchObject({ verdict: 'failed' })
    expect(JSON.parse(outcome.outputs['pushed'] ?? '')).toMatchObject([
      { status: 'held', tags: [] },
      { status: 'failed' }
    ])
    expect(await stage.digest(stage.open.host, 'latest')).toBe(first.outcome.outputs['digest'])
    // With the mirror well again the same run goes on: nothing is uploaded twice.
    flaky.heal()
    const again = await stage.act({ registries, tag: '2026-01-03' })
    expect(again.outcome.verdict).toBe('ok')
    expect(await stage.digest(stage.open.host, '2026-01-03')).toBe(again.outcome.outputs['digest'])
    await flaky[Symbol.asyncDispose]()
  }, 180_000)
})
