import { writeFile } from 'node:fs/promises'
import path from 'node:path'

import { hangingTool, type Contract } from '../../../test/contract/contract.ts'
import { late } from './late.ts'

export const contract: Contract = {
  late,
  // Apptainer's own.
  keeps: /home\/\.apptainer(?:\/.*)?/,
  busy: {
    inputs: () => ({
      containers: 'tool_1.0_20250101',
      source: 'file',
      'image-path': 'tool_1.0_20250101.simg'
    }),
    prepare: async (folder) => {
      await writeFile(path.join(folder, 'tool_1.0_20250101.simg'), 'x')
      await hangingTool(folder, 'apptainer')
    }
  }
}
