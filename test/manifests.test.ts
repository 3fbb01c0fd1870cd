/** Code, action.yml and README of every action say the same; one input name means one thing everywhere. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

import { describe, expect, test } from '@jest/globals'

import { commonDescriptions, type Schema } from '../lib/action/index.ts'
import { fillReadme } from '../scripts/docs.ts'
import { actionFolder, actionNames, top } from '../scripts/repository.ts'
import { readManifest } from '../testbed/runner/index.ts'

interface Loaded {
  readonly name: string
  readonly manifest: Awaited<ReturnType<typeof readManifest>>
  readonly schema: Schema
}

const actions: readonly Loaded[] = await Promise.all(
  actionNames().map(async (name) => {
    const module = (await import(path.join(actionFolder(name), 'src', 'inputs.ts'))) as { inputs: Schema }
    return { name, manifest: await readManifest(actionFolder(name)), schema: module.inputs }
  })
)

test('there are actions', () => {
  expect(actions.length).toBeGreaterThan(0)
})

describe.each(actions.map((action) => [action.name, action] as const))('%s', (name, { manifest, schema }) => {
  test('action.yml and the schema have the same inputs', () => {
    expect(Object.keys(manifest.inputs).sort()).toEqual(Object.keys(schema).sort())
  })

  test('defaults are the same, and each can be read', () => {
    for (const [input, field] of Object.entries(schema)) {
      const declared = manifest.inputs[input]
      // The token's default is an expression that only the runner can evaluate.
      if (input === 'token') expect(declared?.default).toBe('${{ github.token }}')
      else if (field.default === undefined) expect(declared).toMatchObject({ required: true })
      else expect([input, String(declared?.default ?? '').trim()]).toEqual([input, field.default.trim()])
      if (field.default !== undefined && field.default !== '')
        expect(() => field.parse(String(field.default))).not.toThrow()
    }
  })

  test('names are kebab-case, every input and output is described', () => {
    for (const [key, { description }] of [
      ...Object.entries(manifest.inputs),
      ...Object.entries(manifest.outputs)
    ]) {
      expect(key).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
      expect([key, description?.trim().length > 10]).toEqual([key, true])
    }
  })

  test('every action can be dried, writes a report and gives ok and report', () => {
    expect(Object.keys(manifest.inputs)).toEqual(expect.arrayContaining(['dry-run', 'report-path']))
    expect(Object.keys(manifest.outputs)).toEqual(expect.arrayContaining(['ok', 'report']))
  })

  test('runs its one bundle on Node 24, main and post', () => {
    expect(manifest.runs).toEqual({
      using: 'node24',
      main: 'dist/index.js',
      post: 'dist/post.js',
      'post-if': 'always()'
    })
  })

  test('the README has the tables of action.yml', () => {
    const readme = readFileSync(path.join(actionFolder(name), 'README.md'), 'utf8')
    expect(fillReadme(readme, manifest)).toBe(readme)
  })

  test('its README has an example', () => {
    const readme = readFileSync(path.join(actionFolder(name), 'README.md'), 'utf8')
    expect(readme).toContain(`uses: neurodesk/ci/actions/${name}@<sha>`)
  })
})

/** Pages whose examples people copy. */
const pages = [
  'README.md',
  ...readdirSync(path.join(top, 'docs'))
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
  ...actionNames().map((name) => `actions/${name}/README.md`)
]

test.each(pages)('examples in %s use inputs that exist, and pin a commit', (page) => {
  const text = readFileSync(path.join(top, page), 'utf8')
  for (const [uses, reference] of text.matchAll(/uses: [\w./-]+@(\S+)/g))
    expect([uses, reference]).toEqual([uses, '<sha>'])
  const steps = text.matchAll(
    /uses: neurodesk\/ci\/actions\/([\w-]+)@\S+[^\n]*\n((?:(?!\n *- |```)[\s\S])*)/g
  )
  for (const [, action, rest = ''] of steps) {
    const used = actions.find((other) => other.name === action)
    expect([page, action, used?.name]).toEqual([page, action, action])
    const block = /^( *)with:\n((?:\1 +[^\n]*\n?|\n)*)/m.exec(rest)
    const indent = /^( +)\S/m.exec(block?.[2] ?? '')?.[1] ?? ''
    const keys = [...(block?.[2] ?? '').matchAll(new RegExp(`^${indent}([\\w-]+):`, 'gm'))].map(
      (match) => match[1]
    )
    for (const key of keys)
      expect([page, action, Object.keys(used?.manifest.inputs ?? {}).includes(key ?? ''), key]).toEqual([
        page,
        action,
        true,
        key
      ])
  }
})

test('one input name has one type, one default rule and one description everywhere', () => {
  const first = new Map<string, { action: string; kind: string; description: string }>()
  for (const { name, manifest, schema } of actions) {
    for (const [input, field] of Object.entries(schema)) {
      const description = (manifest.inputs[input]?.description ?? '').trim().replace(/\s+/g, ' ')
      const before = first.get(input)
      if (before === undefined) first.set(input, { action: name, kind: field.kind, description })
      // What an action can do, and what it calls a failure, differ by their nature.
      else if (!['mode', 'fail-on', 'source'].includes(input))
        expect({ input, kind: field.kind, description }).toEqual({
          input,
          kind: before.kind,
          description: before.description
        })
      const common = commonDescriptions[input]
      if (common !== undefined) expect({ input, description }).toEqual({ input, description: common })
    }
  }
})

test('every action has its row in the README', () => {
  const readme = readFileSync(path.join(top, 'README.md'), 'utf8')
  for (const { name } of actions) expect(readme).toContain(`](actions/${name}/README.md)`)
})
