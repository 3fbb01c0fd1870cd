/** One check of a smoke file, with its defaults and a name for people. Pure. */
import { milliseconds, optional, texts, type Raw, type Refuse } from './raw.ts'
import type { Check } from './types.ts'

/** @param raw has exactly one kind of check, which the schema has seen to */
export function readCheck(raw: Raw, refuse: Refuse): Check {
  const kind = Object.keys(raw).find((key) => key !== 'name') as Check['kind']
  const body = raw[kind] as Raw
  const pattern = (key: string): RegExp | undefined => {
    const source = body[key]
    if (typeof source !== 'string') return undefined
    try {
      return new RegExp(source, 'm')
    } catch (error) {
      refuse([kind, key], error instanceof Error ? error.message : String(error))
      return undefined
    }
  }
  const contains = optional(body['contains'])
  const user = optional(body['user'])
  const within = (byDefault: string): number => milliseconds(body['within'], byDefault)
  const name = optional(raw['name']) ?? describe(kind, body)
  const port = body['port'] as number
  const path = optional(body['path']) ?? '/'
  switch (kind) {
    case 'http':
      return {
        kind,
        name,
        withinMs: within('30s'),
        port,
        path,
        status: (body['status'] as number | undefined) ?? 200,
        contains,
        matches: pattern('matches')
      }
    case 'websocket':
      return {
        kind,
        name,
        withinMs: within('30s'),
        port,
        path,
        protocol: optional(body['protocol']),
        receives: optional(body['receives'])
      }
    case 'command':
      return {
        kind,
        name,
        withinMs: within('60s'),
        run: texts(body['run']),
        user,
        env: (body['env'] as Record<string, string> | undefined) ?? {},
        exit: (body['exit'] as number | undefined) ?? 0,
        contains,
        matches: pattern('matches'),
        junit: optional(body['junit'])
      }
    case 'process':
      return { kind, name, withinMs: within('10s'), program: optional(body['name']) ?? '', user }
    case 'file':
      return {
        kind,
        name,
        withinMs: 30_000,
        path,
        type: optional(body['type']),
        owner: optional(body['owner']),
        group: optional(body['group']),
        mode: optional(body['mode']),
        absent: body['absent'] === true
      }
    case 'log': {
      const check = {
        kind,
        name,
        withinMs: within('10s'),
        contains,
        matches: pattern('matches'),
        never: pattern('never')
      } as const
      if (contains === undefined && check.matches === undefined && check.never === undefined) {
        refuse([kind], 'needs contains, matches or never')
      }
      return check
    }
    case 'healthy':
      return { kind, name, withinMs: within('120s') }
    case 'screenshot':
      return {
        kind,
        name,
        withinMs: within('60s'),
        port,
        path,
        waitFor: optional(body['wait-for']),
        leastColours: (body['least-colours'] as number | undefined) ?? 16,
        mostOfOneColour: (body['most-of-one-colour'] as number | undefined) ?? 97
      }
  }
}

function describe(kind: Check['kind'], body: Raw): string {
  switch (kind) {
    case 'http':
    case 'websocket':
    case 'screenshot':
      return `${kind} ${String(body['port'])}${optional(body['path']) ?? '/'}`
    case 'command':
      return `command ${texts(body['run']).join(' ').slice(0, 80)}`
    case 'process':
      return `process ${optional(body['name']) ?? ''}`
    case 'file':
      return `file ${optional(body['path']) ?? ''}`
    case 'log':
      return `log ${['contains', 'matches', 'never']
        .filter((key) => key in body)
        .map((key) => `${key} ${String(body[key])}`)
        .join(', ')}`
    case 'healthy':
      return 'health check'
  }
}
