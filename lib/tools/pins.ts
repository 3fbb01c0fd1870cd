/**
 * The tools that are fetched when PATH has none that will do. Each checksum is the one that the vendor publishes
 * for that file; `source` says where it can be compared. None is made up: what has no published file for an
 * architecture is not fetched there.
 */
import type { Tool } from './get.ts'

export const RCLONE: Tool = {
  name: 'rclone',
  version: '1.73.1',
  minimum: '1.60.0',
  versionArgs: ['version'],
  versionPattern: /^rclone v(\d+\.\d+\.\d+)/m,
  bin: 'rclone-v1.73.1-linux-{arch}',
  archive: 'zip',
  files: {
    x64: {
      arch: 'amd64',
      url: 'https://downloads.rclone.org/v1.73.1/rclone-v1.73.1-linux-amd64.zip',
      sha256: 'e9bad0be2ed85128e0d977bf36c165dd474a705ea950d18e1005cef98119407b'
    },
    arm64: {
      arch: 'arm64',
      url: 'https://downloads.rclone.org/v1.73.1/rclone-v1.73.1-linux-arm64.zip',
      sha256: '8d40785a789612301aa27e5c6eaf8b4c6e7b9af93b3993280f6aab6f42bc1955'
    }
  },
  source: 'https://downloads.rclone.org/v1.73.1/SHA256SUMS'
}

export const APPTAINER: Tool = {
  name: 'apptainer',
  version: '1.4.5',
  minimum: '1.2.0',
  // SingularityCE takes the same arguments.
  others: ['singularity'],
  versionArgs: ['--version'],
  versionPattern: /version v?(\d+\.\d+(?:\.\d+)?)/,
  bin: 'usr/bin',
  archive: 'deb',
  // No arm64: the releases have none (https://github.com/apptainer/apptainer/issues/3712).
  files: {
    x64: {
      arch: 'amd64',
      url: 'https://github.com/apptainer/apptainer/releases/download/v1.4.5/apptainer_1.4.5_amd64.deb',
      sha256: '70f19af846501acfbc2e42e7cfeee9ee11ddbbfa1c3502d0d99cde34e8e0af05'
    }
  },
  source: 'https://github.com/apptainer/apptainer/releases/tag/v1.4.5',
  elsewhere:
    'install it in a step before, as with `sudo add-apt-repository -y ppa:apptainer/ppa && sudo apt-get install -y apptainer` on Ubuntu'
}
