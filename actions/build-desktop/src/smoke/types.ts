/** What a smoke file says, with every default filled in. */

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
  readonly tmpfs: readonly string[]
  /** Text by path in the container. */
  readonly files: Readonly<Record<string, string>>
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
