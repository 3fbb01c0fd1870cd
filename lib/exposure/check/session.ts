/** Where and how wrappers are called in a test: a place of its own, and an environment that holds nothing of the caller's. */
import path from 'node:path'

import type { Runtime } from '../host/runtime.ts'
import type { Toolbox } from '../host/toolbox.ts'

/** Everything a test of one installed container needs to know. */
export interface Installed {
  /** NAME_VERSION_DATE. */
  readonly container: string
  /** Folder of containers, which `modules` stands in. */
  readonly containers: string
  /** The container's own folder: it goes on PATH. */
  readonly folder: string
  /** Image file on the host, as the installation has it. */
  readonly image: string
}

export interface Place {
  /** Below the private folder of the run. */
  readonly root: string
  readonly home: string
}

export interface SessionOptions {
  readonly installed: Installed
  readonly place: Place
  readonly runtime: Runtime
  readonly toolbox: Toolbox
  /** Host paths that the containers get to see, besides the test's own folders. */
  readonly bindPaths: readonly string[]
  readonly gpu: boolean
  readonly user: string
  /** Variables of the host that a scheduler's own programs need: SLURM_CONF. */
  readonly pass: Readonly<Record<string, string>>
}

/** The same without the container's folder on PATH: a session in which nothing is activated yet. */
export function bareEnvironment(
  env: Readonly<Record<string, string>>,
  toolbox: Toolbox
): Readonly<Record<string, string>> {
  return { ...env, PATH: toolbox.path.join(path.delimiter) }
}

/** The environment of a call. HOME alone does not move the home folder of a container: the runtimes ask the password file. */
export function sessionEnvironment(options: SessionOptions): Readonly<Record<string, string>> {
  const { installed, place, runtime, toolbox } = options
  const binds = [place.root, ...options.bindPaths].join(',')
  return {
    PATH: [installed.folder, ...toolbox.path].join(path.delimiter),
    HOME: place.home,
    APPTAINER_HOME: place.home,
    SINGULARITY_HOME: place.home,
    USER: options.user,
    LOGNAME: options.user,
    LANG: 'C.UTF-8',
    TERM: 'dumb',
    SINGULARITY_BINDPATH: binds,
    APPTAINER_BINDPATH: binds,
    ...(options.gpu ? { neurodesk_singularity_opts: '--nv' } : {}),
    ...options.pass,
    ...runtime.env
  }
}
