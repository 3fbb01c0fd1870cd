import type { Contract } from '../../../test/contract/contract.ts'

export const contract: Contract = {
  bad: { needs: { value: 'no JSON', given: '7 characters that are no JSON' } },
  busy: {
    inputs: () => ({ needs: '{"build":{"result":"failure","outputs":{}}}' }),
    env: (server) => ({ GITHUB_API_URL: server })
  }
}
