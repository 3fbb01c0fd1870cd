/** Where may we push? Asked before the build: an hour later is late to learn that a password is wrong. */
import { isRefusal, type Registry } from '../../../lib/registry/index.ts'
import { messageOf } from '../../../lib/failure/index.ts'
import type { Finding } from '../../../lib/report/index.ts'
import type { Target } from './plan.ts'
import type { Setup } from './setup.ts'

export interface Right {
  readonly target: Target
  /** `refused`: logged in, and not allowed. `not-logged-in`: as on a fork. */
  readonly status: 'writable' | 'refused' | 'not-logged-in' | 'unreachable'
  readonly message: string
}

export async function askRights(setup: Setup): Promise<readonly Right[]> {
  return await Promise.all(setup.targets.targets.map(async (target) => await askRight(setup, target)))
}

async function askRight(setup: Setup, target: Target): Promise<Right> {
  const { registry, ports, inputs } = setup
  try {
    const loggedIn = await registry.loggedIn(target.repository.host)
    // The question itself starts an upload, and a dry run leaves nothing at anybody's.
    const writable = inputs.dryRun
      ? await isReadable(registry, target)
      : await registry.canPush(target.repository)
    if (writable) return { target, status: 'writable', message: '' }
    return loggedIn
      ? {
          target,
          status: 'refused',
          message: 'the registry refuses the login, or the login may not push there'
        }
      : { target, status: 'not-logged-in', message: 'nobody is logged in, so nothing can be pushed' }
  } catch (error) {
    ports.runner.signal.throwIfAborted()
    return { target, status: 'unreachable', message: messageOf(error) }
  }
}

/** A dry run can only see whether the registry answers. */
async function isReadable(registry: Registry, target: Target): Promise<boolean> {
  try {
    await registry.resolve({ ...target.repository, tag: 'latest', digest: undefined })
    return true
  } catch (error) {
    if (isRefusal(error)) return false
    throw error
  }
}

/** What somebody has to look at. A fork is nobody's fault, and an optional registry is a warning at most. */
export function judgeRights(rights: readonly Right[]): readonly Finding[] {
  const someWritable = rights.some((right) => right.status === 'writable')
  return rights.flatMap((right): readonly Finding[] => {
    const { target, status, message } = right
    const subject = target.name
    switch (status) {
      case 'writable':
        return []
      case 'refused':
        return [
          {
            id: 'desktop-push-refused',
            subject,
            severity: target.optional ? 'warning' : 'error',
            message,
            hint: 'Check user and password; on ghcr.io the job needs packages: write.'
          }
        ]
      case 'unreachable':
        return [
          {
            id: 'desktop-registry-silent',
            subject,
            severity: target.optional ? 'warning' : 'unknown',
            message,
            hint: 'Run again when the registry answers.'
          }
        ]
      case 'not-logged-in':
        // With another registry writable this is no fork, but a login that was forgotten.
        return [
          {
            id: 'desktop-not-logged-in',
            subject,
            severity: someWritable && !target.optional ? 'error' : 'notice',
            message,
            hint: 'Log in before this step, or name the variables with username-env= and password-env=.'
          }
        ]
    }
  })
}
