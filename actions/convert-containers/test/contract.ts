import { writeFile } from 'node:fs/promises'
import path from 'node:path'

import type { Contract } from '../../../test/contract/contract.ts'

export const contract: Contract = {
  busy: {
    inputs: (server) => ({ catalogue: 'apps.json', mode: 'check', stores: `${server}/store name=store` }),
    prepare: async (folder) => {
      const apps = { tool: { apps: { 'tool 1.0': { version: '20250101', exec: '' } }, categories: ['x'] } }
      await writeFile(path.join(folder, 'apps.json'), JSON.stringify(apps, null, 4))
    }
  }
}
