/** The action on a real engine and two real registries. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createHttp } from '../../../lib/http/index.ts'
import {
  at,
  createRegistry,
  given,
  parsePlatform,
  parseRepository,
  type Registry
} from '../../../lib/registry/index.ts'
import { createExec } from '../../../lib/shell/index.ts'
import {
  emulateArm64,
  startDocker,
  startRegistry,
  type DockerService,
  type RegistryService
} from '../../../testbed/index.ts'
import { describeWithServices } from '../../../testbed/jest.ts'
import { hurriedClock, openDesk, type Act, type Desk } from './desk.ts'
import { startFaultProxy, type FaultProxy } from './fault-proxy.ts'
import { writeScene, type Parts } from './scene.ts'

const login = { username: 'pusher', password: 'correct-horse' }
const env = { MIRROR_USER: login.username, MIRROR_PASSWORD: login.password }

describeWithServices(['docker', 'registry'], 'build-desktop on a real engine', () => {
  let docker: DockerService
  let open: RegistryService
  let closed: RegistryService
  let proxy: FaultProxy
  let desk: Desk
  let registry: Registry
  let number = 0
  let image = ''

  beforeAll(async () => {
    ;[docker, open, closed] = await Promise.all([
      startDocker({ own: true }),
      startRegistry(),
      startRegistry({ auth: login })
    ])
    proxy = await startFaultProxy(open.host)
    registry = createRegistry({
      http: createHttp({ userAgent: 'test' }),
      clock: hurriedClock,
      log: quiet,
      credentials: given({ [closed.host]: login })
    })
  }, 120_000)

  afterAll(async () => {
    await proxy[Symbol.asyncDispose]()
    await Promise.all([docker, open, closed].map(async (one) => await one[Symbol.asyncDispose]()))
  })

  beforeEach(async () => {
    proxy.heal()
    image = `desk-${++number}`
    desk = await openDesk({ env: { ...docker.env, ...env } })
    await writeScene(desk.workspace)
  })

  afterEach(async () => await desk[Symbol.asyncDispose]())

  const act = async (
    inputs: Readonly<Record<string, string>> = {},
    more: Parameters<Desk['act']>[1] = {}
  ): Promise<Act> =>
    await desk.act({ image, registries: `${proxy.host}/neurodesk`, tag: '2026-01-02', ...inputs }, more)
  const change = async (parts: Parts): Promise<void> => await writeScene(desk.workspace, parts)
  const digest = async (host: string, tag: string): Promise<string | undefined> =>
    (await registry.resolve(at(parseRepository(`${host}/neurodesk/${image}`), tag)))?.digest
  const exec = createExec({ env: process.env })
  const forgetEverything = async (): Promise<void> => {
    await exec.run('docker', ['system', 'prune', '--all', '--force'], { env: docker.env })
    await exec.run('docker', ['builder', 'prune', '--all', '--force'], { env: docker.env })
  }
  const pushesAt = (): number => proxy.requests.filter((line) => /^(PUT|PATCH) /.test(line)).length

  test('builds, tests and publishes; a fresh runner finds nothing changed and pushes nothing', async () => {
    // In a clone the time of the commit goes into the build, which must not keep it from being found again.
    const git = async (...args: string[]): Promise<unknown> =>
      await exec.run('git', args, { cwd: desk.workspace })
    await git('init', '--quiet')
    await git(
      '-c',
      'user.name=a',
      '-c',
      'user.email=a@b',
      'commit',
      '--quiet',
      '--allow-empty',
      '--message',
      'x'
    )
    const first = await act({ 'smoke-file': 'smoke.yaml' })
    expect(first.said.join('\n')).toMatch(/SOURCE_DATE_EPOCH=\d{10}/)
    expect(first.outcome).toMatchObject({ verdict: 'ok', outputs: { changed: 'true', tag: '2026-01-02' } })
    expect(first.outcome.outputs['passed-count']).toBe('5')
    expect(await digest(open.host, '2026-01-02')).toBe(first.outcome.outputs['digest'])
    expect(await digest(open.host, 'latest')).toBe(first.outcome.outputs['digest'])
    expect(first.left.filter((one) => one.kind !== 'folder')).toEqual([])

    await forgetEverything()
    const before = pushesAt()
    const second = await act({ 'smoke-file': 'smoke.yaml', tag: '2026-01-03' })
    expect(second.outcome).toMatchObject({ verdict: 'ok', outputs: { changed: 'false' } })
    expect(second.outcome.outputs['reason']).toContain('unchanged')
    expect(second.outcome.outputs['digest']).toBe(first.outcome.outputs['digest'])
    expect(pushesAt()).toBe(before)
    expect(await digest(open.host, '2026-01-03')).toBeUndefined()
  }, 180_000)

  test('the date that is baked in is no change', async () => {
    await act({ 'tag-build-arg': 'NEURODESKTOP_VERSION' })
    await forgetEverything()
    const second = await act({ 'tag-build-arg': 'NEURODESKTOP_VERSION', tag: '2026-01-03' })
    expect(second.outcome.outputs).toMatchObject({ changed: 'false', tag: '2026-01-03' })
    const all = await act({
      'tag-build-arg': 'NEURODESKTOP_VERSION',
      tag: '2026-01-03',
      'ignore-config': 'NOTHING_OF_THE_KIND'
    })
    expect(all.outcome.outputs['reason']).toContain(
      'configuration: Env.NEURODESKTOP_VERSION, Labels.org.opencontainers.image.version'
    )
  }, 180_000)

  test.each([
    ['a layer', { page: '<h1>Desktop 2</h1>\n' }, /content: layer 4;.*size [+-]/],
    ['an environment variable', { env: 'good-day' }, /^configuration: Env\.GREETING; size \+0 B$/],
    ['a label', { label: 'other' }, /^configuration: Labels\.kind; size \+0 B$/]
  ])(
    '%s that changed is named',
    async (_, parts, reason) => {
      await act()
      await change(parts)
      const second = await act({ tag: '2026-01-03' })
      expect(second.outcome.outputs['changed']).toBe('true')
      expect(second.outcome.outputs['reason']).toMatch(reason)
      expect(await digest(open.host, 'latest')).toBe(second.outcome.outputs['digest'])
      expect(await digest(open.host, '2026-01-02')).not.toBe(second.outcome.outputs['digest'])
    },
    180_000
  )

  test('a rebuild with the same files and other times is told apart', async () => {
    await act()
    const second = await act({ tag: '2026-01-03', 'no-cache': 'true' })
    expect(second.outcome.outputs['changed']).toBe('true')
    expect(second.outcome.outputs['reason']).toMatch(
      /^times: \d layers? with the same files, but other times$/
    )
  }, 180_000)

  test('a registry that does not answer is unknown, never changed, and costs no build', async () => {
    await act()
    const latest = await digest(open.host, 'latest')
    await change({ page: 'other' })
    proxy.fail({ when: () => true, status: 503 })
    const second = await act({ tag: '2026-01-03' })
    expect(second.outcome).toMatchObject({ verdict: 'unknown', outputs: { changed: 'unknown' } })
    expect(second.outcome.failure).toContain('No tag was moved')
    expect(second.said.join('\n')).not.toContain('exporting layers')
    proxy.heal()
    proxy.fail({ when: ({ path }) => path.includes('/manifests/'), status: 503 })
    const third = await act({ tag: '2026-01-03' })
    expect(third.outcome).toMatchObject({ verdict: 'unknown', outputs: { changed: 'unknown' } })
    expect(await digest(open.host, 'latest')).toBe(latest)
  }, 180_000)

  test('a registry that is gone', async () => {
    const outcome = (await act({ registries: '127.0.0.1:9/neurodesk' })).outcome
    expect(outcome).toMatchObject({ verdict: 'unknown', outputs: { changed: 'unknown', pushed: '[]' } })
  }, 60_000)

  test('429 with Retry-After and 5xx in passing are waited for', async () => {
    proxy.fail({
      when: ({ method }) => method === 'PATCH',
      times: 1,
      status: 429,
      headers: { 'retry-after': '1' },
      body: '{"errors":[{"code":"TOOMANYREQUESTS"}]}'
    })
    proxy.fail({
      when: ({ method, path }) => method === 'PUT' && path.includes('/manifests/'),
      times: 2,
      status: 502
    })
    proxy.fail({
      when: ({ method, path }) => method === 'HEAD' && path.includes('/blobs/'),
      times: 1,
      status: 500
    })
    const { outcome } = await act()
    expect(outcome.verdict).toBe('ok')
    expect(await digest(open.host, 'latest')).toBe(outcome.outputs['digest'])
  }, 120_000)

  test('a push that breaks off half-way goes on, and never leaves a tag at half an image', async () => {
    proxy.fail({ when: ({ method }) => method === 'PATCH', times: 2, breakAfter: 200_000 })
    const { outcome } = await act()
    expect(outcome.verdict).toBe('ok')
    expect(await digest(open.host, 'latest')).toBe(outcome.outputs['digest'])
  }, 120_000)

  test('a push that cannot be finished leaves every tag; the next run uploads only what is missing', async () => {
    const first = await act()
    await change({ page: 'new page', extra: 'RUN head -c 300000 /dev/urandom > /noise' })
    proxy.fail({
      when: ({ method, path }) => method === 'PUT' && path.includes('/manifests/sha256:'),
      status: 500
    })
    await expect(act({ tag: '2026-01-03' })).rejects.toThrow(/still failing/)
    expect(await digest(open.host, 'latest')).toBe(first.outcome.outputs['digest'])
    expect(await digest(open.host, '2026-01-03')).toBeUndefined()
    proxy.heal()
    const sent = proxy.traffic.sent
    const second = await act({ tag: '2026-01-03' })
    expect(second.outcome.verdict).toBe('ok')
    expect(proxy.traffic.sent - sent).toBeLessThan(50_000)
    expect(second.outcome.figures['uploaded-bytes']).toBe(0)
  }, 180_000)

  test('a failing smoke test leaves every tag and tells why', async () => {
    const first = await act()
    await change({ page: 'Grey rectangle' })
    const second = await act({ tag: '2026-01-03', 'smoke-file': 'smoke.yaml' })
    expect(second.outcome).toMatchObject({
      verdict: 'failed',
      outputs: { pushed: '[]', 'failed-count': '1' }
    })
    expect(second.outcome.failure).toContain('linux: http 8080/')
    expect(second.outcome.summary).toContain('log of the container')
    expect(await digest(open.host, 'latest')).toBe(first.outcome.outputs['digest'])
    expect(await digest(open.host, '2026-01-03')).toBeUndefined()
  }, 180_000)

  test('a failing scan leaves every tag; a scanner that is not there passes nothing', async () => {
    const first = await act({ scan: 'test\n-n\n{image}' })
    expect(first.outcome.verdict).toBe('ok')
    await change({ page: 'other' })
    for (const scan of ['sh\n-c\necho CVE-2026-1 in {image}; exit 3', 'no-such-scanner\n{image}']) {
      const { outcome } = await act({ tag: '2026-01-03', scan })
      expect(outcome).toMatchObject({ verdict: 'failed', outputs: { pushed: '[]' } })
      expect(outcome.findings[0]?.subject).toMatch(/@sha256:[0-9a-f]{64}$/)
    }
    expect(await digest(open.host, 'latest')).toBe(first.outcome.outputs['digest'])
  }, 180_000)

  test('two registries, one with a password: copied by digest, mirrors that lag are brought up to date', async () => {
    const mirror = `${closed.host}/neurodesk username-env=MIRROR_USER password-env=MIRROR_PASSWORD`
    const first = await act({ registries: `${proxy.host}/neurodesk\n${mirror}` })
    expect(first.outcome.verdict).toBe('ok')
    expect(await digest(closed.host, 'latest')).toBe(first.outcome.outputs['digest'])
    expect(await digest(closed.host, '2026-01-02')).toBe(first.outcome.outputs['digest'])

    await change({ page: 'only in the first' })
    const second = await act({ tag: '2026-01-03' })
    expect(await digest(closed.host, 'latest')).toBe(first.outcome.outputs['digest'])
    const third = await act({ registries: `${proxy.host}/neurodesk\n${mirror}`, tag: '2026-01-04' })
    expect(third.outcome.outputs).toMatchObject({ changed: 'false' })
    expect(await digest(closed.host, 'latest')).toBe(second.outcome.outputs['digest'])
    expect(third.said.join('\n')).not.toContain(login.password)
    // Who is not logged in cannot pull from it: told, and no failure.
    expect(third.outcome.findings.map((one) => one.id)).toEqual(['desktop-not-public'])
  }, 180_000)

  test('a wrong password fails before the build; an optional registry only warns', async () => {
    const wrong = { MIRROR_USER: 'pusher', MIRROR_PASSWORD: 'wrong' }
    const mirror = `${closed.host}/neurodesk username-env=MIRROR_USER password-env=MIRROR_PASSWORD`
    const other = await openDesk({ env: { ...docker.env, ...wrong } })
    await writeScene(other.workspace)
    const inputs = { image, tag: '2026-01-02' }
    const refused = await other.act({ ...inputs, registries: `${proxy.host}/neurodesk\n${mirror}` })
    expect(refused.outcome).toMatchObject({ verdict: 'failed' })
    expect(refused.outcome.failure).toContain('refuses the login')
    expect(refused.said.join('\n')).not.toContain('exporting layers')
    const warned = await other.act({ ...inputs, registries: `${proxy.host}/neurodesk\n${mirror} optional` })
    expect(warned.outcome).toMatchObject({ verdict: 'ok' })
    expect(warned.outcome.findings).toMatchObject([{ id: 'desktop-push-refused', severity: 'warning' }])
    expect(await digest(open.host, 'latest')).toBe(warned.outcome.outputs['digest'])
    await other[Symbol.asyncDispose]()
  }, 120_000)

  test('a required registry that fails while copying keeps all tags where they were', async () => {
    const first = await act()
    await change({ page: 'other' })
    const flaky = await startFaultProxy(open.host)
    flaky.fail({ when: ({ method, path }) => method === 'PUT' && path.includes('/manifests/'), status: 500 })
    const registries = `${proxy.host}/neurodesk\n${flaky.host}/mirror`
    const { outcome } = await act({ registries, tag: '2026-01-03' })
    expect(outcome).toMatchObject({ verdict: 'failed' })
    expect(JSON.parse(outcome.outputs['pushed'] ?? '')).toMatchObject([
      { status: 'held', tags: [] },
      { status: 'failed' }
    ])
    expect(await digest(open.host, 'latest')).toBe(first.outcome.outputs['digest'])
    // With the mirror well again the same run goes on: nothing is uploaded twice.
    flaky.heal()
    const again = await act({ registries, tag: '2026-01-03' })
    expect(again.outcome.verdict).toBe('ok')
    expect(await digest(open.host, '2026-01-03')).toBe(again.outcome.outputs['digest'])
    await flaky[Symbol.asyncDispose]()
  }, 180_000)

  test('on a fork without credentials the image is built and tested, and stays here', async () => {
    const fork = await openDesk({ env: { ...docker.env, MIRROR_USER: '', MIRROR_PASSWORD: '' } })
    await writeScene(fork.workspace)
    const registries = `docker.io/\n${closed.host}/neurodesk username-env=MIRROR_USER password-env=MIRROR_PASSWORD`
    const { outcome, said } = await fork.act({
      image,
      registries,
      tag: '2026-01-02',
      'smoke-file': 'smoke.yaml'
    })
    expect(outcome).toMatchObject({
      verdict: 'ok',
      outputs: { pushed: '[]', digest: '', 'passed-count': '5' }
    })
    expect(said.join('\n')).toContain('docker.io/ has no namespace here')
    expect(outcome.findings.map((one) => one.id)).toContain('desktop-not-logged-in')
    await fork[Symbol.asyncDispose]()
  }, 120_000)

  test('skip-if-tagged: nothing to do, or only a copy', async () => {
    const first = await act()
    const requests = proxy.requests.length
    const second = await act({ 'skip-if-tagged': 'true' })
    expect(second.outcome).toMatchObject({ verdict: 'ok', outputs: { changed: 'false' } })
    expect(second.outcome.headline).toContain('at every registry already')
    expect(proxy.requests.slice(requests).filter((line) => line.startsWith('PUT'))).toEqual([])
    const mirror = `${closed.host}/neurodesk username-env=MIRROR_USER password-env=MIRROR_PASSWORD`
    const third = await act({ 'skip-if-tagged': 'true', registries: `${proxy.host}/neurodesk\n${mirror}` })
    expect(third.outcome.verdict).toBe('ok')
    expect(third.said.join('\n')).not.toContain('exporting layers')
    expect(await digest(closed.host, '2026-01-02')).toBe(first.outcome.outputs['digest'])
    expect(await digest(closed.host, 'latest')).toBe(first.outcome.outputs['digest'])
  }, 120_000)

  test("other content under the tag: today's may be moved by hand, by a schedule only by force", async () => {
    const today = new Date().toISOString().slice(0, 10)
    const first = await act({ tag: today })
    await change({ page: 'other' })
    const scheduled = await act({ tag: today })
    expect(scheduled.outcome).toMatchObject({ verdict: 'failed' })
    expect(scheduled.outcome.findings).toMatchObject([{ id: 'desktop-tag-taken' }])
    expect(await digest(open.host, 'latest')).toBe(first.outcome.outputs['digest'])
    const byHand = await act({ tag: today }, { eventName: 'workflow_dispatch' })
    expect(byHand.outcome.findings).toMatchObject([{ id: 'desktop-tag-moved', severity: 'warning' }])
    expect(await digest(open.host, today)).toBe(byHand.outcome.outputs['digest'])
    await change({ page: 'a third' })
    const old = await act({ tag: '2026-01-02' })
    expect(old.outcome.verdict).toBe('ok')
    await change({ page: 'a fourth' })
    expect((await act({ tag: '2026-01-02' }, { eventName: 'workflow_dispatch' })).outcome.verdict).toBe(
      'failed'
    )
    expect((await act({ tag: '2026-01-02', 'force-push': 'true' })).outcome.verdict).toBe('ok')
  }, 180_000)

  test('a dry run changes nothing outside', async () => {
    const before = proxy.requests.length
    const { outcome } = await act({ 'dry-run': 'true', 'smoke-file': 'smoke.yaml' })
    expect(outcome).toMatchObject({ verdict: 'ok', outputs: { changed: 'true', 'passed-count': '5' } })
    expect(JSON.parse(outcome.outputs['pushed'] ?? '')).toMatchObject([{ status: 'would-publish' }])
    expect(proxy.requests.slice(before).filter((line) => !/^(GET|HEAD) /.test(line))).toEqual([])
  }, 120_000)

  test('software list and provenance lie beside the image, and tell the packages next time', async () => {
    const status = (version: string): string =>
      `RUN mkdir -p /var/lib/dpkg && printf 'Package: curl\\nStatus: install ok installed\\nArchitecture: amd64\\nVersion: ${version}\\n\\n' > /var/lib/dpkg/status`
    await change({ extra: status('7.88') })
    const first = await act({ sbom: 'true', provenance: 'true' })
    expect(first.outcome.verdict).toBe('ok')
    const repository = parseRepository(`${open.host}/neurodesk/${image}`)
    const top = await registry.manifest(at(repository, 'latest'))
    expect(top?.manifest.kind).toBe('index')
    const inspected = await exec.run(
      'docker',
      ['buildx', 'imagetools', 'inspect', `${open.host}/neurodesk/${image}:latest`],
      { env: docker.env }
    )
    expect(inspected.stdout).toContain('attestation-manifest')
    await exec.run('docker', ['pull', '--quiet', `${open.host}/neurodesk/${image}:latest`], {
      env: docker.env
    })
    await change({ extra: status('8.5') })
    const second = await act({ sbom: 'true', tag: '2026-01-03' })
    expect(second.outcome.outputs['reason']).toContain('packages: 1 updated')
    expect(second.outcome.summary).toContain('curl 7.88 -> 8.5')
  }, 180_000)

  test('two platforms, built in two jobs, tested and merged; a missing one is a failure', async () => {
    // Without RUN lines an image for another processor can be built anywhere; running it is another test's matter.
    await writeScene(desk.workspace, { isPlain: true })
    for (const platform of ['linux/amd64', 'linux/arm64']) {
      const built = await act({ mode: 'build', platforms: platform, digests: 'digests' })
      expect(built.outcome).toMatchObject({ verdict: 'ok', outputs: { changed: 'true', pushed: '[]' } })
      const file = join(desk.workspace, 'digests', `${platform.replace('/', '-')}.json`)
      expect(built.outcome.outputs['digest-file']).toBe(file)
    }
    expect(await digest(open.host, 'latest')).toBeUndefined()
    const tested = await act({ mode: 'test', digests: 'digests', 'smoke-file': 'plain.yaml' })
    expect(tested.outcome).toMatchObject({ verdict: 'ok', outputs: { 'passed-count': '2' } })
    await expect(
      act({ mode: 'merge', digests: 'digests', platforms: 'linux/amd64\nlinux/arm64\nlinux/s390x' })
    ).rejects.toThrow(/no digest for linux\/s390x/)
    expect(await digest(open.host, 'latest')).toBeUndefined()

    const platforms = 'linux/amd64\nlinux/arm64'
    const merged = await act({ mode: 'merge', digests: 'digests', platforms, scan: 'test\n-n\n{image}' })
    expect(merged.outcome).toMatchObject({ verdict: 'ok', outputs: { changed: 'true' } })
    const repository = parseRepository(`${open.host}/neurodesk/${image}`)
    for (const platform of platforms.split('\n')) {
      expect(await registry.image(at(repository, 'latest'), parsePlatform(platform))).toBeDefined()
    }
    expect(await digest(open.host, '2026-01-02')).toBe(await digest(open.host, 'latest'))

    // The next day, on fresh machines: nothing changed on any platform.
    await forgetEverything()
    await rm(join(desk.workspace, 'digests'), { recursive: true })
    const before = pushesAt()
    for (const platform of platforms.split('\n')) {
      const built = await act({ mode: 'build', platforms: platform, digests: 'digests', tag: '2026-01-03' })
      expect(built.outcome.outputs['changed']).toBe('false')
    }
    const again = await act({ mode: 'merge', digests: 'digests', platforms, tag: '2026-01-03' })
    expect(again.outcome).toMatchObject({ verdict: 'ok', outputs: { changed: 'false' } })
    expect(pushesAt()).toBe(before)
  }, 240_000)

  test('two platforms that are tagged already: the builds are skipped, the merge copies to a mirror', async () => {
    await writeScene(desk.workspace, { isPlain: true })
    const platforms = 'linux/amd64\nlinux/arm64'
    const run = async (registries: string): Promise<Act> => {
      for (const platform of platforms.split('\n')) {
        await act({
          mode: 'build',
          platforms: platform,
          digests: 'digests',
          'skip-if-tagged': 'true',
          registries
        })
      }
      return await act({ mode: 'merge', platforms, digests: 'digests', 'skip-if-tagged': 'true', registries })
    }
    const first = await run(`${proxy.host}/neurodesk`)
    expect(first.outcome.outputs['changed']).toBe('true')
    const mirror = `${closed.host}/neurodesk username-env=MIRROR_USER password-env=MIRROR_PASSWORD`
    const second = await run(`${proxy.host}/neurodesk\n${mirror}`)
    expect(second.outcome.headline).toContain('is copied from there')
    expect(await digest(closed.host, '2026-01-02')).toBe(await digest(open.host, '2026-01-02'))
    expect(await digest(closed.host, 'latest')).toBe(await digest(open.host, 'latest'))
    const third = await run(`${proxy.host}/neurodesk\n${mirror}`)
    expect(third.outcome.headline).toContain('at every registry already')
  }, 180_000)

  test('every kind of check, passing and failing', async () => {
    const junit = (body: string): string => `printf '<testsuite>${body}</testsuite>' > /tmp/r.xml`
    const both = (good: readonly string[], bad: readonly string[]): string => `profiles:
  good:
    ports: [8080]
    start-up: {port: 8080}
    most-memory: 500MB
    checks:\n${good.map((line) => `      - ${line}\n`).join('')}
  bad:
    ports: [8080]
    start-up: {port: 8080}
    checks:\n${bad.map((line) => `      - ${line}\n`).join('')}
`
    const bad = [
      'http: {port: 8080, status: 404, within: 1s}',
      'http: {port: 8080, matches: "^Nothing", within: 1s}',
      'websocket: {port: 8080, path: /, within: 1s}',
      'command: {run: [sh, -c, "exit 3"]}',
      'command: {run: [no-such-program]}',
      'command: {run: [echo, a], contains: b}',
      'command: {run: [sleep, "60"], within: 1s}',
      `command: {run: [sh, -c, ${JSON.stringify(junit('<testcase name="a"><failure/></testcase>'))}], junit: /tmp/r.xml}`,
      `command: {run: [sh, -c, ${JSON.stringify(junit(''))}], junit: /tmp/r.xml}`,
      'command: {run: ["true"], junit: /tmp/none.xml}',
      'process: {name: Xvnc, within: 1s}',
      'process: {name: busybox, user: "1000", within: 1s}',
      'file: {path: /none}',
      'file: {path: /www/index.html, type: directory}',
      'file: {path: /www/index.html, mode: "0755"}',
      'file: {path: /www/index.html, owner: "7"}',
      'file: {path: /www/index.html, absent: true}',
      'log: {contains: something, within: 1s}',
      'healthy: {within: 1s}'
    ]
    const good = [
      'http: {port: 8080, matches: "Desk[t]op"}',
      'http: {port: 8080, path: /none, status: 404}',
      'command: {run: [sh, -c, "exit 3"], exit: 3}',
      'command: {run: [sh, -c, "echo $WHO; echo more >&2"], env: {WHO: me}, matches: "^me$"}',
      `command: {run: [sh, -c, ${JSON.stringify(junit('<testcase name="a"/>'))}], junit: /tmp/r.xml}`,
      'process: {name: busybox, user: root}',
      'file: {path: /www/index.html, type: file, mode: "0644", owner: root}',
      'file: {path: /none, absent: true}',
      'log: {never: panic}'
    ]
    await writeFile(join(desk.workspace, 'smoke.yaml'), both(good, bad))
    const { outcome } = await act({ 'smoke-file': 'smoke.yaml' })
    const failed = outcome.findings.filter((one) => one.id === 'desktop-smoke-failed')
    // One finding for each bad check and one for the failed test of the JUnit report; none of the good ones.
    expect(failed.map((one) => one.subject).filter((subject) => subject.startsWith('good'))).toEqual([])
    expect(failed).toHaveLength(bad.length + 1)
    // start-up of both, memory, the good checks, the passed test of the JUnit report
    expect(outcome.outputs['passed-count']).toBe(String(2 + 1 + good.length + 1))
    expect(outcome.outputs['pushed']).toBe('[]')
  }, 180_000)

  test('a container that ends by itself is a failure with its log', async () => {
    await change({ extra: 'ENTRYPOINT ["/bin/sh", "-c", "echo no licence; exit 3"]' })
    const { outcome } = await act({ 'smoke-file': 'smoke.yaml', profile: 'linux' })
    expect(outcome.findings).toMatchObject([
      { message: 'the container ended with exit code 3 before it answered' }
    ])
    expect(outcome.summary).toContain('no licence')
  }, 60_000)

  test('a machine that lacks what every profile needs has tested nothing, which is no success', async () => {
    const smoke = `profiles:\n  gpu:\n    devices: [/dev/no-such-device]\n    checks:\n      - healthy: {}\n`
    await writeFile(join(desk.workspace, 'smoke.yaml'), smoke)
    const { outcome } = await act({ 'smoke-file': 'smoke.yaml' })
    expect(outcome).toMatchObject({ verdict: 'failed', outputs: { 'untested-count': '1', pushed: '[]' } })
    expect(outcome.failure).toContain('not one check could be tried here')
  }, 60_000)

  test('an artifact cannot send a merge to a repository that nobody named', async () => {
    await writeScene(desk.workspace, { isPlain: true })
    await act({ mode: 'build', digests: 'digests' })
    const file = join(desk.workspace, 'digests', 'linux-amd64.json')
    const forged = (await readFile(file, 'utf8')).replace(`neurodesk/${image}`, 'elsewhere/image')
    await writeFile(file, forged)
    await expect(act({ mode: 'merge', digests: 'digests' })).rejects.toThrow(/not among the registries/)
  }, 120_000)
})

describeWithServices(['docker', 'registry', 'qemu'], 'build-desktop for another processor', () => {
  test('an arm64 image is built with RUN lines, started and checked under emulation', async () => {
    const emulation = await emulateArm64()
    await using docker = await startDocker({ own: true })
    await using registry = await startRegistry()
    await using desk = await openDesk({ env: docker.env })
    await writeScene(desk.workspace, { processor: 'arm64' })
    const { outcome } = await desk.act({
      image: 'desk',
      registries: `${registry.host}/neurodesk`,
      platforms: 'linux/arm64',
      'smoke-file': 'smoke.yaml'
    })
    await emulation[Symbol.asyncDispose]()
    expect(outcome).toMatchObject({ verdict: 'ok', outputs: { changed: 'true', 'failed-count': '0' } })
  }, 240_000)
})

const quiet = {
  debug: () => undefined,
  info: () => undefined,
  notice: () => undefined,
  warning: () => undefined,
  error: () => undefined,
  mask: () => undefined,
  group: async <T>(_title: string, body: () => Promise<T>): Promise<T> => await body(),
  progress: () => ({ add: () => undefined, end: () => undefined })
}
