/** What belongs to which of NeuroDesk's repositories: `workflows/sets.json` and the files beside it. */
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'

import { asData, listOf, readWorkflow, textOf, type Workflow } from './model.ts'
import { otherActions, ownActions } from './references.ts'
import type { Context } from './rules/index.ts'

export interface SetFile {
  /** Name in the folder of the set. */
  readonly name: string
  /** Path in the repository that takes it over. */
  readonly to: string
  readonly text: string
  /** undefined for what is no workflow. */
  readonly workflow: Workflow | undefined
  /** Jobs of upstream's file that this one stands for, over all versions of it. */
  readonly replaces: readonly string[]
  /** Secrets that a trial keeps, to look with; undefined: it makes no sense as a trial. */
  readonly trialSecrets: readonly string[] | undefined
}

export interface WorkflowSet {
  readonly name: string
  /** `owner/name` */
  readonly repository: string
  readonly files: readonly SetFile[]
  /** Paths that nothing needs any more once the set is installed. */
  readonly unused: readonly string[]
}

export async function readSets(top: string): Promise<readonly WorkflowSet[]> {
  const folder = path.join(top, 'workflows')
  const sets = asData(JSON.parse(await readFile(path.join(folder, 'sets.json'), 'utf8')))
  return await Promise.all(
    Object.entries(sets).map(async ([name, value]): Promise<WorkflowSet> => {
      const set = asData(value)
      const files = Object.entries(asData(set['files'])).map(
        async ([file, entry]) => await readSetFile(folder, name, file, asData(entry))
      )
      return {
        name,
        repository: textOf(set['repository']),
        files: await Promise.all(files),
        unused: listOf(set['unused'])
      }
    })
  )
}

async function readSetFile(
  folder: string,
  set: string,
  name: string,
  entry: Readonly<Record<string, unknown>>
): Promise<SetFile> {
  const text = await readFile(path.join(folder, set, name), 'utf8')
  const to = textOf(entry['to'])
  const isWorkflow = to.startsWith('.github/workflows/')
  return {
    name,
    to,
    text,
    workflow: isWorkflow ? readWorkflow(text, `${set}/${name}`) : undefined,
    replaces: listOf(entry['replaces']),
    trialSecrets: entry['trial'] === false ? undefined : listOf(entry['trialSecrets'])
  }
}

export const OWN_SET = '.github/workflows'

/** The workflows of this repository itself; none where a folder has none. */
export async function ownSet(top: string): Promise<readonly WorkflowSet[]> {
  const folder = path.join(top, OWN_SET)
  const names = (await readdir(folder).catch(() => [])).filter((name) => /\.ya?ml$/.test(name)).sort()
  const files = names.map(async (name): Promise<SetFile> => {
    const text = await readFile(path.join(folder, name), 'utf8')
    const workflow = readWorkflow(text, `${OWN_SET}/${name}`)
    return { name, to: `${OWN_SET}/${name}`, text, workflow, replaces: [], trialSecrets: undefined }
  })
  if (names.length === 0) return []
  return [{ name: OWN_SET, repository: 'neurodesk/ci', files: await Promise.all(files), unused: [] }]
}

/** The secrets that NeuroDesk's repositories have, and what the new workflows add. */
export const SECRETS: ReadonlySet<string> = new Set([
  'DOCKERHUB_USERNAME',
  'DOCKERHUB_PASSWORD',
  'QUAY_USERNAME',
  'QUAY_ROBOT_TOKEN',
  'ACCESS_TOKEN',
  'AWS_ROLE_ARN',
  'OS_AUTH_URL',
  'OS_PROJECT_NAME',
  'OS_PROJECT_ID',
  'OS_USERNAME',
  'OS_PASSWORD',
  'OS_APPLICATION_CREDENTIAL_ID',
  'OS_APPLICATION_CREDENTIAL_SECRET',
  'OS_AUTH_VERSION',
  'OS_IDENTITY_API_VERSION',
  'AUTOCOMMIT_FOR_NEUROCOMMAND',
  // New: an App in the place of ACCESS_TOKEN, and the release, for which there was no workflow.
  'CI_APP_PRIVATE_KEY',
  'WEBSITE_TOKEN',
  'MASTODON_TOKEN'
])

/** What the rules need to know about a set. */
export async function contextOf(top: string, set: Pick<WorkflowSet, 'files'>): Promise<Context> {
  return {
    own: await ownActions(top),
    others: await otherActions(top),
    siblings: new Map(
      set.files.flatMap(({ to, workflow }) =>
        workflow === undefined ? [] : [[path.basename(to), workflow] as const]
      )
    ),
    secrets: SECRETS
  }
}
