import type { Contract } from '../../../test/contract/contract.ts'

export const contract: Contract = {
  busy: { inputs: (server) => ({ servers: server, timeout: '5m', 'public-key': 'neurodesk' }) }
}
