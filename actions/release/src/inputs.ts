/** The inputs, as in action.yml. */
import {
  checkApp,
  choice,
  common,
  duration,
  entries,
  flag,
  grammars,
  lines,
  secret,
  text,
  type InputsOf
} from '../../../lib/action/index.ts'
import type { InputProblem } from '../../../lib/failure/index.ts'
import { parseReference } from '../../../lib/registry/index.ts'
import { DEFAULT_TEMPLATE, readTemplate } from './announce/text.ts'
import { refuseRegistry } from './gates/registries.ts'
import { isVersion } from './version.ts'
import { refusePath, refuseVersionFile } from './website/versions.ts'

const REPOSITORY = /^[A-Za-z0-9._-]{1,100}\/[A-Za-z0-9._-]{1,100}$/
const path = (allowed: string): ReturnType<typeof text> => text({ default: '', allowed, maxLength: 1024 })

export const inputs = {
  version: text({
    default: '',
    pattern: /^\d{4}-\d{2}-\d{2}$/,
    allowed: 'a date as in 2025-06-10',
    maxLength: 10
  }),
  reference: text({
    default: '',
    allowed: 'the reference of an image; {version} is replaced',
    maxLength: 512
  }),
  registries: entries({ ...grammars.registries, refuse: refuseRegistry }),
  repository: text({ default: '', pattern: REPOSITORY, allowed: 'owner/name', maxLength: 201 }),
  previous: text({
    default: '',
    pattern: /^[A-Za-z0-9][A-Za-z0-9._/-]*$/,
    allowed: 'a tag or a commit',
    maxLength: 200
  }),
  'require-workflows': lines({
    max: 50,
    refuse: (line) =>
      /^[A-Za-z0-9._-]+\.ya?ml$/.test(line)
        ? undefined
        : 'file names of workflows, such as build-neurodesktop.yml'
  }),
  'gate-reports': lines({ max: 100, allowed: 'paths or globs of reports, one per line' }),
  'gate-max-age': duration('24h'),
  'catalogue-before': common.catalogue,
  'catalogue-after': common.catalogue,
  'notes-config': path('the path of a YAML file; empty for the built-in rules'),
  'notes-file': path('the path of a Markdown file; empty for none'),
  'website-repository': text({
    default: '',
    pattern: REPOSITORY,
    allowed: 'owner/name; empty for no pull request',
    maxLength: 201
  }),
  'history-path': lines({
    default: 'content/en/overview/release-history.md\nsrc/content/docs/overview/release-history/index.mdx',
    max: 10,
    refuse: (line) =>
      refusePath(line) ?? (/\.(md|mdx)$/.test(line) ? undefined : 'a path that ends in .md or .mdx')
  }),
  'version-files': lines({
    default: 'data/neurodesktop.toml\nsrc/config/neurodesktop.ts',
    max: 10,
    refuse: (line) => refusePath(line) ?? refuseVersionFile(line)
  }),
  branch: text({
    default: 'neurodesktop-{version}',
    pattern: /^[A-Za-z0-9][A-Za-z0-9._/{}-]*$/,
    allowed: 'the name of a branch; {version} is replaced',
    maxLength: 200
  }),
  publish: flag(false),
  announce: choice(['none', 'preview', 'post'], 'none'),
  'mastodon-url': text({ default: '', allowed: 'the https address of a Mastodon instance', maxLength: 300 }),
  'mastodon-token': secret(),
  'announcement-template': text({
    default: DEFAULT_TEMPLATE,
    allowed: 'a text with {version}, {url} and {highlights}',
    maxLength: 10_000
  }),
  token: common.token,
  'app-id': common['app-id'],
  'app-private-key': common['app-private-key'],
  'website-token': secret(),
  'dry-run': common['dry-run'],
  'report-path': common['report-path']
} as const

export type Inputs = InputsOf<typeof inputs>

/** Rules that a pattern cannot say, and rules between inputs. */
export function check(given: Inputs): InputProblem[] {
  const problems: InputProblem[] = [...checkApp(given)]
  const refuse = (input: string, value: string, allowed: string): void => {
    problems.push({ input, given: value, allowed })
  }
  if (given.version !== '' && !isVersion(given.version))
    refuse('version', given.version, 'a day of the calendar, as in 2025-06-10')
  if (given.reference !== '') {
    try {
      parseReference(given.reference.replaceAll('{version}', '2025-06-10'))
    } catch (error) {
      refuse('reference', given.reference, error instanceof Error ? error.message : 'a reference')
    }
  }
  if (given.registries.length > 0 && given.reference === '')
    refuse('reference', '', 'the image that the `registries` must have')
  if (given.catalogueBefore !== '' && given.catalogueAfter === '') {
    refuse('catalogue-after', '', 'the catalogue now, with which `catalogue-before` is compared')
  }
  if (!isBranch(given.branch)) refuse('branch', given.branch, 'a name that git takes for a branch')
  const template = readTemplate(given.announcementTemplate)
  if ('problem' in template) refuse('announcement-template', given.announcementTemplate, template.problem)
  if (given.announce === 'post') {
    if (given.mastodonUrl === '')
      refuse('mastodon-url', '', 'the address of the instance, for `announce: post`')
    if (given.mastodonToken === '') refuse('mastodon-token', '', 'an access token, for `announce: post`')
  }
  if (given.mastodonUrl !== '' && !isInstance(given.mastodonUrl))
    refuse('mastodon-url', given.mastodonUrl, 'an https address without a path, such as https://masto.ai')
  return problems
}

/** https, or http to this machine itself: a token must not travel in the open. */
function isInstance(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname, pathname, search, username } = new URL(url)
  const isSafe =
    protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname))
  return isSafe && pathname === '/' && search === '' && username === ''
}

/** git check-ref-format, as far as the pattern above leaves something to forbid. */
function isBranch(name: string): boolean {
  const plain = name.replaceAll('{version}', '2025-06-10')
  return !/[{}]|\.\.|\/\/|\/$|\.$|\.lock(\/|$)|\/\./.test(plain)
}
