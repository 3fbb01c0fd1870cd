/** One profile from start to end: the container is made, looked at and removed. */
import { randomBytes } from 'node:crypto'
import { containerResource, type Docker } from '../../../../lib/docker/index.ts'
import { messageOf } from '../../../../lib/failure/index.ts'
import type { Ports } from '../../../../lib/ports/index.ts'
import { runCheck, type CheckContext, type CheckResult } from './checks.ts'
import type { Profile } from './types.ts'
import type { Photographer } from './screenshot.ts'
import { devicesOf, planStart } from './start.ts'

export interface ProfileResult {
  readonly profile: string
  readonly checks: readonly CheckResult[]
  /** From start to the first answer; undefined when there is none to wait for, or none came. */
  readonly startUpMs: number | undefined
  /** Bytes at the end. */
  readonly memory: number | undefined
  /** Why the profile could not be tried at all. */
  readonly untested: string | undefined
  /** What a person needs who looks at a failure. */
  readonly diagnosis: Diagnosis | undefined
}

export interface Diagnosis {
  readonly logs: string
  readonly exitCode: number | undefined
  readonly outOfMemory: boolean
  readonly health: string | undefined
}

export interface ProfileContext {
  readonly ports: Ports
  readonly docker: Docker
  readonly photographer: Photographer
  /** Image id or reference by digest. */
  readonly image: string
  readonly platform: string
}

const POLL_MS = 200

export async function runProfile(profile: Profile, context: ProfileContext): Promise<ProfileResult> {
  const { ports, docker } = context
  const empty = {
    profile: profile.name,
    checks: [],
    startUpMs: undefined,
    memory: undefined,
    diagnosis: undefined
  }
  const reason = await whyUntested(profile, context)
  if (reason !== undefined) return { ...empty, untested: reason }

  const name = `neurodesk-ci-${randomBytes(6).toString('hex')}`
  const { workspace, temp } = ports.runner
  const plan = planStart(profile, { workspace, temp, name, platform: context.platform })
  for (const volume of plan.volumes) ports.cleanup.register({ kind: 'volume', id: volume })
  ports.cleanup.register(containerResource(name, context.image))
  const checks: CheckResult[] = []
  try {
    const startUpMs = await start(profile, plan, name, context, checks)
    if (!checks.some((check) => check.status === 'failed')) await look(profile, name, context, checks)
    const facts = await docker.container(name)
    if (
      profile.mustRun &&
      facts?.running !== true &&
      !checks.some((check) => check.kind === 'start-up' && check.status === 'failed')
    ) {
      checks.push(
        verdict(
          'still running',
          'running',
          false,
          `the container ended with exit code ${facts?.exitCode ?? 'unknown'}`
        )
      )
    }
    const memory = facts?.running === true ? await docker.memory(name) : undefined
    if (profile.mostMemory !== undefined) checks.push(judgeMemory(memory, profile.mostMemory))
    const bad = checks.some((check) => check.status === 'failed')
    const diagnosis = bad ? await diagnose(docker, name) : undefined
    return { profile: profile.name, checks, startUpMs, memory, untested: undefined, diagnosis }
  } finally {
    await remove(context, name, plan.volumes)
  }
}

async function whyUntested(profile: Profile, context: ProfileContext): Promise<string | undefined> {
  if (profile.platforms.length > 0 && !profile.platforms.includes(context.platform)) {
    return `only for ${profile.platforms.join(', ')}`
  }
  for (const device of devicesOf(profile)) {
    const there = await context.ports.fs.access(device).then(
      () => true,
      () => false
    )
    if (!there) return `this machine has no ${device}`
  }
  return undefined
}

/** Starts the container and waits for its first answer. What goes wrong becomes a failed check, not an exception. */
async function start(
  profile: Profile,
  plan: ReturnType<typeof planStart>,
  name: string,
  context: ProfileContext,
  checks: CheckResult[]
): Promise<number | undefined> {
  const { docker, ports } = context
  const { clock, http, runner } = ports
  const started = clock.now()
  try {
    for (const folder of plan.folders) await ports.fs.access(folder)
    for (const volume of plan.volumes) await docker.createVolume(volume)
    // Whoever runs in the container reads them.
    for (const file of plan.files) {
      await ports.fs.writeFile(file.path, file.text)
      await ports.fs.chmod(file.path, 0o644)
    }
    await docker.start(name, plan.args, context.image, plan.command, profile.env)
  } catch (error) {
    runner.signal.throwIfAborted()
    checks.push(verdict('start', 'start-up', false, messageOf(error), clock.now() - started))
    return undefined
  }
  const { startUp } = profile
  if (startUp === undefined) return undefined
  let last = 'no answer'
  for (;;) {
    const facts = await docker.container(name)
    const elapsed = clock.now() - started
    const port = facts?.ports[String(startUp.port)]
    if (facts?.running !== true) {
      checks.push(
        verdict(
          'start-up',
          'start-up',
          false,
          `the container ended with exit code ${facts?.exitCode ?? 'unknown'} before it answered`,
          elapsed
        )
      )
      return undefined
    }
    if (port !== undefined) {
      try {
        const answer = await http.request(`http://127.0.0.1:${port}${startUp.path}`, {
          timeoutMs: 5_000,
          signal: runner.signal
        })
        // Any answer below 500 comes from something that is up; what it says is for the checks.
        if (answer.status < 500) {
          const took = clock.now() - started
          const fine = took <= startUp.withinMs
          checks.push(
            verdict('start-up', 'start-up', fine, `answered after ${(took / 1000).toFixed(1)} s`, took)
          )
          return took
        }
        last = `HTTP ${answer.status}`
      } catch (error) {
        runner.signal.throwIfAborted()
        last = messageOf(error)
      }
    }
    if (elapsed > startUp.withinMs) {
      checks.push(
        verdict(
          'start-up',
          'start-up',
          false,
          `no answer on port ${startUp.port} within ${startUp.withinMs / 1000} s: ${last}`,
          elapsed
        )
      )
      return undefined
    }
    await clock.sleep(POLL_MS, runner.signal)
  }
}

async function look(
  profile: Profile,
  name: string,
  context: ProfileContext,
  checks: CheckResult[]
): Promise<void> {
  const { ports, docker, photographer } = context
  const facts = await docker.container(name)
  const check: CheckContext = {
    docker,
    http: ports.http,
    clock: ports.clock,
    signal: ports.runner.signal,
    container: name,
    ports: facts?.ports ?? {},
    photographer,
    pictureName: (one) =>
      `${profile.name}-${one.name}`
        .replace(/[^A-Za-z0-9._-]+/g, '-')
        .replace(/-+$/, '')
        .slice(0, 120)
  }
  for (const one of profile.checks) checks.push(...(await runCheck(one, check)))
}

function judgeMemory(memory: number | undefined, most: number): CheckResult {
  const mb = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`
  if (memory === undefined) {
    return {
      name: 'memory',
      kind: 'memory',
      status: 'untested',
      message: 'the engine does not tell',
      durationMs: 0
    }
  }
  return verdict('memory', 'memory', memory <= most, `${mb(memory)}, at most ${mb(most)}`)
}

function verdict(
  name: string,
  kind: CheckResult['kind'],
  fine: boolean,
  message: string,
  durationMs = 0
): CheckResult {
  return { name, kind, status: fine ? 'passed' : 'failed', message, durationMs }
}

async function diagnose(docker: Docker, name: string): Promise<Diagnosis> {
  const facts = await docker.container(name)
  const health =
    facts?.health === undefined ? undefined : `${facts.health}: ${(facts.healthLog ?? '').trim()}`
  return {
    logs: await docker.logs(name, 200),
    exitCode: facts === undefined || facts.running ? undefined : facts.exitCode,
    outOfMemory: facts?.outOfMemory === true,
    health
  }
}

/** Removes what the profile made. What cannot be removed now stays in the state, and post tries again. */
async function remove(context: ProfileContext, name: string, volumes: readonly string[]): Promise<void> {
  const { ports, docker } = context
  if (ports.runner.signal.aborted) return
  try {
    await docker.removeContainer(name)
    ports.cleanup.release(containerResource(name, context.image))
    for (const volume of volumes) {
      await docker.removeVolume(volume)
      ports.cleanup.release({ kind: 'volume', id: volume })
    }
  } catch (error) {
    ports.log.debug(`left for post: ${messageOf(error)}`)
  }
}
