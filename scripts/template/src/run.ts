import type { Outcome } from '../../../lib/action/index.ts'
import { messageOf } from '../../../lib/failure/index.ts'
import { expectStatus } from '../../../lib/http/index.ts'
import type { Ports } from '../../../lib/ports/index.ts'
import { classifyHttp, retry } from '../../../lib/retry/index.ts'
import type { Inputs } from './inputs.ts'
import { planProbes, type Answer, type Probe } from './plan.ts'
import { toOutcome } from './report.ts'

/**
 * 1. Ask every URL, with retries for what is transient.
 * 2. Report.
 */
export async function run(inputs: Inputs, ports: Ports): Promise<Outcome> {
  const probes = planProbes(inputs)
  const answers = await ports.log.group(
    'Asking',
    async () => await Promise.all(probes.map((probe) => ask(probe, ports)))
  )
  return toOutcome(answers)
}

async function ask(probe: Probe, { http, clock, log }: Ports): Promise<Answer> {
  try {
    const response = await retry(
      `GET ${probe.url}`,
      async () => {
        const answer = await http.request(probe.url, { maxBytes: 1_000_000 })
        // A passing 503 is retried, unless it is what was expected.
        return answer.status === probe.expected
          ? answer
          : expectStatus(answer, [200, 204, 301, 302, 401, 403, 404, 410])
      },
      { classify: classifyHttp, clock, log, limits: { attempts: 3 } }
    )
    return { probe, kind: 'status', status: response.status }
  } catch (error) {
    return { probe, kind: 'unknown', why: messageOf(error) }
  }
}
