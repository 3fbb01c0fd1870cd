/**
 * The file that stands for one command on the host: a POSIX shell script without a single sub-process, which ends by
 * becoming the container runtime. TERM therefore reaches the program, and nothing stays behind.
 */
import { shellWord } from './quote.ts'

export interface WrapperOptions {
  readonly container: string
  /** Name of the image file, which stands beside the wrapper. */
  readonly image: string
  readonly command: string
  /** What to call in the image: an absolute path, or a name when the image did not tell more. */
  readonly program: string
}

/** Environment variables of a wrapper's caller that it honours. Documented in the README of the action. */
export function renderWrapper(options: WrapperOptions): string {
  const { container, image, command, program } = options
  return `#!/bin/sh
# ${command} of ${container}, on the host. Written by neurodesk-ci; a new installation overwrites it.
set -f
IFS=' 	
'
self=$0
case $self in */*) ;; *) self=./$self ;; esac
while [ -h "$self" ]; do
  link=$(readlink "$self") || exit 126
  case $link in /*) self=$link ;; *) self=\${self%/*}/$link ;; esac
done
here=\${self%/*}
case $here in /*) ;; *) here=$PWD/$here ;; esac
image=$here/${shellWord(image)}
if [ ! -e "$image" ]; then
  echo "${command}: the image $image is missing" >&2
  exit 126
fi

# A runtime that leads back here would call itself for ever.
if [ -n "\${NEURODESK_WRAPPER-}" ]; then
  echo "${command}: $NEURODESK_WRAPPER called this wrapper instead of a container runtime" >&2
  exit 126
fi
export NEURODESK_WRAPPER="$self"

# Folders with a commands.txt hold wrappers: what they call apptainer or singularity is no runtime.
runtime=\${NEURODESK_CONTAINER_RUNTIME-}
if [ -z "$runtime" ]; then
  IFS=:
  for name in apptainer singularity; do
    for folder in $PATH; do
      if [ -f "$folder/$name" ] && [ -x "$folder/$name" ] && [ ! -e "$folder/commands.txt" ]; then
        runtime=$folder/$name
        break 2
      fi
    done
  done
  IFS=' 	
'
fi
if [ -z "$runtime" ]; then
  echo "${command}: neither apptainer nor singularity is on PATH" >&2
  exit 127
fi

set -- "$image" ${shellWord(program)} "$@"
for folder in "\${TMPDIR-}" "\${TMP-}" "\${TEMP-}" "\${TEMPDIR-}"; do
  # A bind has its parts separated by ":" and ",": such a folder cannot be one.
  case $folder in '' | /tmp | /tmp/ | *[:,]*) continue ;; esac
  if [ -d "$folder" ]; then
    set -- --bind "$folder:/tmp" "$@"
    break
  fi
done
case \${XAUTHORITY-} in
  '' | *[:,]*) ;;
  *)
    if [ -f "$XAUTHORITY" ]; then
      set -- --bind "$XAUTHORITY:$XAUTHORITY:ro" "$@"
      export APPTAINERENV_XAUTHORITY="$XAUTHORITY" SINGULARITYENV_XAUTHORITY="$XAUTHORITY"
    fi
    ;;
esac
if [ -n "\${DISPLAY-}" ]; then
  export APPTAINERENV_DISPLAY="$DISPLAY" SINGULARITYENV_DISPLAY="$DISPLAY"
fi
cd -P . 2>/dev/null || :
# Words on purpose, such as --nv: whoever sets it writes options.
exec "$runtime" --silent exec --cleanenv --pwd "$PWD" \${neurodesk_singularity_opts-} "$@"
`
}
