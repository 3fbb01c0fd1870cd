import type { Contract } from '../../../test/contract/contract.ts'
import { late } from './late.ts'

export const contract: Contract = {
  late,
  keeps: /tool-cache(?:\/neurodesk-ci(?:\/cvmfs-catalogs(?:\/[0-9a-f]+C?)?)?)?/,
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
