/** What a service has brought into being, as it is written down. */

/** Plain data: it goes to the guardian as JSON. */
export interface Estate {
  /** Carried by the processes, see processes.ts. */
  readonly id: string
  /** Removed with all that is mounted below it. */
  readonly folder: string
  readonly bridge?: Bridge
  /** Name of a control group directly below the roots of the hierarchies. */
  readonly cgroup?: string
  /** Name of a format in binfmt_misc. */
  readonly format?: string
  /** The folder of formats was not mounted before: it is unmounted when no other format is left in it. */
  readonly mountedFormats?: boolean
  /** A folder that others may use too and that was not there before: it is removed when it is empty. */
  readonly shared?: string
}

export interface Bridge {
  readonly name: string
  /** `10.x.y.0/24` */
  readonly subnet: string
  /** IP forwarding was off before, and goes off again with the machine's last bridge. */
  readonly forwardingWasOff: boolean
}
