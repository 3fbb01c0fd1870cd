import type { Contract } from '../../../test/contract/contract.ts'
import { late } from './late.ts'

/** What the tests of all actions (test/contract) need to know of this one. */
export const contract: Contract = {
  late,
  // A server that never answers: the run is ended from outside, and nothing may be left.
  busy: { inputs: (server) => ({ urls: `${server}/` }) }
}
