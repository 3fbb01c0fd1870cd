/** Building: buildx with the engine's own driver, for the platform of the machine. */
import { join } from 'node:path'
import type { EngineFacts, ImageFacts } from '../../../lib/docker/index.ts'
import { FindingError, InputError, ToolError } from '../../../lib/failure/index.ts'
import {
  formatPlatform,
  formatReference,
  at,
  parsePlatform,
  type Comparable,
  type ImageConfig
} from '../../../lib/registry/index.ts'
import { planBuild } from './plan.ts'
import { insideWorkspace, type Setup } from './setup.ts'

export interface Built {
  /** Name in the engine. */
  readonly name: string
  readonly platform: string
  readonly facts: ImageFacts
  readonly durationMs: number
}

/** The one platform of this run. @throws InputError when there are several: each is built where it runs natively. */
export function platformOf(setup: Setup, engine: EngineFacts): string {
  const [first, ...more] = setup.inputs.platforms
  if (more.length > 0) {
    throw new InputError([
      {
        input: 'platforms',
        given: setup.inputs.platforms.join(', '),
        allowed: 'one platform for each build',
        fix: 'run one job per platform with `mode: build`, and join them with `mode: merge`'
      }
    ])
  }
  return formatPlatform(parsePlatform(first ?? engine.platform))
}

export async function build(setup: Setup, platform: string): Promise<Built> {
  const { inputs, ports, docker } = setup
  const contextPath = await insideWorkspace(ports, 'context', inputs.context, 'folder')
  const dockerfilePath =
    inputs.dockerfile === ''
      ? join(contextPath, 'Dockerfile')
      : await insideWorkspace(ports, 'dockerfile', inputs.dockerfile, 'file')
  await insideWorkspace(ports, 'dockerfile', dockerfilePath, 'file')
  requireSecrets(setup)
  const primary = setup.targets.targets[0]
  const name = `neurodesk-ci/${setup.image}:${setup.tag}-${platform.replaceAll('/', '-')}`
  const args = planBuild(inputs, {
    tag: setup.tag,
    platform,
    name,
    contextPath,
    dockerfilePath,
    published: primary === undefined ? undefined : formatReference(at(primary.repository, 'latest')),
    sourceDate: await commitTime(setup)
  })
  const started = ports.clock.now()
  // On a machine of one's own an image for each day would fill the disk.
  const image = { kind: 'image', id: name }
  ports.cleanup.register(image)
  try {
    await docker.build(args, { timeoutMs: inputs.buildTimeout })
  } catch (error) {
    // The client said so itself: the engine is through with it, and post has nothing to wait for.
    if (error instanceof ToolError && error.reason === 'exit') ports.cleanup.release(image)
    throw error
  }
  const facts = await docker.image(name)
  if (facts === undefined)
    throw new FindingError(`docker buildx ended well, but the engine has no image ${name}`)
  return { name, platform, facts, durationMs: ports.clock.now() - started }
}

/** What the engine tells about an image, as something to compare. */
export function comparable(facts: ImageFacts): Comparable {
  const config: ImageConfig = {
    os: facts.os,
    architecture: facts.architecture,
    variant: facts.variant,
    created: undefined,
    settings: facts.settings,
    diffIds: facts.diffIds,
    raw: {}
  }
  return { config }
}

function requireSecrets(setup: Setup): void {
  const problems = setup.inputs.secrets.flatMap((line) => {
    const variable = line.slice(line.indexOf('=') + 1)
    return (setup.ports.runner.env[variable] ?? '') !== ''
      ? []
      : [
          {
            input: 'secrets',
            given: line,
            allowed: 'a variable that is set',
            fix: `set ${variable} in \`env:\` of the step`
          }
        ]
  })
  if (problems.length > 0) throw new InputError(problems)
}

/** Seconds since 1970 of the commit that is checked out; undefined outside of git. */
async function commitTime(setup: Setup): Promise<number | undefined> {
  const { exec, runner } = setup.ports
  if ((await exec.which('git')) === undefined) return undefined
  // -c: the workspace may belong to another user than the one that the step runs as.
  const result = await exec.run(
    'git',
    ['-c', `safe.directory=${runner.workspace}`, 'log', '-1', '--format=%ct'],
    {
      cwd: runner.workspace,
      accept: 'any',
      timeoutMs: 30_000
    }
  )
  const seconds = Number(result.stdout.trim())
  return result.exitCode === 0 && Number.isSafeInteger(seconds) && seconds > 0 ? seconds : undefined
}
