import {
  choice,
  common,
  entries,
  flag,
  grammars,
  isSkipped,
  lines,
  text,
  type InputsOf
} from '../../../lib/action/index.ts'
import { parseContainerName, unsafeBecause } from '../../../lib/catalogue/index.ts'
import type { InputProblem } from '../../../lib/failure/index.ts'
import { parseStore } from '../../../lib/store/index.ts'
import { refuseRegistry } from './registries.ts'

export const sources = ['file', 'store', 'docker', 'cvmfs', 'installer'] as const
export type Source = (typeof sources)[number]

export const downloaders = ['aria2', 'curl'] as const
export type Downloader = (typeof downloaders)[number]

export const installers = ['builtin', 'transparent-singularity', 'neurocommand'] as const
export type Installer = (typeof installers)[number]

export const inputs = {
  containers: {
    ...lines({ allowed: 'NAME_VERSION_DATE or NAME@latest, one per line', refuse: refuseContainer }),
    default: undefined
  },
  catalogue: common.catalogue,
  source: lines({
    default: 'file',
    allowed: `${sources.join(', ')}; one per line`,
    refuse: (line) => (isSource(line) ? undefined : `one of ${sources.join(', ')}`)
  }),
  'image-path': lines({ allowed: 'paths of folders and image files, one per line' }),
  stores: entries({
    allowed: 'an rclone remote path or a public http(s) URL',
    keys: ['name', 'public-url', 'prefix'],
    flags: ['required'],
    refuse: ({ value, attributes, flags }) => parseStore(value, attributes, flags).problems,
    max: 16
  }),
  registries: {
    ...entries({ ...grammars.registries, refuse: refuseRegistry }),
    default: 'docker.io/vnmd'
  },
  installer: choice(installers, 'builtin'),
  'installer-path': text({ default: '', allowed: 'the path of a folder', maxLength: 1024 }),
  'setup-commands': lines({
    allowed: 'a JSON array of texts per line, such as ["cp", "config.ini", "/etc"]',
    refuse: (line) => (readWords(line) === undefined ? 'a JSON array of texts, the program first' : undefined)
  }),
  env: lines({
    allowed: 'KEY=value, one per line',
    refuse: (line) => (/^[A-Za-z_][A-Za-z0-9_]*=/.test(line) ? undefined : 'KEY=value')
  }),
  runtimes: lines({ default: 'apptainer', allowed: 'names on PATH or absolute paths, one per line' }),
  downloaders: lines({
    allowed: `${downloaders.join(', ')}; one per line`,
    refuse: (line) => (isDownloader(line) ? undefined : `one of ${downloaders.join(', ')}`)
  }),
  'expected-commands': lines({ allowed: 'names of commands, or paths of releases/*.json or build.yaml' }),
  'smoke-file': text({ default: '', allowed: 'a path', maxLength: 1024 }),
  probe: choice(['start', 'help', 'none'], 'start'),
  'module-system': choice(['lmod', 'none'], 'none'),
  scheduler: choice(['none', 'slurm'], 'none'),
  'bind-paths': lines({
    allowed: 'absolute paths, one per line',
    refuse: (line) => (/^\/[^,]*$/.test(line) ? undefined : 'an absolute path without a comma')
  }),
  gpu: flag(false),
  timeout: common.timeout,
  'max-parallel': common['max-parallel'],
  'fail-on': common['fail-on'],
  'dry-run': common['dry-run'],
  'report-path': common['report-path'],
  'junit-path': text({ default: '', allowed: 'a path; empty for none', maxLength: 1024 })
}

export type Inputs = InputsOf<typeof inputs>

export function isSource(word: string): word is Source {
  return sources.some((source) => source === word)
}

export function isDownloader(word: string): word is Downloader {
  return downloaders.some((downloader) => downloader === word)
}

/** The words of one setup command; undefined when the line is no array of texts. */
export function readWords(line: string): readonly [string, ...string[]] | undefined {
  try {
    const value: unknown = JSON.parse(line)
    if (!Array.isArray(value) || !value.every((word) => typeof word === 'string')) return undefined
    const [program, ...rest] = value
    return program === undefined || program === '' ? undefined : [program, ...rest]
  } catch {
    return undefined
  }
}

function refuseContainer(line: string): string | undefined {
  const latest = /^(.*)@latest$/.exec(line)?.[1]
  if (latest !== undefined) return unsafeBecause(latest)
  return (
    unsafeBecause(line) ??
    (parseContainerName(line) === undefined ? 'NAME_VERSION_DATE or NAME@latest' : undefined)
  )
}

/** Rules between inputs. */
export function check(given: Inputs): readonly InputProblem[] {
  const problems: InputProblem[] = []
  const need = (input: string, allowed: string, fix?: string): void => {
    problems.push(fix === undefined ? { input, given: '', allowed } : { input, given: '', allowed, fix })
  }
  if (given.containers.length === 0) need('containers', 'at least one container')
  if (given.source.length === 0) need('source', 'at least one source')
  if (given.runtimes.length === 0) need('runtimes', 'at least one runtime')
  if (given.source.includes('file') && given.imagePath.length === 0) {
    need(
      'image-path',
      'a folder with NAME_VERSION_DATE.simg files, or such a file',
      'give image-path, or another source'
    )
  }
  if (given.source.includes('store') && given.stores.length === 0)
    need('stores', 'at least one store for the source `store`')
  if (given.source.includes('docker') && given.registries.every(isSkipped))
    need('registries', 'at least one registry with a namespace for the source `docker`')
  if (given.containers.some((line) => line.endsWith('@latest')) && given.catalogue === '') {
    need('catalogue', 'a catalogue that says what NAME@latest is')
  }
  if (given.installer !== 'builtin' && given.installerPath === '') {
    need('installer-path', `a checkout of ${given.installer}`, 'check it out in a step before')
  }
  if (given.installer === 'builtin' && given.source.includes('installer')) {
    need(
      'installer',
      'transparent-singularity or neurocommand for the source `installer`: the built-in one fetches nothing'
    )
  }
  if (given.downloaders.length > 0 && !given.source.includes('installer')) {
    need(
      'source',
      '`installer` among the sources when downloaders are named',
      'only an installer that fetches by itself uses a downloader'
    )
  }
  return problems
}
