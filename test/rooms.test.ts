/** The rules of the rooms (docs/architecture.md), read off the imports. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

import { describe, expect, test } from '@jest/globals'
import ts from 'typescript'

import { slashed, top } from '../scripts/repository.ts'

interface Source {
  readonly file: string
  /** `lib/cvmfs`, `actions/release`, `testbed`. */
  readonly room: string
  readonly imports: readonly string[]
  readonly text: string
}

/** For what opens nothing and keeps nothing. */
const ANYWHERE = ['lib', 'actions', 'scripts', 'testbed']

/** Packages and dangerous builtins, each with the rooms that may touch it. A package without a row is an error. */
const HOMES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^@actions\/core$/, ['lib/action']],
  [/^@actions\/exec$/, ['scripts/provision']],
  [/^@actions\/tool-cache$/, ['lib/tools']],
  [/^(@actions\/languageservice(\/action)?|vscode-languageserver-textdocument)$/, ['scripts/workflows']],
  [/^(@octokit\/|@actions\/github)/, ['lib/github']],
  [/^@decimalturn\/toml-patch$/, ['actions/release/src/website']],
  [/^tar-stream$/, ['lib/docker']],
  [/^yaml$/, ['lib/exposure', 'actions', 'scripts/workflows', 'testbed/runner']],
  [/^p-limit$/, ANYWHERE],
  [/^ajv$/, ['testbed/github']],
  [/^@jest\/globals$/, ['testbed/jest.ts']],
  [/^(node:)?child_process$/, ['lib/shell', 'scripts', 'testbed']],
  [/^(node:)?https?$/, ['lib/http', 'testbed']],
  // The provisioning asks an engine's socket before there is a client.
  [/^(node:)?net$/, ['lib/http', 'scripts/provision', 'testbed']],
  // A server that has several addresses is asked on each of them, so they are looked up before.
  [/^(node:)?dns(\/promises)?$/, ['actions/check-cvmfs/src/index.ts']],
  [/^(node:)?(tls|http2|dgram|cluster|inspector|repl|vm|wasi|worker_threads)(\/|$)/, []],
  [/^node:sqlite$/, ['lib/cvmfs', 'testbed/cvmfs']]
]

/** The same for what needs no import. */
const GLOBALS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/(?<![.#\w])fetch\(/, ['testbed']],
  [/\bnew WebSocket\(/, ['actions/build-desktop/src/smoke']],
  [/\bnew (?:EventSource|XMLHttpRequest)\(/, []],
  [/(?<![.#\w])eval\(|\bnew Function\(/, []]
]

function isAt(file: string, homes: readonly string[]): boolean {
  return homes.some((home) => file === home || file.startsWith(`${home}/`))
}

const shipped = [...sources('lib'), ...sources('actions')]

function sources(folder: string): readonly Source[] {
  const found = readdirSync(path.join(top, folder), { recursive: true, withFileTypes: true })
  return found
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => slashed(path.relative(top, path.join(entry.parentPath, entry.name))))
    .filter((file) => !/(^|\/)(test|dist|node_modules)\//.test(file))
    .map((file) => sourceOf(file, readFileSync(path.join(top, file), 'utf8')))
}

function sourceOf(file: string, text: string): Source {
  const imports = ts.preProcessFile(text).importedFiles.map((imported) => imported.fileName)
  return { file, room: roomOf(file), imports, text }
}

/** Where a relative import leads, from the top folder; undefined for packages. */
function target(source: Source, name: string): string | undefined {
  return name.startsWith('.') ? path.posix.join(path.posix.dirname(source.file), name) : undefined
}

/** Ways to hand a text to a shell, in a file that can start processes. `fork` starts our own program, by an array. */
function shellUses(text: string): readonly string[] {
  const found = new Set<string>()
  const source = ts.createSourceFile('x.ts', text, ts.ScriptTarget.Latest, true)
  const isChildProcess = (node: ts.Node | undefined): boolean =>
    node !== undefined && ts.isStringLiteralLike(node) && /^(?:node:)?child_process$/.test(node.text)
  const starts = /['"](?:node:)?child_process['"]/.test(text)
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && isChildProcess(node.moduleSpecifier)) {
      const named = node.importClause?.namedBindings
      if (node.importClause?.name !== undefined || (named !== undefined && ts.isNamespaceImport(named)))
        found.add('all of child_process')
      if (named !== undefined && ts.isNamedImports(named))
        for (const one of named.elements) {
          const name = (one.propertyName ?? one.name).text
          if (name === 'exec' || name === 'execSync') found.add(name)
        }
    }
    if (ts.isCallExpression(node) && isChildProcess(node.arguments[0])) found.add('all of child_process')
    const isShell = (name: ts.Node): boolean =>
      (ts.isIdentifier(name) || ts.isStringLiteralLike(name)) && name.text === 'shell'
    if (
      starts &&
      ((ts.isPropertyAssignment(node) && isShell(node.name)) ||
        (ts.isShorthandPropertyAssignment(node) && isShell(node.name)) ||
        (ts.isPropertyAccessExpression(node) && isShell(node.name)))
    )
      found.add('a shell')
    ts.forEachChild(node, visit)
  }
  visit(source)
  return [...found]
}

function roomOf(file: string): string {
  return file.split('/').slice(0, 2).join('/')
}

describe('shipped code', () => {
  test('is there', () => {
    expect(shipped.length).toBeGreaterThan(20)
  })

  test('imports nothing of testbed, bench, demo, scripts or tests', () => {
    for (const source of shipped) {
      for (const name of source.imports) {
        expect(`${source.file} -> ${target(source, name) ?? name}`).not.toMatch(
          /-> (testbed|bench|demo|scripts|test)\/|\/test\//
        )
      }
    }
  })

  test('no action imports another, no room imports an action', () => {
    for (const source of shipped) {
      for (const name of source.imports) {
        const to = target(source, name)
        if (to?.startsWith('actions/'))
          expect(`${source.file} -> ${roomOf(to)}`).toBe(`${source.file} -> ${source.room}`)
      }
    }
  })

  test('a room is entered by its index.ts', () => {
    for (const source of shipped) {
      for (const name of source.imports) {
        const to = target(source, name)
        if (to === undefined || roomOf(to) === source.room) continue
        expect(`${source.file} -> ${to}`).toMatch(/-> lib\/[\w-]+\/index\.ts$/)
      }
    }
  })

  test('process.env is read in lib/action alone, and by the line before it', () => {
    const readers = shipped.filter((source) =>
      /\bprocess\.env\b/.test(source.text.replace(/^\s*(\/?\*|\/\/).*$/gm, ''))
    )
    expect([...new Set(readers.map((source) => source.room))]).toEqual(['lib/action', 'lib/stage'])
  })

  test('processes get an array of arguments, and no shell', () => {
    expect(shipped.flatMap(({ file, text }) => shellUses(text).map((use) => `${file}: ${use}`))).toEqual([])
  })

  test.each([
    ["import { exec } from 'node:child_process'", 'exec'],
    ["import { execSync as run } from 'child_process'", 'execSync'],
    ["import * as child from 'node:child_process'", 'all of child_process'],
    ["import child from 'node:child_process'", 'all of child_process'],
    ["const { exec } = await import('node:child_process')", 'all of child_process'],
    ["const child = require('child_process')", 'all of child_process'],
    ["import { spawn } from 'node:child_process'\nspawn('x', [], { shell: true })", 'a shell'],
    ["import { spawn } from 'node:child_process'\nspawn('x', [], { 'shell': '/bin/sh' })", 'a shell'],
    ["import { spawn } from 'node:child_process'\nspawn('x', [], { shell })", 'a shell'],
    ["import { spawn } from 'node:child_process'\noptions.shell = true", 'a shell'],
    ["import { spawn } from 'node:child_process'\nspawn('x', [], {})", undefined],
    ['const words = { shell: 1 }', undefined]
  ])('a shell would be seen: %s', (text, use) => {
    expect(shellUses(text)).toEqual(use === undefined ? [] : [use])
  })

  test('index.ts of an action has no logic', () => {
    for (const source of shipped.filter(({ file }) => /^actions\/[\w-]+\/src\/index\.ts$/.test(file))) {
      const code = source.text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
      expect([source.file, /\b(if|for|while|switch|try)\b/.test(code)]).toEqual([source.file, false])
    }
  })
})

describe('what ships, the scripts and the testbed', () => {
  const all = [...shipped, ...sources('scripts'), ...sources('testbed')]

  test('import packages and dangerous builtins in their rooms alone, and none that has no row', () => {
    expect(all.flatMap(strays)).toEqual([])
  })

  test('every row is of use', () => {
    const names = new Set(all.flatMap(({ imports }) => imports))
    const used = HOMES.filter(([, homes]) => homes.length > 0)
    expect(used.filter(([name]) => ![...names].some((one) => name.test(one))).map(String)).toEqual([])
    const homes = [...HOMES, ...GLOBALS].flatMap(([, places]) => places)
    expect(homes.filter((home) => !all.some(({ file }) => isAt(file, [home])))).toEqual([])
  })

  test.each([
    ['a package that nobody named', "import x from 'left-pad'", 'left-pad'],
    ['a client out of its room', "import { x } from '@octokit/rest'", '@octokit/rest'],
    ['a builtin that is loaded late', "await import('node:tls')", 'node:tls'],
    ['a socket', "import { connect } from 'node:net'", 'node:net'],
    ['the global client', 'const x = await fetch(url)', 'fetch('],
    ['the global client by its long name', 'const x = await globalThis.fetch(url)', 'globalThis.fetch']
  ])('%s would be seen', (_what, text, seen) => {
    expect(strays(sourceOf('actions/release/src/x.ts', text))).toEqual([`actions/release/src/x.ts: ${seen}`])
  })

  test('what opens nothing is not taken for it', () => {
    const text = [
      "import { isIP } from 'node:net'",
      "import type { AddressInfo } from 'node:net'",
      'function fetch(): void {}',
      'fetch()',
      'this.#fetch()',
      '// fetch(url)'
    ].join('\n')
    expect(strays(sourceOf('actions/release/src/x.ts', text))).toEqual([])
  })
})

/** `file: what` for everything in a source that does not belong there. */
function strays({ file, imports, text }: Source): readonly string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
  // Addresses are told from names everywhere: these open no connection.
  const harmless =
    /import (?:type )?\{ (?:type )?(?:AddressInfo|LookupFunction|isIP(?:v[46])?) \} from 'node:net'/g
  const hasOther = code.replace(harmless, '').includes("'node:net'")
  const imported = imports.filter((name) => {
    if (name.startsWith('.')) return false
    if (name === 'node:net' && !hasOther) return false
    const home = HOMES.find(([pattern]) => pattern.test(name))
    return home === undefined ? !name.startsWith('node:') : !isAt(file, home[1])
  })
  const globals = GLOBALS.flatMap(([pattern, homes]) => {
    const found = pattern.exec(code)?.[0]
    const isOwn =
      found === 'fetch(' && /\b(?:function|const|let) fetch\b|\bfetch: |\bfetch\b.*\} from/.test(code)
    return found === undefined || isOwn || isAt(file, homes) ? [] : [found]
  })
  const long = /\bglobalThis\.fetch\b/.exec(code)?.[0]
  return [...imported, ...globals, ...(long === undefined ? [] : [long])].map((what) => `${file}: ${what}`)
}

/** The first circle that is found, as a list of rooms or files that ends where it began. */
function circleIn(edges: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] | undefined {
  const done = new Set<string>()
  const visit = (room: string, trail: readonly string[]): readonly string[] | undefined => {
    const at = trail.indexOf(room)
    if (at !== -1) return [...trail.slice(at), room]
    if (done.has(room)) return undefined
    for (const next of edges.get(room) ?? []) {
      const circle = visit(next, [...trail, room])
      if (circle !== undefined) return circle
    }
    done.add(room)
    return undefined
  }
  for (const room of edges.keys()) {
    const circle = visit(room, [])
    if (circle !== undefined) return circle
  }
  return undefined
}

test('lib rooms have no circles', () => {
  const edges = new Map<string, Set<string>>()
  for (const source of shipped.filter(({ room }) => room.startsWith('lib/'))) {
    for (const name of source.imports) {
      const to = target(source, name)
      if (to === undefined || roomOf(to) === source.room) continue
      edges.set(source.room, (edges.get(source.room) ?? new Set()).add(roomOf(to)))
    }
  }
  expect(edges.size).toBeGreaterThan(3)
  expect(circleIn(edges)).toBeUndefined()
})

test('no two files need each other, not even for a type', () => {
  const edges = new Map<string, Set<string>>()
  for (const source of [...shipped, ...sources('testbed')]) {
    const to = source.imports.map((name) => target(source, name)).filter((file) => file !== undefined)
    edges.set(source.file, new Set(to))
  }
  expect(edges.size).toBeGreaterThan(100)
  expect(circleIn(edges)).toBeUndefined()
})

test('a circle would be seen', () => {
  const edges = new Map([
    ['a', new Set(['b'])],
    ['b', new Set(['c', 'd'])],
    ['d', new Set(['b'])]
  ])
  expect(circleIn(edges)).toEqual(['b', 'd', 'b'])
})
