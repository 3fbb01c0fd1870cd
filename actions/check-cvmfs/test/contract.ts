import type { Contract } from '../../../test/contract/contract.ts'
import { late } from './late.ts'

export const contract: Contract = {
  late,
  keeps: /tool-cache(?:\/neurodesk-ci(?:\/cvmfs-catalogs(?:\/[0-9a-f]+C?)?)?)?/,
  busy: { inputs: (server) => ({ servers: server, timeout: '5m', 'public-key': 'neurodesk' }) }
}
