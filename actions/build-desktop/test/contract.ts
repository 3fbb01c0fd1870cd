import { writeFile } from 'node:fs/promises'
import path from 'node:path'

import { hangingTool, type Contract } from '../../../test/contract/contract.ts'

export const contract: Contract = {
  busy: {
    inputs: () => ({ context: '.', image: 'desktop' }),
    prepare: async (folder) => {
      await writeFile(path.join(folder, 'Dockerfile'), 'FROM scratch\n')
      await hangingTool(folder, 'docker')
    }
  }
}
