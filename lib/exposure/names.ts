/** Which names a command may have on a host, and which never. */

export type NameProblem = {
  readonly kind: 'unsafe' | 'reserved' | 'collides' | 'hidden'
  readonly reason: string
}

/**
 * Names that make a session unusable when a wrapper takes them: the runtimes call themselves for ever, the module
 * system and the scheduler's own commands vanish, and scripts lose the shell that runs them.
 */
const RESERVED: ReadonlySet<string> = new Set([
  ...['apptainer', 'singularity', 'run-singularity', 'docker', 'podman'],
  ...[
    'sh',
    'bash',
    'dash',
    'zsh',
    'ksh',
    'csh',
    'tcsh',
    'env',
    'exec',
    'eval',
    'cd',
    'export',
    'set',
    'unset',
    'source'
  ],
  ...[
    'module',
    'ml',
    'lmod',
    'modulecmd',
    'srun',
    'sbatch',
    'salloc',
    'scancel',
    'squeue',
    'qsub',
    'mpirun',
    'mpiexec'
  ],
  ...['sudo', 'su', 'ssh', 'login', 'init']
])

/** What every script on the host relies on. A container's own copy stays inside it. */
const SYSTEM: ReadonlySet<string> = new Set(
  (
    '[ awk basename cat chgrp chmod chown cmp comm cp cut date dd df diff dirname du echo egrep expr false fgrep ' +
    'find fold grep groups gunzip gzip head hostname id install join kill less ln ls md5sum mkdir mkfifo mktemp more mv nl nohup od ' +
    'paste pgrep pkill printenv printf ps pwd readlink realpath rm rmdir sed seq sha256sum sleep sort split stat ' +
    'stty tail tar tee test timeout touch tr true tty uname uniq wait wc which who whoami xargs yes'
  ).split(' ')
)

/** Why nothing of this name may stand on a host's PATH; undefined when it may. */
export function nameProblem(name: string, container: string): NameProblem | undefined {
  const unsafe = unsafeReason(name)
  if (unsafe !== undefined) return { kind: 'unsafe', reason: unsafe }
  if (RESERVED.has(name)) {
    return { kind: 'reserved', reason: `a wrapper called ${name} would take the place of the host's own` }
  }
  if (isOwnFile(name, container)) {
    return { kind: 'collides', reason: 'the exposure keeps a file of its own under this name' }
  }
  if (name.startsWith('.'))
    return { kind: 'hidden', reason: 'a name that begins with "." is hidden on the host' }
  return undefined
}

/** True for the basic commands of a host, which the built-in exposure leaves alone. */
export function isSystemCommand(name: string): boolean {
  return SYSTEM.has(name)
}

/** True for the files that an installation keeps beside its wrappers. */
export function isOwnFile(name: string, container: string): boolean {
  return ownFiles(container).some((own) => own.test(name))
}

function unsafeReason(name: string): string | undefined {
  if (name === '' || name === '.' || name === '..') return 'it is no name of a file'
  if (Buffer.byteLength(name) > 255) return 'it is longer than the 255 bytes of a file name'
  if (/[\0-\x1f\x7f]/.test(name)) return 'it has a control character'
  if (name.includes('\ufffd')) return 'it is not UTF-8'
  if (/\s/.test(name)) return 'it has a blank: a list of commands and most scripts take it for two names'
  if (name.includes('/')) return 'it has a "/"'
  if (name.startsWith('-')) return 'it begins with "-": every tool takes it for an option'
  const special = /[$`"'\\!*?[\]{}()<>|&;#~^]/.exec(name)
  // "[" alone is a command of old, and is refused as one of the host's own.
  if (special !== null && name !== '[') return `it has "${special[0]}", which a shell replaces or acts on`
  if (name.includes('=')) return 'it has "=": env and the shell take it for an assignment'
  return undefined
}

/** Files that an installation keeps beside the wrappers: ours, and those of transparent-singularity. */
function ownFiles(container: string): readonly RegExp[] {
  const literal = container.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return [
    /^(?:commands|commands_raw|env)\.txt$/,
    /^README\.md$/,
    /^(?:run_transparent_singularity|ts_.*|container_runtime\.sh)$/,
    /^run_transparent_singularity\.sh$/,
    new RegExp(`^(?:activate_|deactivate_)?${literal}(?:\\.simg|\\.sif)?(?:\\.sh)?$`)
  ]
}
