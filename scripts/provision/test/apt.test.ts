import { describe, expect, test } from '@jest/globals'
import { readArguments } from '../arguments.ts'
import { capabilitiesOf } from '../apptainer.ts'
import { policyText } from '../daemons.ts'
import { labelsOf, objections, parseSimulation } from '../simulation.ts'
import { archiveLine, debianMirror, ownArchives, pins } from '../sources.ts'

const BOOKWORM = { id: 'debian', codename: 'bookworm' }

describe('the archives of the distribution', () => {
  test('are read from both styles, other vendors left out', () => {
    const archives = ownArchives(
      [
        {
          style: 'sources',
          text: 'Types: deb deb-src\n# a comment\nURIs: http://mirror.test/debian\nSuites: bookworm bookworm-updates\nComponents: main contrib\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n\nTypes: deb\nURIs: http://mirror.test/debian-security\nSuites: bookworm-security\nComponents: main\n'
        },
        {
          style: 'list',
          text: 'deb [arch=amd64 signed-by=/k.gpg] https://example.test/apt bookworm-tool main # no\ndeb-src http://x.test/debian bookworm main\n'
        }
      ],
      BOOKWORM
    )
    expect(archives.map(archiveLine)).toEqual([
      'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://mirror.test/debian bookworm main contrib',
      'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://mirror.test/debian bookworm-updates main contrib',
      'deb http://mirror.test/debian-security bookworm-security main'
    ])
    expect(debianMirror(archives)).toBe('http://mirror.test/debian')
  })

  test('a stanza that is off does not count, and Debian has a default', () => {
    const text = 'Enabled: no\nTypes: deb\nURIs: http://m.test/debian\nSuites: bookworm\nComponents: main\n'
    expect(ownArchives([{ style: 'sources', text }], BOOKWORM)).toEqual([
      { uri: 'http://deb.debian.org/debian', suite: 'bookworm', components: ['main'], options: [] }
    ])
  })

  test('Ubuntu needs universe, which holds most of it', () => {
    const text =
      'deb http://archive.ubuntu.com/ubuntu noble universe\ndeb http://archive.ubuntu.com/ubuntu noble multiverse\n'
    expect(ownArchives([{ style: 'list', text }], { id: 'ubuntu', codename: 'noble' })).toHaveLength(1)
  })

  test('a key within a stanza is not taken for a file', () => {
    const text =
      'Types: deb\nURIs: http://m.test/debian\nSuites: bookworm\nComponents: main\nSigned-By:\n -----BEGIN PGP\n .\n abc\n'
    expect(ownArchives([{ style: 'sources', text }], BOOKWORM)[0]?.options).toEqual([])
  })

  test('other suites stand below the default priority of 500, the newest lowest', () => {
    expect(pins(['trixie', 'sid'])).toBe(
      'Package: *\nPin: release n=trixie\nPin-Priority: 60\n\nPackage: *\nPin: release n=sid\nPin-Priority: 50\n'
    )
  })
})

const POLICY = `Package files:
 100 /var/lib/dpkg/status
     release a=now
  50 http://deb.debian.org/debian sid/main amd64 Packages
     release o=Debian,a=unstable,n=sid,l=Debian,c=main,b=amd64
     origin deb.debian.org
  60 http://deb.debian.org/debian trixie/main amd64 Packages
     release v=13.7,o=Debian,a=stable,n=trixie,l=Debian,c=main,b=amd64
 500 http://deb.debian.org/debian bookworm/main amd64 Packages
     release v=12.15,o=Debian,a=oldstable,n=bookworm,l=Debian,c=main,b=amd64
`

describe('what apt would do', () => {
  const foreign = labelsOf(POLICY, ['trixie', 'sid'])
  const asked = [{ name: 'rclone', suite: 'sid' }]

  test('labels of other suites are as the simulation prints them', () => {
    expect(foreign).toEqual(['Debian:unstable', 'Debian:13.7/stable'])
  })

  test('new packages and security updates of the own suite pass', () => {
    const text = `Inst login [1:4.13-1] (1:4.13-2 Debian:12.15/oldstable [amd64])
Inst rclone (1.75.2-2 Debian:unstable [amd64])
Conf rclone (1.75.2-2 Debian:unstable [amd64])
Inst both [1] (2 Debian:12.15/oldstable, Debian:13.7/stable [amd64])`
    const simulation = parseSimulation(text)
    expect(simulation.installed).toEqual(['rclone'])
    expect(objections(simulation, asked, foreign)).toEqual([])
  })

  test('a removal and a package of another suite in place of an installed one do not', () => {
    const text = `Remv postgresql-15 [15.1]
Inst libc6 [2.36-9] (2.43-7 Debian:unstable [amd64]) []
Inst rclone [1.60] (1.75.2-2 Debian:unstable [amd64])`
    expect(objections(parseSimulation(text), asked, foreign)).toEqual([
      'it would remove postgresql-15',
      'it would change libc6 from 2.36-9 to 2.43-7 of Debian:unstable',
      'rclone 1.60 is installed already and would be replaced'
    ])
  })
})

describe('the command line', () => {
  test('without --need means the core', () => {
    expect(readArguments(['--plan'])).toMatchObject({ planOnly: true, yes: false })
    expect(readArguments([]).needs).toContain('docker')
    expect(readArguments([]).needs).not.toContain('slurm')
  })

  test('takes lists, core and all, in one fixed order', () => {
    expect(readArguments(['--need', 'slurm,docker', '--need', 'lmod']).needs).toEqual([
      'docker',
      'slurm',
      'lmod'
    ])
    expect(readArguments(['--need', 'core,xvfb']).needs).toEqual(
      expect.arrayContaining(['docker', 'rclone', 'xvfb'])
    )
    expect(readArguments(['--need', 'all']).needs).toContain('qemu')
  })

  test('names what it does not know, and what it does', () => {
    expect(() => readArguments(['--need', 'doker'])).toThrow(/unknown doker; known: all, core, docker/)
    expect(() => readArguments(['--install'])).toThrow(/--install/)
  })
})

test('the policy denies only while its process lives', () => {
  expect(policyText(4711)).toContain('[ -d /proc/4711 ] && exit 101')
  expect(policyText(4711)).toContain('rm -f "$0"')
})

test('capabilities are named by their bits', () => {
  const names = capabilitiesOf('CapInh:\t0000000000000000\nCapPrm:\t000001fffeffffff\n')
  expect(names).toContain('CAP_SYS_ADMIN')
  expect(names).toContain('CAP_CHECKPOINT_RESTORE')
  expect(names).not.toContain('CAP_SYS_RESOURCE')
  expect(names).toHaveLength(40)
})
