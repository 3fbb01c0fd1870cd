/** The stages in the order of a release: what each action is asked, and what must be true afterwards. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'

import { fixtureDesktop, FIXTURE_CONTAINERS, NAMESPACE } from '../testbed/images/index.ts'
import type { ActionRun } from '../testbed/runner/index.ts'
import { REPLICAS, REPOSITORY, type Neurodesk } from '../testbed/neurodesk.ts'
import type { Stage } from './stage.ts'

interface Step {
  /** Changes the world before the stage runs. */
  readonly prepare?: () => Promise<void>
  readonly stage: Stage
}

const HOUR = 3_600_000

/** @param reports folder for the reports, which the release reads as its gates */
export function stages(desk: Neurodesk, reports: string): readonly Step[] {
  const [, sydney] = REPLICAS
  return [
    { stage: openGate(desk, reports) },
    {
      prepare: async () => {
        await desk.cvmfs.publish({ time: Date.now() - 26 * HOUR })
        await desk.cvmfs.setFault(sydney, 'stale')
      },
      stage: closedGate(desk, sydney)
    },
    { stage: firstBuild(desk, reports) },
    { stage: secondBuild(desk) },
    { stage: conversion(desk, reports) },
    { stage: exposure(desk, reports) },
    { stage: release(desk, reports) }
  ]
}

// ---------------------------------------------------------------- check-cvmfs

function gate(desk: Neurodesk): Record<string, string> {
  const replicas = REPLICAS.map((name) => `${desk.cvmfs.urlOf(name)} name=${name} required`)
  return {
    fqrn: desk.cvmfs.fqrn,
    servers: [`${desk.cvmfs.urlOf('stratum0')} name=stratum0 stratum0`, ...replicas].join('\n'),
    'public-key': desk.cvmfs.publicKeyPem,
    catalogue: desk.catalogue
  }
}

function openGate(desk: Neurodesk, reports: string): Stage {
  return {
    action: 'check-cvmfs',
    title: 'both replicas are healthy: the gate is open',
    inputs: { ...gate(desk), 'report-path': path.join(reports, 'check-cvmfs.json') },
    rows: cvmfsRows,
    problems: (run) => [
      ...expectExit(run, 0),
      ...expectOutputs(run, {
        ok: 'true',
        healthy: JSON.stringify(['stratum0', ...REPLICAS]),
        unhealthy: '[]',
        missing: '{}'
      })
    ]
  }
}

function closedGate(desk: Neurodesk, stale: string): Stage {
  return {
    action: 'check-cvmfs',
    title: `${stale} has been missing a publish for a day: the gate is closed`,
    inputs: gate(desk),
    rows: cvmfsRows,
    problems: (run) => [
      ...expectExit(run, 1),
      ...expectOutputs(run, { ok: 'false', unhealthy: JSON.stringify([stale]) })
    ]
  }
}

function cvmfsRows({ outputs }: ActionRun): readonly (readonly [string, string])[] {
  return rowsOf(outputs, ['ok', 'healthy', 'unhealthy', 'missing', 'revision'])
}

// ---------------------------------------------------------------- build-desktop

const TAG = '2026-01-31'

function build(desk: Neurodesk): Record<string, string> {
  return {
    context: 'desktop',
    'build-args': fixtureDesktop(desk.images).buildArgs.join('\n'),
    'tag-build-arg': 'NEURODESKTOP_VERSION',
    image: 'neurodesktop',
    registries: `${desk.registry.host}/neurodesk`,
    tag: TAG,
    'smoke-file': 'desktop/smoke.yaml'
  }
}

async function tagsOf(desk: Neurodesk): Promise<Readonly<Record<string, string>>> {
  const base = `${desk.registry.url}/v2/neurodesk/neurodesktop`
  const response = await fetch(`${base}/tags/list`)
  if (!response.ok) return {}
  const { tags } = (await response.json()) as { tags: readonly string[] | null }
  const accept =
    'application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json'
  const pairs = (tags ?? []).map(async (tag) => {
    const manifest = await fetch(`${base}/manifests/${tag}`, { headers: { accept } })
    return [tag, manifest.headers.get('docker-content-digest') ?? ''] as const
  })
  return Object.fromEntries(await Promise.all(pairs))
}

function buildRows({ outputs }: ActionRun): readonly (readonly [string, string])[] {
  return rowsOf(outputs, ['changed', 'reason', 'digest', 'passed-count', 'failed-count', 'size'])
}

function firstBuild(desk: Neurodesk, reports: string): Stage {
  return {
    action: 'build-desktop',
    title: 'build, start, test, push what was tested',
    inputs: { ...build(desk), 'report-path': path.join(reports, 'build-desktop.json') },
    rows: buildRows,
    problems: async (run) => {
      const tags = await tagsOf(desk)
      return [
        ...expectExit(run, 0),
        ...expectOutputs(run, { ok: 'true', changed: 'true', tag: TAG }),
        ...expectSome(Number(run.outputs['passed-count']), 'checks passed'),
        ...(tags[TAG] === run.outputs['digest'] &&
        tags['latest'] === run.outputs['digest'] &&
        tags[TAG] !== undefined
          ? []
          : [`the registry has ${JSON.stringify(tags)}`])
      ]
    }
  }
}

function secondBuild(desk: Neurodesk): Stage {
  return {
    action: 'build-desktop',
    title: 'the same again a day later: nothing changed, nothing is pushed',
    inputs: { ...build(desk), tag: '2026-02-01' },
    rows: buildRows,
    problems: async (run) => {
      const tags = Object.keys(await tagsOf(desk))
      return [
        ...expectExit(run, 0),
        ...expectOutputs(run, { ok: 'true', changed: 'false' }),
        ...(tags.includes('2026-02-01') ? ['a tag was pushed although nothing changed'] : [])
      ]
    }
  }
}

// ---------------------------------------------------------------- convert-containers

function conversion(desk: Neurodesk, reports: string): Stage {
  return {
    action: 'convert-containers',
    title: 'three containers of apps.json to SIF, into the store, listed',
    inputs: {
      catalogue: desk.catalogue,
      mode: 'all',
      registries: `${desk.registry.host}/${NAMESPACE}`,
      stores: `${desk.store.remote} name=store public-url=${desk.store.publicUrl} required`,
      'report-path': path.join(reports, 'convert-containers.json')
    },
    rows: ({ outputs }) => rowsOf(outputs, ['converted', 'missing', 'unknown', 'failed', 'log-changed']),
    problems: (run) => [
      ...expectExit(run, 0),
      ...expectOutputs(run, { ok: 'true', missing: '[]', failed: '[]' }),
      ...desk.containers.flatMap((container) => {
        const file = path.join(desk.store.folder, `${container}.simg`)
        return existsSync(file) && statSync(file).size > 100_000
          ? []
          : [`${container}.simg is not in the store`]
      }),
      ...(existsSync(path.join(desk.workspace, 'cvmfs', 'log.txt')) ? [] : ['log.txt was not written'])
    ]
  }
}

// ---------------------------------------------------------------- test-exposure

function exposure(desk: Neurodesk, reports: string): Stage {
  const promised = FIXTURE_CONTAINERS.flatMap(({ commands }) => commands).length
  return {
    action: 'test-exposure',
    title: `the SIFs of the store: ${promised} commands called by their host names`,
    inputs: {
      containers: desk.containers.join('\n'),
      source: 'file',
      'image-path': desk.store.folder,
      'report-path': path.join(reports, 'test-exposure.json')
    },
    rows: ({ outputs }) => rowsOf(outputs, ['passed-count', 'failed-count', 'untested-count', 'commands']),
    problems: (run) => {
      const commands = JSON.parse(run.outputs['commands'] ?? '[]') as readonly string[]
      return [
        ...expectExit(run, 0),
        ...expectOutputs(run, { ok: 'true', 'failed-count': '0', failed: '[]' }),
        ...(commands.length === promised
          ? []
          : [`${commands.length} commands were tested, ${promised} are promised`])
      ]
    }
  }
}

// ---------------------------------------------------------------- release

function release(desk: Neurodesk, reports: string): Stage {
  return {
    action: 'release',
    title: 'one draft release with notes, behind the reports of the stages before',
    inputs: {
      version: TAG,
      repository: REPOSITORY,
      'gate-reports': path.join(reports, '*.json')
    },
    rows: ({ outputs }) => rowsOf(outputs, ['version', 'release-url']),
    problems: (run) => {
      const drafts = desk.github.repository(REPOSITORY).releases.filter(({ draft }) => draft)
      const [draft] = drafts
      return [
        ...expectExit(run, 0),
        ...expectOutputs(run, { ok: 'true', version: TAG }),
        ...(drafts.length === 1 && draft?.tag === TAG ? [] : [`the drafts are ${JSON.stringify(drafts)}`]),
        ...(draft?.body.includes('launcher for the new image viewer') === true
          ? []
          : ['the notes lack a commit']),
        ...desk.github.violations.map((violation) => `GitHub would have refused: ${violation}`),
        ...(readdirSync(reports).length >= 4 ? [] : ['the gates were not all there'])
      ]
    }
  }
}

// ---------------------------------------------------------------- helpers

function rowsOf(
  outputs: Readonly<Record<string, string>>,
  names: readonly string[]
): readonly (readonly [string, string])[] {
  return names.map((name) => [name, shorten(outputs[name] ?? '(not given)')])
}

function shorten(text: string): string {
  return text.length > 120 ? `${text.slice(0, 117)}…` : text
}

function expectExit({ exitCode }: ActionRun, expected: number): readonly string[] {
  return exitCode === expected ? [] : [`exit code ${exitCode} instead of ${expected}`]
}

function expectOutputs(
  { outputs }: ActionRun,
  expected: Readonly<Record<string, string>>
): readonly string[] {
  return Object.entries(expected)
    .filter(([name, value]) => outputs[name] !== value)
    .map(
      ([name, value]) =>
        `output ${name} is ${JSON.stringify(outputs[name])} instead of ${JSON.stringify(value)}`
    )
}

function expectSome(count: number, what: string): readonly string[] {
  return count > 0 ? [] : [`no ${what}`]
}
