/**
 * The desktop of dockerfiles/neurodesktop: built on a base that debootstrap makes, started in every profile of its
 * smoke file, photographed. Needs Debian's archive.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { top } from '../../../scripts/repository.ts'
import { startDocker, type DockerService } from '../../../testbed/index.ts'
import { describeWithServices } from '../../../testbed/jest.ts'
import { realClock } from '../../../testbed/ports.ts'
import { decodePng, colourShare } from '../src/smoke/png.ts'
import { makeDebianBase } from './debian-base.ts'
import { openDesk, type Desk } from './desk.ts'

/** The same picture of the same image, of which only the session is gone: VNC and its page are there as ever. */
const BLANK = `FROM neurodesk-ci/neurodesktop:2026-01-02-linux-amd64
RUN printf '#!/bin/sh\\nexec sleep 600\\n' > /usr/bin/xfce4-session
`
const PICTURE_ONLY = `profiles:
  blank:
    ports: [8080]
    start-up: { port: 8080, within: 120s }
    checks:
      - websocket: { port: 8080, path: /websockify, protocol: binary, receives: 'RFB 003.008' }
`

describeWithServices(['docker', 'chromium'], 'the neurodesktop image', () => {
  let docker: DockerService
  let desk: Desk
  let folder = ''

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'neurodesk-ci-desktop-'))
    docker = await startDocker({ own: true })
    desk = await openDesk({ env: docker.env, clock: realClock })
    await cp(join(top, 'dockerfiles/neurodesktop'), desk.workspace, { recursive: true })
    await makeDebianBase('debian-base:bookworm', folder, docker.env)
  }, 20 * 60_000)

  afterAll(async () => {
    await desk[Symbol.asyncDispose]()
    await docker[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
  })

  test(
    'passes its smoke file, and its picture shows a desktop',
    async () => {
      const { outcome, left } = await desk.act({
        image: 'neurodesktop',
        tag: '2026-01-02',
        'build-args': 'BASE=debian-base:bookworm',
        'tag-build-arg': 'NEURODESKTOP_VERSION',
        'smoke-file': 'smoke.yaml'
      })
      expect(outcome.findings).toEqual([])
      expect(outcome).toMatchObject({
        verdict: 'ok',
        outputs: { 'failed-count': '0', 'untested-count': '0' }
      })
      const [picture] = JSON.parse(outcome.outputs['screenshots'] ?? '[]') as string[]
      const colours = colourShare(decodePng(await readFile(picture ?? '')))
      expect(colours.count).toBeGreaterThan(2000)
      expect(left.map((one) => one.kind).filter((kind) => kind !== 'folder')).toEqual(['image'])
    },
    30 * 60_000
  )

  test(
    'a desktop without its session passes the page and the VNC server, and fails the picture',
    async () => {
      const text = await readFile(join(desk.workspace, 'smoke.yaml'), 'utf8')
      const check = /^ {6}- screenshot:\n(?: {10}.*\n)+/m.exec(text)?.[0] ?? ''
      expect(check).toContain('noVNC_connected')
      await writeFile(
        join(desk.workspace, 'blank.yaml'),
        PICTURE_ONLY + check.replace(/within: .*/, 'within: 90s')
      )
      await writeFile(join(desk.workspace, 'Dockerfile.blank'), BLANK)
      const { outcome } = await desk.act({
        image: 'blank',
        tag: '2026-01-02',
        dockerfile: 'Dockerfile.blank',
        'smoke-file': 'blank.yaml'
      })
      expect(outcome.findings).toMatchObject([
        {
          subject: 'blank: screenshot 8080/',
          // A busy machine may not get as far as to connect; what is seen is blank either way.
          message: expect.stringMatching(
            /^(?:the page looks blank|\S.* did not become true) \(\d{1,3} colours/
          )
        }
      ])
      // Who looks at the failure sees what the browser saw.
      expect(JSON.parse(outcome.outputs['screenshots'] ?? '[]')).toHaveLength(1)
    },
    10 * 60_000
  )
})
