/**
 * Programs that come as wheels, in a folder of their own: no environment is changed, and neither is a Python that its
 * system manages (PEP 668).
 */
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from './run.ts'

const REQUIREMENTS = fileURLToPath(new URL('requirements.txt', import.meta.url))

/**
 * Installs what requirements.txt pins: nothing else, and nothing whose SHA-256 is another one.
 * @param python one that has pip; pip's own configuration (an index, a proxy) counts
 * @param into replaced as a whole when it is there; its programs are in `bin`
 * @param scratch an empty folder, thrown away by the caller
 */
export async function installWheels(python: string, into: string, scratch: string): Promise<void> {
  const made = join(scratch, 'wheels')
  const strict = ['--require-hashes', '--no-deps', '--only-binary', ':all:']
  await run(python, [
    ...['-m', 'pip', 'install', '--quiet', '--target', made],
    ...[...strict, '--requirement', REQUIREMENTS]
  ])
  // Copied beside its place, then renamed: a kill leaves no half folder behind.
  const next = `${into}.next`
  const root = { asRoot: true } as const
  await run('rm', ['-rf', next], root)
  await run('mkdir', ['-p', dirname(into)], root)
  await run('cp', ['-r', made, next], root)
  await run('rm', ['-rf', into], root)
  await run('mv', [next, into], root)
}
