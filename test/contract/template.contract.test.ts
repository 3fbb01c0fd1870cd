/** A new action, made by the generator: it type checks with the rest, its tests pass, its bundle works and is the same from any folder. */
import { execFileSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll, beforeAll, expect, test } from '@jest/globals'

import { fillReadme } from '../../scripts/docs.ts'
import { writePostEntry } from '../../scripts/post-entry.ts'
import { top } from '../../scripts/repository.ts'
import { readManifest, runAction } from '../../testbed/runner/index.ts'

const folders: string[] = []
const server = http.createServer((request, response) =>
  response.writeHead(request.url === '/gone' ? 404 : 200).end('x')
)

/** A copy of what an action needs, in a folder of another name. */
async function repository(name: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), name))
  folders.push(folder)
  await cp(path.join(top, 'lib'), path.join(folder, 'lib'), { recursive: true })
  for (const file of ['tsconfig.json', 'package.json'])
    await cp(path.join(top, file), path.join(folder, file))
  await symlink(path.join(top, 'node_modules'), path.join(folder, 'node_modules'), 'junction')
  await mkdir(path.join(folder, 'actions'))
  const script = path.join(top, 'scripts', 'new-action.ts')
  execFileSync(process.execPath, [script, 'check-urls', '--into', path.join(folder, 'actions')], {
    stdio: 'ignore'
  })
  const action = path.join(folder, 'actions', 'check-urls')
  execFileSync(
    process.execPath,
    [
      path.join(top, 'node_modules', '@vercel', 'ncc', 'dist', 'ncc', 'cli.js'),
      ...['build', path.join(action, 'src', 'index.ts'), '--out', path.join(action, 'dist'), '--quiet'],
      ...['--transpile-only', '--license', 'licenses.txt', '--target', 'es2022', '--no-cache']
    ],
    { cwd: folder, stdio: 'ignore' }
  )
  await writePostEntry(path.join(action, 'dist'))
  return action
}

let first = ''
let second = ''
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  first = await repository('neurodesk-ci-a-')
  second = await repository('neurodesk-ci-another-name-')
}, 180_000)
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve))
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
})

test('two folders give the same bytes', async () => {
  const files = (await readdir(path.join(first, 'dist'))).sort()
  expect(files).toContain('index.js')
  expect((await readdir(path.join(second, 'dist'))).sort()).toEqual(files)
  for (const file of files) {
    const [a, b] = await Promise.all(
      [first, second].map((folder) => readFile(path.join(folder, 'dist', file)))
    )
    expect([file, a?.equals(b ?? Buffer.alloc(0))]).toEqual([file, true])
  }
})

test('it runs, and tells a wrong answer from no answer', async () => {
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const good = await runAction({ action: first, inputs: { urls: `${base}/\n${base}/gone status=404` } })
  expect(good).toMatchObject({ exitCode: 0, outputs: { ok: 'true', failed: '[]', unknown: '[]' } })
  const bad = await runAction({ action: first, inputs: { urls: `${base}/gone\nhttp://127.0.0.1:1/` } })
  expect(bad).toMatchObject({
    exitCode: 1,
    outputs: { ok: 'false', failed: `["${base}/gone"]`, unknown: '["http://127.0.0.1:1/"]' }
  })
  expect(bad.summary).toContain('1 of 2 URLs answer something else.')
})

test('its README takes the tables of its action.yml', async () => {
  const readme = await readFile(path.join(first, 'README.md'), 'utf8')
  expect(fillReadme(readme, await readManifest(first))).toContain('| `urls` |')
})
