/** The contracts of an installer besides its wrappers: neurocommand's three scripts, setup commands, CVMFS left alone. */
import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll, beforeAll, expect, test } from '@jest/globals'

import { localStore } from '../../../testbed/index.ts'
import { describeWithServices } from '../../../testbed/jest.ts'
import { buildImage, PLAIN } from './images.ts'
import { writeInstaller, writeNeurocommand } from './installer.ts'
import { idsOf, runHere } from './ports.ts'

const TIME = 240_000

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'exposure-contracts-'))
})

afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

/** Only the first tests of a container matter. */
const QUICK = { probe: 'none', containers: PLAIN.id }

describeWithServices(['apptainer', 'fixtures'], 'an installer with the contract of neurocommand', () => {
  let installer: string

  beforeAll(async () => {
    await buildImage(folder, PLAIN)
    installer = await writeNeurocommand(path.join(folder, 'neurocommand'), [PLAIN.id])
  }, TIME)

  const given = (env: string): Record<string, string> => ({
    ...QUICK,
    'image-path': folder,
    installer: 'neurocommand',
    'installer-path': installer,
    env
  })
  const elsewhere = (): string => `NEURODESKTOP_LOCAL_CONTAINERS=${path.join(folder, 'elsewhere')}`
  const NOTHING = ['command-missing', 'installer-silent', 'list-missing', 'readme-differs']

  test.each<readonly [what: string, env: () => string, errors: readonly string[]]>([
    ['exposes an image that is handed over, below local', () => '', []],
    ['or where it is told to', elsewhere, []],
    ['must obey that', () => `${elsewhere()}-2\nDEFECT=ignores-place`, NOTHING],
    ['must expose something', () => 'DEFECT=does-nothing', NOTHING],
    ['must list how a container of log.txt is fetched', () => 'DEFECT=not-listed', ['not-listed']]
  ])(
    '%s',
    async (_what, env, errors) => {
      const outcome = await runHere(folder, given(env()))
      expect(idsOf(outcome, 'error')).toEqual(errors.map((id) => `exposure-${id}`))
      expect(outcome.verdict).toBe(errors.length === 0 ? 'ok' : 'failed')
    },
    TIME
  )

  test(
    'sees nothing of the caller: a HOME, a PATH and bind paths of its own, stdin at its end',
    async () => {
      const mark = path.join(folder, 'seen')
      const script =
        '{ env; if read -r line; then echo "stdin=open"; else echo "stdin=closed"; fi; } > "$MARK"'
      const outcome = await runHere(
        folder,
        {
          ...given(`MARK=${mark}`),
          'bind-paths': '/usr/share',
          'setup-commands': JSON.stringify(['sh', '-c', script])
        },
        { GITHUB_TOKEN: 'secret', PYTHONPATH: '/leak', SINGULARITY_BINDPATH: '/leak', HOME: '/leak' }
      )
      expect(outcome.verdict).toBe('ok')
      const seen = await readFile(mark, 'utf8')
      expect(seen).not.toMatch(/secret|leak/)
      expect(seen).toMatch(/^HOME=.*\/case-1\/home$/m)
      expect(seen).toMatch(/^SINGULARITY_BINDPATH=.*\/case-1,\/usr\/share$/m)
      expect(seen).toMatch(/^PATH=[^:]*\/case-1\/toolbox\/front:/m)
      expect(seen).toContain('stdin=closed')
    },
    TIME
  )

  test(
    'setup commands come first, and one that fails is told',
    async () => {
      const mark = path.join(folder, 'set-up')
      const setUp = await runHere(folder, {
        ...given(`MARK=${mark}`),
        'setup-commands': `["sh", "-c", "echo done > $MARK"]`
      })
      expect(setUp.verdict).toBe('ok')
      expect(await readFile(mark, 'utf8')).toBe('done\n')
      const broken = await runHere(folder, {
        ...given(''),
        'setup-commands': '["sh", "-c", "echo why >&2; exit 3"]'
      })
      expect(broken.findings).toMatchObject([
        { id: 'exposure-setup-failed', message: expect.stringMatching(/exit code 3: why$/) }
      ])
      expect(broken.failure).toBeDefined()
    },
    TIME
  )
})

describeWithServices(['apptainer', 'fixtures'], 'an installer that may not take CVMFS', () => {
  test.each([
    ['takes the store instead', '', 'ok', [], 'store'],
    // The link does not lead to /cvmfs, which the machine of a test has not: no verdict, and it is told.
    [
      'is seen when it links the image all the same',
      'cvmfs-anyway',
      'ok',
      ['exposure-transfer-unseen'],
      'link'
    ]
  ] as const)(
    '%s',
    async (_what, defect, verdict, unknown, source) => {
      const store = await localStore()
      try {
        const installer = await writeInstaller(path.join(folder, 'installer'))
        const image = await buildImage(folder, PLAIN)
        const place = path.join(folder, 'cvmfs-file', PLAIN.id)
        await mkdir(place, { recursive: true })
        await copyFile(image, path.join(place, `${PLAIN.id}.simg`))
        await copyFile(image, path.join(store.folder, `${PLAIN.id}.simg`))
        const outcome = await runHere(folder, {
          ...QUICK,
          source: 'installer',
          installer: 'transparent-singularity',
          'installer-path': installer,
          env: `STORE_URL=${store.publicUrl}\nCVMFS_ROOT=${path.join(folder, 'cvmfs-file')}\nCVMFS_DISABLE=true\nDEFECT=${defect}`
        })
        const behaviour = (id: string): boolean => id !== 'exposure-untested'
        expect([
          outcome.verdict,
          idsOf(outcome, 'error'),
          idsOf(outcome, 'unknown').filter(behaviour)
        ]).toEqual([verdict, [], unknown])
        expect(outcome.details?.['cases']).toMatchObject([{ transfer: { source } }])
      } finally {
        await store[Symbol.asyncDispose]()
      }
    },
    TIME
  )
})
