/**
 * Small scripts that stand on PATH in the place of the container runtime and of downloaders while an exposure is
 * tested. They tell what was really asked for, and hand over to the real program. Pure: texts only.
 */
import { shellWord } from '../builtin/quote.ts'

/** Variables by which a test tells the shim what to do; without them it only hands over. */
export const SHIM = {
  /** `record`: write down what would be started, and start nothing. `substitute`: start SCRIPT instead of the program. */
  mode: 'NEURODESK_TEST_MODE',
  /** The image that the call is expected to name. */
  image: 'NEURODESK_TEST_IMAGE',
  /** File that calls are written to: NUL-terminated words. */
  record: 'NEURODESK_TEST_RECORD',
  /** A shell inside the image, and the script for it; $0 is the program that was asked for. */
  shell: 'NEURODESK_TEST_SHELL',
  script: 'NEURODESK_TEST_SCRIPT',
  /** An image that is handed over where an installer would pull one. */
  handOver: 'NEURODESK_TEST_IMAGE_TO_PULL'
} as const

/** One call of the runtime, as recorded. */
export interface RecordedCall {
  /** Counts from 1; 0: the expected image is not among the words. */
  readonly imageAt: number
  readonly words: readonly string[]
}

/**
 * The shim for a container runtime.
 * @param real absolute path
 * @param log every pull and build is written there, in the form of a downloader's log
 */
export function runtimeShim(real: string, log: string): string {
  return `#!/bin/sh
# Stands before ${shellWord(real)} while an exposure is tested.
verb=
for word do
  case $word in -*) ;; *) verb=$word; break ;; esac
done
case $verb in
  pull | build)
    printf '%s\\0' "$(($# + 1))" ${shellWord(real)} "$@" >> ${shellWord(log)}
    if [ -n "\${${SHIM.handOver}-}" ]; then
      target=
      previous=
      for word do
        case $word in
          *.simg | *.sif) [ -n "$target" ] || target=$word ;;
        esac
        [ "$previous" != --name ] || target=$word
        previous=$word
      done
      exec ln -s "$${SHIM.handOver}" "$target"
    fi
    ;;
esac
[ -n "\${${SHIM.mode}-}" ] || exec ${shellWord(real)} "$@"
case $verb in exec | run | shell) ;; *) exec ${shellWord(real)} "$@" ;; esac
at=0
count=0
for word do
  count=$((count + 1))
  if [ -e "$word" ] && [ "$word" -ef "$${SHIM.image}" ]; then
    at=$count
    break
  fi
done
if [ -n "\${${SHIM.record}-}" ]; then
  printf '%s\\0' "$#" "$at" "$@" >> "$${SHIM.record}" || exit 125
fi
[ "$${SHIM.mode}" = substitute ] || exit 0
[ "$at" -gt 0 ] || { echo 'the wrapper does not name the expected image' >&2; exit 125; }
count=0
for word do
  count=$((count + 1))
  [ "$count" -gt 1 ] || set --
  if [ "$count" -eq "$((at + 1))" ]; then
    set -- "$@" "$${SHIM.shell}" -c "$${SHIM.script}" "$word"
  else
    set -- "$@" "$word"
  fi
done
unset ${SHIM.mode} ${SHIM.image} ${SHIM.record} ${SHIM.shell} ${SHIM.script}
exec ${shellWord(real)} "$@"
`
}

/**
 * The shim for a downloader: writes its words to \`log\`, then hands over. Where an image is handed over instead of
 * fetched it finds nothing anywhere, as curl does with --fail.
 */
export function downloaderShim(name: string, real: string, log: string): string {
  return `#!/bin/sh
printf '%s\\0' "$(($# + 1))" ${shellWord(name)} "$@" >> ${shellWord(log)}
[ -z "\${${SHIM.handOver}-}" ] || exit 22
exec ${shellWord(real)} "$@"
`
}

/** Reads what the runtime's shim wrote. A record that is cut off is left out. */
export function parseRecords(bytes: Buffer): readonly RecordedCall[] {
  return parseCounted(bytes, 1).map(([at, ...words]) => ({ imageAt: Number(at), words }))
}

/** Reads what a downloader's shim wrote: program and arguments of each call. */
export function parseDownloads(bytes: Buffer): readonly (readonly string[])[] {
  return parseCounted(bytes, 0)
}

function parseCounted(bytes: Buffer, extra: number): readonly (readonly string[])[] {
  const words = bytes.toString('utf8').split('\0').slice(0, -1)
  const records: string[][] = []
  for (let at = 0; at < words.length;) {
    const count = Number(words[at]) + extra
    if (!Number.isSafeInteger(count) || at + 1 + count > words.length) break
    records.push(words.slice(at + 1, at + 1 + count))
    at += 1 + count
  }
  return records
}
