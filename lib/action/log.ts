/** The log port over the runner's commands: groups, progress, masking, and at most ten annotations of a kind. */
import * as core from '@actions/core'

import { bytes, span } from '../markdown/index.ts'
import type { Clock, Log, Place, Progress } from '../ports/index.ts'

/** The runner drops what is above ten of a kind and step without a word. */
const MAX_ANNOTATIONS = 10
const PROGRESS_EVERY_MS = 5_000

type Kind = 'notice' | 'warning' | 'error'

export interface RunnerLog extends Log {
  /** Replaces every masked text by ***. */
  redact(text: string): string
  /** Shows the annotations that were held back, or how many there were. */
  flush(): void
}

/** The log of one step. */
export function createLog(clock: Clock): RunnerLog {
  const secrets: string[] = []
  const redact = (text: string): string =>
    secrets.reduce((shown, secret) => shown.replaceAll(secret, '***'), text)
  const held: Record<Kind, { message: string; place: Place | undefined }[]> = {
    notice: [],
    warning: [],
    error: []
  }
  const shown: Record<Kind, number> = { notice: 0, warning: 0, error: 0 }
  const show = (kind: Kind, text: string, place: Place | undefined): void => {
    shown[kind]++
    emit(kind, text, place)
  }

  // One for all: ten containers at once print no more than one does.
  let lastLine = clock.now()
  const mayPrint = (): boolean => {
    const now = clock.now()
    if (now - lastLine < PROGRESS_EVERY_MS) return false
    lastLine = now
    return true
  }

  const annotate = (kind: Kind, message: string, place: Place | undefined): void => {
    const text = redact(message)
    // The tenth waits: it is either itself, or the line that says how many more there are.
    if (shown[kind] < MAX_ANNOTATIONS - 1) show(kind, text, place)
    else {
      held[kind].push({ message: text, place })
      say(`${kind}: ${text}`)
    }
  }

  return {
    debug: (message) => core.debug(redact(message)),
    info: (message) => say(redact(message)),
    notice: (message, place) => annotate('notice', message, place),
    warning: (message, place) => annotate('warning', message, place),
    error: (message, place) => annotate('error', message, place),
    group: async (title, body) => await group(redact(title), clock, body),
    mask: (secret) => {
      for (const form of formsOf(secret)) {
        if (secrets.includes(form)) continue
        core.setSecret(form)
        secrets.push(form)
      }
    },
    progress: (label, total) => createProgress(redact(label), total, clock, mayPrint, say),
    redact,
    flush: () => {
      for (const kind of ['error', 'warning', 'notice'] as const) {
        const [first, ...rest] = held[kind].splice(0)
        // After an earlier flush all ten may be there; the log has the rest.
        if (first === undefined || shown[kind] >= MAX_ANNOTATIONS) continue
        if (rest.length === 0) show(kind, first.message, first.place)
        else show(kind, `and ${rest.length + 1} more of this kind: see the log and the summary`, undefined)
      }
    }
  }
}

/** A secret in the forms in which tools repeat it: as it is, line by line, base64, URL-encoded. */
function formsOf(secret: string): readonly string[] {
  const whole = secret.trim()
  if (whole === '') return []
  // A key that came in one line has its breaks written as two characters.
  const parts = whole.split(/\r?\n|\\n/).map((line) => line.trim())
  const encoded = [Buffer.from(whole).toString('base64'), encodeURIComponent(whole)]
  // A text of one or two characters stands everywhere: masking it would hide the log.
  return [...new Set([whole, ...parts, ...encoded])].filter((form) => form.length > 2)
}

function emit(kind: Kind, message: string, place: Place | undefined): void {
  const properties =
    place === undefined
      ? undefined
      : {
          file: place.file,
          ...(place.title === undefined ? {} : { title: place.title }),
          ...(place.line === undefined ? {} : { startLine: place.line }),
          ...(place.column === undefined ? {} : { startColumn: place.column })
        }
  core[kind](message, properties)
}

/**
 * Lines of the log. What looks like a command of the runner, as text from outside may, stays text: the runner takes
 * `::` at the beginning of a line, and `##[` anywhere in it.
 */
function say(message: string): void {
  core.info(message.replace(/^(\s*)::/gm, '$1\u200B::').replaceAll('##[', '#\u200B#['))
}

async function group<T>(title: string, clock: Clock, body: () => Promise<T>): Promise<T> {
  core.startGroup(title)
  const started = clock.now()
  try {
    return await body()
  } finally {
    say(`(${title}: ${span(clock.now() - started)})`)
    core.endGroup()
  }
}

function createProgress(
  label: string,
  total: { readonly items?: number; readonly bytes?: number },
  clock: Clock,
  mayPrint: () => boolean,
  print: (line: string) => void
): Progress {
  const started = clock.now()
  let items = 0
  let moved = 0
  return {
    add: (done) => {
      items += done.items ?? 0
      moved += done.bytes ?? 0
      if (mayPrint()) print(progressLine(label, total, { items, bytes: moved }, clock.now() - started))
    },
    end: () => {
      const elapsed = clock.now() - started
      // The end of long work is told whatever else is under way.
      if (elapsed >= PROGRESS_EVERY_MS) print(progressLine(label, total, { items, bytes: moved }, elapsed))
    }
  }
}

/** One line of progress: items, bytes, rate and the time that is left. Pure. */
export function progressLine(
  label: string,
  total: { readonly items?: number; readonly bytes?: number },
  done: { readonly items: number; readonly bytes: number },
  elapsedMs: number
): string {
  const parts: string[] = []
  if (total.items !== undefined) parts.push(`${done.items}/${total.items}`)
  const seconds = elapsedMs / 1000
  if (total.bytes !== undefined || done.bytes > 0) {
    parts.push(
      total.bytes === undefined ? bytes(done.bytes) : `${bytes(done.bytes)} of ${bytes(total.bytes)}`
    )
    if (seconds > 0) parts.push(`${bytes(done.bytes / seconds)}/s`)
  }
  const share = total.bytes ? done.bytes / total.bytes : total.items ? done.items / total.items : 0
  if (share > 0 && share < 1) parts.push(`${span((elapsedMs * (1 - share)) / share)} left`)
  else parts.push(span(elapsedMs))
  return `${label}: ${parts.join(', ')}`
}
