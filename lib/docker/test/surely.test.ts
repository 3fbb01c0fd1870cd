import { expect, test } from '@jest/globals'

import { skippingClock } from '../../../testbed/ports.ts'
import { containerResource, removeContainerSurely, removeImageSurely } from '../index.ts'

const NAME = 'neurodesk-ci-0123456789ab'
const { id } = containerResource(NAME, 'sha256:1')

/** An engine that makes the container: its request comes in at `from`, and it is there at `to`, in milliseconds. */
function engine(
  clock: ReturnType<typeof skippingClock>,
  from: number,
  to: number
): {
  has(): boolean
  removeContainer(): Promise<boolean>
  takeName(): Promise<'taken' | 'in-use'>
} {
  const start = clock.now()
  const at = (): number => clock.now() - start
  let state: 'none' | 'ours' | 'theirs' | 'gone' = 'none'
  let lost = false
  const turn = (): void => {
    if (at() >= from && state === 'ours') lost = true
    if (at() >= to && !lost && state === 'none') state = 'theirs'
  }
  return {
    has: () => {
      turn()
      return state === 'theirs'
    },
    removeContainer: async () => {
      turn()
      const was = state
      if (was === 'ours') state = 'none'
      if (was === 'theirs') state = 'gone'
      return await Promise.resolve(was === 'ours' || was === 'theirs')
    },
    takeName: async () => {
      turn()
      if (state === 'none' && (at() < from || lost)) state = 'ours'
      return await Promise.resolve(state === 'ours' ? 'taken' : 'in-use')
    }
  }
}

test.each([
  ['is there', 0, 0],
  ['is being made for long', 0, 30_000],
  ['is asked for a moment later', 1_000, 9_000]
])('a container that %s does not stay', async (_case, from, to) => {
  const clock = skippingClock()
  const docker = engine(clock, from, to)
  await removeContainerSurely(docker, id, clock)
  clock.pass(60_000)
  expect(docker.has()).toBe(false)
})

test('one that never comes to be there is told, and what is no container of ours is not touched', async () => {
  const clock = skippingClock()
  await expect(removeContainerSurely(engine(clock, 0, Infinity), id, clock)).rejects.toThrow(
    'gives its name free'
  )
  for (const other of [NAME, 'database sha256:1', `${NAME} sha256:1 x`, `-f ${NAME}`])
    await expect(removeContainerSurely(engine(clock, 0, 0), other, clock)).rejects.toThrow(
      'no container of ours'
    )
})

test('an image that comes a little later is removed', async () => {
  const clock = skippingClock()
  const start = clock.now()
  let isThere = true
  const removeImage = async (): Promise<boolean> => {
    if (clock.now() - start < 3_000) return false
    isThere = false
    return await Promise.resolve(true)
  }
  await removeImageSurely({ removeImage }, 'neurodesk-ci/desk:1', clock)
  expect(isThere).toBe(false)
})
