/** Every defect that an installer's wrappers can have when they are called, each told by its own finding and by nothing else. */
import { afterAll, beforeAll } from '@jest/globals'

import { describeWithServices } from '../../../testbed/jest.ts'
import { openBench, SPOKEN, testRows, type Bench, type Row } from './defects.ts'

let bench: Bench

beforeAll(async () => {
  bench = await openBench()
})

afterAll(async () => {
  await bench.close()
})

/** The contract leaves /tmp to the host, which is told of every installer of this kind. */
const NOT_BOUND = 'tmp-not-bound'

const row = (defect: string, errors?: readonly string[], warnings: readonly string[] = [NOT_BOUND]): Row => ({
  defect,
  recipe: SPOKEN,
  ...(errors === undefined ? {} : { errors }),
  warnings
})

describeWithServices(
  ['apptainer', 'fixtures', 'lmod'],
  'an installer with one defect in its wrappers',
  () => {
    testRows(
      () => bench,
      [
        row(''),
        // Seen before a container is started, so nothing else is asked.
        row('unquoted', ['arguments-changed'], []),
        row('drops-empty', ['arguments-changed']),
        row('leaks', ['environment-leaks']),
        row('environment', ['environment-changed']),
        row('gpu-always', ['gpu-always']),
        row('gpu-lost', ['gpu-option-lost']),
        row('no-display', ['display-lost']),
        row('noise', ['streams-mixed']),
        row('stdin', ['stdin-changed']),
        row('exit-code', ['exit-code-changed', 'term-lost']),
        row('no-exec', ['term-lost']),
        row('orphan', ['term-lost']),
        row('folder', ['folder-changed', 'owner-changed']),
        row('tmp', ['tmp-breaks'], []),
        row('silent-missing-image', ['missing-image-silent'])
      ]
    )
  }
)
