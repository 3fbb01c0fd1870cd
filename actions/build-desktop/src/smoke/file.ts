/** From the YAML text of a smoke file to profiles with every default filled in. Pure. */
import { LineCounter, parseDocument } from 'yaml'
import { duration, size } from '../../../../lib/action/index.ts'
import { InputError, type InputProblem } from '../../../../lib/failure/index.ts'
import { formatPlatform, parsePlatform } from '../../../../lib/registry/index.ts'
import { smokeSchema } from './schema.ts'
import { validate } from './validate.ts'

export interface Profile {
  readonly name: string
  readonly platforms: readonly string[]
  readonly user: string | undefined
  readonly env: Readonly<Record<string, string>>
  readonly hostname: string | undefined
  readonly ports: readonly number[]
  readonly shmSize: number | undefined
  readonly memoryLimit: number | undefined
  readonly privileged: boolean
  readonly capabilities: readonly string[]
  readonly dropCapabilities: readonly string[]
  readonly securityOptions: readonly string[]
  readonly devices: readonly string[]
  readonly binds: readonly string[]
  readonly volumes: readonly string[]
  readonly readOnly: boolean
  readonly init: boolean
  readonly entrypoint: string | undefined
  readonly arguments: readonly string[]
  readonly startUp: { readonly port: number; readonly path: string; readonly withinMs: number } | undefined
  /** Bytes. */
  readonly mostMemory: number | undefined
  readonly mustRun: boolean
  readonly checks: readonly Check[]
}

interface Named {
  /** For people; made up from the check when the file gives none. */
  readonly name: string
  readonly withinMs: number
}

export type Check =
  | (Named & {
      readonly kind: 'http'
      readonly port: number
      readonly path: string
      readonly status: number
      readonly contains: string | undefined
      readonly matches: RegExp | undefined
    })
  | (Named & {
      readonly kind: 'websocket'
      readonly port: number
      readonly path: string
      readonly protocol: string | undefined
      readonly receives: string | undefined
    })
  | (Named & {
      readonly kind: 'command'
      readonly run: readonly string[]
      readonly user: string | undefined
      readonly env: Readonly<Record<string, string>>
      readonly exit: number
      readonly contains: string | undefined
      readonly matches: RegExp | undefined
      readonly junit: string | undefined
    })
  | (Named & { readonly kind: 'process'; readonly program: string; readonly user: string | undefined })
  | (Named & {
      readonly kind: 'file'
      readonly path: string
      readonly type: string | undefined
      readonly owner: string | undefined
      readonly group: string | undefined
      readonly mode: string | undefined
      readonly absent: boolean
    })
  | (Named & {
      readonly kind: 'log'
      readonly contains: string | undefined
      readonly matches: RegExp | undefined
      readonly never: RegExp | undefined
    })
  | (Named & { readonly kind: 'healthy' })
  | (Named & {
      readonly kind: 'screenshot'
      readonly port: number
      readonly path: string
      readonly waitFor: string | undefined
      readonly leastColours: number
      readonly mostOfOneColour: number
    })

export type CheckOf<K extends Check['kind']> = Extract<Check, { kind: K }>

/** Larger files are refused: YAML is read as a whole. */
const MAX_BYTES = 1024 * 1024

/**
 * Reads a smoke file.
 * @param name of the file, for messages
 * @throws InputError with every problem and the line that it is on
 */
export function readSmokeFile(source: string, name: string): readonly Profile[] {
  if (Buffer.byteLength(source) > MAX_BYTES) {
    throw new InputError([
      { input: 'smoke-file', given: name, allowed: `a file of at most ${MAX_BYTES} bytes` }
    ])
  }
  const lines = new LineCounter()
  // Aliases are counted below: a small file could otherwise unfold to gigabytes.
  const document = parseDocument(source, { lineCounter: lines, version: '1.2', uniqueKeys: true })
  if (document.errors.length > 0) {
    throw new InputError(
      document.errors.map((error) =>
        problem(name, lines.linePos(error.pos[0]).line, error.message.split('\n', 1)[0] ?? '', 'YAML 1.2')
      )
    )
  }
  const value: unknown = document.toJS({ maxAliasCount: 100 })
  const lineOf = (path: readonly (string | number)[]): number => {
    for (let length = path.length; length >= 0; length--) {
      const node: unknown = document.getIn(path.slice(0, length), true)
      const range =
        typeof node === 'object' && node !== null && 'range' in node ? (node.range as number[] | null) : null
      if (range?.[0] !== undefined) return lines.linePos(range[0]).line
    }
    return 1
  }
  const problems = validate(smokeSchema, value).map((violation) =>
    problem(
      name,
      lineOf(violation.path),
      `${violation.path.join('.')} ${violation.message}`,
      'what docs/schemas/smoke.schema.json says'
    )
  )
  if (problems.length > 0) throw new InputError(problems)
  const refused: InputProblem[] = []
  const profiles = Object.entries((value as { profiles: Record<string, Raw> }).profiles).map(
    ([profileName, raw]) =>
      readProfile(profileName, raw, (path, message) => {
        refused.push(
          problem(
            name,
            lineOf(['profiles', profileName, ...path]),
            `profiles.${[profileName, ...path].join('.')} ${message}`,
            'see docs/schemas/smoke.schema.json'
          )
        )
      })
  )
  if (refused.length > 0) throw new InputError(refused)
  return profiles
}

function problem(file: string, line: number, given: string, allowed: string): InputProblem {
  return { input: `smoke-file ${file}, line ${line}`, given, allowed }
}

type Raw = Readonly<Record<string, unknown>>
type Refuse = (path: readonly (string | number)[], message: string) => void

function readProfile(name: string, raw: Raw, refuse: Refuse): Profile {
  const ports = (raw['ports'] as number[] | undefined) ?? []
  const startUp = raw['start-up'] as Raw | undefined
  const needsPort = (port: number, path: readonly (string | number)[]): void => {
    if (!ports.includes(port)) refuse(path, `uses port ${port}, which is not among the profile's ports`)
  }
  if (startUp !== undefined) needsPort(startUp['port'] as number, ['start-up'])
  const platforms = texts(raw['platforms']).flatMap((text, index) => {
    try {
      return [formatPlatform(parsePlatform(text))]
    } catch {
      refuse(['platforms', index], `${text} is no platform`)
      return []
    }
  })
  const mounts = [
    ...texts(raw['binds']).map((text) => ['binds', text]),
    ...texts(raw['volumes']).map((text) => ['volumes', text])
  ]
  for (const [field, text] of mounts) {
    if (!/^[^:]+:\/[^:]*(:(ro|rw|shared|rshared|slave|rslave|z|Z)(,[a-z]+)*)?$/.test(text ?? '')) {
      refuse([field ?? ''], `${text} is not SOURCE:/path or SOURCE:/path:ro`)
    }
  }
  return {
    name,
    platforms,
    user: optional(raw['user']),
    env: (raw['env'] as Record<string, string> | undefined) ?? {},
    hostname: optional(raw['hostname']),
    ports,
    shmSize: bytes(raw['shm-size']),
    memoryLimit: bytes(raw['memory-limit']),
    privileged: raw['privileged'] === true,
    capabilities: texts(raw['capabilities']),
    dropCapabilities: texts(raw['drop-capabilities']),
    securityOptions: texts(raw['security-options']),
    devices: texts(raw['devices']),
    binds: texts(raw['binds']),
    volumes: texts(raw['volumes']),
    readOnly: raw['read-only'] === true,
    init: raw['init'] === true,
    entrypoint: optional(raw['entrypoint']),
    arguments: texts(raw['arguments']),
    startUp:
      startUp === undefined
        ? undefined
        : {
            port: startUp['port'] as number,
            path: optional(startUp['path']) ?? '/',
            withinMs: milliseconds(startUp['within'], '120s')
          },
    mostMemory: bytes(raw['most-memory']),
    mustRun: raw['must-run'] !== false,
    checks: (raw['checks'] as Raw[]).map((check, index) => {
      const read = readCheck(check, (path, message) => refuse(['checks', index, ...path], message))
      if ('port' in read) needsPort(read.port, ['checks', index])
      return read
    })
  }
}

function readCheck(raw: Raw, refuse: Refuse): Check {
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

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : []
}

function optional(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function milliseconds(value: unknown, byDefault: string): number {
  return duration(byDefault).parse(optional(value) ?? byDefault)
}

function bytes(value: unknown): number | undefined {
  return typeof value === 'string' ? size('').parse(value) : undefined
}
