/** Looking at processes (Linux), for the tests that end actions from outside. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'

/** Process ids that have `word` as an argument of their own; with `under`, only descendants of that process. */
export async function processesWith(word: string, under?: number): Promise<readonly number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const rows = await Promise.all(
    pids.map(async (pid) => {
      const [line, stat] = await Promise.all([read(`/proc/${pid}/cmdline`), read(`/proc/${pid}/stat`)])
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
      return { pid: Number(pid), parent, found: line.split('\0').includes(word) }
    })
  )
  const descends = (pid: number): boolean => {
    if (under === undefined || pid === under) return true
    const row = rows.find((candidate) => candidate.pid === pid)
    return row !== undefined && row.parent > 1 && descends(row.parent)
  }
  return rows.filter((row) => row.found && descends(row.pid)).map((row) => row.pid)
}

/** Process ids that have the folder in their environment or their arguments: whatever an action left that worked there. */
export async function processesFor(folder: string): Promise<readonly number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
  const rows = await Promise.all(
    pids.map(async (pid) => {
      const texts = await Promise.all([read(`/proc/${pid}/cmdline`), read(`/proc/${pid}/environ`)])
      return { pid: Number(pid), found: texts.some((text) => text.includes(folder)) }
    })
  )
  return rows.filter(({ found }) => found).map(({ pid }) => pid)
}

/** Their command lines. */
export async function commandsFor(folder: string): Promise<readonly string[]> {
  const lines = (await processesFor(folder)).map(async (pid) => await read(`/proc/${pid}/cmdline`))
  return (await Promise.all(lines)).map((line) => line.replaceAll('\0', ' '))
}

/** Looks at the arguments of a process and all that descend from it, many times a second, until it is stopped. */
export function watchArguments(pid: number): () => readonly string[] {
  const seen = new Set<string>()
  const mine = new Set([pid])
  const look = (): void => {
    for (const name of existsSync('/proc') ? readdirSync('/proc') : []) {
      if (!/^\d+$/.test(name)) continue
      const [stat, line] = [readNow(`/proc/${name}/stat`), readNow(`/proc/${name}/cmdline`)]
      // The name in parentheses may hold anything; the second field after it is the parent.
      if (mine.has(Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))) mine.add(Number(name))
      if (mine.has(Number(name)) && line !== '') seen.add(line.replaceAll('\0', ' '))
    }
  }
  look()
  const timer = setInterval(look, 25)
  return () => {
    clearInterval(timer)
    return [...seen]
  }
}

/** Asks until it is so, for ten seconds at most, or as many as are given. */
export async function until(condition: () => Promise<boolean>, seconds = 10): Promise<boolean> {
  for (let round = 0; round < seconds * 20; round++) {
    if (await condition()) return true
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return false
}

function readNow(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

async function read(file: string): Promise<string> {
  return await readFile(file, 'utf8').catch(() => '')
}
