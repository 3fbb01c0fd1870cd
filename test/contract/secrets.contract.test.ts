/**
 * A run that makes use of all secrets of its action, with tools that give away what they were given: no secret is in
 * an argument of any process, nor in anything that is shown or kept.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { expect, test } from '@jest/globals'

import { actionFolder } from '../../scripts/repository.ts'
import { testOn } from '../../testbed/jest.ts'
import { runAction } from '../../testbed/runner/index.ts'
import { loadSubjects } from './contract.ts'
import { APP_ID } from './github.ts'
import { watchArguments } from './processes.ts'
import { formsOf, secretValues } from './values.ts'

const subjects = await loadSubjects()

test('every action with a secret, or with logins in variables, has a run that makes use of it', () => {
  const without = subjects.filter(
    ({ schema, contract }) =>
      (Object.values(schema).some((field) => field.secret) || 'registries' in schema || 'stores' in schema) &&
      contract?.talk === undefined
  )
  expect(without.map(({ name }) => name)).toEqual([])
})

const runs = subjects.flatMap(({ name, schema, contract }) => {
  const talk = contract?.talk
  if (talk === undefined) return []
  const { 'app-private-key': key, ...secrets } = secretValues(schema)
  const needs = contract?.talkOn
  const plain = { name, identity: 'all but an App', needs, talk, secrets }
  // Where there is an App, the token is there too, and nobody is asked with it.
  return key === undefined
    ? [plain]
    : [plain, { ...plain, identity: 'as an App', secrets: { ...secrets, 'app-private-key': key } }]
})

for (const { name, identity, needs, talk, secrets } of runs) {
  const title = `${name}, ${identity}: no secret is in argv, log, outputs, summary, state, report or annotations`
  const body = async (): Promise<void> => {
    const folder = await mkdtemp(path.join(tmpdir(), 'neurodesk-ci-secrets-'))
    const talking = await talk(folder, secrets)
    const isApp = 'app-private-key' in secrets
    let stop: () => readonly string[] = () => []
    try {
      const calls = path.join(folder, 'calls')
      const run = await runAction({
        action: actionFolder(name),
        folder,
        inputs: { ...secrets, ...(isApp ? { 'app-id': APP_ID } : {}), ...talking.inputs },
        ...(talking.event === undefined ? {} : { event: talking.event }),
        env: {
          ...talking.env,
          ...talking.more,
          CALLS_FILE: calls,
          PATH: [path.join(folder, 'bin'), process.env['PATH'] ?? ''].join(path.delimiter)
        },
        onStart: (child) => (stop = watchArguments(child.pid ?? 0)),
        timeoutMs: 60_000
      })
      const seen = stop()
      const report = await readFile(run.outputs['report'] ?? '', 'utf8')
      const called = await readFile(calls, 'utf8').catch(() => '')
      // A run that uses none of them would prove nothing.
      const meant = Object.keys({ ...secrets, ...talking.more }).filter(
        (input) => !isApp || input !== 'token'
      )
      expect([...talking.used()].sort()).toEqual(meant.sort())
      expect(talking.violations?.() ?? []).toEqual([])
      if (process.platform === 'linux') expect(seen.length).toBeGreaterThan(0)
      for (const tool of talking.tools ?? []) expect(called).toContain(`/bin/${tool} `)
      // Annotations, debug lines of both steps, GITHUB_ENV and GITHUB_PATH are in the run.
      expect(run.post?.raw).toBeDefined()
      const shown = JSON.stringify([run, report, called, seen]).replaceAll('\\n', '\n')
      for (const secret of Object.values({ ...secrets, ...talking.more }))
        for (const form of formsOf(secret)) expect(shown).not.toContain(form)
    } finally {
      stop()
      await talking.close()
      await rm(folder, { recursive: true, force: true })
    }
  }
  if (needs === undefined) test(title, body, 90_000)
  else testOn(needs, title, body, 90_000)
}
