/**
 * Ended in the middle of its work, every action, on real parts: SIGINT, SIGTERM and kill -9 of main, then post, leave
 * nothing. What an action is in the middle of, `late` of its contract tells (actions/NAME/test/contract.ts).
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals'

import { describeWithServices } from '../../testbed/jest.ts'
import { loadSubjects } from './contract.ts'
import { endWhile, NOTHING, type Scene } from './ended.ts'

const subjects = await loadSubjects()

test('every action has late phases', () => {
  const without = subjects.filter(({ contract }) => (contract?.late ?? []).length === 0)
  expect(without.map(({ name }) => name)).toEqual([])
})

for (const { name, contract } of subjects) {
  for (const late of contract?.late ?? []) {
    describeWithServices(late.services, `${name} ${late.title}`, () => {
      let scene: Scene & AsyncDisposable
      beforeAll(async () => {
        scene = await late.open()
      }, 120_000)
      afterAll(async () => {
        await scene[Symbol.asyncDispose]()
      }, 30_000)

      test.each(late.signals ?? (['SIGINT', 'SIGTERM', 'SIGKILL'] as const))(
        '%s: nothing is left',
        async (signal) => {
          const { run, left, reached, busy } = await endWhile(
            name,
            contract?.keeps === undefined ? scene : { ...scene, keeps: contract.keeps },
            signal
          )
          expect([reached, reached ? '' : run.raw]).toEqual([true, ''])
          expect(busy).toBeGreaterThan(0)
          expect([run.exitCode, run.signal]).toEqual(signal === 'SIGKILL' ? [null, signal] : [1, null])
          if (signal !== 'SIGKILL') expect(run.log).toContain(`${signal}: stopping`)
          expect(left).toEqual(NOTHING)
          expect(run.post).toMatchObject({ exitCode: 0, annotations: [] })
          expect(run.annotations.filter(({ kind }) => kind === 'warning')).toEqual([])
        },
        180_000
      )
    })
  }
}
