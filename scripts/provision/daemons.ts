/**
 * Keeps packages from starting their daemons while they are installed, by the means that Debian has for it: a
 * program /usr/sbin/policy-rc.d that answers 101. A machine that has one keeps it. Ours denies only while this
 * process lives and removes itself afterwards, so that one left by a kill has no effect.
 */
import { readFile } from 'node:fs/promises'
import { run } from './run.ts'

const POLICY = '/usr/sbin/policy-rc.d'
const MARK = '# neurodesk-ci: no daemons while packages are installed'

/** The program, for the process with this id. */
export function policyText(pid: number): string {
  return `#!/bin/sh
${MARK}
[ -d /proc/${pid} ] && exit 101
rm -f "$0"
exit 0
`
}

/** Runs `body` with no daemon being started by a package. */
export async function withoutDaemons<T>(body: () => Promise<T>): Promise<T> {
  const there = await readFile(POLICY, 'utf8').catch(() => undefined)
  if (there !== undefined && !there.includes(MARK)) return body()
  const remove = () => run('rm', ['-f', POLICY], { asRoot: true, tolerant: true })
  await run('tee', [POLICY], { asRoot: true, input: policyText(process.pid) })
  await run('chmod', ['755', POLICY], { asRoot: true })
  try {
    return await body()
  } finally {
    await remove()
  }
}
