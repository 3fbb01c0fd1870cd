/**
 * Builds the fixture images with an engine and pushes them to a registry. Nothing is pulled: the base is made of a
 * static busybox and a static bash, and one image carries a program of this machine with its libraries.
 */
import { chmod, copyFile, cp, mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Exec } from '../../lib/ports/index.ts'
import { createExec } from '../../lib/shell/index.ts'
import type { DockerService } from '../services/docker.ts'
import { clearEstate, createEstate } from '../services/estate.ts'
import { need } from '../services/need.ts'
import type { RegistryService } from '../services/registry.ts'
import { findTools } from '../tools.ts'
import { containerName, FIXTURE_CONTAINERS, imageName } from './fixtures.ts'
import type { FixtureContainer } from './fixtures.ts'

export interface FixtureImages {
  /** Reference of the base, for the build argument BASE of dockerfiles/fixture-desktop and others. */
  readonly base: string
  readonly containers: readonly (FixtureContainer & {
    /** NAME_VERSION_DATE */
    readonly container: string
    /** `127.0.0.1:PORT/vnmd/NAME_VERSION:DATE` */
    readonly reference: string
  })[]
}

const DOCKERFILES = fileURLToPath(new URL('../../dockerfiles/', import.meta.url))

/** The namespace that NeuroDesk's containers have on Docker Hub. */
export const NAMESPACE = 'vnmd'

type Engine = Pick<DockerService, 'env'>
type Registry = Pick<RegistryService, 'host' | 'auth'>

/**
 * Base and containers, built and pushed; a few seconds. Logs in where the registry wants it.
 * @throws ToolError when a build or a push fails, MissingService without busybox-static and bash-static
 */
export async function buildFixtureImages(
  docker: Engine,
  registry: Registry,
  containers: readonly FixtureContainer[] = FIXTURE_CONTAINERS
): Promise<FixtureImages> {
  const exec = createExec({
    env: { ...process.env, ...findTools().env, ...docker.env, DOCKER_BUILDKIT: '1' }
  })
  await login(exec, registry)
  await using scratch = await scratchFolder()
  const base = await buildBase(exec, registry, scratch.path)
  const built = await Promise.all(
    containers.map(async (container) => {
      const context = join(scratch.path, container.name)
      await cp(join(DOCKERFILES, 'fixture-tools', container.name), context, { recursive: true })
      if (container.name === 'packvol') await addProgram(exec, 'tar', 'voltar', context)
      const reference = `${registry.host}/${NAMESPACE}/${imageName(container)}`
      await buildAndPush(exec, context, reference, [`BASE=${base}`])
      return { ...container, container: containerName(container), reference }
    })
  )
  return { base, containers: built }
}

/**
 * The base alone, for arm64: on another processor that needs emulateArm64(). The engine keeps it under a tag of its
 * own, `testbed/base:1-arm64`.
 */
export async function buildArm64Base(docker: Engine, registry: Registry): Promise<string> {
  const exec = createExec({
    env: { ...process.env, ...findTools().env, ...docker.env, DOCKER_BUILDKIT: '1' }
  })
  await login(exec, registry)
  await using scratch = await scratchFolder()
  return await buildBase(exec, registry, scratch.path, 'arm64')
}

/** Where the small desktop is built from, and the build arguments that it needs. */
export function fixtureDesktop(images: Pick<FixtureImages, 'base'>): {
  readonly context: string
  readonly buildArgs: readonly string[]
} {
  return { context: join(DOCKERFILES, 'fixture-desktop'), buildArgs: [`BASE=${images.base}`] }
}

/** Takes the images of a registry out of an engine that goes on; those that were never built are no matter. */
export async function removeImages(docker: Engine, registry: Pick<Registry, 'host'>): Promise<void> {
  const exec = createExec({ env: { ...process.env, ...findTools().env, ...docker.env } })
  const { stdout } = await exec.run('docker', ['image', 'ls', '--format', '{{.Repository}}:{{.Tag}}'], {
    accept: 'any'
  })
  const ours = stdout.split('\n').filter((name) => name.startsWith(`${registry.host}/`))
  if (ours.length > 0) await exec.run('docker', ['image', 'rm', '--force', ...ours], { accept: 'any' })
}

async function buildBase(exec: Exec, registry: Registry, scratch: string, arch?: 'arm64'): Promise<string> {
  const ending = arch === undefined ? '' : (`-${arch}` as const)
  const tools = findTools()
  const context = join(scratch, 'base')
  await cp(join(DOCKERFILES, 'fixture-base'), context, { recursive: true })
  await mkdir(join(context, 'bin'))
  for (const [tool, name] of [
    [`busybox-static${ending}`, 'busybox'],
    [`bash-static${ending}`, 'bash']
  ] as const) {
    await copyFile(need(tools, tool), join(context, 'bin', name))
    await chmod(join(context, 'bin', name), 0o755)
  }
  const reference = `${registry.host}/testbed/base:1${ending}`
  await buildAndPush(exec, context, reference, [], arch === undefined ? [] : ['--platform', `linux/${arch}`])
  return reference
}

async function buildAndPush(
  exec: Exec,
  context: string,
  reference: string,
  buildArgs: readonly string[],
  more: readonly string[] = []
): Promise<void> {
  const options = [...buildArgs.flatMap((argument) => ['--build-arg', argument]), ...more]
  // An index with attestations would be another kind of image than the ones that NeuroDesk publishes.
  await exec.run('docker', [
    'build',
    '--quiet',
    '--provenance=false',
    '--tag',
    reference,
    ...options,
    context
  ])
  await exec.run('docker', ['push', '--quiet', reference])
}

async function login(exec: Exec, registry: Registry): Promise<void> {
  if (registry.auth === undefined) return
  const { username, password } = registry.auth
  await exec.run('docker', ['login', '--username', username, '--password-stdin', registry.host], {
    stdin: password
  })
}

/** Copies a program of this machine as `program/NAME`, and the libraries that its loader finds as `libs/…`. */
async function addProgram(exec: Exec, command: string, name: string, context: string): Promise<void> {
  const program = await exec.which(command)
  if (program === undefined) throw new Error(`${command} is not on PATH`)
  await mkdir(join(context, 'program'))
  await copyFile(program, join(context, 'program', name))
  for (const library of librariesOf((await exec.run('ldd', [program])).stdout)) {
    const target = join(context, 'libs', library)
    await mkdir(dirname(target), { recursive: true })
    await copyFile(library, target)
  }
}

/** Files in an output of ldd: `name => /path (0x…)`, and `/path (0x…)` for the loader itself. */
export function librariesOf(output: string): string[] {
  return output
    .split('\n')
    .flatMap((line) => /^\s*(?:\S+ => )?(\/\S+) \(0x[0-9a-f]+\)$/.exec(line)?.[1] ?? [])
}

/** Removed in the end, also when we are killed before that. */
async function scratchFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const estate = await createEstate('images')
  return { path: estate.folder, [Symbol.asyncDispose]: () => clearEstate(estate) }
}
