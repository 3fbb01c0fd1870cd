/** Every kind of check on a real container, passing and failing. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describeWithServices } from '../../../testbed/jest.ts'
import { openStage, type Stage } from './stage.ts'

describeWithServices(['docker', 'registry'], 'build-desktop and the ways to start an image', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage()
  }, 120_000)
  afterAll(async () => await stage[Symbol.asyncDispose]())
  beforeEach(async () => await stage.reset())

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
    await writeFile(join(stage.desk.workspace, 'smoke.yaml'), both(good, bad))
    const { outcome } = await stage.act({ 'smoke-file': 'smoke.yaml' })
    const failed = outcome.findings.filter((one) => one.id === 'desktop-smoke-failed')
    // One finding for each bad check and one for the failed test of the JUnit report; none of the good ones.
    expect(failed.map((one) => one.subject).filter((subject) => subject.startsWith('good'))).toEqual([])
    expect(failed).toHaveLength(bad.length + 1)
    // start-up of both, memory, the good checks, the passed test of the JUnit report
    expect(outcome.outputs['passed-count']).toBe(String(2 + 1 + good.length + 1))
    expect(outcome.outputs['pushed']).toBe('[]')
  }, 180_000)

  test('files, variables and a home of the profile, for a user that the image does not know, without privileges', async () => {
    const smoke = `profiles:
  hpc:
    user: '5000:5000'
    drop-capabilities: [ALL]
    env: { GREETING: "good\\nday", HOME: /home/sciget }
    tmpfs: ['/home/sciget:exec,mode=1777']
    files:
      /etc/passwd: |
        root:x:0:0:root:/root:/bin/sh
        sciget:x:5000:5000::/home/sciget:/bin/sh
    checks:
      - command: { run: [id, -un], contains: sciget }
      - command: { run: [touch, /home/sciget/mine] }
      - command: { run: [sh, -c, 'echo "$GREETING" at $HOME'], matches: '^good\\nday at /home/sciget$' }
      - command: { run: [sh, -c, 'echo x >> /etc/passwd'], exit: 1 }
      - file: { path: /etc/passwd, mode: '0644' }
`
    await writeFile(join(stage.desk.workspace, 'smoke.yaml'), smoke)
    const { outcome, left } = await stage.act({ 'smoke-file': 'smoke.yaml' })
    expect(outcome).toMatchObject({ verdict: 'ok', outputs: { 'passed-count': '5', 'failed-count': '0' } })
    expect(left.map((one) => one.kind).filter((kind) => kind !== 'folder')).toEqual(['image'])
  }, 60_000)

  test('a container that ends by itself is a failure with its log', async () => {
    await stage.change({ extra: 'ENTRYPOINT ["/bin/sh", "-c", "echo no licence; exit 3"]' })
    const { outcome } = await stage.act({ 'smoke-file': 'smoke.yaml', profile: 'linux' })
    expect(outcome.findings).toMatchObject([
      { message: 'the container ended with exit code 3 before it answered' }
    ])
    expect(outcome.summary).toContain('no licence')
  }, 60_000)

  test('what a person needs who looks at a failure: health, and that memory ran out', async () => {
    await stage.change({
      extra: 'HEALTHCHECK --interval=1s --retries=1 CMD ["/bin/sh", "-c", "echo no display; exit 1"]'
    })
    const smoke = `profiles:
  ill:
    ports: [8080]
    start-up: {port: 8080}
    checks:
      - healthy: {within: 5s}
  greedy:
    memory-limit: 32MB
    arguments: [sh, -c, 'sleep 1; exec tail /dev/zero']
    checks:
      - log: {contains: never said, within: 20s}
`
    await writeFile(join(stage.desk.workspace, 'smoke.yaml'), smoke)
    const { outcome } = await stage.act({ 'smoke-file': 'smoke.yaml' })
    expect(outcome.findings.map((one) => one.subject)).toEqual([
      'ill: health check',
      'greedy: log contains never said',
      'greedy: still running'
    ])
    expect(outcome.summary).toMatch(/health: unhealthy: no display/)
    expect(outcome.summary).toContain('exit code 137; killed for want of memory')
  }, 120_000)

  test('a machine that lacks what every profile needs has tested nothing, which is no success', async () => {
    const smoke = `profiles:\n  gpu:\n    devices: [/dev/no-such-device]\n    checks:\n      - healthy: {}\n`
    await writeFile(join(stage.desk.workspace, 'smoke.yaml'), smoke)
    const { outcome } = await stage.act({ 'smoke-file': 'smoke.yaml' })
    expect(outcome).toMatchObject({ verdict: 'failed', outputs: { 'untested-count': '1', pushed: '[]' } })
    expect(outcome.failure).toContain('not one check could be tried here')
  }, 60_000)
})
