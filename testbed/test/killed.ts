/** A process that starts services and is ended from outside; afterwards nothing of them is left. */
import { spawn } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { expect } from '@jest/globals'
import { until } from '../../test/contract/processes.ts'
import { tracesOf } from './traces.ts'

const moduleAt = (file: string): string =>
  JSON.stringify(pathToFileURL(join(import.meta.dirname, '..', file)).href)

/**
 * @param start lines of JavaScript that start them
 * @param look sees them running, in a temp folder of their own, and gives more words by which they are found
 */
export async function killed(
  start: string,
  signal: NodeJS.Signals,
  look: (folder: string) => Promise<readonly string[]>
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'nd-killed-'))
  const program = `
    import { availableServices, startDocker, startRegistry, startSlurm, startSwift, startXvfb } from ${moduleAt('services/index.ts')}
    import { startCvmfs } from ${moduleAt('cvmfs/index.ts')}
    ${start}
    console.log('ready')
    setInterval(() => undefined, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, TMPDIR: folder }
  })
  try {
    await new Promise<void>((resolve, reject) => {
      createInterface({ input: child.stdout }).once('line', () => resolve())
      child.once('exit', () => reject(new Error('it ended by itself')))
    })
    const words = [folder, ...(await look(folder))]
    expect(await readdir(folder)).not.toEqual([])
    child.kill(signal)
    const mine = async (): Promise<readonly string[]> =>
      (await tracesOf(words)).filter((trace) => trace !== `file: ${folder}`)
    await until(async () => (await mine()).length === 0 && (await readdir(folder)).length === 0, 20)
    expect(await mine()).toEqual([])
    expect(await readdir(folder)).toEqual([])
  } finally {
    child.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  }
}
