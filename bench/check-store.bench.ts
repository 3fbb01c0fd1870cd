/**
 * Are 400 containers in a store? Us (parallel ranged GETs, which also prove that the public can read) against the loop
 * of `curl --head` that NeuroDesk's test_objectstorage.sh runs. The server answers after 30 ms, as one in another
 * country does. It fails below 50 times.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { judge } from '../actions/convert-containers/src/availability.ts'
import { lookAtStores } from '../actions/convert-containers/src/look.ts'
import { catalogueOf, sifHead } from '../actions/convert-containers/test/samples.ts'
import { createHttp } from '../lib/http/index.ts'
import { createRclone } from '../lib/store/index.ts'
import { createExec } from '../lib/shell/index.ts'
import { realClock as clock, silentLog as log } from '../testbed/ports.ts'

const CONTAINERS = 400
const DELAY_MS = 30
const FILE_BYTES = 1_000_000
const ROUNDS = 3
/** Below this many times faster the benchmark fails. */
const TARGET = 50

const { containers } = catalogueOf(...Array.from({ length: CONTAINERS }, (_, index) => `tool${index} 1.0.0`))
const missing = 'tool399_1.0.0_20250101.simg'

const server = createServer((request, response) => {
  setTimeout(() => {
    if (request.url?.endsWith(missing) === true) {
      response.writeHead(404).end()
    } else if (request.method === 'HEAD') {
      response.writeHead(200, { 'content-length': FILE_BYTES }).end()
    } else {
      response.writeHead(206, { 'content-length': 128, 'content-range': `bytes 0-127/${FILE_BYTES}` })
      response.end(sifHead(FILE_BYTES))
    }
  }, DELAY_MS)
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

async function ours(): Promise<number> {
  const http = createHttp({ userAgent: 'neurodesk-ci/bench', maxSockets: 100 })
  const rclone = createRclone({ exec: createExec({ env: process.env }), clock, log })
  const store = { name: 'store', remote: undefined, prefix: '', publicUrl: url, required: true }
  const started = performance.now()
  const views = await lookAtStores(
    containers,
    [store],
    { cachePrefix: '', timeoutMs: 30_000, requests: 100 },
    { http, clock, log, rclone, signal: new AbortController().signal }
  )
  const absent = judge(containers, views).filter(({ verdict }) => verdict === 'missing')
  const elapsed = performance.now() - started
  http.close()
  if (absent.length !== 1) throw new Error(`${absent.length} containers are missing, 1 is`)
  return elapsed
}

/** The names come by stdin; the loop goes on after a miss, which upstream's does not. */
async function peer(): Promise<number> {
  const loop =
    'n=0; while read -r name; do curl --output /dev/null --silent --head --fail "$0/$name" || n=$((n+1)); done; echo $n'
  const started = performance.now()
  const child = spawn('bash', ['-c', loop, url], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(containers.map(({ object }) => `${object}.simg\n`).join(''))
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  await once(child, 'close')
  if (output.trim() !== '1') throw new Error(`the loop of curl found ${output.trim()} missing, 1 is`)
  return performance.now() - started
}

try {
  const best = Math.min(...(await times(ROUNDS, ours)))
  const theirs = await peer()
  console.log(`${CONTAINERS} containers, ${DELAY_MS} ms each`)
  if (theirs / best < TARGET) process.exitCode = 1
  console.log(
    `check-store: ratio ${(theirs / best).toFixed(1)} (ours ${best.toFixed(0)} ms, peer ${theirs.toFixed(0)} ms)`
  )
} finally {
  server.close()
  server.closeAllConnections()
}

async function times(count: number, run: () => Promise<number>): Promise<number[]> {
  const results: number[] = []
  for (let round = 0; round < count; round++) results.push(await run())
  return results
}
