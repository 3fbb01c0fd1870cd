/** What holds for every action, proven on its built bundle, run as the runner runs it. */
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'

import type { Schema } from '../../lib/action/index.ts'
import { readReport } from '../../lib/report/index.ts'
import { actionFolder, actionNames } from '../../scripts/repository.ts'
import { runAction, type ActionRun, type RunOptions } from '../../testbed/runner/index.ts'
import { processesFor, until } from './processes.ts'

const SECRET = 'hunter2-0123456789-secret'

/** Values that no field of that kind takes. */
const BAD: readonly (readonly [RegExp, string])[] = [
  [/^boolean$/, 'perhaps'],
  [/^duration$/, 'a while'],
  [/^integer$/, 'many'],
  [/^size$/, 'large'],
  [/^count-or-percent$/, 'most'],
  [/^choice/, 'anything'],
  [/^entries$/, 'x nonsense=1 nonsense=2']
]

const schemas = new Map(
  await Promise.all(
    actionNames().map(async (name) => {
      const module = (await import(path.join(actionFolder(name), 'src', 'inputs.ts'))) as { inputs: Schema }
      return [name, module.inputs] as const
    })
  )
)

interface Ended {
  readonly run: ActionRun
  readonly left: readonly string[]
  readonly report: string
}

async function runIn(
  name: string,
  options: Partial<RunOptions>,
  prepare?: (folder: string) => Promise<void>
): Promise<Ended> {
  const folder = await mkdtemp(path.join(tmpdir(), 'neurodesk-ci-contract-'))
  try {
    await prepare?.(folder)
    const run = await runAction({
      action: actionFolder(name),
      folder,
      token: SECRET,
      timeoutMs: 60_000,
      ...options
    })
    const left = (await readdir(path.join(folder, 'temp'))).filter(
      (entry) => entry !== 'neurodesk-ci-reports'
    )
    const report = await readFile(run.outputs['report'] ?? '', 'utf8').catch(() => '')
    return { run, left, report }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function badInputs(schema: Schema): Record<string, string> {
  const bad: Record<string, string> = {}
  for (const [name, field] of Object.entries(schema)) {
    const value = BAD.find(([kind]) => kind.test(field.kind))?.[1]
    if (value !== undefined) bad[name] = value
  }
  return bad
}

describe.each(actionNames())('%s', (name) => {
  const schema = schemas.get(name) ?? {}

  test('bad inputs give one failure that lists all of them, without a stack, and leave nothing', async () => {
    const bad = badInputs(schema)
    const { run, left, report } = await runIn(name, { inputs: bad })
    expect(run.exitCode).toBe(1)
    const errors = run.annotations.filter(({ kind }) => kind === 'error')
    expect(errors).toHaveLength(1)
    for (const [input, value] of Object.entries(bad)) {
      expect(errors[0]?.message).toContain(`${input}: given ${JSON.stringify(value)}; allowed: `)
    }
    expect(run.raw).not.toMatch(/^\s+at .*\.js/m)
    expect(run.outputs['ok']).toBe('false')
    expect(run.summary).toContain('perhaps')
    expect(readReport(report)).toMatchObject({ report: { action: name, verdict: 'failed' } })
    expect(left).toEqual([])
    expect(run.post).toMatchObject({ exitCode: 0, annotations: [] })
  })

  test('the token appears nowhere', async () => {
    const { run, report } = await runIn(name, { inputs: { ...badInputs(schema), token: SECRET } })
    expect(JSON.stringify([run, report])).not.toContain(SECRET)
  })

  test('an unknown input is named', async () => {
    const { run } = await runIn(name, { inputs: { 'dry-run': 'perhaps', 'dri-run': 'true' } })
    const warnings = run.annotations.filter(({ kind }) => kind === 'warning').map(({ message }) => message)
    expect(warnings).toContain('unknown input `dri-run` is ignored; did you mean `dry-run`?')
  })
})

// ---------------------------------------------------------------- ended from outside

/** What keeps each action busy: a server that never answers, or a tool that never ends. */
interface Busy {
  readonly inputs: (server: string) => Record<string, string>
  readonly prepare?: (folder: string) => Promise<void>
  readonly env?: (server: string) => Record<string, string>
}

const BUSY: Readonly<Record<string, Busy>> = {
  'check-cvmfs': { inputs: (server) => ({ servers: server, timeout: '5m', 'public-key': 'neurodesk' }) },
  'build-desktop': {
    inputs: () => ({ context: '.', image: 'desktop' }),
    prepare: async (folder) => {
      await writeFile(path.join(folder, 'Dockerfile'), 'FROM scratch\n')
      await fakeTool(folder, 'docker')
    }
  },
  'convert-containers': {
    inputs: (server) => ({ catalogue: 'apps.json', mode: 'check', stores: `${server}/store name=store` }),
    prepare: async (folder) => {
      const apps = { tool: { apps: { 'tool 1.0': { version: '20250101', exec: '' } }, categories: ['x'] } }
      await writeFile(path.join(folder, 'apps.json'), JSON.stringify(apps, null, 4))
    }
  },
  'test-exposure': {
    inputs: () => ({
      containers: 'tool_1.0_20250101',
      source: 'file',
      'image-path': 'tool_1.0_20250101.simg'
    }),
    prepare: async (folder) => {
      await writeFile(path.join(folder, 'tool_1.0_20250101.simg'), 'x')
      await fakeTool(folder, 'apptainer')
    }
  },
  release: {
    inputs: () => ({ version: '2026-01-31', repository: 'neurodesk/testbed' }),
    env: (server) => ({ GITHUB_API_URL: server })
  },
  'report-problem': {
    inputs: () => ({ needs: '{"build":{"result":"failure","outputs":{}}}' }),
    env: (server) => ({ GITHUB_API_URL: server })
  }
}

/** A program that hangs, except when it is asked to remove something. */
async function fakeTool(folder: string, name: string): Promise<void> {
  await mkdir(path.join(folder, 'bin'))
  const file = path.join(folder, 'bin', name)
  await writeFile(
    file,
    '#!/bin/sh\ncase " $* " in *" rm "*|*" rmi "*|*" prune "*) exit 0;; esac\necho busy >> "$BUSY_FILE"\nexec sleep 300\n'
  )
  await chmod(file, 0o755)
}

const onLinux = process.platform === 'linux' ? describe : describe.skip

onLinux('ended while it is busy', () => {
  let asked = 0
  const server = http.createServer(() => {
    asked++
  })
  let base = ''
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })

  test('every action has a way to be kept busy', () => {
    expect(actionNames().filter((name) => BUSY[name] === undefined)).toEqual([])
  })

  test.each(
    actionNames().flatMap((name) =>
      (['SIGINT', 'SIGTERM', 'SIGKILL'] as const).map((signal) => [name, signal] as const)
    )
  )(
    '%s, %s: says so if it can, and nothing is left',
    async (name, signal) => {
      const busy = BUSY[name]
      const before = asked
      let folder = ''
      let seen = 0
      const { run, left } = await runIn(
        name,
        {
          inputs: busy?.inputs(base) ?? {},
          onStart: (child) => {
            const isBusy = async (): Promise<boolean> =>
              asked > before || (await readFile(path.join(folder, 'busy'), 'utf8').catch(() => '')) !== ''
            void until(isBusy).then(async () => {
              // Itself, and the tool that keeps it busy where there is one.
              seen = (await processesFor(folder)).length
              child.kill(signal)
            })
          },
          get env() {
            return {
              ...busy?.env?.(base),
              BUSY_FILE: path.join(folder, 'busy'),
              PATH: `${path.join(folder, 'bin')}:${process.env['PATH'] ?? ''}`
            }
          }
        },
        async (made) => {
          folder = made
          await busy?.prepare?.(made)
        }
      )
      expect([name, run.exitCode, run.signal]).toEqual(
        signal === 'SIGKILL' ? [name, null, 'SIGKILL'] : [name, 1, null]
      )
      if (signal !== 'SIGKILL') expect(run.log).toContain(`${signal}: stopping`)
      expect(left).toEqual([])
      expect(run.post).toMatchObject({ exitCode: 0, annotations: [] })
      expect(seen).toBeGreaterThan(0)
      expect(await processesFor(folder)).toEqual([])
    },
    60_000
  )
})
