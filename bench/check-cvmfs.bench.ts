/**
 * 15 replicas, 400 containers, 30 ms added to every answer. Us against the requests that a job with the real client
 * makes on the same machine: server by server, mount (manifest, whitelist, certificate, root catalog), then one path
 * after the other, each of which costs the client one catalog. They are made by our own library in a loop: the client
 * itself needs FUSE and its own packages. Its own start and mounts come on top and are not counted. We look at every container's commands.txt and image on top.
 * Needs the built bundle (npm run build).
 * Targets: under 10 s, at least 20 times, under 300 MB.
 */
import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { inflateSync } from 'node:zlib'

import { Catalog, objectPath, parseManifest } from '../lib/cvmfs/index.ts'
import { createHttp } from '../lib/http/index.ts'
import { bytes } from '../lib/markdown/index.ts'
import type { Report } from '../lib/report/index.ts'

const SERVERS = 15
const CONTAINERS = 400
const DELAY_MS = 30
const FQRN = 'bench.example.org'
const names = Array.from({ length: CONTAINERS }, (_, index) => `tool${index}_1.0.0_20240101`)

const servers = fork(
  new URL('./check-cvmfs-servers.ts', import.meta.url),
  [SERVERS, CONTAINERS, DELAY_MS].map(String)
)
const [{ urls, publicKey }] = (await once(servers, 'message')) as [{ urls: string[]; publicKey: string }]
const folder = await mkdtemp(path.join(tmpdir(), 'bench-check-cvmfs-'))

try {
  const ours = await measureOurs()
  const peer = await measurePeer()
  console.log(`${SERVERS} replicas, ${CONTAINERS} containers, ${DELAY_MS} ms added to every answer`)
  console.log(
    `ours: ${ours.requests} requests, ${bytes(ours.received)} received, ${bytes(ours.memory)} of memory at most`
  )
  console.log(
    `peer: ${peer.requests} requests, ${bytes(peer.received)} received; a runner of its own for each server would take ${seconds(peer.longest)}`
  )
  console.log(
    'the peer is no cvmfs2: our own library makes its requests in a loop, one after the other, without its mounts'
  )
  console.log(
    `check-cvmfs: ratio ${(peer.elapsed / ours.elapsed).toFixed(1)} (ours ${seconds(ours.elapsed)}, peer ${seconds(peer.elapsed)})`
  )
} finally {
  servers.send('end')
  await once(servers, 'exit')
  await rm(folder, { recursive: true, force: true })
}

/** The built bundle, from the start of its process to the end: what a job waits for. */
async function measureOurs(): Promise<{
  elapsed: number
  requests: number
  received: number
  memory: number
}> {
  const log = path.join(folder, 'log.txt')
  const report = path.join(folder, 'report.json')
  await writeFile(log, names.map((name) => `${name} categories:bench,\n`).join(''))
  for (const file of ['output', 'state', 'summary']) await writeFile(path.join(folder, file), '')
  const bundle = new URL('../actions/check-cvmfs/dist/index.js', import.meta.url).href
  const program = `process.on('exit', () => console.log('maxrss ' + process.resourceUsage().maxRSS)); await import('${bundle}')`
  const started = performance.now()
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      RUNNER_TEMP: path.join(folder, 'temp'),
      RUNNER_TOOL_CACHE: path.join(folder, 'tools'),
      GITHUB_OUTPUT: path.join(folder, 'output'),
      GITHUB_STATE: path.join(folder, 'state'),
      GITHUB_STEP_SUMMARY: path.join(folder, 'summary'),
      INPUT_FQRN: FQRN,
      INPUT_SERVERS: urls.map((url, index) => `${url} name=replica${index}`).join('\n'),
      'INPUT_PUBLIC-KEY': publicKey,
      INPUT_CATALOGUE: log,
      'INPUT_REPORT-PATH': report
    }
  })
  let output = ''
  child.stdout.on('data', (text: Buffer) => (output += text.toString()))
  await once(child, 'close')
  const elapsed = performance.now() - started
  const { verdict, findings, figures } = JSON.parse(await readFile(report, 'utf8')) as Report
  if (verdict !== 'ok' || findings.length > 0 || figures['container-count'] !== CONTAINERS) {
    throw new Error(`the servers are not all healthy: ${output}`)
  }
  return {
    elapsed,
    requests: figures['request-count'] ?? 0,
    received: figures['received-bytes'] ?? 0,
    // In kilobytes; the servers have a process of their own.
    memory: Number(/maxrss (\d+)/.exec(output)?.[1]) * 1024
  }
}

async function measurePeer(): Promise<{
  elapsed: number
  longest: number
  requests: number
  received: number
}> {
  const http = createHttp({ userAgent: 'neurodesk-ci/bench', maxSockets: 1 })
  let requests = 0
  let received = 0
  let longest = 0
  const started = performance.now()
  for (const url of urls) {
    const begun = performance.now()
    const get = async (what: string): Promise<Buffer> => {
      const { status, body } = await http.request(`${url}/cvmfs/${FQRN}/${what}`)
      if (status !== 200) throw new Error(`${url} ${what}: HTTP ${status}`)
      requests++
      received += body.length
      return body
    }
    const number = { next: 0 }
    const open = async (what: string, mountpoint: string): Promise<Catalog> => {
      const file = path.join(folder, `peer-${number.next++}.sqlite`)
      await writeFile(file, inflateSync(await get(what)))
      return new Catalog(file, mountpoint)
    }
    const manifest = parseManifest(await get('.cvmfspublished'))
    await get('.cvmfswhitelist')
    await get(objectPath(manifest.certificate, 'certificate'))
    using root = await open(objectPath(manifest.rootCatalog, 'catalog'), '')
    const below = root.nestedFor('/containers')
    if (below === undefined) throw new Error('there is no catalog of the containers')
    using containers = await open(objectPath(below.hash, 'catalog'), below.path)
    for (const name of names) {
      const wanted = `/containers/${name}/commands.txt`
      const nested = containers.nestedFor(wanted)
      if (nested === undefined) throw new Error(`${name} has no catalog`)
      using catalog = await open(objectPath(nested.hash, 'catalog'), nested.path)
      if (catalog.entry(wanted) === undefined) throw new Error(`${wanted} is missing`)
    }
    longest = Math.max(longest, performance.now() - begun)
  }
  http.close()
  return { elapsed: performance.now() - started, longest, requests, received }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
