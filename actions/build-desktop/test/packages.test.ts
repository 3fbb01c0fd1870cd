/** The container out of which packages are read is known to the clean-up until it is surely gone. */
import { expect, test } from '@jest/globals'

import type { Resource } from '../../../lib/ports/index.ts'
import { silentLog } from '../../../testbed/ports.ts'
import { packagesOf } from '../src/packages.ts'
import type { Setup } from '../src/setup.ts'

interface Engine {
  readonly packages: () => Promise<unknown>
  readonly removeContainer: (name: string) => Promise<void>
}

function setUp(engine: Engine): { setup: Setup; open: Resource[] } {
  const open: Resource[] = []
  const setup = {
    docker: engine,
    ports: {
      log: silentLog,
      runner: { signal: new AbortController().signal },
      cleanup: {
        register: (resource: Resource) => void open.push(resource),
        release: ({ id }: Resource) =>
          void open.splice(0, open.length, ...open.filter((one) => one.id !== id))
      }
    }
  }
  return { setup: setup as unknown as Setup, open }
}

const list = [{ name: 'curl', version: '8.5' }]

test('it is removed, and forgotten then', async () => {
  const removed: string[] = []
  const { setup, open } = setUp({
    packages: async () => await Promise.resolve(list),
    removeContainer: async (name) => await Promise.resolve(void removed.push(name))
  })
  expect(await packagesOf(setup, 'image')).toEqual(list)
  expect([removed.length, open]).toEqual([1, []])
})

test.each([
  ['the list', async () => await Promise.resolve(list), list],
  ['no list', async () => await Promise.reject(new Error('docker cp failed')), undefined]
])(
  '%s, and it cannot be removed, as in a run that is cancelled: the clean-up still knows it',
  async (_, packages, expected) => {
    const { setup, open } = setUp({
      packages,
      removeContainer: async () => await Promise.reject(new Error('docker container rm was cancelled'))
    })
    expect(await packagesOf(setup, 'image')).toEqual(expected)
    expect(open).toEqual([
      { kind: 'container', id: expect.stringMatching(/^neurodesk-ci-[0-9a-f]{12} image$/) }
    ])
  }
)
