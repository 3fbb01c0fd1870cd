import type { Contract } from '../../../test/contract/contract.ts'

export const contract: Contract = {
  busy: { inputs: (server) => ({ servers: server, timeout: '5m', 'public-key': 'neurodesk' }) },
  paths: {
    inputs: (server) => ({ servers: server, timeout: '5s', retries: '0' }),
    of: {
      'servers-from': { is: 'file' },
      'public-key': { is: 'file' },
      catalogue: { is: 'file' },
      'previous-report': { is: 'file' },
      'junit-path': { is: 'file' }
    }
  }
}
