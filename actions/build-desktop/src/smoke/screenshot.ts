/**
 * Pictures of a page, taken by Chromium over its debugging protocol (https://chromedevtools.github.io/devtools-protocol/),
 * where there is a Chromium. A real browser is what a user of the desktop has: a page that loads and shows a grey
 * rectangle answers HTTP 200 too.
 */
import { join } from 'node:path'
import { messageOf } from '../../../../lib/failure/index.ts'
import { replaceFile } from '../../../../lib/files/index.ts'
import type { Ports } from '../../../../lib/ports/index.ts'
import { connectDevTools, NoAnswer, type DevTools } from './devtools.ts'
import { colourShare, decodePng, type Colours } from './png.ts'

export interface Assignment {
  readonly url: string
  /** File name without ending. */
  readonly name: string
  /** JavaScript that is true when the page is ready. */
  readonly waitFor: string | undefined
  readonly withinMs: number
  readonly fine: (colours: Colours) => boolean
}

export type Picture =
  | {
      readonly status: 'fine' | 'not-fine'
      readonly file: string
      readonly colours: Colours
      readonly message: string
    }
  | { readonly status: 'untested'; readonly message: string }

export interface Photographer {
  take(assignment: Assignment): Promise<Picture>
  /** All pictures so far. */
  readonly files: readonly string[]
}

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const WIDTH = 1280
const HEIGHT = 800
const START_MS = 30_000
const PAUSE_MS = 500
/** A picture that is asked for while the page is replaced never comes; the next one does. */
const CAPTURE_MS = 10_000

/** @param folder where pictures are left, for an artifact of the run */
export function createPhotographer(
  ports: Pick<Ports, 'exec' | 'fs' | 'clock' | 'cleanup' | 'runner'>,
  folder: string
): Photographer {
  const files: string[] = []
  return {
    files,
    async take(assignment) {
      const program = await findBrowser(ports)
      if (program === undefined) return { status: 'untested', message: 'no Chromium on PATH' }
      return await withBrowser(ports, program, async (devTools) => {
        const picture = await photograph(devTools, assignment, ports)
        await ports.fs.mkdir(folder, { recursive: true })
        const file = join(folder, `${assignment.name}.png`)
        await replaceFile(ports, file, picture.png)
        if (!files.includes(file)) files.push(file)
        return {
          status: picture.fine ? 'fine' : 'not-fine',
          file,
          colours: picture.colours,
          message: picture.message
        }
      })
    }
  }
}

async function findBrowser(ports: Pick<Ports, 'exec'>): Promise<string | undefined> {
  for (const name of NAMES) {
    const found = await ports.exec.which(name)
    if (found !== undefined) return found
  }
  return undefined
}

async function withBrowser<T>(
  ports: Pick<Ports, 'exec' | 'fs' | 'clock' | 'runner'>,
  program: string,
  work: (devTools: DevTools) => Promise<T>
): Promise<T> {
  const profile = await ports.fs.mkdtemp(join(ports.runner.temp, 'chromium-'))
  const stop = new AbortController()
  const { promise: address, resolve: found, reject: notFound } = Promise.withResolvers<string>()
  const running = ports.exec
    .run(
      program,
      [
        '--headless',
        '--remote-debugging-port=0',
        `--user-data-dir=${profile}`,
        `--window-size=${WIDTH},${HEIGHT}`,
        // As root, which runners in containers are, Chromium refuses its sandbox; the page is our own container's.
        '--no-sandbox',
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        'about:blank'
      ],
      {
        signal: AbortSignal.any([stop.signal, ports.runner.signal]),
        timeoutMs: 30 * 60_000,
        accept: 'any',
        onLine: (line) => {
          const match = /DevTools listening on (ws:\/\/\S+)/.exec(line)
          if (match?.[1] !== undefined) found(match[1])
        }
      }
    )
    .then(
      (result) =>
        notFound(new Error(`Chromium ended with exit code ${result.exitCode}: ${result.stderr.slice(-300)}`)),
      (error: unknown) => notFound(error)
    )
  const limit = ports.clock.sleep(START_MS, stop.signal).then(
    () => notFound(new Error(`Chromium did not start within ${START_MS / 1000} s`)),
    () => undefined
  )
  try {
    const devTools = await connectDevTools(await address)
    try {
      return await work(devTools)
    } finally {
      devTools.close()
    }
  } finally {
    stop.abort()
    await running
    await limit
    await ports.fs.rm(profile, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** Takes pictures of a page until one is fine or the time is over; gives the last one. */
export async function photograph(
  devTools: DevTools,
  assignment: Assignment,
  ports: Pick<Ports, 'clock' | 'runner'>
): Promise<{ png: Buffer; colours: Colours; fine: boolean; message: string }> {
  const end = ports.clock.now() + assignment.withinMs
  const target = await devTools.send('Target.createTarget', { url: 'about:blank' })
  const attached = await devTools.send('Target.attachToTarget', {
    targetId: target['targetId'],
    flatten: true
  })
  const session = String(attached['sessionId'])
  const size = { width: WIDTH, height: HEIGHT, deviceScaleFactor: 1, mobile: false }
  await devTools.send('Emulation.setDeviceMetricsOverride', size, session)
  await devTools.send('Page.enable', {}, session)
  const navigated = await devTools.send('Page.navigate', { url: assignment.url }, session)
  let message = typeof navigated['errorText'] === 'string' ? navigated['errorText'] : ''
  let last: { png: Buffer; colours: Colours } | undefined
  // At the end it may be untrue again, as while a notice is shown: that is not what is wrong then.
  let wasReady = false
  for (;;) {
    const ready = assignment.waitFor === undefined || (await isTrue(devTools, session, assignment.waitFor))
    wasReady ||= ready
    const png = await capture(devTools, session)
    if (png !== undefined) last = { png, colours: colourShare(decodePng(png)) }
    if (last !== undefined && ready && message === '' && assignment.fine(last.colours)) {
      return { ...last, fine: true, message }
    }
    if (ports.clock.now() >= end) {
      if (last === undefined) throw new Error(`Chromium gave no picture of ${assignment.url}`)
      if (message === '' && !wasReady) message = `${assignment.waitFor ?? ''} did not become true`
      return { ...last, fine: false, message }
    }
    await ports.clock.sleep(PAUSE_MS, ports.runner.signal)
  }
}

/** undefined while the page is being replaced: there is nothing to see. */
async function capture(devTools: DevTools, session: string): Promise<Buffer | undefined> {
  try {
    const shot = await devTools.send('Page.captureScreenshot', { format: 'png' }, session, CAPTURE_MS)
    return Buffer.from(String(shot['data']), 'base64')
  } catch (error) {
    if (error instanceof NoAnswer || /not attached to an active page|navigat/i.test(messageOf(error)))
      return undefined
    throw error
  }
}

async function isTrue(devTools: DevTools, session: string, expression: string): Promise<boolean> {
  try {
    const answer = await devTools.send(
      'Runtime.evaluate',
      { expression: `Boolean(${expression})`, returnByValue: true },
      session
    )
    const result = answer['result'] as { value?: unknown } | undefined
    return result?.value === true
  } catch (error) {
    // The page is being replaced while it is asked: not ready.
    if (/context|navigat|destroyed/i.test(messageOf(error))) return false
    throw error
  }
}
