/** The text of the pull request: what changes, and the check list of NeuroDesk's release process. Pure. */
import { code, escape, list } from '../../../../lib/markdown/index.ts'

const MARK = /<!-- neurodesk-ci:pull -->[\s\S]*?<!-- \/neurodesk-ci:pull -->/

export interface PullFacts {
  readonly version: string
  /** Address of the draft or release. */
  readonly releaseUrl: string
  readonly isPublished: boolean
  readonly files: readonly string[]
  /** What is not as it should be, for the reviewer. */
  readonly remarks: readonly string[]
}

interface Task {
  readonly text: string
  readonly isDone: boolean
}

/** A new text, or the one that is there with our part brought up to date: ticks and what people wrote stay. */
export function pullBody(facts: PullFacts, existing = ''): string {
  const old = existing.replace(/\r\n?/g, '\n')
  const ticked = new Set([...old.matchAll(/^- \[[xX]\] (.*)$/gm)].map((match) => match[1]?.trim()))
  const tasks = tasksOf(facts).map(
    (task) => `[${task.isDone || ticked.has(task.text) ? 'x' : ' '}] ${task.text}`
  )
  const part = [
    '<!-- neurodesk-ci:pull -->',
    `Neurodesktop ${escape(facts.version)}: ${facts.releaseUrl}`,
    list(facts.files.map(code)).trimEnd(),
    ...(facts.remarks.length === 0 ? [] : [list(facts.remarks.map((remark) => `⚠️ ${remark}`)).trimEnd()]),
    '### Before this is merged',
    list(tasks).trimEnd(),
    'The notes are those of the release: change them there and run the workflow again, and this pull request follows. What somebody commits to this branch is kept.',
    '<!-- /neurodesk-ci:pull -->'
  ].join('\n\n')
  if (old.trim() === '') return `${part}\n`
  return MARK.test(old) ? old.replace(MARK, () => part) : `${old.trimEnd()}\n\n${part}\n`
}

function tasksOf({ isPublished, version }: PullFacts): Task[] {
  return [
    { text: 'The last automated build ran OK', isDone: true },
    { text: `Neurodesktop ${version} was started and tried by a person`, isDone: false },
    { text: 'The notes say what users need to know', isDone: false },
    { text: 'The release is published', isDone: isPublished },
    {
      text: 'After the merge: the preview of the web site is right, then run promote-to-prod',
      isDone: false
    },
    { text: 'The announcement is posted', isDone: false }
  ]
}
