/**
 * Inputs that several actions have: one field and one description each, so that a name means the same everywhere.
 * A test compares the descriptions with every action.yml.
 */
import { duration, entries, flag, integer, secret, text } from './fields.ts'

export const common = {
  'dry-run': flag(false),
  'report-path': text({ default: '', allowed: 'a path; empty for one below RUNNER_TEMP', maxLength: 1024 }),
  token: secret(),
  timeout: duration('30s'),
  'max-parallel': integer({ default: 8, min: 1, max: 64 }),
  catalogue: text({ default: '', allowed: 'a path or an http(s) URL', maxLength: 2048 }),
  registries: entries({
    allowed: 'a registry with its namespace, such as ghcr.io/neurodesk or docker.io/vnmd'
  })
} as const

export const commonDescriptions: Readonly<Record<string, string>> = {
  'dry-run': 'Say what would be done, and change nothing outside of this machine.',
  'report-path':
    'Where the report (JSON) is written. Default: a file below RUNNER_TEMP, named by the output `report`.',
  token: "Token for GitHub's API."
}
