/** One case: from the image to an exposed container, and through all its tests. */
import path from 'node:path'

import {
  bareEnvironment,
  failed,
  fitRuntime,
  ImageError,
  judgeOutput,
  openImage,
  readPromise,
  RuntimeError,
  sessionEnvironment,
  together,
  type Checked,
  type ContainerPromise,
  type ImageTree,
  type InstallResult,
  type Overhead,
  type Test,
  type Transfer
} from '../../../lib/exposure/index.ts'
import { messageOf } from '../../../lib/failure/index.ts'
import type { Finding } from '../../../lib/report/index.ts'
import { inspectFile, SifError } from '../../../lib/sif/index.ts'
import {
  checkTransfer,
  install,
  makeFolder,
  makeToolbox,
  readExcludes,
  setUp,
  type Scene
} from './installing.ts'
import type { Case } from './plan.ts'
import { ImageMissing, provideImage } from './provide.ts'
import type { Wanted } from './scene.ts'
import { testInstalled } from './suite.ts'

export interface CaseResult {
  readonly plan: Case
  /** It came through all its tests; otherwise nobody even knows its commands. */
  readonly reached: boolean
  readonly runtimeVersion: string
  readonly promised: number
  readonly wrapped: readonly string[]
  readonly tests: readonly Test[]
  readonly findings: readonly Finding[]
  readonly overhead: Overhead | undefined
  /** How the image came, where the installer fetched it by itself. */
  readonly transfer: Transfer | undefined
}

interface Opened {
  readonly tree: ImageTree
  readonly promise: ContainerPromise
}

/** Never throws for what is wrong with the container or its installer: that is its result. */
export async function examine(around: Omit<Scene, 'folder'>, wanted: Wanted): Promise<CaseResult> {
  const { ports, plan, runtime } = around
  const folder = path.join(ports.runner.temp, `case-${plan.number}`)
  const trees: ImageTree[] = []
  let checked: Checked
  try {
    await ports.fs.mkdir(folder, { recursive: true })
    return await examineScene({ ...around, folder: await ports.fs.realpath(folder) }, wanted, trees)
  } catch (error) {
    ports.runner.signal.throwIfAborted()
    checked = imageFault(plan.container.id, error)
  } finally {
    for (const tree of trees) await tree.close()
  }
  return { ...nothingOf(plan, runtime.version), ...checked }
}

/** What is told of an image that could not be examined. Rethrows what is no fault of an image. */
function imageFault(container: string, error: unknown): Checked {
  if (error instanceof ImageMissing && error.unknown) {
    const reason = `the image could not be fetched: ${messageOf(error)}`
    return {
      tests: [{ name: 'image', command: undefined, outcome: 'untested', reason }],
      findings: [{ id: 'exposure-image-unknown', severity: 'unknown', subject: container, message: reason }]
    }
  }
  const fault = (id: string): Checked => failed(container, { name: 'image' }, id, messageOf(error))
  if (error instanceof ImageMissing) return fault('exposure-image-missing')
  if (error instanceof ImageError || error instanceof SifError) return fault('exposure-image-damaged')
  if (error instanceof RuntimeError) return fault('exposure-image-does-not-start')
  throw error
}

function nothingOf(plan: Case, runtimeVersion: string): Omit<CaseResult, keyof Checked> {
  return {
    plan,
    reached: false,
    runtimeVersion,
    promised: 0,
    wrapped: [],
    overhead: undefined,
    transfer: undefined
  }
}

async function examineScene(scene: Scene, wanted: Wanted, trees: ImageTree[]): Promise<CaseResult> {
  const { ports, inputs, host, plan, runtime } = scene
  const toolbox = await makeToolbox(scene)
  const fetchesItself = plan.source === 'installer'
  const image = fetchesItself ? undefined : await provideImage(ports, inputs, plan, runtime, scene.folder)
  const early = image === undefined ? undefined : await open(scene, image, trees)
  const setup = await setUp(scene, toolbox)
  if (setup !== undefined) return { ...nothingOf(plan, runtime.version), ...setup }

  const again = async (where: string): Promise<InstallResult> =>
    await install(scene, where, toolbox, image, early?.promise)
  const result = await again('host')
  const lost = fetchesItself ? undefined : await checkStillThere(scene, result)
  if (lost !== undefined) return { ...nothingOf(plan, runtime.version), ...lost }
  const came = fetchesItself ? await checkTransfer(scene, result.installed.image, toolbox) : undefined
  const { tree, promise } = early ?? (await open(scene, result.installed.image, trees))
  const home = await makeFolder(scene, 'home')
  const env = sessionEnvironment({
    installed: result.installed,
    place: { root: scene.folder, home },
    runtime,
    toolbox,
    bindPaths: inputs.bindPaths,
    gpu: inputs.gpu,
    user: host.user,
    pass: host.pass
  })
  const tested = await testInstalled({
    ...scene,
    wanted,
    tree,
    promise,
    result,
    env,
    bare: bareEnvironment(env, toolbox),
    home,
    calls: await makeFolder(scene, 'calls'),
    excludes: await readExcludes(scene),
    again
  })
  const parts = [
    came?.checked ?? together([]),
    installerTests(scene, result, tested.wrapped.length),
    tested.checked
  ]
  return {
    plan,
    reached: true,
    runtimeVersion: runtime.version,
    promised: promise.commands.length,
    wrapped: tested.wrapped,
    overhead: tested.overhead,
    transfer: came?.transfer,
    ...together(parts)
  }
}

/**
 * An installer that unpacks the image may remove it before it has something in its place. neurocommand is given the
 * image when it asks for it: that it never asked is told by what is missing.
 */
async function checkStillThere(
  { ports, inputs, plan }: Scene,
  { installed }: InstallResult
): Promise<Checked | undefined> {
  if (inputs.installer === 'neurocommand') return undefined
  const present = await ports.fs.stat(installed.image).catch(() => undefined)
  if (present !== undefined) return undefined
  const reason = `the image was there, and after the installation there is no ${path.basename(installed.image)}`
  return failed(plan.container.id, { name: 'installer' }, 'exposure-image-lost', reason)
}

/** Opens an image, makes sure that it is whole and that the runtime starts it, and reads what it promises. */
async function open(scene: Scene, image: string, trees: ImageTree[]): Promise<Opened> {
  const { ports, inputs, plan, runtime } = scene
  const present = await ports.fs.stat(image).catch(() => undefined)
  if (present === undefined) throw new ImageMissing('the installer brought no image', false)
  const tree = await openImage(ports.fs, image)
  trees.push(tree)
  // A file that is cut off still has its first folders.
  if (present.isFile()) await inspectFile(ports.fs, image)
  await fitRuntime(ports.exec, runtime, image)
  const container = plan.container.id
  if (inputs.installer === 'builtin') return { tree, promise: await readPromise(tree, { container }) }
  const excludes = new Set(await readExcludes(scene))
  const exclude = (name: string): string | undefined =>
    excludes.has(name) ? "it is in the installer's list of excludes" : undefined
  return { tree, promise: await readPromise(tree, { container, exclude }) }
}

/** What the installer said and did besides the files that it left. */
function installerTests({ plan }: Scene, result: InstallResult, wrapped: number): Checked {
  const findings = [
    ...judgeOutput(plan.container.id, result.output, result.exitCode, wrapped),
    ...result.findings
  ]
  const tests = findings.map((finding): Test => ({
    name: 'installer',
    command: undefined,
    outcome: finding.severity === 'error' ? 'failed' : 'passed',
    reason: finding.message
  }))
  return { tests, findings }
}
