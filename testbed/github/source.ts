/** Takes over a real local repository: all its objects, branches and tags, by `git` itself. */
import { spawn } from 'node:child_process'
import type { Commit, Objects, Person, TreeEntry } from './objects.ts'

/** Reads everything that git has, into `objects`; returns SHA by full ref name. */
export async function importRepository(folder: string, objects: Objects): Promise<Map<string, string>> {
  const batch = await git(folder, ['cat-file', '--batch', '--batch-all-objects'])
  for (let at = 0; at < batch.length;) {
    const end = batch.indexOf(0x0a, at)
    const [sha = '', kind = '', size = ''] = batch.toString('utf8', at, end).split(' ')
    const body = batch.subarray(end + 1, end + 1 + Number(size))
    at = end + 1 + Number(size) + 1
    if (kind === 'blob') objects.blobs.set(sha, Buffer.from(body))
    else if (kind === 'tree') objects.trees.set(sha, readTree(body))
    else if (kind === 'commit') objects.commits.set(sha, readCommit(body.toString('utf8')))
    else if (kind === 'tag') {
      const { headers, message } = split(body.toString('utf8'))
      objects.tags.set(sha, {
        object: headers.get('object')?.[0] ?? '',
        type: headers.get('type')?.[0] ?? 'commit',
        tag: headers.get('tag')?.[0] ?? '',
        tagger: readPerson(headers.get('tagger')?.[0] ?? ''),
        message
      })
    }
  }
  const listed = await git(folder, [
    'for-each-ref',
    '--format=%(objectname) %(refname)',
    'refs/heads',
    'refs/tags'
  ])
  const lines = listed
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
  return new Map(lines.map((line) => [line.slice(41), line.slice(0, 40)]))
}

function git(folder: string, args: readonly string[]): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', ['-c', 'safe.directory=*', '-C', folder, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', GIT_CONFIG_NOSYSTEM: '1' }
    })
    const [out, err]: [Buffer[], Buffer[]] = [[], []]
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve(Buffer.concat(out))
      else
        reject(
          new Error(
            `git ${args.join(' ')} in ${folder}: exit ${code}: ${Buffer.concat(err).toString('utf8').trim()}`
          )
        )
    })
  })
}

function readTree(bytes: Buffer): TreeEntry[] {
  const entries: TreeEntry[] = []
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(0x20, at)
    const zero = bytes.indexOf(0, space)
    entries.push({
      mode: bytes.toString('utf8', at, space),
      name: bytes.toString('utf8', space + 1, zero),
      sha: bytes.toString('hex', zero + 1, zero + 21)
    })
    at = zero + 21
  }
  return entries
}

function readCommit(text: string): Commit {
  const { headers, message } = split(text)
  return {
    tree: headers.get('tree')?.[0] ?? '',
    parents: headers.get('parent') ?? [],
    author: readPerson(headers.get('author')?.[0] ?? ''),
    committer: readPerson(headers.get('committer')?.[0] ?? ''),
    message
  }
}

/** Headers of a commit or tag; a line that begins with a space continues the one before (a signature). */
function split(text: string): { headers: Map<string, string[]>; message: string } {
  const end = text.indexOf('\n\n')
  const headers = new Map<string, string[]>()
  for (const line of text.slice(0, end).split('\n')) {
    if (line.startsWith(' ')) continue
    const space = line.indexOf(' ')
    const name = line.slice(0, space)
    headers.set(name, [...(headers.get(name) ?? []), line.slice(space + 1)])
  }
  return { headers, message: text.slice(end + 2) }
}

function readPerson(text: string): Person {
  const match = /^(.*?) ?<([^>]*)> (-?\d+) ([+-]\d{4})$/.exec(text)
  return {
    name: match?.[1] ?? '',
    email: match?.[2] ?? '',
    time: Number(match?.[3] ?? 0),
    zone: match?.[4] ?? '+0000'
  }
}
