/** The signed repositories of CERN's own test data, when they are there. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

const folder = path.resolve(import.meta.dirname, '../../../../shared/fixtures/cvmfs')

/** Why tests that need them are skipped, or undefined. */
export const fixturesAbsent: string | undefined = existsSync(folder)
  ? undefined
  : 'the shared fixtures of CernVM-FS repositories are not there'

export const FIXTURES = ['test.cern.ch', 'legacy_aufs.cern.ch'] as const

export function fixturePath(fqrn: string, file: string): string {
  return path.join(folder, 'www', 'cvmfs', fqrn, file)
}

export function fixture(fqrn: string, file: string): Buffer {
  return readFileSync(fixturePath(fqrn, file))
}

export function fixtureKey(fqrn: string): string {
  return readFileSync(path.join(folder, 'keys', `${fqrn}.pub`), 'utf8')
}
