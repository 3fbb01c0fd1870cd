import { choice, common, flag, lines, text, type InputsOf } from '../../../lib/action/index.ts'
import { parseContainerName, unsafeBecause } from '../../../lib/catalogue/index.ts'
import type { InputProblem } from '../../../lib/failure/index.ts'

export const sources = ['file', 'docker'] as const
export type Source = (typeof sources)[number]

export const inputs = {
  containers: {
    ...lines({
      allowed: 'NAME_VERSION_DATE, one per line',
      refuse: (line) =>
        unsafeBecause(line) ?? (parseContainerName(line) === undefined ? 'NAME_VERSION_DATE' : undefined)
    }),
    default: undefined
  },
  source: lines({
    default: 'file',
    allowed: `${sources.join(' or ')}, one per line`,
    refuse: (line) => (isSource(line) ? undefined : `one of ${sources.join(', ')}`)
  }),
  'image-path': lines({ allowed: 'paths of folders and image files, one per line' }),
  registries: { ...common.registries, default: 'docker.io/vnmd' },
  runtimes: lines({ default: 'apptainer', allowed: 'names on PATH or absolute paths, one per line' }),
  'smoke-file': text({ default: '', allowed: 'a path', maxLength: 1024 }),
  probe: choice(['start', 'help', 'none'], 'start'),
  'bind-paths': lines({
    allowed: 'absolute paths, one per line',
    refuse: (line) => (/^\/[^,]*$/.test(line) ? undefined : 'an absolute path without a comma')
  }),
  gpu: flag(false),
  timeout: common.timeout,
  'max-parallel': common['max-parallel'],
  'fail-on': choice(['failed', 'untested', 'none'], 'failed'),
  'dry-run': common['dry-run'],
  'report-path': common['report-path']
}

export type Inputs = InputsOf<typeof inputs>

export function isSource(word: string): word is Source {
  return sources.some((source) => source === word)
}

/** Rules between inputs. */
export function check(given: Inputs): readonly InputProblem[] {
  const problems: InputProblem[] = []
  if (given.containers.length === 0) {
    problems.push({ input: 'containers', given: '', allowed: 'at least one container' })
  }
  if (given.source.length === 0) problems.push({ input: 'source', given: '', allowed: 'at least one source' })
  if (given.runtimes.length === 0)
    problems.push({ input: 'runtimes', given: '', allowed: 'at least one runtime' })
  if (given.source.includes('file') && given.imagePath.length === 0) {
    problems.push({
      input: 'image-path',
      given: '',
      allowed: 'a folder with NAME_VERSION_DATE.simg files, or such a file',
      fix: 'give image-path, or another source'
    })
  }
  return problems
}
