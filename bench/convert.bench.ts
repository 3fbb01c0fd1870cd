/**
 * Three images of about 1 GB into a store: the built bundle against `apptainer build`, then `rclone copyto`, one
 * image after another, as NeuroDesk's upload_containers_simg.sh does. Both as they come (gzip; level 6 here, 9 there),
 * so the sizes of the SIFs are told as well. Measured: wall time, CPU time (which a busy machine does not blur), the
 * most disk that was in use, and the bytes that were written. The store is a folder here and is elsewhere in real
 * life: neither what lies in it nor what is written to it counts, on either side.
 *
 *   npm run bench -- convert      BENCH_MEGABYTES=200 for smaller images, BENCH_LEVEL=9 for the same level on both
 *                                 sides, BENCH_CONVERTER=apptainer for our action without its stream
 */
import { spawn } from 'node:child_process'
import { randomFillSync } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { DATE, layer, pushImage, type Entry } from '../actions/convert-containers/test/world.ts'
import { createHttp } from '../lib/http/index.ts'
import { anonymous, createRegistry } from '../lib/registry/index.ts'
import { actionFolder } from '../scripts/repository.ts'
import { findTools, startRegistry } from '../testbed/index.ts'
import { inputVariables, realClock, silentLog } from '../testbed/ports.ts'

const MEGABYTES = Number(process.env['BENCH_MEGABYTES'] ?? 1000)
/** The store takes so much a second, as one in another country does; the same for both. */
const UPLOAD = process.env['BENCH_UPLOAD'] ?? '25M'
const LEVEL = process.env['BENCH_LEVEL'] ?? '0'
const CONVERTER = process.env['BENCH_CONVERTER'] ?? 'stream'
const NAMES = ['first', 'second', 'third']

/**
 * What images are made of: three quarters are programs, libraries and texts of this machine's /usr, each image others,
 * one quarter is data that is packed already.
 */
async function contents(image: number, part: number): Promise<Buffer> {
  const folder = `part${part}`
  const budget = (MEGABYTES * 1e6) / 4
  const noise = randomFillSync(Buffer.allocUnsafe(Math.round(budget / 4)))
  const entries: Entry[] = [
    { name: `${folder}/`, type: 'directory', mode: 0o755 },
    { name: `${folder}/scan.nii.gz`, content: noise }
  ]
  let left = budget - noise.length
  const share = image * 4 + part
  for (let index = share; index < files.length && left > 0; index += NAMES.length * 4) {
    const file = files[index]
    if (file === undefined || file.bytes > left) continue
    const content = await readFile(file.path).catch(() => undefined)
    if (content === undefined) continue
    entries.push({ name: `${folder}${file.path}`, content })
    left -= content.length
  }
  return await layer(entries)
}

/** Regular files below some folders of /usr, at most 20 MB each, in a fixed order. */
async function filesOfSystem(): Promise<{ path: string; bytes: number }[]> {
  const found: { path: string; bytes: number }[] = []
  const walk = async (folder: string): Promise<void> => {
    for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
      const file = path.join(folder, entry.name)
      if (entry.isDirectory()) await walk(file)
      else if (entry.isFile()) {
        const { size } = await stat(file)
        if (size > 0 && size < 20e6) found.push({ path: file, bytes: size })
      }
    }
  }
  for (const folder of ['/usr/lib', '/usr/share', '/usr/bin']) await walk(folder)
  return found.sort((x, y) => (x.path < y.path ? -1 : 1))
}

interface Measured {
  readonly seconds: number
  readonly peakBytes: number
  readonly writtenBytes: number
  readonly cpuSeconds: number
  readonly sifBytes: number
}

/** What the kernel counts for all descendants that were waited for; blocks of 512 bytes (getrusage(2)). */
const ACCOUNT =
  'import resource,subprocess,sys\nr=subprocess.run(sys.argv[2:]).returncode\nu=resource.getrusage(resource.RUSAGE_CHILDREN)\nopen(sys.argv[1],"w").write(f"{u.ru_oublock*512} {u.ru_utime+u.ru_stime}")\nsys.exit(r)'

async function measure(
  folder: string,
  command: readonly string[],
  env: NodeJS.ProcessEnv
): Promise<Measured> {
  const account = `${folder}.written`
  let peakBytes = 0
  let running = true
  const watch = async (): Promise<void> => {
    while (running) {
      peakBytes = Math.max(peakBytes, await usedBy(folder, 'store'))
      await realClock.sleep(250)
    }
  }
  const started = performance.now()
  const child = spawn('python3', ['-c', ACCOUNT, account, ...command], {
    env,
    stdio: ['ignore', 'ignore', 'pipe']
  })
  let stderr = ''
  child.stderr.on('data', (chunk: Buffer) => (stderr = (stderr + chunk.toString()).slice(-4000)))
  const watching = watch()
  const [code] = (await once(child, 'close')) as [number | null]
  const seconds = (performance.now() - started) / 1000
  running = false
  await watching
  if (code !== 0) throw new Error(`${command.slice(0, 2).join(' ')} ended with ${code}: ${stderr}`)
  const [allBytes = 0, cpuSeconds = 0] = (await readFile(account, 'utf8')).split(' ').map(Number)
  const sifBytes = await usedBy(path.join(folder, 'store'))
  return { seconds, peakBytes, writtenBytes: allBytes - sifBytes, cpuSeconds, sifBytes }
}

async function usedBy(folder: string, but?: string): Promise<number> {
  let total = 0
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  for (const entry of entries) {
    if (entry.name === but) continue
    const file = path.join(folder, entry.name)
    if (entry.isDirectory()) total += await usedBy(file)
    else
      total += await stat(file).then(
        (found) => found.blocks * 512,
        () => 0
      )
  }
  return total
}

const tools = findTools()
const files = await filesOfSystem()
const root = await mkdtemp(path.join(tmpdir(), 'neurodesk-ci-bench-convert-'))
const service = await startRegistry()
try {
  const http = createHttp({ userAgent: 'neurodesk-ci/bench' })
  const registry = createRegistry({ http, clock: realClock, log: silentLog, credentials: anonymous })
  for (const [image, name] of NAMES.entries()) {
    const layers = []
    for (let part = 0; part < 4; part++) layers.push(await contents(image, part))
    await pushImage(registry, service.host, `vnmd/${name}_1`, DATE, layers)
  }
  http.close()
  const env = { ...process.env, ...tools.env, NODE_OPTIONS: '', RCLONE_BWLIMIT: UPLOAD }
  const peer = await runPeer(path.join(root, 'peer'), env)
  await rm(path.join(root, 'peer'), { recursive: true, force: true })
  const ours = await runOurs(path.join(root, 'ours'), env)
  const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(2)} GB`
  const line = (name: string, show: (value: number) => string, of: (measured: Measured) => number): string =>
    `convert/${name}: ratio ${(of(peer) / of(ours)).toFixed(2)} (ours ${show(of(ours))}, peer ${show(of(peer))})`
  console.log(
    `${NAMES.length} images of ${MEGABYTES} MB, gzip, ${CONVERTER} against apptainer, uploads at ${UPLOAD} a second`
  )
  console.log(
    line(
      'wall',
      (value) => `${value.toFixed(1)} s`,
      ({ seconds }) => seconds
    )
  )
  console.log(
    line(
      'cpu',
      (value) => `${value.toFixed(1)} s`,
      ({ cpuSeconds }) => cpuSeconds
    )
  )
  console.log(line('peak-disk', gigabytes, ({ peakBytes }) => peakBytes))
  console.log(line('written', gigabytes, ({ writtenBytes }) => writtenBytes))
  console.log(line('sif-size', gigabytes, ({ sifBytes }) => sifBytes))
} finally {
  await service[Symbol.asyncDispose]()
  await rm(root, { recursive: true, force: true })
}

async function runPeer(folder: string, base: NodeJS.ProcessEnv): Promise<Measured> {
  for (const name of ['store', 'tmp', 'cache']) await mkdir(path.join(folder, name), { recursive: true })
  const script =
    'set -e; host=$1; folder=$2; shift 2; for name in "$@"; do ' +
    'apptainer build "$folder/$name.simg" "docker://$host/vnmd/${name}_1:' +
    DATE +
    '"; ' +
    'rclone copyto "$folder/$name.simg" ":local:$folder/store/$name.simg"; ' +
    'rm -rf "$folder/cache" "$folder/$name.simg"; done'
  const env = {
    ...base,
    APPTAINER_NOHTTPS: '1',
    APPTAINER_TMPDIR: path.join(folder, 'tmp'),
    APPTAINER_CACHEDIR: path.join(folder, 'cache')
  }
  return await measure(folder, ['bash', '-c', script, 'peer', service.host, folder, ...NAMES], env)
}

async function runOurs(folder: string, base: NodeJS.ProcessEnv): Promise<Measured> {
  for (const name of ['store', 'work', 'temp']) await mkdir(path.join(folder, name), { recursive: true })
  const apps = NAMES.map((name) => [
    name,
    { apps: { [`${name} 1`]: { version: DATE, exec: '' } }, categories: [] }
  ])
  await writeFile(path.join(folder, 'apps.json'), JSON.stringify(Object.fromEntries(apps)))
  const inputs = {
    catalogue: path.join(folder, 'apps.json'),
    mode: 'convert',
    stores: `:local:${folder}/store name=store`,
    registries: `${service.host}/vnmd`,
    'work-dir': path.join(folder, 'work'),
    'compression-level': LEVEL,
    converter: CONVERTER
  }
  const env: NodeJS.ProcessEnv = {
    ...base,
    ...inputVariables(inputs),
    RUNNER_TEMP: path.join(folder, 'temp'),
    GITHUB_WORKSPACE: folder
  }
  const bundle = path.join(actionFolder('convert-containers'), 'dist', 'index.js')
  return await measure(folder, [process.execPath, bundle], env)
}
