/** Lmod: nothing that runs, but commands for a bash that has sourced it. */
import type { ExecResult } from '../../lib/ports/index.ts'
import { createExec } from '../../lib/shell/index.ts'
import { findTools } from '../tools.ts'
import { need } from './need.ts'

/**
 * Runs a text of ours in a bash where `module` is defined and knows the modules of these folders only.
 * @param script bash, written by the test
 * @param moduleFolders in the order of MODULEPATH
 * @returns the result, whatever its exit code
 */
export async function runWithLmod(
  script: string,
  moduleFolders: readonly string[],
  env: Readonly<Record<string, string>> = {}
): Promise<ExecResult> {
  const tools = findTools()
  const init = need(tools, 'lmod')
  const exec = createExec({ env: { ...process.env, ...tools.env } })
  const start = 'source "$0"; module use --append "$@" 2>/dev/null; set --; '
  return exec.run('bash', ['--noprofile', '--norc', '-c', start + script, init, ...moduleFolders], {
    // The modules of the machine, and what an outer Lmod has loaded, stay out.
    env: { MODULEPATH: '', LMOD_CMD: undefined, _LMFILES_: undefined, LOADEDMODULES: undefined, ...env },
    accept: 'any'
  })
}
