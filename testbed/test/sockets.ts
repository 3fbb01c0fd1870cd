/** On which addresses processes listen, from /proc (proc(5), net/tcp). Linux only. */
import { readdir, readFile, readlink } from 'node:fs/promises'

/** States of include/net/tcp_states.h: a TCP socket that listens, a UDP one that takes from anybody. */
const OPEN = { tcp: '0A', udp: '07' } as const

/**
 * What a process and all that descend from it have open for others than this machine, as `NAME tcp ADDRESS:PORT` with
 * the address as the kernel writes it.
 */
export async function openToOthers(root = process.pid): Promise<readonly string[]> {
  return (await listenersOf(root)).filter(({ isLoopback }) => !isLoopback).map(({ text }) => text)
}

/** All that they listen on, loopback included. */
export async function listenersOf(
  root = process.pid
): Promise<readonly { readonly text: string; readonly isLoopback: boolean }[]> {
  const sockets = await openSockets()
  const found: { text: string; isLoopback: boolean }[] = []
  for (const { pid, name } of await descendantsOf(root)) {
    for (const file of await readdir(`/proc/${pid}/fd`).catch(() => [])) {
      const target = await readlink(`/proc/${pid}/fd/${file}`).catch(() => '')
      const socket = sockets.get(/^socket:\[(\d+)\]$/.exec(target)?.[1] ?? '')
      if (socket !== undefined)
        found.push({ text: `${name} ${socket.what}`, isLoopback: isLoopback(socket.address) })
    }
  }
  return found
}

/** By the number of the inode. */
async function openSockets(): Promise<ReadonlyMap<string, { what: string; address: string }>> {
  const sockets = new Map<string, { what: string; address: string }>()
  for (const protocol of ['tcp', 'tcp6', 'udp', 'udp6'] as const) {
    const text = await readFile(`/proc/net/${protocol}`, 'utf8').catch(() => '')
    for (const line of text.split('\n').slice(1)) {
      const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/)
      if (state !== OPEN[protocol.startsWith('tcp') ? 'tcp' : 'udp']) continue
      const [address = '', port = ''] = local.split(':')
      sockets.set(inode, { what: `${protocol} ${address}:${parseInt(port, 16)}`, address })
    }
  }
  return sockets
}

/** Words of four bytes, each in the order of the machine: the first byte of 127.0.0.1 comes last. */
function isLoopback(address: string): boolean {
  return /^([0-9A-F]{6}7F|0{24}01000000|0{16}FFFF0000[0-9A-F]{6}7F)$/.test(address)
}

async function descendantsOf(root: number): Promise<readonly { pid: number; name: string }[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const all = await Promise.all(
    pids.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
      const [from, to] = [stat.indexOf('('), stat.lastIndexOf(')')]
      return {
        pid: Number(pid),
        name: stat.slice(from + 1, to),
        parent: Number(stat.slice(to + 2).split(' ')[1])
      }
    })
  )
  const chosen = new Set([root])
  for (let size = 0; size !== chosen.size;) {
    size = chosen.size
    for (const { pid, parent } of all) if (chosen.has(parent)) chosen.add(pid)
  }
  return all.filter(({ pid }) => chosen.has(pid))
}
