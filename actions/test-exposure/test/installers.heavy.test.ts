/** Every defect that an installer can have in what it writes, each told by its own finding and by nothing else. */
import { afterAll, beforeAll } from '@jest/globals'

import { describeWithServices } from '../../../testbed/jest.ts'
import { MODEST, openBench, testRows, type Bench, type Row } from './defects.ts'
import { EQUAL, PATHLESS, SHADOWED, UNDERSCORE } from './faults.ts'

let bench: Bench

beforeAll(async () => {
  bench = await openBench()
})

afterAll(async () => {
  await bench.close()
})

const row = (defect: string, errors?: readonly string[], warnings: readonly string[] = []): Row => ({
  defect,
  recipe: MODEST,
  ...(errors === undefined ? {} : { errors }),
  warnings
})
/** BASEPATH of the recipe, in a module that loads. */
const UNREACHABLE = 'variable-unreachable'

const FILES: readonly Row[] = [
  row('', undefined, [UNREACHABLE]),
  row('silent-failure', ['command-missing', 'installer-silent', 'list-missing', 'readme-differs']),
  row('blank', ['blank-in-folder'], [UNREACHABLE]),
  row('readme', ['readme-differs'], [UNREACHABLE]),
  row('missing', ['command-missing'], [UNREACHABLE]),
  row('extra', ['command-extra'], [UNREACHABLE]),
  row('duplicate', undefined, ['command-duplicate', UNREACHABLE]),
  row('runtime-exposed', ['calls-itself', 'name-reserved'], ['shadows-host', UNREACHABLE]),
  row('unsafe-name', ['name-unsafe'], [UNREACHABLE]),
  row('collides', ['module-help', 'name-collides', 'readme-differs'], [UNREACHABLE]),
  row('nothing', ['command-missing', 'installer-silent', 'module-for-nothing', 'no-commands']),
  row('no-runtime', ['not-proved'], [UNREACHABLE]),
  row('unlisted', ['wrapper-unlisted'], [UNREACHABLE]),
  row('shebang', ['installer-silent', 'module-for-nothing', 'wrapper-unusable']),
  row('not-executable', ['installer-silent', 'module-for-nothing', 'wrapper-unusable']),
  row('wrong-image', ['wrong-image'], [UNREACHABLE]),
  { defect: 'bare-name', recipe: PATHLESS, errors: ['program-missing'] },
  { defect: 'bare-name', recipe: SHADOWED, errors: ['wrong-program'] },
  { defect: '', recipe: UNDERSCORE },
  row('not-idempotent', ['not-idempotent'], [UNREACHABLE]),
  row('uninstall', ['uninstall-leaves'], [UNREACHABLE]),
  row('no-uninstall', ['uninstall-missing'], [UNREACHABLE]),
  row('loses-image', ['image-lost']),
  row('fatal-line', ['installer-trouble'], [UNREACHABLE]),
  row('exit-with-1', undefined, ['installer-exit', UNREACHABLE])
]

/** Called for real, the two ways in which a wrapper can fail before its program starts. */
const STARTS: readonly Row[] = [
  { ...row('interpreter', ['not-found', 'not-proved'], [UNREACHABLE]), probe: 'start' },
  { ...row('bind', ['runtime-failed'], [UNREACHABLE]), probe: 'start' }
]

const SESSIONS: readonly Row[] = [
  row('activate', ['activate-fails'], [UNREACHABLE]),
  row('deactivate', ['deactivate-fails'], [UNREACHABLE]),
  row('activate-twice', undefined, ['activate-twice', UNREACHABLE]),
  row('no-activate', ['activate-missing'], [UNREACHABLE]),
  row('startup', undefined, ['startup-file', UNREACHABLE]),
  row('module-missing', ['module-missing']),
  row('module-name', ['module-missing']),
  row('module-syntax', ['module-load']),
  row('module-help', ['module-help'], [UNREACHABLE]),
  row('module-whatis', ['module-help'], [UNREACHABLE]),
  row('module-path', ['module-path'], [UNREACHABLE]),
  row('module-unknown', ['module-unknown'], [UNREACHABLE]),
  row('module-unload', ['module-unload'], [UNREACHABLE]),
  { defect: 'module-variable', recipe: EQUAL, errors: ['module-load'] },
  row('module-value', ['module-variables'], [UNREACHABLE])
]

describeWithServices(['apptainer', 'fixtures', 'lmod'], 'an installer with one defect in its files', () => {
  testRows(() => bench, [...FILES, ...STARTS])
})

describeWithServices(
  ['apptainer', 'fixtures', 'lmod'],
  'an installer with one defect in its sessions',
  () => {
    testRows(() => bench, SESSIONS)
  }
)
