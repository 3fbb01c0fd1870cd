/** One profile of a smoke file, with its defaults. Pure. */
import { formatPlatform, parsePlatform } from '../../../../lib/registry/index.ts'
import { bytes, milliseconds, optional, texts, type Raw, type Refuse } from './raw.ts'
import { readCheck } from './read-check.ts'
import type { Profile } from './types.ts'

/** @param raw is what the schema allows; `refuse` gets what it cannot see */
export function readProfile(name: string, raw: Raw, refuse: Refuse): Profile {
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
    tmpfs: texts(raw['tmpfs']),
    files: (raw['files'] as Record<string, string> | undefined) ?? {},
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
