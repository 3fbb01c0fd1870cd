/** What services leave on a machine, looked for by words that only they have: a temp folder, the name of a bridge. */
import { readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createExec } from '../../lib/shell/index.ts'
import { processesFor } from '../../test/contract/processes.ts'

const exec = createExec({ env: process.env })

/** `kind: what` for processes, mounts, interfaces, firewall rules, control groups and entries of the temp folder. */
export async function tracesOf(words: readonly string[]): Promise<readonly string[]> {
  const found: string[] = []
  const look = (kind: string, texts: readonly string[]): void => {
    for (const text of texts)
      if (words.some((word) => text.includes(word))) found.push(`${kind}: ${text.trim()}`)
  }
  for (const word of words)
    found.push(...(await processesFor(word)).map((pid) => `process: ${pid} (${word})`))
  look('mount', (await readFile('/proc/self/mounts', 'utf8')).split('\n'))
  look('interface', await lines('ip', ['-brief', 'link']))
  look('rule', [...(await lines('iptables', ['-S'])), ...(await lines('iptables', ['-t', 'nat', '-S']))])
  look('control group', await controlGroups())
  const temp = await readdir(tmpdir())
  look(
    'file',
    temp.map((name) => join(tmpdir(), name))
  )
  return found
}

/** The bridges of the engines that work below a folder. */
export async function bridgesOf(folder: string): Promise<readonly string[]> {
  const pids = await processesFor(folder)
  const texts = await Promise.all(
    pids.map(async (pid) => await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''))
  )
  return texts.flatMap((text) => /\0--bridge=([\w-]+)\0/.exec(text)?.[1] ?? [])
}

async function lines(command: string, args: readonly string[]): Promise<readonly string[]> {
  return await exec.run(command, args, { accept: 'any' }).then(
    ({ stdout }) => stdout.split('\n'),
    () => []
  )
}

/** Directly below the roots of the hierarchies, where ours are. */
async function controlGroups(): Promise<readonly string[]> {
  const root = '/sys/fs/cgroup'
  const below = await readdir(root).catch(() => [])
  const further = await Promise.all(
    below.map(async (name) => (await readdir(join(root, name)).catch(() => [])).map((one) => join(name, one)))
  )
  return [...below, ...further.flat()]
}
