/** Temporary folders that go away also when this process is killed. */
import { clearEstate, createEstate } from '../../testbed/services/estate.ts'
import { run } from './run.ts'

export interface Scratch extends AsyncDisposable {
  readonly path: string
}

/** Readable for all users: apt downloads as one of its own. */
export async function createScratch(name: string): Promise<Scratch> {
  const estate = await createEstate(name)
  return {
    path: estate.folder,
    async [Symbol.asyncDispose]() {
      // What sudo has put into it is root's.
      await run('rm', ['-rf', estate.folder], { asRoot: true, tolerant: true })
      await clearEstate(estate)
    }
  }
}
