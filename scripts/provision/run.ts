/** Running commands for the provisioning scripts: never through a shell, quiet unless something is wrong. */
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { getExecOutput } from '@actions/exec'

export interface RunOptions {
  /** With sudo, when we are not root ourselves. */
  readonly asRoot?: boolean
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  readonly input?: string
  /** Any exit code will do; the caller looks at it. */
  readonly tolerant?: boolean
}

export interface RunResult {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export class CommandFailed extends Error {
  override readonly name = 'CommandFailed'
}

/**
 * Runs a command to its end.
 * @throws CommandFailed with the last lines of its output, unless `tolerant`
 */
export async function run(
  command: string,
  args: readonly string[],
  options: RunOptions = {}
): Promise<RunResult> {
  const settings = Object.entries(options.env ?? {}).map(([name, value]) => `${name}=${value}`)
  const asOther = options.asRoot === true && process.getuid?.() !== 0
  // sudo empties the environment: what the command needs is set behind it.
  const [program, all] = asOther ? ['sudo', ['env', ...settings, command, ...args]] : [command, [...args]]
  const output = await getExecOutput(locate(program), all, {
    silent: true,
    ignoreReturnCode: true,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.input === undefined ? {} : { input: Buffer.from(options.input) }),
    env: { ...(process.env as Record<string, string>), ...options.env }
  }).catch((error: unknown) => ({
    exitCode: 127,
    stdout: '',
    stderr: error instanceof Error ? error.message : String(error)
  }))
  if (output.exitCode !== 0 && options.tolerant !== true) {
    const said = `${output.stdout}\n${output.stderr}`.trim().split('\n').slice(-20).join('\n  ')
    const shown = args.filter((argument, index) => argument !== '-o' && args[index - 1] !== '-o')
    throw new CommandFailed(`${command} ${shown.join(' ')} ended with ${output.exitCode}:\n  ${said}`)
  }
  return { code: output.exitCode, stdout: output.stdout, stderr: output.stderr }
}

/** @actions/exec complains aloud about folders of PATH that it may not read; a full path spares it the search. */
function locate(program: string): string {
  if (program.includes('/')) return program
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/bin', '/sbin', '/bin']
  const found = folders
    .filter((folder) => folder.startsWith('/'))
    .map((folder) => join(folder, program))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK)
        return true
      } catch {
        return false
      }
    })
  return found ?? join('/usr/bin', program)
}
