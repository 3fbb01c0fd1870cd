/**
 * Inputs that several actions have: one field and one description each, so that a name means the same everywhere.
 * A test compares the descriptions with every action.yml.
 */
import { appInputs } from './app.ts'
import { choice, duration, entries, flag, integer, secret, text } from './fields.ts'

/** What an entry may have, for inputs that several actions have; an action adds what it refuses. */
export const grammars = {
  registries: {
    allowed: 'a registry with its namespace, such as ghcr.io/neurodesk or docker.io/vnmd',
    keys: ['image', 'username-env', 'password-env'],
    flags: ['optional']
  },
  stores: {
    allowed: 'an rclone remote path or a public http(s) URL',
    keys: ['name', 'public-url', 'prefix'],
    flags: ['required']
  }
} as const

export const common = {
  'dry-run': flag(false),
  'report-path': text({ default: '', allowed: 'a path; empty for one below RUNNER_TEMP', maxLength: 1024 }),
  token: secret(),
  ...appInputs,
  timeout: duration('30s'),
  'max-parallel': integer({ default: 8, min: 1, max: 64 }),
  catalogue: text({ default: '', allowed: 'a path or an http(s) URL', maxLength: 2048 }),
  'tool-mirror': text({
    default: '',
    pattern: /^https?:\/\/[^\s/?#@]+(?:\/[^\s?#@]*)?$/i,
    allowed: 'an http(s) URL without user, query and fragment',
    maxLength: 2048
  }),
  registries: entries(grammars.registries),
  stores: entries(grammars.stores),
  'fail-on': choice(['not-ok', 'any', 'none'], 'not-ok'),
  'junit-path': text({ default: '', allowed: 'a path; empty for none', maxLength: 1024 })
} as const

export const commonDescriptions: Readonly<Record<string, string>> = {
  'dry-run': 'Say what would be done, and change nothing outside of this machine.',
  'report-path':
    'Where the report (JSON) is written. Default: a file below RUNNER_TEMP, named by the output `report`.',
  token: "Token for GitHub's API.",
  'app-id':
    'ID (or client ID) of a GitHub App that acts in the place of `token`. Its tokens are made here, one for each repository, and renewed: for runs of hours, and for other repositories than this one.',
  'app-private-key': 'Private key of that App (PEM), from a secret.',
  registries:
    'Registries with their namespace, such as `docker.io/vnmd`, one per line, the first one first. A line without a namespace (`docker.io/`) is skipped, as on forks. Attributes: `image=` another name there (where one image is meant), `username-env=` and `password-env=` variables with a login, `optional` it may fail.',
  stores:
    'Object stores, one per line: an rclone remote path (`nectar:neurodesk`, `:local:/srv/store`), or the public URL of one that is only read. Attributes: `name=`, `public-url=` where users read it, `prefix=` before every name, `required`. When none is required, all are.',
  catalogue:
    "Path or http(s) URL of the catalogue: NeuroDesk's apps.json, or its log.txt where names are enough.",
  'tool-mirror':
    'URL of a folder with the same files that the vendors publish, for machines that cannot reach them. Their SHA-256 is compared all the same. Empty for the vendors.',
  mode: 'Which part of the work is done; the table of modes in the README says what each of them does.',
  'fail-on': 'When the job fails: `not-ok`, `any` finding that is more than a notice, or `none`.',
  timeout: 'Longest time for one request, or for one call of a command.',
  'max-parallel': 'How much is under way at once, at most.',
  'smoke-file': 'Path of a YAML file that says what must work; the README tells its form. Empty for none.',
  labels: 'Labels for what is made, one per line: `name=value` on an image, a name on an issue.',
  'min-free': 'Disk space that has to be free, on top of what the work itself is known to need.',
  'junit-path': 'Path of a JUnit file for the results. Empty for none.'
}
