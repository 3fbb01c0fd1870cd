/** Findings of what was seen: the catalogue of before, the stores, the containers in them. Pure. */
import type { Finding } from '../../../lib/report/index.ts'
import type { Store } from '../../../lib/store/index.ts'
import type { Standing, State } from './availability.ts'
import { isDark } from './looked.ts'
import type { Result } from './summary.ts'

export function baseUnknownFindings({ baseUnknown }: Result): Finding[] {
  if (baseUnknown === undefined) return []
  return [
    {
      id: 'base-unknown',
      subject: 'base-catalogue',
      severity: 'unknown',
      message: baseUnknown,
      hint: 'Run again when it can be read, or name another one.'
    }
  ]
}

export function storeFindings({ views }: Result): Finding[] {
  return views.flatMap(({ store, listingError, cacheError, silent, sightings }): Finding[] => {
    if (silent !== undefined) {
      return [
        {
          id: 'store-silent',
          subject: store.name,
          severity: store.required ? ('unknown' as const) : ('warning' as const),
          message: `it gives no answers, and nothing is known of its ${sightings.size} containers: ${silent}`,
          hint: 'Look at the store and at the network, and run again when it answers.'
        }
      ]
    }
    if (store.remote === undefined) return []
    if (listingError === undefined) return [...cacheFinding(store, cacheError), ...publicFinding(store)]
    const seen =
      store.publicUrl === undefined ? 'nothing is known of it' : 'its public address was asked instead'
    return [
      {
        id: 'store-not-listed',
        subject: store.name,
        severity:
          store.publicUrl === undefined && store.required ? ('unknown' as const) : ('warning' as const),
        message: `it could not be listed, ${seen}: ${listingError}`,
        hint: 'Look at the remote in rclone’s configuration and at its credentials.'
      }
    ]
  })
}

function cacheFinding({ name }: Store, cacheError: string | undefined): Finding[] {
  if (cacheError === undefined) return []
  return [
    {
      id: 'cache-not-listed',
      subject: name,
      severity: 'warning',
      message: `its cache could not be listed, and builds that wait in it are not seen: ${cacheError}`,
      hint: 'Look whether the credentials may list the folder of `cache-prefix`.'
    }
  ]
}

/** What is required is to be readable for everybody, and a listing does not prove it. */
function publicFinding({ name, required, publicUrl }: Store): Finding[] {
  if (!required || publicUrl !== undefined) return []
  return [
    {
      id: 'store-not-public',
      subject: name,
      severity: 'notice',
      message:
        'it has no `public-url=`: what it lists counts as present, whether or not the public can read it',
      hint: 'Give its line in `stores` the address at which users read it.'
    }
  ]
}

const HINTS: Readonly<Record<State, string>> = {
  present: '',
  missing: 'Run the action with mode convert, or look why the last conversion failed.',
  pending: 'Run the action with mode convert: its bytes only have to be copied.',
  unreadable: 'Let everybody read the container of the segments as well (Swift: X-Container-Read .r:*).',
  damaged: 'Run the action with mode convert: it is replaced.',
  'size-differs': 'Compare their SHA-256 with the docker image, and delete the wrong one.',
  unknown: 'Nothing is known; run again when the store answers.'
}

const WITHHELD_HINT =
  'Grant everybody s3:ListBucket, so that the store says 404 of what is not there, or give it as an rclone remote with public-url=.'

export function availabilityFindings({ available, catalogue, mode, plan, views }: Result): Finding[] {
  const dark = new Set(views.filter(isDark).map(({ store }) => store.name))
  const planned = new Set(mode === 'plan' ? plan?.jobs.map(({ container }) => container.id) : [])
  return available.flatMap(({ container, standings, verdict }) => {
    const required = standings.filter(({ store }) => store.required)
    const about = (state: State, severity: Finding['severity'], told: readonly Standing[]): Finding => ({
      id: `container-${state}`,
      subject: container.id,
      severity,
      message: told
        .map((own) => `${own.store.name}: ${own.state}${own.detail === '' ? '' : ` (${own.detail})`}`)
        .join('; '),
      hint: told.some(({ withheld }) => withheld === true) ? WITHHELD_HINT : HINTS[state],
      place: { file: catalogue.file, line: container.at.line, column: container.at.column }
    })
    // They differ whatever is the matter with the others.
    const differing = required.filter(({ state }) => state === 'size-differs')
    const differs = differing.length === 0 ? [] : [about('size-differs', 'error', differing)]
    if (verdict === 'present' || verdict === 'size-differs') return differs
    const unknown = required.filter(({ state }) => state === 'unknown')
    if (verdict === 'unknown' && unknown.every(({ store }) => dark.has(store.name))) return differs
    const severity = planned.has(container.id) ? 'notice' : verdict === 'unknown' ? 'unknown' : 'error'
    const rest = required.filter(({ state }) => state !== 'present' && state !== 'size-differs')
    return [about(verdict, severity, rest), ...differs]
  })
}

/** A store that is not required has another file than the required ones: nothing they have is in doubt by that. */
export function otherFiles({ available, catalogue }: Result): Finding[] {
  return available.flatMap(({ container, standings }) => {
    // Where those differ among themselves, what the others have is told with it.
    if (standings.some(({ store, state }) => store.required && state === 'size-differs')) return []
    const others = standings.filter(({ store, state }) => !store.required && state === 'size-differs')
    if (others.length === 0) return []
    return [
      {
        id: 'container-optional-differs',
        subject: container.id,
        severity: 'warning' as const,
        message: others.map(({ store, detail }) => `${store.name}: ${detail}`).join('; '),
        hint: 'Compare the SHA-256, and copy the right file over the other.',
        place: { file: catalogue.file, line: container.at.line, column: container.at.column }
      }
    ]
  })
}
