import { writeFile } from 'node:fs/promises'
import path from 'node:path'

import { hangingTool, standIn, type Contract } from '../../../test/contract/contract.ts'

export const contract: Contract = {
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
  },
  paths: {
    inputs: () => ({ containers: 'tool_1.0_20250101', source: 'file', 'image-path': '.', probe: 'none' }),
    // A runtime that is there, and runs nothing.
    prepare: async (folder) =>
      await standIn(
        folder,
        'apptainer',
        `case "$*" in *version*) echo 'apptainer version 1.4.0'; exit 0;; esac
echo "$*: no such file or directory" >&2
exit 255`
      ),
    of: {
      catalogue: { is: 'file' },
      'image-path': { is: 'either' },
      'installer-path': { is: 'folder', inputs: () => ({ installer: 'transparent-singularity' }) },
      // Without a slash or an ending it is the name of a command.
      'expected-commands': { is: 'either' },
      'smoke-file': { is: 'file' },
      'junit-path': { is: 'file' }
    }
  }
}
