/** The story of mode `retain`: what would go, and, when somebody says so, its deletion. */
import type { Outcome } from '../../../lib/action/index.ts'
import type { Catalogue, Comparison } from '../../../lib/catalogue/index.ts'
import { bytes, code, details, escape, table } from '../../../lib/markdown/index.ts'
import type { Ports } from '../../../lib/ports/index.ts'
import type { Finding } from '../../../lib/report/index.ts'
import { storesOf, type Inputs } from './inputs.ts'
import { readKeep } from './keep.ts'
import { findRclone } from './look.ts'
import { lookedAtStores, type Looked } from './looked.ts'
import { objections, planRetention, subjectOf, type Deletion, type RetentionPlan } from './retain.ts'
import { listContents, sweep } from './sweep.ts'

const MAX_ROWS = 200

export async function runRetention(
  catalogue: Catalogue,
  comparison: Comparison | undefined,
  inputs: Inputs,
  ports: Ports
): Promise<Outcome> {
  const { log } = ports
  const confirm = { delete: inputs.delete && !inputs.dryRun, confirmPlan: inputs.confirmPlan }

  // 1. What must stay: a list that cannot be read ends it here.
  const kept = await log.group('What is kept', async () => await readKeep(inputs.keep, ports))
  const objects = new Set([
    ...catalogue.containers.map(({ object }) => object),
    ...catalogue.containers.map(({ id }) => id),
    ...kept
  ])
  const early = objections(catalogue, comparison, undefined, confirm)
  if (early.length > 0) return outcome(undefined, [], early, { subjects: [] }, inputs)

  // 2. What there is.
  const stores = storesOf(inputs)
  const rclone = await findRclone(stores, inputs.toolMirror, ports)
  const listed = await log.group(
    'Stores',
    async () => await listContents(stores, inputs.cachePrefix, rclone, ports)
  )

  // 3. What may go, and who would have to agree.
  const plan = planRetention(listed.contents, objects, {
    now: ports.clock.now(),
    retentionDays: inputs.retentionDays,
    maxDelete: inputs.maxDelete === '' ? undefined : Number(inputs.maxDelete),
    current: catalogue.containers.map(({ object }) => object)
  })
  const findings = [
    ...listed.findings,
    ...plan.shared.map(sharedSegments),
    ...plan.awaited.map(awaitedSuccessor),
    ...objections(catalogue, comparison, plan, confirm)
  ]
  const looked = (deleted: readonly Deletion[], found: readonly Finding[], swept: boolean): Looked =>
    lookedAtStores({
      file: catalogue.file,
      stores: listed.contents.map(({ store }) => store),
      deleted,
      findings: found,
      swept
    })
  for (const { store, key, bytes: size } of plan.deletions.slice(0, MAX_ROWS))
    log.info(`${store}: ${key} (${bytes(size)})`)
  log.info(`plan ${plan.hash}: ${plan.deletions.length} objects`)
  if (!confirm.delete || findings.some(({ severity }) => severity === 'error'))
    return outcome(plan, [], findings, looked([], findings, false), inputs)

  // 4. Delete it.
  const swept = await log.group(
    `Delete ${plan.deletions.length} objects`,
    async () => await sweep(plan.deletions, stores, rclone, ports, inputs.maxParallel)
  )
  const all = [...findings, ...swept.findings]
  return outcome(plan, swept.deleted, all, looked(swept.deleted, all, true), inputs)
}

function sharedSegments({ subject, with: others }: RetentionPlan['shared'][number]): Finding {
  const more = others.length > 3 ? ` and ${others.length - 3} more` : ''
  return {
    id: 'retain-segments-shared',
    subject,
    severity: 'notice',
    message: `it stays: ${others.slice(0, 3).join(', ')}${more} is made of the same segments, and would be emptied`,
    hint: 'Upload the one that is wanted anew; then the other can go.'
  }
}

function awaitedSuccessor({ subject, successor }: RetentionPlan['awaited'][number]): Finding {
  return {
    id: 'retain-successor-missing',
    subject,
    severity: 'notice',
    message: `it stays: ${successor}, which takes its place, is not in this store yet`,
    hint: 'Look why it was not brought there; then this one goes with the next run.'
  }
}

function outcome(
  plan: RetentionPlan | undefined,
  deleted: readonly Deletion[],
  findings: readonly Finding[],
  looked: Looked,
  inputs: Inputs
): Outcome {
  const deletions = plan?.deletions ?? []
  const freed = deleted.reduce((sum, { bytes: size }) => sum + size, 0)
  const errors = findings.filter(({ severity }) => severity === 'error')
  const unknown = findings.filter(({ severity }) => severity === 'unknown')
  const verdict = errors.length > 0 ? 'failed' : unknown.length > 0 ? 'unknown' : 'ok'
  const headline =
    plan === undefined
      ? 'Nothing was deleted.'
      : deleted.length > 0
        ? `${deleted.length} of ${deletions.length} objects deleted, ${bytes(freed)} freed.`
        : `${deletions.length} objects may go, none was deleted.`
  const bad = [...errors, ...unknown].map(({ subject, message, hint }) =>
    hint === undefined ? `${subject}: ${message}` : `${subject}: ${message}. ${hint}`
  )
  return {
    verdict,
    headline,
    findings,
    ...looked,
    figures: {
      'planned-count': deletions.length,
      'planned-bytes': deletions.reduce((sum, { bytes: size }) => sum + size, 0),
      'deleted-count': deleted.length,
      'deleted-bytes': freed,
      'protected-count': plan?.kept.protected ?? 0,
      'young-count': plan?.kept.young ?? 0,
      'foreign-count': plan?.kept.foreign ?? 0,
      'shared-count': plan?.kept.shared ?? 0,
      'awaited-count': plan?.kept.awaited ?? 0
    },
    details: { deletions, deleted: deleted.map(subjectOf) },
    outputs: { verdict, 'plan-hash': plan?.hash ?? '', 'has-work': String(deletions.length > 0) },
    summary: summary(plan, deleted, headline, inputs),
    ...(verdict === 'ok' ? {} : { failure: [headline, ...bad].join('\n') })
  }
}

function summary(
  plan: RetentionPlan | undefined,
  deleted: readonly Deletion[],
  headline: string,
  inputs: Inputs
): string {
  const parts = [`## Retention\n\n${escape(headline)}\n`]
  if (plan === undefined) return parts.join('\n')
  const { kept, limit, hash } = plan
  parts.push(
    `Kept: ${kept.protected} that are wanted, ${kept.young} that are younger than ${inputs.retentionDays} days (or their limit), ` +
      `${kept.foreign} that are no containers, ${kept.shared} whose segments others need or may need, ` +
      `${kept.awaited} whose newer builds are not there yet. At most ${limit} go without a confirmation.\n`,
    `Plan: ${code(hash)}\n`
  )
  if (plan.deletions.length > 0) {
    const gone = new Set(deleted)
    const rows = plan.deletions
      .slice(0, MAX_ROWS)
      .map((one) => [
        escape(one.store),
        one.kind,
        code(one.key),
        bytes(one.bytes),
        new Date(one.modified).toISOString().slice(0, 10),
        gone.has(one) ? 'deleted' : ''
      ])
    const more =
      plan.deletions.length > MAX_ROWS
        ? `\nAnd ${plan.deletions.length - MAX_ROWS} more, in the report.\n`
        : ''
    parts.push(
      details(
        `Objects (${plan.deletions.length})`,
        table(['Store', 'What', 'Name', 'Size', 'Written', ''], rows) + more
      )
    )
  }
  return parts.join('\n')
}
