/** The inputs, as in action.yml. */
import { common, flag, text, type InputsOf } from '../../../lib/action/index.ts'
import { isVersion } from './version.ts'

export const inputs = {
  version: text({
    default: '',
    pattern: /^\d{4}-\d{2}-\d{2}$/,
    allowed: 'a date as in 2025-06-10',
    maxLength: 10
  }),
  repository: text({
    default: '',
    pattern: /^[A-Za-z0-9._-]{1,100}\/[A-Za-z0-9._-]{1,100}$/,
    allowed: 'owner/name',
    maxLength: 201
  }),
  previous: text({
    default: '',
    pattern: /^[A-Za-z0-9][A-Za-z0-9._/-]*$/,
    allowed: 'a tag or a commit',
    maxLength: 200
  }),
  'notes-config': text({
    default: '',
    allowed: 'the path of a YAML file; empty for the built-in rules',
    maxLength: 1024
  }),
  publish: flag(false),
  token: common.token,
  'dry-run': common['dry-run'],
  'report-path': common['report-path']
} as const

export type Inputs = InputsOf<typeof inputs>

/** Rules that a pattern cannot say. */
export function check(given: Inputs): { input: string; given: string; allowed: string }[] {
  return given.version === '' || isVersion(given.version)
    ? []
    : [{ input: 'version', given: given.version, allowed: 'a day of the calendar, as in 2025-06-10' }]
}
