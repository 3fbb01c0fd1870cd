/** The container runtimes of a host: which they are, and what they need on this machine. */
import { messageOf, ToolError } from '../../failure/index.ts'
import type { Exec } from '../../ports/index.ts'

export interface Runtime {
  /** As it was asked for: a name or a path. */
  readonly name: string
  readonly file: string
  readonly kind: 'apptainer' | 'singularity'
  readonly version: string
  /** What every call of it needs here. */
  readonly env: Readonly<Record<string, string>>
}

/** A runtime is not there, or starts no container on this machine. */
export class RuntimeError extends Error {
  override readonly name = 'RuntimeError'
}

/** No image has this; that it is missed proves that the container was set up. */
const NOWHERE = '/.neurodesk-ci/nothing'

/** Of the caller, and nothing that a test may fail of: folders to bind that are not there, errors that stay silent. */
const OF_THE_CALLER = Object.fromEntries(
  ['BIND', 'BINDPATH', 'MOUNT', 'SILENT', 'QUIET'].flatMap((name) => [
    [`APPTAINER_${name}`, undefined],
    [`SINGULARITY_${name}`, undefined]
  ])
)

/** @throws RuntimeError when the program is not there or is neither. */
export async function findRuntime(exec: Exec, name: string): Promise<Runtime> {
  const file = await exec.which(name)
  if (file === undefined) throw new RuntimeError(`the runtime ${name} is not on this machine`)
  let said: string
  try {
    said = (await exec.run(file, ['--version'], { timeoutMs: 30_000 })).stdout.trim()
  } catch (error) {
    if (!(error instanceof ToolError)) throw error
    throw new RuntimeError(`${file} --version failed: ${messageOf(error)}`)
  }
  const match = /^(apptainer|singularity(?:-ce|-pro)?) version (\S+)/.exec(said)
  if (match === null)
    throw new RuntimeError(`${file} is no container runtime: it says ${JSON.stringify(said.slice(0, 100))}`)
  return {
    name,
    file,
    kind: match[1] === 'apptainer' ? 'apptainer' : 'singularity',
    version: match[2] ?? '',
    env: {}
  }
}

/**
 * Finds out by trying whether root has to give up its privileges: Apptainer asks for the full set of capabilities,
 * which a root in a virtual machine or a container may not have.
 * @throws RuntimeError when the image cannot be started either way.
 */
export async function fitRuntime(exec: Exec, runtime: Runtime, image: string): Promise<Runtime> {
  const noPrivileges = { APPTAINER_NO_PRIVS: '1', SINGULARITY_NO_PRIVS: '1' }
  const reasons: string[] = []
  for (const env of [{}, noPrivileges]) {
    const result = await exec.run(runtime.file, ['exec', '--cleanenv', image, NOWHERE], {
      env: { ...env, ...OF_THE_CALLER },
      accept: 'any',
      timeoutMs: 120_000
    })
    if (result.stderr.includes(NOWHERE) && /no such file|not found/i.test(result.stderr))
      return { ...runtime, env }
    reasons.push(lastLine(result.stderr) || `exit code ${result.exitCode}`)
  }
  throw new RuntimeError(`${runtime.name} cannot start ${image}: ${reasons.join('; without privileges: ')}`)
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? ''
}
