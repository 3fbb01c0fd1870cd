import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'

import { hangingTool, standIn, type Contract } from '../../../test/contract/contract.ts'
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
  },
  talkOn: 'posix',
  talk: async (folder) => {
    const seen = path.join(folder, 'seen')
    // Both give away what they were given, and fetch nothing.
    await standIn(
      folder,
      'apptainer',
      `case "$*" in *version*) echo 'apptainer version 1.4.5'; exit 0;; *build*) ;; *) for last; do :; done; echo "$last: no such file" >&2; exit 255;; esac
[ "$APPTAINER_DOCKER_USERNAME" != puller ] || touch '${seen}-REGISTRY_PASSWORD'
echo "denied: $APPTAINER_DOCKER_USERNAME:$APPTAINER_DOCKER_PASSWORD manifest unknown" >&2
exit 1`
    )
    await standIn(
      folder,
      'rclone',
      `case "$*" in version) echo 'rclone v1.73.1'; exit 0;; esac
[ -z "$RCLONE_CONFIG_NECTAR_KEY" ] || touch '${seen}-RCLONE_CONFIG_NECTAR_KEY'
echo "cannot log in with $RCLONE_CONFIG_NECTAR_KEY" >&2
exit 1`
    )
    const more = {
      REGISTRY_PASSWORD: 'hunter2-of-the-registry-0123456789',
      RCLONE_CONFIG_NECTAR_KEY: 'hunter2-of-the-store-0123456789'
    }
    return {
      inputs: {
        containers: 'tool_1.0_20250101',
        source: 'docker\nstore',
        registries: '127.0.0.1:9/vnmd username-env=REGISTRY_USER password-env=REGISTRY_PASSWORD',
        stores: 'nectar:neurodesk'
      },
      env: { REGISTRY_USER: 'puller' },
      more,
      tools: ['apptainer', 'rclone'],
      used: () => Object.keys(more).filter((name) => existsSync(`${seen}-${name}`)),
      close: async () => await Promise.resolve()
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
