/** What `docker inspect` says, as far as it is used. */

export interface ImageFacts {
  /** Digest of the configuration, with containerd's store of the manifest or index. */
  readonly id: string
  readonly os: string
  readonly architecture: string
  readonly variant: string | undefined
  /** sha256 of the unpacked layers, bottom first. */
  readonly diffIds: readonly string[]
  /** Bytes, unpacked. */
  readonly size: number
  /** The settings under Config: Env, Cmd, Labels … */
  readonly settings: Readonly<Record<string, unknown>>
}

export interface ContainerFacts {
  readonly id: string
  readonly running: boolean
  readonly exitCode: number
  readonly outOfMemory: boolean
  readonly error: string
  /** `starting`, `healthy`, `unhealthy`; undefined for an image without a health check. */
  readonly health: string | undefined
  /** What the last health check printed. */
  readonly healthLog: string | undefined
  /** Host port by container port (`8080`), where it is published on loopback. */
  readonly ports: Readonly<Record<string, number>>
  readonly pid: number
}

export function parseImage(text: string): ImageFacts {
  const json = first(text)
  const rootfs = recordOf(json['RootFS'])
  const layers = rootfs['Layers']
  return {
    id: String(json['Id']),
    os: String(json['Os'] ?? 'linux'),
    architecture: String(json['Architecture'] ?? ''),
    variant: typeof json['Variant'] === 'string' && json['Variant'] !== '' ? json['Variant'] : undefined,
    diffIds: Array.isArray(layers) ? layers.map(String) : [],
    size: Number(json['Size'] ?? 0),
    settings: recordOf(json['Config'])
  }
}

export function parseContainer(text: string): ContainerFacts {
  const json = first(text)
  const state = recordOf(json['State'])
  const health = recordOf(state['Health'])
  const checks = health['Log']
  const last = Array.isArray(checks) ? recordOf(checks.at(-1)) : {}
  const ports: Record<string, number> = {}
  for (const [name, bindings] of Object.entries(recordOf(recordOf(json['NetworkSettings'])['Ports']))) {
    const binding = Array.isArray(bindings) ? recordOf(bindings[0]) : {}
    const port = Number(binding['HostPort'])
    if (Number.isInteger(port) && port > 0) ports[name.replace(/\/tcp$/, '')] = port
  }
  return {
    id: String(json['Id']),
    running: state['Running'] === true,
    exitCode: Number(state['ExitCode'] ?? -1),
    outOfMemory: state['OOMKilled'] === true,
    error: String(state['Error'] ?? ''),
    health: typeof health['Status'] === 'string' ? health['Status'] : undefined,
    healthLog: typeof last['Output'] === 'string' ? last['Output'] : undefined,
    ports,
    pid: Number(state['Pid'] ?? 0)
  }
}

function first(text: string): Record<string, unknown> {
  const json: unknown = JSON.parse(text)
  const item: unknown = Array.isArray(json) ? json[0] : json
  if (typeof item !== 'object' || item === null) throw new Error('docker inspect printed nothing')
  return item as Record<string, unknown>
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}
}
