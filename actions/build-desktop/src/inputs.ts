/** What a caller can say. The one source of names, defaults and rules; action.yml and README are held against it. */
import {
  checkApp,
  mayAsk,
  choice,
  common,
  duration,
  entries,
  flag,
  grammars,
  isSkipped,
  lines,
  refuseLogin,
  size,
  text,
  type Entry,
  type InputsOf
} from '../../../lib/action/index.ts'
import type { InputProblem } from '../../../lib/failure/index.ts'
import { ManifestError, parsePlatform, parseRepository } from '../../../lib/registry/index.ts'
import { platformTag } from './platform-tag.ts'

export const DEFAULT_IGNORE = [
  'NEURODESKTOP_VERSION',
  'org.opencontainers.image.version',
  'org.opencontainers.image.created',
  'org.opencontainers.image.revision'
].join('\n')

const NAME_VALUE = /^[A-Za-z_][A-Za-z0-9_.-]*=/

export const inputs = {
  mode: choice(['all', 'build', 'test', 'merge'], 'all'),
  context: text({ default: '.', allowed: 'a folder', maxLength: 1024 }),
  dockerfile: text({
    default: '',
    allowed: 'a path below the workspace; empty for Dockerfile in the context',
    maxLength: 1024
  }),
  target: text({ default: '', pattern: /^[A-Za-z0-9_.-]+$/, allowed: 'the name of a stage' }),
  'build-args': lines({ refuse: (line) => (NAME_VALUE.test(line) ? undefined : 'NAME=value, one per line') }),
  secrets: lines({
    refuse: (line) =>
      /^[A-Za-z0-9_.-]+=[A-Za-z_][A-Za-z0-9_]*$/.test(line)
        ? undefined
        : 'id=NAME_OF_A_VARIABLE, one per line'
  }),
  labels: lines({
    refuse: (line) => (/^[A-Za-z0-9_./-]+=/.test(line) ? undefined : 'name=value, one per line')
  }),
  platforms: lines({ allowed: 'platforms such as linux/amd64, one per line', refuse: refusePlatform }),
  'cache-from': lines({
    allowed: 'sources in the words of docker buildx build --cache-from, one per line; or none'
  }),
  'cache-to': lines({
    allowed: 'targets in the words of docker buildx build --cache-to, one per line; or none'
  }),
  pull: flag(false),
  'no-cache': flag(false),
  image: text({
    default: '',
    pattern: /^[a-z0-9]+(?:[._/-]+[a-z0-9]+)*$/i,
    allowed: 'a repository name, without a registry'
  }),
  registries: entries({ ...grammars.registries, refuse: refuseRegistry }),
  tag: text({
    default: '',
    pattern: /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/,
    allowed: 'a tag: letters, digits, _ . -'
  }),
  'tag-build-arg': text({
    default: '',
    pattern: /^[A-Za-z_][A-Za-z0-9_]*$/,
    allowed: 'the name of a build argument'
  }),
  channel: choice(['release', 'dev'], 'release'),
  latest: flag(true),
  'platform-tags': flag(false),
  'skip-if-tagged': flag(false),
  'force-push': flag(false),
  'ignore-config': lines({ default: DEFAULT_IGNORE }),
  'smoke-file': text({ default: '', allowed: 'a path below the workspace, or empty', maxLength: 1024 }),
  profile: lines({ allowed: 'names of profiles of the smoke file, one per line; empty for all' }),
  digests: text({ default: '', allowed: 'a folder below the workspace', maxLength: 1024 }),
  scan: lines({ max: 200, allowed: 'the command and its arguments, one per line; {image} is replaced' }),
  'build-timeout': duration('5h'),
  'scan-timeout': duration('1h'),
  'min-free': size('2GB'),
  'allowed-permission': choice(['admin', 'maintain', 'write', 'any'], 'admin'),
  'git-tag': flag(false),
  sbom: flag(false),
  provenance: flag(false),
  token: common.token,
  'app-id': common['app-id'],
  'app-private-key': common['app-private-key'],
  'dry-run': common['dry-run'],
  'report-path': common['report-path']
} as const

export type Inputs = InputsOf<typeof inputs>

/** Rules between inputs. */
export function check(given: Inputs): readonly InputProblem[] {
  const problems: InputProblem[] = []
  if (given.tag === 'latest') {
    problems.push({
      input: 'tag',
      given: 'latest',
      allowed: 'the tag of one build; `latest: true` moves latest as well'
    })
  }
  if (given.platformTags && !given.latest) {
    problems.push({
      input: 'platform-tags',
      given: 'true',
      allowed: '`latest: true` as well: the tags of the platforms move together with it'
    })
  }
  if (given.platformTags && given.platforms.some((platform) => platformTag(platform) === given.tag)) {
    problems.push({ input: 'tag', given: given.tag, allowed: 'no tag that `platform-tags` moves' })
  }
  const names = given.buildArgs.map((line) => line.slice(0, line.indexOf('=')))
  if (given.tagBuildArg !== '' && names.includes(given.tagBuildArg)) {
    problems.push({
      input: 'tag-build-arg',
      given: given.tagBuildArg,
      allowed: 'a build argument that `build-args` does not give as well'
    })
  }
  if (given.profile.length > 0 && given.smokeFile === '') {
    problems.push({
      input: 'profile',
      given: given.profile.join(', '),
      allowed: 'nothing, as long as there is no `smoke-file`'
    })
  }
  if ((given.mode === 'test' || given.mode === 'merge') && given.digests === '') {
    problems.push({
      input: 'digests',
      given: '',
      allowed: `the folder with the files that \`mode: build\` left, for \`mode: ${given.mode}\``
    })
  }
  if (given.mode !== 'merge' && given.platforms.length > 1) {
    problems.push({
      input: 'platforms',
      given: given.platforms.join(', '),
      allowed: `one platform for \`mode: ${given.mode}\``,
      fix: 'run one job per platform with `mode: build`, and join them with `mode: merge`'
    })
  }
  if (given.mode === 'merge' && given.smokeFile !== '') {
    problems.push({
      input: 'smoke-file',
      given: given.smokeFile,
      allowed: 'nothing for `mode: merge`, which starts no container',
      fix: 'give it to `mode: test`'
    })
  }
  if (given.mode === 'test' && given.smokeFile === '') {
    problems.push({ input: 'smoke-file', given: '', allowed: 'a smoke file for `mode: test`' })
  }
  const [scanner] = given.scan
  if (scanner !== undefined && !given.scan.some((line) => line.includes('{image}'))) {
    problems.push({
      input: 'scan',
      given: given.scan.join(' '),
      allowed: 'arguments of which one has {image}'
    })
  }
  problems.push(...checkApp(given))
  if (given.gitTag && !mayAsk(given)) {
    problems.push({ input: 'token', given: '', allowed: 'a token with contents: write, for `git-tag`' })
  }
  return problems
}

/** Values of the variables that `secrets` names, `id=VARIABLE` on each line; the environment is as the runner gives it. */
export function buildSecrets(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  return (env['INPUT_SECRETS'] ?? '')
    .split('\n')
    .map((line) => env[/^\s*[\w.-]+=([A-Za-z_]\w*)\s*$/.exec(line)?.[1] ?? ''] ?? '')
    .filter((value) => value !== '')
}

function refusePlatform(line: string): string | undefined {
  try {
    parsePlatform(line)
    return undefined
  } catch (error) {
    if (error instanceof ManifestError) return 'os/architecture, such as linux/amd64'
    throw error
  }
}

function refuseRegistry(entry: Entry): readonly string[] {
  const { image } = entry.attributes
  const problems = [...refuseLogin(entry)]
  if (isSkipped(entry)) return problems
  if (!/^(?:[^/]*[.:][^/]*|localhost)\//.test(entry.value)) {
    return [...problems, 'host/namespace, such as ghcr.io/neurodesk']
  }
  try {
    parseRepository(`${entry.value.replace(/\/$/, '')}/${image ?? 'image'}`)
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error))
  }
  return problems
}
