/** Everything that has been seen to go wrong with a CernVM-FS server, switchable. */
import { constants, privateEncrypt } from 'node:crypto'

import { keyPair, letter, type Repository, type Revision } from './repository.ts'
import { selfSigned } from './certificate.ts'
import type { Answer, Ask, Spoiler, View } from './server.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** What a fault may use. */
export interface FaultContext {
  readonly repository: Repository
  readonly now: number
  /** What a healthy server of this kind has now. */
  readonly current: View
  /** The revision at which a stale server got stuck. */
  readonly previous: Revision
  /** Publishes another tree under the number of the current revision. */
  readonly fork: () => Revision
  /** Path of the object that object faults hit: commands.txt of the first container. */
  readonly object: string
  /** Path of the catalog that catalog faults hit: the first container's. */
  readonly catalog: string
}

export interface Behaviour {
  /** What the server has, when it is not what it should have. */
  readonly view?: View
  readonly spoiler?: Spoiler
  /** The port is closed. */
  readonly closed?: true
}

type Damage = 'missing' | 'empty' | 'truncated' | 'doubled' | 'altered'

const HTML = Buffer.from(
  '<!DOCTYPE html>\n<html><body><h1>Welcome to the guest network</h1>Please log in.</body></html>\n'
)

/** Headers of an answer that a cache has kept for a day: the date is that of the original. */
function cached(now: number): Record<string, string> {
  const date = new Date(now - DAY).toUTCString()
  return { date, age: String(DAY / 1000), via: '1.1 varnish', 'x-cache': 'HIT', 'cf-cache-status': 'HIT' }
}

const behaviours = {
  // --- the server itself
  refused: () => ({ closed: true as const }),
  hang: () => ({ spoiler: (_ask: Ask, right: Answer): Answer => ({ ...right, trick: 'hang' }) }),
  reset: () => ({ spoiler: (_ask: Ask, right: Answer): Answer => ({ ...right, trick: 'reset' }) }),
  slow: () => ({ spoiler: (_ask: Ask, right: Answer): Answer => ({ ...right, delayMs: 500 }) }),
  'server-error': () => ({ spoiler: () => answer(500, 'Internal Server Error') }),
  overloaded: () => ({ spoiler: () => answer(503, 'Service Unavailable') }),
  'rate-limited': () => ({ spoiler: () => answer(429, 'Too Many Requests') }),
  redirect: () => ({
    spoiler: (ask: Ask): Answer => ({
      status: 301,
      headers: { location: `https://localhost/${ask.path}` },
      body: Buffer.alloc(0)
    })
  }),
  'captive-page': () => ({
    spoiler: (): Answer => ({ status: 200, headers: { 'content-type': 'text/html' }, body: HTML })
  }),
  'repository-absent': () => ({ spoiler: () => answer(404, 'Not Found') }),
  'clock-skew': ({ now }: FaultContext) => ({
    spoiler: (_ask: Ask, right: Answer): Answer => ({
      ...right,
      headers: { ...right.headers, date: new Date(now + 3 * HOUR).toUTCString() }
    })
  }),

  // --- manifest
  'manifest-altered': manifest((bytes) =>
    Buffer.from(bytes.toString('latin1').replace('\nS', '\nS1'), 'latin1')
  ),
  'manifest-truncated': manifest((bytes) => bytes.subarray(0, 60)),
  'manifest-endless': () => ({
    spoiler: (ask: Ask, right: Answer): Answer =>
      ask.path === '.cvmfspublished' ? { ...right, trick: 'endless' } : right
  }),
  'manifest-other-repository': manifest((bytes, { repository }) =>
    repository.signManifest(payloadOf(bytes).replace(/^N.*$/m, 'Nother.example.org'))
  ),
  'manifest-root-path': manifest((bytes, { repository }) =>
    repository.signManifest(payloadOf(bytes).replace(/^R.*$/m, 'R00000000000000000000000000000000'))
  ),
  'manifest-forged': manifest((bytes, { repository }) =>
    repository.signManifest(payloadOf(bytes), keyPair('forger').privateKey)
  ),
  'certificate-missing': object(({ current, repository }) => pathsOf(repository, current, 'X'), 'missing'),
  'certificate-altered': object(({ current, repository }) => pathsOf(repository, current, 'X'), 'altered'),

  'certificate-reset': ({ current, repository }: FaultContext) =>
    tricked('reset', pathsOf(repository, current, 'X')),

  // --- whitelist
  'whitelist-reset': () => tricked('reset', ['.cvmfswhitelist']),
  'whitelist-missing': whitelist(() => undefined),
  'whitelist-altered': whitelist((bytes) =>
    Buffer.from(bytes.toString('latin1').replace('\nN', '\nNx'), 'latin1')
  ),
  'whitelist-truncated': whitelist((bytes) => bytes.subarray(0, 20)),
  'whitelist-expired': whitelist((_bytes, { repository, now }) =>
    repository.whitelist({ issued: now - 40 * DAY, expires: now - 10 * DAY })
  ),
  'whitelist-expiring': whitelist((_bytes, { repository, now }) =>
    repository.whitelist({ issued: now - 29 * DAY, expires: now + 30 * HOUR })
  ),
  'whitelist-other-repository': whitelist((_bytes, { repository, now }) =>
    repository.whitelist({ issued: now - DAY, expires: now + 20 * DAY, name: 'other.example.org' })
  ),
  'whitelist-pkcs7': whitelist((_bytes, { repository, now }) =>
    repository.whitelist({ issued: now - DAY, expires: now + 20 * DAY, options: ['Vpkcs7'] })
  ),
  'whitelist-forged': whitelist((bytes) =>
    letter(payloadOf(bytes), 'sha1', (text) =>
      privateEncrypt({ key: keyPair('forger').privateKey, padding: constants.RSA_PKCS1_PADDING }, text)
    )
  ),
  'whitelist-other-certificate': whitelist((_bytes, { repository, now }) =>
    repository.whitelist({
      issued: now - DAY,
      expires: now + 20 * DAY,
      certificates: [selfSigned(keyPair('forger').privateKey, 'before', now - DAY, now + DAY)]
    })
  ),

  // --- freshness
  stale: ({ current, previous, now }: FaultContext) => ({
    view: { ...current, revision: previous, lastSnapshot: now - 31 * HOUR }
  }),
  'stale-upstream': ({ current, previous, now }: FaultContext) => ({
    view: { ...current, revision: previous, lastSnapshot: now - 300_000 }
  }),
  'stale-snapshotting': ({ current, previous, now }: FaultContext) => ({
    view: { ...current, revision: previous, lastSnapshot: now - 31 * HOUR, snapshotRunningSince: now - HOUR }
  }),
  'stale-unexplained': ({ current, previous }: FaultContext) => ({
    view: { whitelist: current.whitelist, revision: previous }
  }),
  'cron-dead': ({ current, now }: FaultContext) => ({ view: { ...current, lastSnapshot: now - 31 * HOUR } }),
  'check-failed': ({ current }: FaultContext) => ({ view: { ...current, checkStatus: 'failed' as const } }),
  'cdn-stale': ({ previous, now }: FaultContext) => ({
    spoiler: (ask: Ask, right: Answer): Answer =>
      ask.path === '.cvmfspublished' && ask.query === ''
        ? { ...right, body: previous.manifest, headers: { ...right.headers, ...cached(now) } }
        : right
  }),

  // --- objects
  'root-catalog-missing': object(({ current }) => [current.revision.catalogs.get('') ?? ''], 'missing'),
  'catalog-missing': object(({ catalog }) => [catalog], 'missing'),
  'catalog-empty': object(({ catalog }) => [catalog], 'empty'),
  'catalog-truncated': object(({ catalog }) => [catalog], 'truncated'),
  'catalog-doubled': object(({ catalog }) => [catalog], 'doubled'),
  'catalog-altered': object(({ catalog }) => [catalog], 'altered'),
  'object-missing': object(({ object }) => [object], 'missing'),
  'object-empty': object(({ object }) => [object], 'empty'),
  'object-truncated': object(({ object }) => [object], 'truncated'),
  'object-doubled': object(({ object }) => [object], 'doubled'),
  'object-altered': object(({ object }) => [object], 'altered'),
  'catalog-hangs': ({ catalog }: FaultContext) => tricked('hang', [catalog]),
  'object-hangs': ({ object }: FaultContext) => tricked('hang', [object]),
  'catalog-endless': ({ catalog }: FaultContext) => tricked('endless', [catalog]),
  'object-endless': ({ object }: FaultContext) => tricked('endless', [object]),
  'object-cut': ({ object }: FaultContext) => tricked('cut', [object]),
  'catalogs-cut': () => ({
    spoiler: (ask: Ask, right: Answer): Answer =>
      /^data\/.*C$/.test(ask.path) ? { ...right, trick: 'cut' } : right
  }),
  // A cache keeps the 404 of a moment in which the object was not there yet. A CDN heeds the query only.
  'cached-404': ({ catalog, now }: FaultContext) => ({
    spoiler: (ask: Ask, right: Answer): Answer =>
      ask.path === catalog && ask.query === '' ? { ...answer(404, 'Not Found'), headers: cached(now) } : right
  }),
  'cached-damage': ({ object, now }: FaultContext) => ({
    spoiler: (ask: Ask, right: Answer): Answer =>
      ask.path === object && ask.query === '' && !ask.noCache
        ? { ...right, headers: cached(now), body: damaged(right.body, 'truncated') }
        : right
  }),

  // --- geo API
  'geo-error': geo(() => answer(400, 'Bad Request: cannot determine the remote address')),
  'geo-wrong': geo(() => answer(200, '1,1\n')),

  'geo-reset': () => ({
    spoiler: (ask: Ask, right: Answer): Answer =>
      ask.path.startsWith('api/v1.0/geo/') ? { ...right, trick: 'reset' } : right
  }),

  // --- what the server says about itself
  'info-unlisted': info(() => ({
    repositories: [{ name: 'other.example.org', url: '/cvmfs/other.example.org' }]
  })),
  'geo-database-old': info(({ now }) => ({ last_geodb_update: new Date(now - 90 * DAY).toUTCString() })),

  // --- two repositories under one name
  split: ({ current, fork }: FaultContext) => ({ view: { ...current, revision: fork() } })
} satisfies Record<string, (context: FaultContext) => Behaviour>

export type FaultName = keyof typeof behaviours

export const FAULTS = Object.keys(behaviours) as readonly FaultName[]

export function behaviourOf(fault: FaultName, context: FaultContext): Behaviour {
  return behaviours[fault](context)
}

function answer(status: number, body: string): Answer {
  return { status, headers: { 'content-type': 'text/plain' }, body: Buffer.from(body) }
}

function payloadOf(bytes: Buffer): string {
  return bytes.subarray(0, bytes.indexOf('\n--\n') + 1).toString('latin1')
}

function manifest(
  change: (bytes: Buffer, context: FaultContext) => Buffer
): (context: FaultContext) => Behaviour {
  return (context) => ({
    view: {
      ...context.current,
      revision: { ...context.current.revision, manifest: change(context.current.revision.manifest, context) }
    }
  })
}

function whitelist(
  change: (bytes: Buffer, context: FaultContext) => Buffer | undefined
): (context: FaultContext) => Behaviour {
  return (context) => {
    const changed = change(context.current.whitelist, context)
    if (changed !== undefined) return { view: { ...context.current, whitelist: changed } }
    return { spoiler: (ask, right) => (ask.path === '.cvmfswhitelist' ? answer(404, 'Not Found') : right) }
  }
}

function object(
  paths: (context: FaultContext) => string[],
  damage: Damage
): (context: FaultContext) => Behaviour {
  return (context) => {
    const hit = paths(context)
    return {
      spoiler: (ask, right) => {
        if (!hit.includes(ask.path)) return right
        return damage === 'missing'
          ? answer(404, 'Not Found')
          : { ...right, body: damaged(right.body, damage) }
      }
    }
  }
}

function tricked(trick: NonNullable<Answer['trick']>, paths: readonly string[]): Behaviour {
  return { spoiler: (ask, right) => (paths.includes(ask.path) ? { ...right, trick } : right) }
}

function info(change: (context: FaultContext) => object): (context: FaultContext) => Behaviour {
  return (context) => ({
    spoiler: (ask, right) => {
      if (ask.path !== '/cvmfs/info/v1/repositories.json') return right
      const own = JSON.parse(right.body.toString('utf8')) as object
      const said = { ...own, replicas: [], repositories: [], ...change(context) }
      return { ...right, body: Buffer.from(JSON.stringify(said)) }
    }
  })
}

function geo(wrong: () => Answer): () => Behaviour {
  return () => ({ spoiler: (ask, right) => (ask.path.startsWith('api/v1.0/geo/') ? wrong() : right) })
}

function damaged(body: Buffer, damage: Exclude<Damage, 'missing'>): Buffer {
  switch (damage) {
    case 'empty':
      return Buffer.alloc(0)
    case 'truncated':
      return body.subarray(0, Math.floor(body.length / 2))
    case 'doubled':
      return Buffer.concat([body, body])
    case 'altered': {
      const changed = Buffer.from(body)
      const at = Math.floor(changed.length / 2)
      changed[at] = (changed[at] ?? 0) ^ 0xff
      return changed
    }
  }
}

function pathsOf(repository: Repository, view: View, suffix: string): string[] {
  const hex = view.revision.certificate.hex
  return [...repository.objects.keys()].filter(
    (path) => path === `data/${hex.slice(0, 2)}/${hex.slice(2)}${suffix}`
  )
}
