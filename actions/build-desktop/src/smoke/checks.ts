/** One check of a profile against a running container. */
import type { Docker } from '../../../../lib/docker/index.ts'
import { messageOf } from '../../../../lib/failure/index.ts'
import { HttpError } from '../../../../lib/http/index.ts'
import type { Clock, Http } from '../../../../lib/ports/index.ts'
import type { Check, CheckOf } from './types.ts'
import { readJunit } from './junit.ts'
import type { Photographer } from './screenshot.ts'
import { askWebSocket } from './websocket.ts'

export interface CheckResult {
  readonly name: string
  readonly kind: Check['kind'] | 'start-up' | 'memory' | 'running' | 'junit'
  readonly status: 'passed' | 'failed' | 'untested'
  readonly message: string
  readonly durationMs: number
}

export interface CheckContext {
  readonly docker: Docker
  readonly http: Http
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Name of the container. */
  readonly container: string
  /** Port on loopback by port of the container. */
  readonly ports: Readonly<Record<string, number>>
  readonly photographer: Photographer
  /** Where a screenshot goes: without ending, made of the profile and the check. */
  readonly pictureName: (check: Check) => string
}

type Finding = {
  readonly status: CheckResult['status']
  readonly message: string
  readonly more?: readonly CheckResult[]
}

const PAUSE_MS = 300

const passed = (message = ''): Finding => ({ status: 'passed', message })
const failed = (message: string): Finding => ({ status: 'failed', message })
const untested = (message: string): Finding => ({ status: 'untested', message })

/** Runs a check to its verdict; the tests of a JUnit report follow it as results of their own. */
export async function runCheck(check: Check, context: CheckContext): Promise<readonly CheckResult[]> {
  const started = context.clock.now()
  let finding: Finding
  try {
    finding = await perform(check, context)
  } catch (error) {
    context.signal.throwIfAborted()
    finding = failed(messageOf(error))
  }
  const durationMs = context.clock.now() - started
  return [
    { name: check.name, kind: check.kind, status: finding.status, message: finding.message, durationMs },
    ...(finding.more ?? [])
  ]
}

async function perform(check: Check, context: CheckContext): Promise<Finding> {
  switch (check.kind) {
    case 'http':
      return await untilFine(check.withinMs, context, async () => await checkHttp(check, context))
    case 'websocket':
      return await untilFine(check.withinMs, context, async () => await checkWebSocket(check, context))
    case 'command':
      return await checkCommand(check, context)
    case 'process':
      return await untilFine(check.withinMs, context, async () => await checkProcess(check, context))
    case 'file':
      return await checkFile(check, context)
    case 'log':
      return await checkLog(check, context)
    case 'healthy':
      return await untilFine(check.withinMs, context, async () => await checkHealth(context))
    case 'screenshot':
      return await checkScreenshot(check, context)
  }
}

/** Tries again until it is fine or the time is over; a container that ended does not come back. */
async function untilFine(
  withinMs: number,
  context: CheckContext,
  attempt: () => Promise<Finding>
): Promise<Finding> {
  const end = context.clock.now() + withinMs
  for (;;) {
    const finding = await attempt()
    if (finding.status !== 'failed' || context.clock.now() >= end) return finding
    if ((await context.docker.container(context.container))?.running !== true) return finding
    await context.clock.sleep(PAUSE_MS, context.signal)
  }
}

async function checkHttp(check: CheckOf<'http'>, context: CheckContext): Promise<Finding> {
  const url = addressOf(context, check.port, `http`, check.path)
  try {
    const answer = await context.http.request(url, {
      timeoutMs: Math.min(check.withinMs, 30_000),
      signal: context.signal
    })
    if (answer.status !== check.status) return failed(`HTTP ${answer.status} instead of ${check.status}`)
    const text = answer.body.toString('utf8')
    return (
      checkText(text, check) ??
      passed(`HTTP ${answer.status}, ${answer.body.length} bytes in ${Math.round(answer.latencyMs)} ms`)
    )
  } catch (error) {
    if (error instanceof HttpError && error.kind !== 'cancelled') return failed(error.message)
    throw error
  }
}

async function checkWebSocket(check: CheckOf<'websocket'>, context: CheckContext): Promise<Finding> {
  const answer = await askWebSocket(addressOf(context, check.port, 'ws', check.path), {
    protocol: check.protocol,
    wantMessage: check.receives !== undefined,
    waitMs: Math.min(check.withinMs, 10_000),
    signal: context.signal
  })
  if (!answer.open) return failed(`no WebSocket: ${answer.reason}`)
  if (check.receives === undefined) return passed('taken')
  if (answer.firstMessage === undefined) return failed('taken, but nothing came')
  const shown = JSON.stringify(answer.firstMessage.slice(0, 60))
  return answer.firstMessage.startsWith(check.receives)
    ? passed(`says ${shown}`)
    : failed(`says ${shown}, not ${JSON.stringify(check.receives)}`)
}

async function checkCommand(check: CheckOf<'command'>, context: CheckContext): Promise<Finding> {
  const result = await context.docker.inside(context.container, check.run, {
    ...(check.user === undefined ? {} : { user: check.user }),
    env: check.env,
    timeoutMs: check.withinMs
  })
  const said = [result.stdout, result.stderr].filter((text) => text.trim() !== '').join('\n')
  const junit = check.junit === undefined ? undefined : await readReport(check.junit, context)
  const more = junit?.results ?? []
  if (result.exitCode !== check.exit) {
    return { ...failed(`exit code ${result.exitCode} instead of ${check.exit}: ${tail(said)}`), more }
  }
  if (junit?.problem !== undefined) return { ...failed(junit.problem), more }
  return { ...(checkText(said, check) ?? passed(tail(said, 120))), more }
}

async function readReport(
  path: string,
  context: CheckContext
): Promise<{ readonly results: readonly CheckResult[]; readonly problem: string | undefined }> {
  const xml = await context.docker.readFile(context.container, path)
  const tests = xml === undefined ? undefined : readJunit(xml)
  if (tests === undefined)
    return { results: [], problem: `${path} is ${xml === undefined ? 'not there' : 'no JUnit report'}` }
  const results = tests.map((one): CheckResult => {
    const status = one.result === 'skipped' ? 'untested' : one.result
    return { name: one.name, kind: 'junit', status, message: one.message, durationMs: 0 }
  })
  // A suite that ran nothing proves nothing.
  if (!tests.some((one) => one.result !== 'skipped')) return { results, problem: `${path}: no test ran` }
  const bad = tests.filter((one) => one.result === 'failed').length
  return { results, problem: bad === 0 ? undefined : `${bad} of ${tests.length} tests failed` }
}

async function checkProcess(check: CheckOf<'process'>, context: CheckContext): Promise<Finding> {
  const processes = await context.docker.processes(context.container)
  const found = processes.filter(
    (one) => one.program === check.program || one.command === check.program.slice(0, 15)
  )
  if (found.length === 0) {
    const names = [...new Set(processes.map((one) => one.program))].join(', ')
    return failed(`no process ${check.program}; there are ${names === '' ? 'none' : names}`)
  }
  if (check.user === undefined) return passed(`${found.length} running`)
  const uid = await uidOf(check.user, context)
  if (uid === undefined) return failed(`the container knows no user ${check.user}`)
  const others = [...new Set(found.map((one) => one.uid))]
  return others.includes(uid)
    ? passed(`runs as ${check.user}`)
    : failed(`runs as user ${others.join(', ')}, not as ${check.user} (${uid})`)
}

async function uidOf(user: string, context: CheckContext): Promise<number | undefined> {
  if (/^\d+$/.test(user)) return Number(user)
  const passwd = await context.docker.readFile(context.container, '/etc/passwd')
  const line = passwd?.split('\n').find((one) => one.startsWith(`${user}:`))
  return line === undefined ? undefined : Number(line.split(':')[2])
}

const TYPES: Readonly<Record<string, string>> = {
  'regular file': 'file',
  'regular empty file': 'file',
  directory: 'directory',
  'symbolic link': 'symlink',
  socket: 'socket',
  'character special file': 'device',
  'block special file': 'device'
}

async function checkFile(check: CheckOf<'file'>, context: CheckContext): Promise<Finding> {
  const result = await context.docker.inside(
    context.container,
    ['stat', '-c', '%F|%U|%G|%u|%g|%a', check.path],
    {
      user: '0',
      timeoutMs: check.withinMs
    }
  )
  if (result.exitCode === 126 || result.exitCode === 127) return untested('the container has no stat')
  if (result.exitCode !== 0) {
    const gone = /no such file/i.test(result.stderr)
    if (gone && check.absent) return passed('is not there')
    return failed(gone ? 'is not there' : tail(result.stderr))
  }
  if (check.absent) return failed('is there')
  const [type = '', owner = '', group = '', uid = '', gid = '', mode = ''] = result.stdout.trim().split('|')
  const wrong: string[] = []
  const is = TYPES[type] ?? type
  if (check.type !== undefined && is !== check.type) wrong.push(`is a ${is}, not a ${check.type}`)
  if (check.owner !== undefined && check.owner !== owner && check.owner !== uid)
    wrong.push(`belongs to ${owner} (${uid}), not to ${check.owner}`)
  if (check.group !== undefined && check.group !== group && check.group !== gid)
    wrong.push(`belongs to group ${group} (${gid}), not to ${check.group}`)
  if (check.mode !== undefined && Number.parseInt(check.mode, 8) !== Number.parseInt(mode, 8))
    wrong.push(`has mode ${mode}, not ${check.mode}`)
  return wrong.length > 0 ? failed(wrong.join('; ')) : passed(`${is}, ${owner}:${group}, ${mode}`)
}

async function checkLog(check: CheckOf<'log'>, context: CheckContext): Promise<Finding> {
  const wanted = check.contains !== undefined || check.matches !== undefined
  const look = async (): Promise<Finding> => {
    const text = await context.docker.logs(context.container, 10_000)
    return checkText(text, check) ?? passed()
  }
  const finding = wanted ? await untilFine(check.withinMs, context, look) : passed()
  if (finding.status !== 'passed' || check.never === undefined) return finding
  const line = (await context.docker.logs(context.container, 10_000))
    .split('\n')
    .find((one) => check.never?.test(one) === true)
  return line === undefined ? passed() : failed(`the log has: ${line.slice(0, 300)}`)
}

async function checkHealth(context: CheckContext): Promise<Finding> {
  const facts = await context.docker.container(context.container)
  if (facts?.health === undefined) return failed('the image has no health check')
  return facts.health === 'healthy'
    ? passed('healthy')
    : failed(`${facts.health}: ${tail(facts.healthLog ?? '')}`)
}

async function checkScreenshot(check: CheckOf<'screenshot'>, context: CheckContext): Promise<Finding> {
  const picture = await context.photographer.take({
    url: addressOf(context, check.port, 'http', check.path),
    name: context.pictureName(check),
    waitFor: check.waitFor,
    withinMs: check.withinMs,
    fine: (colours) => colours.count >= check.leastColours && colours.mostOfOne * 100 <= check.mostOfOneColour
  })
  if (picture.status === 'untested') return untested(picture.message)
  const shown = `${picture.colours.count} colours, ${(picture.colours.mostOfOne * 100).toFixed(1)} % of one`
  return picture.status === 'fine'
    ? passed(shown)
    : failed(`${picture.message === '' ? 'the page looks blank' : picture.message} (${shown})`)
}

function checkText(
  text: string,
  check: { contains: string | undefined; matches: RegExp | undefined }
): Finding | undefined {
  if (check.contains !== undefined && !text.includes(check.contains)) {
    return failed(`does not contain ${JSON.stringify(check.contains)}: ${tail(text)}`)
  }
  if (check.matches !== undefined && !check.matches.test(text))
    return failed(`does not match ${String(check.matches)}: ${tail(text)}`)
  return undefined
}

function addressOf(context: CheckContext, port: number, scheme: string, path: string): string {
  const published = context.ports[String(port)]
  if (published === undefined) throw new Error(`port ${port} is not published`)
  return `${scheme}://127.0.0.1:${published}${path}`
}

function tail(text: string, length = 400): string {
  const trimmed = text.trim().replace(/\s+/g, ' ')
  return trimmed.length > length ? `…${trimmed.slice(-length)}` : trimmed
}
