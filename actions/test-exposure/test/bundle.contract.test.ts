/** The built bundle, run as the runner runs it, by root and by an ordinary user. */
import { chmod, chown, copyFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll, beforeAll, expect, test } from '@jest/globals'

import { readReport } from '../../../lib/report/index.ts'
import { actionFolder } from '../../../scripts/repository.ts'
import { runAction, type ActionRun } from '../../../testbed/runner/index.ts'
import { describeWithServices } from '../../../testbed/jest.ts'
import { buildImage, PLAIN, tools } from './images.ts'

const TIME = 180_000
const NOBODY = 65_534

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'exposure-bundle-'))
})

afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

async function run(inputs: Readonly<Record<string, string>>): Promise<ActionRun> {
  return await runAction({
    action: actionFolder('test-exposure'),
    inputs: { containers: PLAIN.id, 'image-path': folder, probe: 'none', ...inputs },
    env: { ...tools.env },
    workspace: folder
  })
}

test(
  'a dry run plans, and needs no runtime',
  async () => {
    const { exitCode, outputs, summary } = await run({
      'dry-run': 'true',
      runtimes: 'no-runtime',
      source: 'file\nstore',
      stores: 'nectar:neurodesk'
    })
    expect([exitCode, outputs['ok'], outputs['commands'], outputs['failed']]).toEqual([
      0,
      'false',
      '[]',
      '[]'
    ])
    expect(summary).toContain('Dry run: 2 cases and 0 smoke tests would be tested.')
  },
  TIME
)

test(
  'problems of the smoke file are told with its name, without a stack',
  async () => {
    await writeFile(path.join(folder, 'bad.yml'), '- command: a/b\n- {}\n')
    const { exitCode, annotations, raw } = await run({ 'smoke-file': 'bad.yml' })
    expect(exitCode).toBe(1)
    expect(annotations[0]?.message).toMatch(/smoke-file: given "bad.yml"; allowed: test 1: .*\n.*test 2: /)
    expect(raw).not.toMatch(/^\s+at /m)
  },
  TIME
)

describeWithServices(['apptainer', 'fixtures'], 'a real container', () => {
  test(
    'every output, the report, the summary, and nothing left behind',
    async () => {
      await buildImage(folder, PLAIN)
      await writeFile(
        path.join(folder, 'smoke.yml'),
        '- command: plaintool\n  args: [a b]\n  stdout: plain a b\n'
      )
      const { exitCode, outputs, summary, post } = await run({
        'smoke-file': 'smoke.yml',
        probe: 'start',
        'report-path': 'report.json',
        'junit-path': 'out/junit.xml'
      })
      expect([exitCode, outputs]).toEqual([
        0,
        {
          ok: 'true',
          'passed-count': expect.stringMatching(/^\d+$/),
          'failed-count': '0',
          'untested-count': '1',
          commands: `["${PLAIN.id}/plaintool"]`,
          failed: '[]',
          junit: path.join(folder, 'out/junit.xml'),
          report: path.join(folder, 'report.json')
        }
      ])
      expect(summary).toContain(`| \`${PLAIN.id}\` | ✅ | 1 | 1 | 1 |`)
      const { report } = readReport(await readFile(path.join(folder, 'report.json'), 'utf8')) as {
        report: { verdict: string }
      }
      expect(report.verdict).toBe('ok')
      expect(await readFile(path.join(folder, 'out/junit.xml'), 'utf8')).toContain(
        'name="plaintool: smoke-1"'
      )
      expect(post).toMatchObject({ exitCode: 0, annotations: [] })
    },
    TIME
  )

  const asRoot = process.getuid?.() === 0 ? test : test.skip
  asRoot(
    'by an ordinary user',
    async () => {
      await buildImage(folder, PLAIN)
      // A place that this user may enter and write: the bundle, the image and the runner's folder.
      const place = path.join(folder, 'ordinary')
      await mkdir(path.join(place, 'home'), { recursive: true })
      await mkdir(path.join(place, 'runner'))
      await cp(actionFolder('test-exposure'), path.join(place, 'action'), { recursive: true })
      await copyFile(path.join(folder, `${PLAIN.id}.simg`), path.join(place, `${PLAIN.id}.simg`))
      await copyFile(process.execPath, path.join(place, 'real-node'))
      const node = path.join(place, 'node')
      // Not sh: dash drops variables with a "-" in their name, and INPUT_IMAGE-PATH has one.
      await writeFile(
        node,
        `#!/bin/bash\nchown -R ${NOBODY}:${NOBODY} '${place}'\nexec setpriv --reuid=${NOBODY} --regid=${NOBODY} --clear-groups '${place}/real-node' "$@"\n`
      )
      await chmod(node, 0o755)
      await chmod(path.join(place, 'real-node'), 0o755)
      for (const open of [folder, place]) await chmod(open, 0o755)
      await chown(place, NOBODY, NOBODY)
      const { exitCode, outputs, log } = await runAction({
        action: path.join(place, 'action'),
        inputs: { containers: PLAIN.id, 'image-path': place, probe: 'start' },
        env: { ...tools.env, HOME: path.join(place, 'home'), USER: 'nobody' },
        folder: path.join(place, 'runner'),
        workspace: place,
        node
      })
      expect([exitCode, outputs['failed'], exitCode === 0 ? '' : log]).toEqual([0, '[]', ''])
      expect(outputs['commands']).toBe(`["${PLAIN.id}/plaintool"]`)
    },
    TIME
  )
})
