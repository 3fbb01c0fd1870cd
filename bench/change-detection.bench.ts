/**
 * Has an image of more than 1 GB changed? Us: manifest and configuration from the registry, compared with what the
 * engine built. The peer: what workflows do, `docker pull` and `docker inspect`. Same registry, same machine, same
 * image; both start without the image's layers, and both are timed without the start-up of their program.
 *
 * Targets: under 64 KB, at least 100 times faster. Starts an engine of its own, which it prunes: it needs root.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { createHttp } from '../lib/http/index.ts'
import { anonymous, createRegistry, parseRepository } from '../lib/registry/index.ts'
import { createExec } from '../lib/shell/index.ts'
import { startDocker, startRegistry } from '../testbed/index.ts'
import { realClock, silentLog } from '../testbed/ports.ts'
import { startFaultProxy } from '../actions/build-desktop/test/fault-proxy.ts'
import { detectChange, describeChange } from '../actions/build-desktop/src/changes.ts'
import { comparable } from '../actions/build-desktop/src/build.ts'
import { createDocker } from '../lib/docker/index.ts'

const LAYERS = 8
const LAYER_BYTES = 140_000_000
const ROUNDS = 5

await using engine = await startDocker({ own: true })
// Below, everything that it holds is pruned.
if (!engine.own) throw new Error('this needs an engine of its own: it prunes the one that it uses')
await using service = await startRegistry()
await using proxy = await startFaultProxy(service.host)
const exec = createExec({ env: { ...process.env, ...engine.env } })
const docker = createDocker({ exec })
const http = createHttp({ userAgent: 'neurodesk-ci-bench' })
const folder = await mkdtemp(join(tmpdir(), 'neurodesk-ci-bench-'))
const name = `${proxy.host}/neurodesk/desktop:latest`

try {
  // Half of each layer compresses well, half not at all, as the desktop's layers do on the whole.
  await mkdir(join(folder, 'parts'))
  for (let layer = 0; layer < LAYERS; layer++) {
    const half = LAYER_BYTES / 2
    await writeFile(
      join(folder, 'parts', String(layer)),
      Buffer.concat([randomBytes(half), Buffer.alloc(half, `layer ${layer} `)])
    )
  }
  const copies = Array.from({ length: LAYERS }, (_, layer) => `COPY parts/${layer} /opt/part-${layer}`)
  await writeFile(
    join(folder, 'Dockerfile'),
    ['FROM scratch', ...copies, 'ENV A=1', 'CMD ["/none"]'].join('\n')
  )
  await exec.run('docker', ['buildx', 'build', '--load', '--tag', name, folder], { timeoutMs: 20 * 60_000 })
  await exec.run('docker', ['push', '--quiet', name], { timeoutMs: 20 * 60_000 })
  const built = await docker.image(name)
  if (built === undefined) throw new Error('the engine has no image')
  console.log(`image of ${(built.size / 1e9).toFixed(2)} GB in ${LAYERS} layers`)

  const ours: { ms: number; bytes: number }[] = []
  for (let round = 0; round < ROUNDS; round++) {
    // A new client each time: no token, no open connection, nothing remembered.
    const registry = createRegistry({ http, clock: realClock, log: silentLog, credentials: anonymous })
    const before = proxy.traffic.received
    const started = performance.now()
    const change = await detectChange(
      registry,
      parseRepository(`${proxy.host}/neurodesk/desktop`),
      'latest',
      `${built.os}/${built.architecture}`,
      comparable(built),
      []
    )
    ours.push({ ms: performance.now() - started, bytes: proxy.traffic.received - before })
    if (change.verdict !== 'unchanged') throw new Error(`the answer is wrong: ${describeChange(change)}`)
  }

  const peer: { ms: number; bytes: number }[] = []
  for (let round = 0; round < 2; round++) {
    await exec.run('docker', ['system', 'prune', '--all', '--force', '--volumes'], { timeoutMs: 10 * 60_000 })
    await exec.run('docker', ['builder', 'prune', '--all', '--force'], { timeoutMs: 10 * 60_000 })
    const before = proxy.traffic.received
    const started = performance.now()
    await exec.run('docker', ['pull', '--quiet', name], { timeoutMs: 20 * 60_000 })
    const { stdout } = await exec.run('docker', ['inspect', '--format', '{{json .RootFS.Layers}}', name])
    peer.push({ ms: performance.now() - started, bytes: proxy.traffic.received - before })
    if (stdout.trim() !== JSON.stringify(built.diffIds)) throw new Error('the peer got another answer')
  }

  const [us, them] = [median(ours), median(peer)]
  const bytes = them.bytes / us.bytes
  console.log(`bytes: ours ${us.bytes} (target: under 64 KB), peer ${them.bytes}`)
  if (us.bytes > 64_000) console.log('more than the target of 64 KB')
  if (them.ms / us.ms < 100) console.log('less than the target of 100 times')
  console.log(`change-detection/bytes: ratio ${bytes.toFixed(0)} (ours ${us.bytes} B, peer ${them.bytes} B)`)
  console.log(
    `change-detection: ratio ${(them.ms / us.ms).toFixed(0)} (ours ${us.ms.toFixed(1)} ms, peer ${them.ms.toFixed(0)} ms)`
  )
} finally {
  http.close()
  await rm(folder, { recursive: true, force: true })
}

function median(values: readonly { ms: number; bytes: number }[]): { ms: number; bytes: number } {
  const sorted = [...values].sort((a, b) => a.ms - b.ms)
  return sorted[Math.floor(sorted.length / 2)] ?? { ms: Number.NaN, bytes: Number.NaN }
}
