import '../../../lib/stage/index.ts'

/** An action for the tests of lib/action: it behaves well or badly, as its input `do` says. */
import path from 'node:path'

import {
  choice,
  common,
  defineAction,
  duration,
  runAction,
  size,
  type Outcome
} from '../../../lib/action/index.ts'
import { ToolError, TransientError } from '../../../lib/failure/index.ts'
import type { Ports } from '../../../lib/ports/index.ts'

const deeds = [
  'good',
  'bug',
  'finding',
  'tool',
  'transient',
  'many',
  'huge',
  'leak',
  'echo',
  'hang',
  'stubborn'
] as const

const inputs = {
  do: { ...choice(deeds, 'good'), default: undefined },
  wait: duration('1s'),
  size: size(''),
  token: common.token,
  'dry-run': common['dry-run'],
  'report-path': common['report-path']
}

await runAction(
  defineAction({
    name: 'probe',
    inputs,
    check: ({ dryRun, do: deed }) =>
      dryRun && deed === 'hang'
        ? [{ input: 'dry-run', given: 'true', allowed: 'false when do is hang' }]
        : [],
    ports: (base) => base,
    // Removed by a tool, as containers are.
    cleaners: { thing: async (id, ports) => void (await ports.exec.run(process.execPath, ['-e', '', id])) },
    run: async ({ do: deed, token }, ports) => await perform(deed, token, ports)
  })
)

async function perform(deed: (typeof deeds)[number], token: string, ports: Ports): Promise<Outcome> {
  const good: Outcome = {
    verdict: 'ok',
    headline: 'All is well.',
    findings: [],
    figures: { 'thing-count': 1 },
    outputs: { thing: 'a b\nc' },
    summary: '## Probe\n\nAll is well.\n'
  }
  const finding = (index: number): Outcome['findings'][number] => ({
    id: 'probe-fault',
    subject: `thing ${index}`,
    severity: 'error',
    message: 'It is broken.'
  })
  switch (deed) {
    case 'good':
      return await ports.log.group('A phase', async () => await Promise.resolve(good))
    case 'bug':
      throw new TypeError('undefined is not a thing')
    case 'finding':
      return {
        ...good,
        verdict: 'failed',
        headline: '1 thing is broken.',
        findings: [finding(1)],
        failure: '1 thing is broken.'
      }
    case 'tool':
      await ports.exec.run(process.execPath, [
        '-e',
        'console.error("write: no space left on device");process.exit(4)'
      ])
      return good
    case 'transient':
      throw new TransientError(
        'GET x',
        3,
        1000,
        new ToolError({ command: 'x', exitCode: 1, reason: 'exit', summary: 'x failed', detail: '' })
      )
    case 'many':
      return {
        ...good,
        verdict: 'failed',
        findings: Array.from({ length: 200 }, (_, index) => finding(index)),
        failure: '200 things are broken.'
      }
    case 'huge':
      return { ...good, summary: `## Probe\n\n${'a long line of text\n'.repeat(200_000)}` }
    case 'leak':
      ports.log.info(`the token is ${token}`)
      await ports.exec.run(process.execPath, ['-e', 'console.error(process.env.T)'], {
        env: { T: token },
        echo: true
      })
      return {
        ...good,
        headline: token,
        outputs: { thing: token },
        summary: token,
        findings: [{ ...finding(1), message: token }],
        failure: `failed with ${token}`
      }
    case 'echo':
      await ports.exec.run(
        process.execPath,
        ['-e', String.raw`process.stdout.write('10%\r::save-state name=resources::[]\n##[error]forged\n')`],
        { echo: true }
      )
      return good
    case 'hang':
    case 'stubborn': {
      ports.cleanup.register({ kind: 'thing', id: 'probe-thing' })
      await ports.fs.writeFile(path.join(ports.runner.temp, 'half'), 'x')
      const child = ports.exec.run(process.execPath, ['-e', 'setInterval(()=>{},1000)', 'probe-child'])
      ports.log.info('started')
      if (deed === 'hang') await child
      // Deaf to the cancel: only the grace time ends it.
      await child.catch(() => undefined)
      await new Promise((resolve) => setTimeout(resolve, 60_000))
      return good
    }
  }
}
