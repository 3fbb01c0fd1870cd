/** The action on real containers: what is good passes, what is not is told by its own finding. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'

import { startSlurm } from '../../../testbed/index.ts'
import { describeWithServices } from '../../../testbed/jest.ts'
import { TEXTS, UNDERSCORE } from './faults.ts'
import { buildImage, GOOD, tools } from './images.ts'
import { writeInstaller } from './installer.ts'
import { idsOf, runHere } from './ports.ts'

const TIME = 240_000

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'exposure-'))
})

afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

describeWithServices(['apptainer', 'fixtures', 'lmod', 'xvfb'], 'exposed by the built-in installer', () => {
  test(
    'a good container passes every test',
    async () => {
      await buildImage(folder, GOOD)
      await writeFile(
        path.join(folder, 'smoke.yml'),
        [
          '- command: goodtool',
          '  args: [one, "two words", ""]',
          '  stdout: {equals: "/opt/goodtool/bin/goodtool\\none\\ntwo words\\n\\n"}',
          '- container: goodtool',
          '  command: exits3',
          '  exit-code: 3',
          '  stderr: {matches: "^three$"}',
          '- container: another',
          '  command: not-for-this-container',
          ''
        ].join('\n')
      )
      const outcome = await runHere(folder, {
        containers: GOOD.id,
        'image-path': folder,
        'smoke-file': path.join(folder, 'smoke.yml'),
        'module-system': 'lmod',
        probe: 'help',
        'junit-path': path.join(folder, 'junit.xml')
      })
      expect(idsOf(outcome, 'error')).toEqual([])
      expect(idsOf(outcome, 'unknown')).toEqual([])
      expect(outcome).toMatchObject({
        verdict: 'ok',
        outputs: { 'failed-count': '0', 'untested-count': '0', failed: '[]' }
      })
      expect(outcome.failure).toBeUndefined()
      const commands = ['exits3', 'g++tool', 'goodtool', 'linktool', 'ärmel', 'extratool']
      expect(JSON.parse(outcome.outputs['commands'] ?? '')).toEqual(
        commands.map((name) => `${GOOD.id}/${name}`)
      )
      expect(outcome.summary).toMatch(
        /\| `goodtool_1\.0\.0_20240902` \| ✅ \| 6 \| 6 \| 6 \| (?:not measurable: at most )?\d+ ms on \d+ ms \|/
      )
      // The command of the smoke file is asked for its behaviour, and the first of its kind by name.
      const asked = JSON.stringify(outcome.details).match(/"name":"arguments","command":"[^"]*"/g)
      expect(asked).toEqual(['goodtool', 'exits3'].map((name) => `"name":"arguments","command":"${name}"`))
      expect(outcome.junit?.path).toBe(path.join(folder, 'junit.xml'))
      const junit = outcome.junit?.xml
      expect(junit).toMatch(
        new RegExp(`tests="${outcome.outputs['passed-count'] ?? ''}" failures="0" errors="0" skipped="0"`)
      )
    },
    TIME
  )

  test(
    'texts with everything that breaks a module arrive unchanged, and a name is read from the right',
    async () => {
      await buildImage(folder, TEXTS)
      await buildImage(folder, UNDERSCORE)
      const outcome = await runHere(folder, {
        containers: `${TEXTS.id}\n${UNDERSCORE.id}`,
        'image-path': folder,
        'module-system': 'lmod',
        probe: 'none'
      })
      expect(outcome.findings.filter(({ severity }) => severity === 'error')).toEqual([])
      expect(outcome.verdict).toBe('ok')
    },
    TIME
  )
})

describeWithServices(['apptainer', 'fixtures', 'slurm'], 'through the scheduler', () => {
  test(
    'smoke tests, arguments, stdin and exit codes go through srun',
    async () => {
      const slurm = await startSlurm()
      try {
        await buildImage(folder, GOOD)
        await writeFile(
          path.join(folder, 'slurm.yml'),
          '- command: goodtool\n  args: [a b]\n  stdout: {equals: "/opt/goodtool/bin/goodtool\\na b\\n"}\n- command: exits3\n  exit-code: 3\n  stderr: three\n- command: exits3\n  exit-code: 4\n'
        )
        const outcome = await runHere(
          folder,
          {
            containers: GOOD.id,
            'image-path': folder,
            scheduler: 'slurm',
            'smoke-file': path.join(folder, 'slurm.yml'),
            probe: 'none'
          },
          slurm.env
        )
        const ids = outcome.findings
          .filter(({ severity }) => severity === 'error')
          .map(({ id, message }) => `${id} ${message}`)
        // The third test expects the wrong exit code: both ways must tell.
        expect(ids).toEqual([
          expect.stringMatching(/^exposure-smoke-failed smoke-3: exit code 3 instead of 4/),
          expect.stringMatching(/^exposure-slurm-failed slurm-3: exit code 3 instead of 4/)
        ])
        const details = JSON.stringify(outcome.details)
        for (const name of ['slurm-arguments', 'slurm-stdin', 'slurm-exit-codes', 'slurm-1', 'slurm-2']) {
          expect(details).toContain(`"name":"${name}"`)
        }
      } finally {
        await slurm[Symbol.asyncDispose]()
      }
    },
    TIME
  )
})

describeWithServices(
  ['apptainer', 'fixtures', 'lmod'],
  'an installer with the contract of transparent-singularity',
  () => {
    const given = (installer: string, defect: string): Record<string, string> => ({
      containers: GOOD.id,
      'image-path': folder,
      installer: 'transparent-singularity',
      'installer-path': installer,
      env: `DEFECT=${defect}`,
      'module-system': 'lmod',
      probe: 'none'
    })

    test(
      'without a defect passes, and one that does not hand over to the runtime does not',
      async () => {
        await buildImage(folder, GOOD)
        const installer = await writeInstaller(path.join(folder, 'installer'))
        const good = await runHere(folder, given(installer, ''))
        expect(good.findings.filter(({ severity }) => severity === 'error')).toEqual([])
        expect(good.verdict).toBe('ok')
        const bad = await runHere(folder, given(installer, 'no-exec'))
        expect(idsOf(bad, 'error')).toEqual(['exposure-term-lost'])
      },
      TIME
    )
  }
)

describe('what is asked for and is not on this machine', () => {
  test('is told all at once, before anything is started', async () => {
    const env = { PATH: path.dirname(process.execPath), LMOD_PKG: '' }
    const given = {
      containers: GOOD.id,
      'image-path': folder,
      runtimes: 'apptainer-of-another-name\n/nowhere/singularity',
      scheduler: 'slurm',
      installer: 'neurocommand',
      'installer-path': path.join(folder, 'nothing')
    }
    await expect(runHere(folder, given, env)).rejects.toMatchObject({
      problems: [
        { input: 'runtimes', given: 'apptainer-of-another-name' },
        { input: 'runtimes', given: '/nowhere/singularity' },
        { input: 'scheduler', given: 'slurm' },
        { input: 'installer-path' }
      ]
    })
  })

  test('a tool that is no runtime is refused', async () => {
    const env = { PATH: tools.searchPath }
    await expect(
      runHere(folder, { containers: GOOD.id, 'image-path': folder, runtimes: 'ls' }, env)
    ).rejects.toMatchObject({ problems: [{ input: 'runtimes', given: 'ls' }] })
  })
})
