/** An image in memory: files by their path, a link as `-> target`, a mode in front as `755 `. */
import type { Entry, ImageTree } from '../image/tree.ts'

export function memoryTree(files: Readonly<Record<string, string>>): ImageTree {
  const nodes = new Map<string, { entry: Entry; text: string }>()
  const base = { uid: 0, gid: 0 }
  nodes.set('/', { entry: { ...base, name: '', kind: 'directory', mode: 0o755, size: 0 }, text: '' })
  for (const [file, given] of Object.entries(files)) {
    const parts = file.split('/').slice(1)
    for (let depth = 1; depth < parts.length; depth++) {
      const folder = `/${parts.slice(0, depth).join('/')}`
      const name = parts[depth - 1] ?? ''
      if (!nodes.has(folder))
        nodes.set(folder, { entry: { ...base, name, kind: 'directory', mode: 0o755, size: 0 }, text: '' })
    }
    const name = parts.at(-1) ?? ''
    const link = /^-> (.*)$/.exec(given)?.[1]
    const mode = /^([0-7]{3,4}) /.exec(given)?.[1]
    const text = mode === undefined ? given : given.slice(mode.length + 1)
    const entry: Entry =
      link === undefined
        ? { ...base, name, kind: 'file', mode: Number.parseInt(mode ?? '644', 8), size: text.length }
        : { ...base, name, kind: 'link', mode: 0o777, size: 0, target: link }
    nodes.set(file, { entry, text })
  }
  return {
    entry: (path) => Promise.resolve(nodes.get(path)?.entry),
    list: (path) => {
      if (nodes.get(path)?.entry.kind !== 'directory') return Promise.resolve(undefined)
      const prefix = path === '/' ? '/' : `${path}/`
      const below = [...nodes].filter(
        ([file]) => file !== '/' && file.startsWith(prefix) && !file.slice(prefix.length).includes('/')
      )
      return Promise.resolve(below.map(([, { entry }]) => entry))
    },
    read: (path, maxBytes) => {
      const node = nodes.get(path)
      return Promise.resolve(
        node?.entry.kind === 'file' ? Buffer.from(node.text).subarray(0, maxBytes) : undefined
      )
    },
    close: () => Promise.resolve()
  }
}

/** The script that Apptainer writes for a docker image's Env. */
export function dockerEnvironment(env: Readonly<Record<string, string>>): Record<string, string> {
  const lines = Object.entries(env).map(([name, value]) => {
    const quoted = `"${value.replaceAll(/[\\"$`]/g, '\\$&')}"`
    return name === 'PATH' ? `export PATH=${quoted}` : `export ${name}="\${${name}:-${quoted}}"`
  })
  return { '/.singularity.d/env/10-docker2singularity.sh': `#!/bin/sh\n${lines.join('\n')}\n` }
}
