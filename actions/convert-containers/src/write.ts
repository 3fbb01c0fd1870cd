/** Writes the lists: into the workspace, as a commit, and to those who want to hear of them. */
import path from 'node:path'

import { replaceFile } from '../../../lib/files/index.ts'
import type { Ports } from '../../../lib/ports/index.ts'
import type { Finding } from '../../../lib/report/index.ts'
import { commitLists } from './commit.ts'
import { publishFailed, type Draft, type Publication, type Published } from './publish.ts'
import { filesOf, type PublishTarget } from './target.ts'
import { tellAll } from './tell.ts'

/** Writes the files that differ, commits them through the API, and tells other repositories. */
export async function publish(draft: Draft, target: PublishTarget, ports: Ports): Promise<Published> {
  const { publication, changed, tip } =
    target.commit === undefined
      ? await compareHere(draft, target, ports)
      : await commitLists(draft, target, target.commit, ports.log)
  if (publication.refused) return { publication, written: undefined }
  if (target.dryRun)
    return { publication, written: { changed, commit: undefined, dispatched: [], findings: [] } }
  const files = filesOf(publication, target)
  const findings: Finding[] = []
  try {
    for (const [file, text] of files) await writeIfOther(ports, file, text)
  } catch (error) {
    // What is committed is published, wherever else it could not be written.
    if (tip === undefined) throw error
    findings.push(publishFailed(error, 'they are committed, and could not be written in the workspace'))
  }
  const told =
    target.dispatch === undefined
      ? { dispatched: [], findings: [] }
      : await tellAll(files, { ...target, dispatch: target.dispatch, changed, branch: tip }, ports)
  const commit = tip?.made === true ? tip.sha : undefined
  return {
    publication,
    written: { changed, commit, dispatched: told.dispatched, findings: [...findings, ...told.findings] }
  }
}

/** Where nothing is committed: what differs in the workspace. */
async function compareHere(
  draft: Draft,
  target: PublishTarget,
  ports: Ports
): Promise<{ publication: Publication; changed: readonly string[]; tip: undefined }> {
  const read = async (file: string): Promise<string | undefined> =>
    await readIfThere(ports, path.resolve(ports.runner.workspace, file))
  const publication = draft(await read(target.logFile))
  const changed: string[] = []
  for (const [file, text] of filesOf(publication, target)) if ((await read(file)) !== text) changed.push(file)
  return { publication, changed, tip: undefined }
}

/** Undefined when there is no such file. @throws what the file system says, with the path: of a folder Node keeps it. */
async function readIfThere(ports: Pick<Ports, 'fs'>, file: string): Promise<string | undefined> {
  try {
    return await ports.fs.readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error instanceof Error ? Object.assign(error, { path: file }) : error
  }
}

async function writeIfOther(ports: Ports, name: string, text: string): Promise<void> {
  const file = path.resolve(ports.runner.workspace, name)
  if ((await readIfThere(ports, file)) === text) return
  await ports.fs.mkdir(path.dirname(file), { recursive: true })
  await replaceFile(ports, file, text)
}
