/**
 * An installer with the contract of transparent-singularity, written for the tests. Without DEFECT it does
 * everything right; with DEFECT it does one thing wrong, as the real one does or could.
 */
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'

const SCRIPT = `#!/usr/bin/env bash
set -eu
defect=\${DEFECT-}
here=$(cd -- "$(dirname -- "\${BASH_SOURCE[0]}")" && pwd -P)
cd -- "$here"
image=$2
id=\${image%.simg}
rest=\${id%_*}
version=\${rest##*_}
name=\${rest%_*}
if [ "$defect" = silent-failure ]; then echo 'nothing done'; exit 0; fi
if [ "$defect" = blank ]; then case $here in *' '*) : > commands.txt; exit 0 ;; esac; fi

if [ ! -e "$image" ]; then
  url=\${STORE_URL-}/$image
  if [ -n "\${CVMFS_ROOT-}" ] && { [ -z "\${CVMFS_DISABLE-}" ] || [ "$defect" = cvmfs-anyway ]; }; then
    ln -s "$CVMFS_ROOT/$id/$image" "$image"
  elif curl --silent --head --fail --output /dev/null "$url"; then
    if command -v aria2c > /dev/null && [ "$defect" != curl-anyway ]; then aria2c --quiet "$url"; else curl --silent --fail -O "$url"; fi
  else
    singularity pull --name "$image" "docker://\${REGISTRY-docker.io}/$rest:\${id##*_}"
  fi
fi

rm -f README.md raw.list env.txt
touch raw.list env.txt
singularity --silent exec --cleanenv --pwd "$here" "$image" sh -c '
  [ ! -e /README.md ] || cat /README.md > README.md
  env | grep "^DEPLOY_ENV_" > env.txt
  IFS=:
  for folder in $DEPLOY_PATH; do
    for file in "$folder"/*; do [ -f "$file" ] && [ -x "$file" ] && printf "%s:%s\\n" "\${file##*/}" "$file"; done
  done > raw.list
  for bin in $DEPLOY_BINS; do printf "%s:%s\\n" "$bin" "$bin"; done >> raw.list
' || true
if [ "$defect" = readme ] && [ -e README.md ]; then echo more >> README.md; fi
[ "$defect" != missing ] || sed -i 1d raw.list
[ "$defect" != extra ] || echo "notpromised:/usr/bin/env" >> raw.list
[ "$defect" != nothing ] || : > raw.list
[ "$defect" != unsafe-name ] || echo "with blank:/usr/bin/env" >> raw.list
[ "$defect" != collides ] || echo "README.md:/usr/bin/env" >> raw.list
[ "$defect" != runtime-exposed ] || echo "singularity:/usr/bin/env" >> raw.list
[ "$defect" != duplicate ] || sed -n 1p raw.list >> raw.list

exec=exec
words='"$@"'
clean='--cleanenv'
display='--env "DISPLAY=\${DISPLAY-}"'
options='\${neurodesk_singularity_opts-}'
first='#!/bin/sh'
before=
after=
target="$here/$image"
case $defect in
  no-exec) exec= ;;
  unquoted) words='$@' ;;
  drops-empty) before='for word do shift; [ -z "$word" ] || set -- "$@" "$word"; done' ;;
  leaks) clean= ;;
  no-display) display= ;;
  environment) display="$display --env DEPLOY_PATH=/elsewhere" ;;
  gpu-always) clean="$clean --nv" ;;
  gpu-lost) options= ;;
  bind) clean="$clean --bind /nowhere/at/all:/mnt" ;;
  no-runtime) before='exit 0' ;;
  noise) before='echo starting >&2' ;;
  interpreter) first='#!/nowhere/sh' ;;
  stdin) after='< /dev/null' ;;
  exit-code) exec= after='|| exit 1' ;;
  folder) before='cd /' ;;
  tmp) clean="$clean --bind \\"\\\${TMPDIR:-/tmp}:/tmp\\"" ;;
  wrong-image) target="$here/other.simg"; cp -L "$image" other.simg ;;
  orphan) before='sleep 60 &' ;;
  silent-missing-image) before='[ -e "'"$target"'" ] || exit 0' ;;
esac
cut -d: -f1 raw.list > commands.txt
while IFS=: read -r command program; do
  [ "$defect" != bare-name ] || program=$command
  {
    [ "$defect" = shebang ] || echo "$first"
    echo "$before"
    echo "$exec singularity --silent exec $clean $display --pwd \\"\\$(pwd -P)\\" $options '$target' '$program' $words $after"
  } > "$command"
  if [ "$defect" = not-executable ]; then chmod 644 "$command"; else chmod 755 "$command"; fi
done < raw.list
rm raw.list
if [ "$defect" = unlisted ]; then printf '#!/bin/sh\\n' > stray; chmod 755 stray; fi

{
  echo 'here=$(cd -- "$(dirname -- "\${BASH_SOURCE[0]}")" && pwd -P)'
  if [ "$defect" = startup ]; then echo 'echo "export PATH=$here:\\$PATH" >> ~/.bashrc'; fi
  if [ "$defect" = activate-twice ]; then echo 'export PATH="$here:$PATH"'; fi
  [ "$defect" = activate ] || echo 'case ":$PATH:" in *":$here:"*) ;; *) export PATH="$here:$PATH" ;; esac'
  echo 'unset here'
} > "activate_$image.sh"
{
  echo 'here=$(cd -- "$(dirname -- "\${BASH_SOURCE[0]}")" && pwd -P)'
  [ "$defect" = deactivate ] || echo 'while [ "\${PATH#"$here:"}" != "$PATH" ]; do PATH=\${PATH#"$here:"}; done'
  echo 'unset here'
} > "deactivate_$image.sh"
if [ "$defect" = not-idempotent ]; then echo "# $(date +%N) $RANDOM" >> "activate_$image.sh"; fi
[ "$defect" != no-activate ] || rm "activate_$image.sh"

modules=\${here%/*}/modules
mkdir -p "$modules/$name"
module="$modules/$name/$version.lua"
[ "$defect" != module-name ] || module="$modules/$name/\${id##*_}.lua"
{
  if [ "$defect" = module-syntax ]; then echo 'help([===['; else echo 'help([======['; fi
  if [ "$defect" != module-help ]; then cat README.md 2> /dev/null || true; fi
  if [ "$defect" = module-syntax ]; then echo ']===] ]===])'; else echo ']======])'; fi
  if [ "$defect" != module-whatis ]; then echo "whatis(\\"$image\\")"; fi
  if [ "$defect" = module-path ]; then echo 'prepend_path("PATH", "/nowhere")'; else echo "prepend_path(\\"PATH\\", \\"$here\\")"; fi
  if [ "$defect" = module-unload ]; then echo 'if (mode() == "unload") then append_path("LEFT_OVER", "x") setenv("LEFT_OVER2", "x") else end; execute {cmd="export LEFT_BEHIND=1", modeA={"unload"}}'; fi
  while IFS= read -r line; do
    variable=\${line%%=*}
    [ "$defect" != module-variable ] || variable=\${line%=*}
    value=\${line#*=}
    [ "$defect" = module-value ] || value=\${value//BASEPATH/$here/$image}
    value=\${value//\\\\/\\\\\\\\}
    value=\${value//\\"/\\\\\\"}
    echo "setenv(\\"\${variable#DEPLOY_ENV_}\\", \\"$value\\")"
  done < env.txt
} > "$module"
if [ "$defect" = module-unknown ]; then
  echo "module_version(\\"$name/$version\\", \\"0.0.0-not-there\\")" > "$modules/$name/.modulerc.lua"
fi
[ "$defect" != module-missing ] || rm "$module"

{
  echo '#!/usr/bin/env bash'
  echo 'here=$(cd -- "$(dirname -- "\${BASH_SOURCE[0]}")" && pwd -P)'
  echo 'cd -- "$here"'
  echo 'while IFS= read -r command; do rm -f -- "$command"; done < commands.txt'
  echo "rm -f -- commands.txt env.txt README.md activate_$image.sh deactivate_$image.sh other.simg stray"
  if [ "$defect" != uninstall ]; then echo "rm -f -- '$image' '$module' '$modules/$name/.modulerc.lua'"; fi
  echo "rmdir -- '$modules/$name' 2> /dev/null"
  echo 'rm -f -- ts_uninstall.sh'
} > ts_uninstall.sh
chmod 755 ts_uninstall.sh
[ "$defect" != no-uninstall ] || rm ts_uninstall.sh
[ "$defect" != loses-image ] || rm "$image"
[ "$defect" != fatal-line ] || echo 'FATAL:   something went wrong' >&2
[ "$defect" != exit-with-1 ] || exit 1
`

/** Writes the installer into a folder, as a checkout of transparent-singularity has it. */
export async function writeInstaller(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true })
  const script = path.join(folder, 'run_transparent_singularity.sh')
  await writeFile(script, SCRIPT)
  await chmod(script, 0o755)
  await writeFile(path.join(folder, 'ts_binaryFinderExcludes.txt'), 'ls\ncat\n')
  return folder
}

/** A neurocommand around it: build.sh, containers.sh and fetch_containers.sh, each with its own contract. */
export async function writeNeurocommand(folder: string, log: readonly string[]): Promise<string> {
  await writeInstaller(path.join(folder, 'neurodesk/transparent-singularity'))
  await mkdir(path.join(folder, 'cvmfs'), { recursive: true })
  await writeFile(
    path.join(folder, 'cvmfs/log.txt'),
    log.map((line) => `${line} categories:none,\n`).join('')
  )
  const files = {
    'build.sh': `#!/bin/bash
set -e
[ "$1" = --cli ]
mkdir -p local
cp neurodesk/fetch_containers.sh local/
cp -r neurodesk/transparent-singularity local/
`,
    'containers.sh': `#!/bin/bash
while read -r line; do
  id=\${line%% *}
  rest=\${id%_*}
  case $id in *"$1"*) [ "$DEFECT" = not-listed ] || echo "$PWD/local/fetch_containers.sh \${rest%_*} \${rest##*_} \${id##*_}" ;; esac
done < cvmfs/log.txt
`,
    'neurodesk/fetch_containers.sh': `#!/bin/bash
base=$(cd -- "$(dirname -- "\${BASH_SOURCE[0]}")" && pwd -P)
id=$1_$2_$3
containers=\${NEURODESKTOP_LOCAL_CONTAINERS:-$base/containers}
[ "$DEFECT" != ignores-place ] || containers=$base/containers
mkdir -p "$containers/$id"
cp "$base"/transparent-singularity/* "$containers/$id/"
[ "$DEFECT" = does-nothing ] || "$containers/$id/run_transparent_singularity.sh" --container "$id.simg"
`
  }
  for (const [name, text] of Object.entries(files)) {
    await writeFile(path.join(folder, name), text)
    await chmod(path.join(folder, name), 0o755)
  }
  return folder
}
