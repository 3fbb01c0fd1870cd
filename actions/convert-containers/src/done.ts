/** Findings of what was planned and done: conversions, sources, uploads, the registries' limits. Pure. */
import type { Finding } from '../../../lib/report/index.ts'
import type { Result } from './summary.ts'

/** It is the same for every container: told once. */
export function converterFindings({ carried }: Result): Finding[] {
  const lacking = carried.flatMap(({ failures }) => failures.filter(({ kind }) => kind === 'no-converter'))
  const [first] = lacking
  if (first === undefined) return []
  const containers = lacking.length === 1 ? '1 container' : `${lacking.length} containers`
  return [
    {
      id: 'converter-missing',
      subject: 'mksquashfs',
      severity: lacking.some(({ required }) => required) ? 'error' : 'warning',
      message: `${containers} could not be converted: ${first.message}`,
      hint: 'Install squashfs-tools in a step before; the stream needs 4.5 or newer.'
    }
  ]
}

const DAMAGED = {
  id: 'source-damaged',
  severity: 'warning',
  hint: 'Another source was taken. Look why bytes were lost there; a build in the cache may be deleted.'
} as const
const BLOCKED = {
  'no-image': 'image-missing',
  limited: 'registry-limit',
  unknown: 'image-unknown',
  held: 'convert-held'
} as const
const LIMITED_HINT = 'Log in to the registry, name a mirror first in `registries`, or run again later.'

export function workFindings({ carried, plan, mode, rateLimits }: Result): Finding[] {
  const findings: Finding[] = carried.flatMap(({ id, failures }) =>
    failures
      .filter(({ kind }) => kind !== 'no-converter')
      .map(({ message, required, kind }) => ({
        id: kind === 'limited' ? 'registry-limit' : 'convert-failed',
        subject: id,
        severity: required ? ('error' as const) : ('warning' as const),
        message,
        ...(kind === 'limited' ? { hint: LIMITED_HINT } : {})
      }))
  )
  for (const { id, damaged } of carried) {
    findings.push(...damaged.map((message): Finding => ({ ...DAMAGED, subject: id, message })))
  }
  for (const { store, damaged, limit } of plan?.spared ?? []) {
    findings.push({
      id: 'damaged-too-many',
      subject: store.name,
      severity: store.required ? 'error' : 'warning',
      message: `${damaged} of its objects are damaged, and none was replaced: at most ${limit} are without \`max-replace\``,
      hint: 'Look at some of them. When they are damaged indeed, run again with `max-replace`.'
    })
  }
  if (mode === 'convert' || mode === 'all' || mode === 'plan') {
    for (const { container, kind, reason } of plan?.blocked ?? []) {
      // What is wrong with these is told by their state already.
      if (kind === 'differs' || kind === 'no-target') continue
      findings.push({
        id: BLOCKED[kind],
        subject: container.id,
        severity: kind === 'unknown' || kind === 'held' ? 'unknown' : 'error',
        message: kind === 'held' ? `not made anew, left for the next run: ${reason}` : reason,
        ...(kind === 'limited' ? { hint: LIMITED_HINT } : {}),
        ...(kind === 'no-image'
          ? { hint: 'Push the image, or correct its build date in the catalogue.' }
          : {})
      })
    }
  }
  for (const { assurance, id } of carried.flatMap((one) =>
    one.deliveries.map((own) => ({ ...own, id: one.id }))
  )) {
    if (assurance !== 'size only') continue
    findings.push({
      id: 'object-unverified',
      subject: id,
      severity: 'notice',
      message: 'only its size could be compared after the upload: the store tells no MD5'
    })
  }
  for (const { host, remaining, limit } of rateLimits) {
    if (remaining * 10 > limit) continue
    findings.push({
      id: 'registry-limit-near',
      subject: host,
      severity: 'warning',
      message: `${remaining} of ${limit} pulls are left`,
      hint: 'Log in to the registry, or name a mirror first in `registries`.'
    })
  }
  return findings
}
