/** The files of a repository before they are published. */
import type { Algorithm } from '../../lib/cvmfs/index.ts'

export type Node = DirectoryNode | FileNode | SymlinkNode

export interface DirectoryNode {
  readonly type: 'directory'
  /** A catalog of its own begins here. */
  readonly nested?: boolean
}

export interface FileNode {
  readonly type: 'file'
  readonly content: Buffer
  /** Stored as it is instead of by zlib. */
  readonly plain?: boolean
  /** Cut into chunks of this many bytes. */
  readonly chunkSize?: number
  /** The bytes are elsewhere: no object is stored. */
  readonly external?: boolean
  readonly algorithm?: Algorithm
}

export interface SymlinkNode {
  readonly type: 'symlink'
  readonly target: string
}

/** By absolute path. Directories on the way are made when they are not given. */
export type Tree = Map<string, Node>

/** A container as it lies on CVMFS: commands.txt and the unpacked image, in a catalog of its own. */
export function addContainer(tree: Tree, name: string): void {
  const folder = `/containers/${name}`
  const tool = name.split('_')[0] ?? name
  tree.set('/containers', { type: 'directory', nested: true })
  tree.set(folder, { type: 'directory', nested: true })
  tree.set(`${folder}/.cvmfscatalog`, file(''))
  tree.set(`${folder}/commands.txt`, file(`${tool}\n${tool}-${name}\n`))
  tree.set(`${folder}/${name}.simg`, { type: 'directory' })
  tree.set(`${folder}/${name}.simg/bin/${tool}`, file(`#!/bin/sh\necho "${name}"\n`))
  tree.set(`${folder}/${name}.simg/README.md`, file(`# ${name}\n`))
  tree.set(`${folder}/${name}.simg/bin/sh`, { type: 'symlink', target: tool })
}

/** A plain text file. */
export function file(text: string): FileNode {
  return { type: 'file', content: Buffer.from(text) }
}
