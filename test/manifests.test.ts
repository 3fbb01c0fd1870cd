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
      else if (field.default === undefined)
        expect({ input, required: declared?.required, default: declared?.default }).toEqual({
          input,
          required: true,
          default: undefined
        })
      else
        expect({
          input,
          required: declared?.required ?? false,
          default: String(declared?.default ?? '').trim()
        }).toEqual({ input, required: false, default: field.default.trim() })
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
      post: 'dist/index.js',
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

/** Inputs whose default is each action's own: what is usual for one is not for another. */
const OWN_DEFAULTS = 'catalogue labels max-parallel min-free mode registries stores timeout'.split(' ')

test('one input name has one default everywhere, apart from those that are listed here', () => {
  const defaults = new Map<string, Set<string | undefined>>()
  for (const { schema } of actions)
    for (const [input, field] of Object.entries(schema))
      defaults.set(input, (defaults.get(input) ?? new Set()).add(field.default))
  const several = [...defaults].filter(([, values]) => values.size > 1).map(([input]) => input)
  expect(several.sort()).toEqual(OWN_DEFAULTS)
})

test('one input name has one type and one description everywhere', () => {
  const first = new Map<string, { action: string; kind: string; description: string }>()
  for (const { name, manifest, schema } of actions) {
    for (const [input, field] of Object.entries(schema)) {
      const description = (manifest.inputs[input]?.description ?? '').trim().replace(/\s+/g, ' ')
      // What an action can do is its own: the modes of two actions have one type and one description, not the values.
      const kind = input === 'mode' ? field.kind.replace(/\(.*/, '') : field.kind
      const before = first.get(input)
      if (before === undefined) first.set(input, { action: name, kind, description })
      else
        expect({ input, kind, description }).toEqual({
          input,
          kind: before.kind,
          description: before.description
        })
      const common = commonDescriptions[input]
      if (common !== undefined) expect({ input, description }).toEqual({ input, description: common })
    }
  }
})

test.each(actions.filter(({ schema }) => 'mode' in schema).map((one) => [one.name, one.schema] as const))(
  'the README of %s has a table of its modes, in their order',
  (name, schema) => {
    const readme = readFileSync(path.join(actionFolder(name), 'README.md'), 'utf8')
    const rows = /\n## Modes\n([^]*?)\n## /.exec(readme)?.[1] ?? ''
    const modes = [...rows.matchAll(/^\| `([a-z]+)` \| .{10,} \|$/gm)]
      .map(([, mode]) => mode)
      .filter((mode) => mode !== 'mode')
    expect(`choice(${modes.join(' ')})`).toBe(schema['mode']?.kind)
  }
)

test('every action has its row in the README', () => {
  const readme = readFileSync(path.join(top, 'README.md'), 'utf8')
  for (const { name } of actions) expect(readme).toContain(`](actions/${name}/README.md)`)
})
