import type { Contract } from '../../../test/contract/contract.ts'

export const contract: Contract = {
  busy: {
    inputs: () => ({ version: '2026-01-31', repository: 'neurodesk/testbed' }),
    env: (server) => ({ GITHUB_API_URL: server })
  }
}
