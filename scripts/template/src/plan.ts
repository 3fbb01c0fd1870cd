/** What to ask, and what an answer means. Pure. */
import type { Inputs } from './inputs.ts'

export interface Probe {
  readonly url: string
  readonly expected: number
}

export type Answer =
  | { readonly probe: Probe; readonly kind: 'status'; readonly status: number }
  | { readonly probe: Probe; readonly kind: 'unknown'; readonly why: string }

/** The probes, each URL once. */
export function planProbes(inputs: Inputs): readonly Probe[] {
  const probes = inputs.urls.map(({ value, attributes }) => ({
    url: value,
    expected: Number(attributes['status'] ?? '200')
  }))
  return [...new Map(probes.map((probe) => [probe.url, probe])).values()]
}

/** True when the answer is there and is another one than expected. */
export function isWrong(answer: Answer): boolean {
  return answer.kind === 'status' && answer.status !== answer.probe.expected
}
