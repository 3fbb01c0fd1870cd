/** Removing what the engine may still be making: it goes on with what a client asked for that was killed meanwhile. */
import type { Clock, Resource } from '../ports/index.ts'
import type { Docker } from './engine.ts'

/** A request that was under way to the engine has come in by then. */
const LATE_MS = 2_000
/** An image that is being built, or a container on a disk that is busy. */
const IMAGE_MS = 5_000
const MAKING_MS = 60_000
const LOOK_MS = 250

const ID = /^(neurodesk-ci-[0-9a-f]{12}) (\S+)$/

/** A container as a resource: its name, and the image it is made of. */
export function containerResource(name: string, image: string): Resource {
  return { kind: 'container', id: `${name} ${image}` }
}

/**
 * Removes the container, also one that is still being made. Whoever makes one has reserved its name from the beginning:
 * where there is none, the name is taken for a moment, which fails as long as one is being made, and lets none begin.
 * @param id of containerResource
 */
export async function removeContainerSurely(
  docker: Pick<Docker, 'removeContainer' | 'takeName'>,
  id: string,
  clock: Clock
): Promise<void> {
  const [, name, image] = ID.exec(id) ?? []
  if (name === undefined || image === undefined) throw new Error('it is no container of ours')
  const limit = clock.now() + MAKING_MS
  while (!(await docker.removeContainer(name))) {
    const taken = await docker.takeName(name, image)
    // Without its image nobody can begin to make one.
    if (taken === 'no-image')
      return await lookAgain(async () => await docker.removeContainer(name), clock, LATE_MS)
    if (clock.now() > limit) throw new Error('the engine neither has it nor gives its name free')
    await clock.sleep(taken === 'taken' ? LATE_MS : LOOK_MS)
  }
}

/** Removes the image, also one that comes a little later: whoever builds has no name reserved. */
export async function removeImageSurely(
  docker: Pick<Docker, 'removeImage'>,
  reference: string,
  clock: Clock
): Promise<void> {
  await lookAgain(async () => await docker.removeImage(reference), clock, IMAGE_MS)
}

async function lookAgain(remove: () => Promise<boolean>, clock: Clock, forMs: number): Promise<void> {
  const limit = clock.now() + forMs
  while (!(await remove()) && clock.now() < limit) await clock.sleep(LOOK_MS)
}
