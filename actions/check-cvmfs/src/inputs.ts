/** The inputs, as in action.yml. */
import {
  common,
  countOrPercent,
  duration,
  entries,
  flag,
  integer,
  lines,
  text,
  type InputsOf
} from '../../../lib/action/index.ts'
import { readMasterKeys, serverBase } from '../../../lib/cvmfs/index.ts'
import { messageOf, type InputProblem } from '../../../lib/failure/index.ts'

/** Stands for the repository while a server's address is checked; the real name comes from another input. */
const ANY_FQRN = 'repository.example.org'

export const inputs = {
  fqrn: text({
    default: 'neurodesk.ardc.edu.au',
    pattern: /^[a-z0-9][a-z0-9_-]*(\.[a-z0-9_-]+)+$/,
    allowed: 'the full name of a repository, such as neurodesk.ardc.edu.au',
    maxLength: 255
  }),
  servers: entries({
    allowed: 'a host, host:port or http URL',
    keys: ['name', 'owner'],
    flags: ['required', 'stratum0', 'cdn', 'all-addresses'],
    refuse: ({ value }) =>
      plausible(value) ? [] : ['a host, host:port, or an http URL that ends in the fqrn or in nothing']
  }),
  'servers-from': lines({ allowed: 'paths or globs of client configuration, one per line', max: 100 }),
  'public-key': text({
    default: 'neurodesk',
    allowed: '`neurodesk`, PEM text, or paths of PEM files, one per line',
    maxLength: 20_000
  }),
  catalogue: common.catalogue,
  'catalogue-grace': duration('36h'),
  'container-root': text({
    default: '/containers',
    pattern: /^(\/[A-Za-z0-9._-]+)+$/,
    allowed: 'an absolute path inside the repository',
    maxLength: 500
  }),
  'required-files': lines({
    allowed: 'absolute paths inside the repository, one per line',
    max: 1000,
    refuse: (line) => (line.startsWith('/') ? undefined : 'an absolute path inside the repository')
  }),
  'sample-objects': integer({ default: 16, min: 0, max: 10_000 }),
  'snapshot-warning': duration('8h'),
  'max-snapshot-age': duration('24h'),
  'lag-warning': duration('8h'),
  'max-lag': duration('24h'),
  'whitelist-warning': duration('72h'),
  'min-healthy': countOrPercent('1'),
  'fail-on': common['fail-on'],
  wait: duration('0s'),
  'previous-report': text({ default: '', allowed: 'the path of an earlier report', maxLength: 1024 }),
  'geo-api': flag(true),
  proxy: text({
    default: '',
    pattern: /^http:\/\/[^\s/@]+\/?$/,
    allowed: 'http://host:port',
    maxLength: 500
  }),
  timeout: duration('10s'),
  retries: integer({ default: 1, min: 0, max: 10 }),
  'max-parallel': integer({ default: 96, min: 1, max: 256 }),
  'max-parallel-per-server': integer({ default: 6, min: 1, max: 32 }),
  'dry-run': common['dry-run'],
  'report-path': common['report-path'],
  'junit-path': common['junit-path']
} as const

export type Inputs = InputsOf<typeof inputs>

/** Rules between inputs. */
export function check(given: Inputs): InputProblem[] {
  const problems: InputProblem[] = []
  if (given.servers.length === 0 && given.serversFrom.length === 0) {
    problems.push({
      input: 'servers',
      given: '',
      allowed: 'at least one server here, or files that name some in `servers-from`'
    })
  }
  const ordered = [
    ['snapshot-warning', given.snapshotWarning, 'max-snapshot-age', given.maxSnapshotAge],
    ['lag-warning', given.lagWarning, 'max-lag', given.maxLag]
  ] as const
  for (const [name, warning, limit, max] of ordered) {
    if (warning > max) {
      problems.push({
        input: name,
        given: `${warning / 1000}s`,
        allowed: `at most ${limit} (${max / 1000}s)`
      })
    }
  }
  if (given.timeout === 0) problems.push({ input: 'timeout', given: '0s', allowed: 'more than 0s' })
  if (given.publicKey.includes('-----BEGIN')) {
    try {
      readMasterKeys(given.publicKey)
    } catch (error) {
      problems.push({
        input: 'public-key',
        given: 'PEM text',
        allowed: `PEM public keys; ${messageOf(error)}`
      })
    }
  }
  return problems
}

function plausible(value: string): boolean {
  // The repository's name is another input: a URL may end in any name here, and must end in the right one later.
  return serverBase(value, ANY_FQRN) !== undefined || /^https?:\/\/[^\s/?#@]+\/[^\s?#@]*$/.test(value)
}
