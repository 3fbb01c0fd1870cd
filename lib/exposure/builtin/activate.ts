/**
 * activate, deactivate and uninstall: scripts for the session of a person. The first two are sourced, by bash or
 * zsh, and change nothing but that session: no start-up file is touched. Pure.
 */
import { shellWord } from './quote.ts'

export interface ActivateOptions {
  readonly container: string
  readonly image: string
  readonly variables: readonly { readonly name: string; readonly value: string }[]
}

export function activateName(image: string): string {
  return `activate_${image}.sh`
}

export function deactivateName(image: string): string {
  return `deactivate_${image}.sh`
}

export function renderActivate(options: ActivateOptions): string {
  const id = identifier(options.container)
  const save = options.variables.flatMap(({ name, value }) => [
    `  [ -z "\${${name}+set}" ] || _nd_old_${id}_${name}=\${${name}}`,
    `  export ${name}=${shellValue(value)}`
  ])
  return `# Source this file to use ${options.container} in this session.
${whereAmI()}
case ":$PATH:" in
  *":$_nd_here:"*) ;;
  *) export PATH="$_nd_here:$PATH" ;;
esac
if [ -z "\${_nd_active_${id}-}" ]; then
  _nd_active_${id}=1
  _nd_image=$_nd_here/${shellWord(options.image)}
${save.join('\n')}
  unset _nd_image
fi
unset _nd_here
`.replaceAll('\n\n', '\n')
}

export function renderDeactivate(options: ActivateOptions): string {
  const id = identifier(options.container)
  const restore = options.variables.flatMap(({ name }) => [
    `  if [ -n "\${_nd_old_${id}_${name}+set}" ]; then export ${name}="\${_nd_old_${id}_${name}}"; else unset ${name}; fi`,
    `  unset _nd_old_${id}_${name}`
  ])
  return `# Source this file to leave ${options.container}: the session is what it was before.
${whereAmI()}
_nd_path=":$PATH:"
while :; do
  case $_nd_path in
    *":$_nd_here:"*) _nd_path="\${_nd_path%%":$_nd_here:"*}:\${_nd_path#*":$_nd_here:"}" ;;
    *) break ;;
  esac
done
_nd_path=\${_nd_path#:}
export PATH="\${_nd_path%:}"
unset _nd_path
if [ -n "\${_nd_active_${id}-}" ]; then
  unset _nd_active_${id}
${restore.join('\n')}
fi
unset _nd_here
`.replaceAll('\n\n', '\n')
}

/** Removes the files that are named, and a folder only when nothing else is in it. */
export function renderUninstall(options: {
  readonly container: string
  /** Relative to the container's folder. */
  readonly files: readonly string[]
  /** Relative to the folder of containers. */
  readonly module: string
}): string {
  const folder = options.module.slice(0, options.module.lastIndexOf('/'))
  const lines = options.files.map((file) => `rm -f -- "$here"/${shellWord(file)}`)
  return `#!/bin/sh
# Removes ${options.container} from this host: its wrappers, its image, its module.
case $0 in */*) here=\${0%/*} ;; *) here=. ;; esac
here=$(CDPATH= cd -- "$here" && pwd -P) || exit 1
containers=\${here%/*}
rm -f -- "$containers"/${shellWord(options.module)}
rmdir -- "$containers"/${shellWord(folder)} 2>/dev/null
rmdir -- "$containers"/modules 2>/dev/null
${lines.join('\n')}
rm -f -- "$here"/${UNINSTALL}
cd / || exit 1
if ! rmdir -- "$here"; then
  echo "files that the installation did not write stay in $here" >&2
  exit 1
fi
`
}

export const UNINSTALL = 'ts_uninstall.sh'

/** bash and zsh know where a sourced file stands; other shells are asked to be in its folder. */
function whereAmI(): string {
  return `if [ -n "\${BASH_SOURCE-}" ]; then
  _nd_here=\${BASH_SOURCE}
elif [ -n "\${ZSH_VERSION-}" ]; then
  eval '_nd_here=\${(%):-%x}'
else
  _nd_here=./file
fi
case $_nd_here in */*) ;; *) _nd_here=./$_nd_here ;; esac
_nd_here=$(CDPATH= cd -- "\${_nd_here%/*}/" && pwd -P)`
}

/** Part of a variable's name; different containers give different ones. */
function identifier(container: string): string {
  return container.replaceAll(/[^A-Za-z0-9]/g, (character) =>
    character === '_' ? '__' : `_${character.charCodeAt(0).toString(16)}`
  )
}

function shellValue(value: string): string {
  const parts = value.split('BASEPATH').map((part) => (part === '' ? '' : shellWord(part)))
  return parts.join('"$_nd_image"') || "''"
}
