/**
 * Apptainer in a prefix of its own. Debian has it in unstable only, linked against a newer C library than the
 * stable releases have; replacing the machine's would break it. So the package is unpacked together with the
 * libraries that it was built against, and its two programs are told to use those. Apptainer finds its parts
 * relative to itself, so the prefix can be anywhere.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isLimitedRoot } from '../../testbed/tools.ts'
import type { Apt } from './apt.ts'
import type { WantedPackage } from './plan.ts'
import { run } from './run.ts'

/** What Debian's package depends on and what those libraries need in turn; only the files that it loads are kept. */
const LIBRARY_PACKAGES = ['libc6', 'libseccomp2', 'libsqlite3-0', 'libgcc-s1']
const LIBRARIES = /^(ld-linux.*|lib(c|m|dl|pthread|rt|resolv|util|nss_.*|seccomp|sqlite3|gcc_s))\.so\..*$/

/**
 * @param into the prefix; replaced as a whole when it is there, and complete or absent afterwards
 * @param scratch an empty folder, thrown away by the caller
 */
export async function installApptainer(
  apt: Apt,
  apptainer: WantedPackage,
  into: string,
  scratch: string
): Promise<void> {
  const from = join(scratch, 'apptainer')
  const libraries = LIBRARY_PACKAGES.map((name) => ({ name, suite: apptainer.suite }))
  await apt.unpack([apptainer, ...libraries], from)
  await apt.unpack([{ name: 'patchelf', suite: undefined }], join(scratch, 'patchelf'))
  const patchelf = join(scratch, 'patchelf/usr/bin/patchelf')
  const triplet =
    (await run('dpkg-architecture', ['-qDEB_HOST_MULTIARCH'], { tolerant: true })).stdout.trim() ||
    tripletOf()

  // Assembled beside its place, then renamed: a kill leaves no half prefix behind.
  const next = `${into}.next`
  const root = { asRoot: true } as const
  await run('rm', ['-rf', next], root)
  const programs = join(next, 'lib', triplet, 'apptainer')
  const clib = join(next, 'lib/c')
  await run(
    'mkdir',
    ['-p', join(next, 'bin'), join(next, 'lib', triplet), join(next, 'etc'), join(next, 'var/lib'), clib],
    root
  )
  await run('cp', ['-a', join(from, 'usr/bin/apptainer'), join(next, 'bin/')], root)
  await run('cp', ['-a', join(from, 'usr/lib', triplet, 'apptainer'), programs], root)
  await run('cp', ['-a', join(from, 'etc/apptainer'), join(next, 'etc/')], root)
  await run('cp', ['-a', join(from, 'var/lib/apptainer'), join(next, 'var/lib/')], root)
  // The starter takes the folder two above its own for the prefix, which is lib here.
  await run('ln', ['-s', '../var', join(next, 'lib/var')], root)
  await run('ln', ['-s', '../etc', join(next, 'lib/etc')], root)
  await run('ln', ['-s', 'apptainer', join(next, 'bin/singularity')], root)

  const folder = join(from, 'usr/lib', triplet)
  const names = (await run('ls', [folder])).stdout.split('\n').filter((name) => LIBRARIES.test(name))
  const loader = names.find((name) => name.startsWith('ld-linux'))
  if (loader === undefined)
    throw new Error(`libc6 of ${apptainer.suite ?? 'this suite'} has no loader in ${folder}`)
  await run('cp', ['-a', ...names.map((name) => join(folder, name)), clib], root)

  const final = join(into, 'lib/c')
  for (const program of [join(next, 'bin/apptainer'), join(programs, 'bin/starter')]) {
    await run(
      patchelf,
      ['--set-interpreter', join(final, loader), '--force-rpath', '--set-rpath', final, program],
      root
    )
  }
  for (const name of names.filter((file) => /^lib(seccomp|sqlite3|gcc_s|m)\.so\.\d+$/.test(file))) {
    // RPATH, not RUNPATH: it stands above the LD_LIBRARY_PATH that apptainer sets when it runs itself as a helper.
    await run(patchelf, ['--force-rpath', '--set-rpath', final, join(clib, name)], root)
  }
  await configure(join(next, 'etc/apptainer'))
  await run('rm', ['-rf', into], root)
  await run('mv', [next, into], root)
  // The proof that the pieces fit together.
  await run(join(into, 'bin/apptainer'), ['--version'])
}

/**
 * Root starts containers with all capabilities by default, which fails where root itself does not have all of
 * them. There, containers of root get what root has.
 */
async function configure(folder: string): Promise<void> {
  const root = { asRoot: true } as const
  const status = (await run('cat', ['/proc/self/status'], root)).stdout
  if (!isLimitedRoot(status)) return
  const file = join(folder, 'apptainer.conf')
  const text = await readFile(file, 'utf8')
  const changed = text.replace(/^root default capabilities = .*$/m, 'root default capabilities = file')
  if (changed === text) throw new Error(`${file} has no line "root default capabilities = …"`)
  await run('tee', [file], { ...root, input: changed })
  await run('tee', [join(folder, 'capability.json')], {
    ...root,
    input: JSON.stringify({ users: { root: capabilitiesOf(status) } }, undefined, '\t')
  })
}

/** Names of the permitted capabilities in a text of /proc/…/status. */
export function capabilitiesOf(status: string): string[] {
  const bits = BigInt(`0x${/^CapPrm:\s+([0-9a-f]+)$/m.exec(status)?.[1] ?? '0'}`)
  return CAPABILITIES.filter((_, bit) => ((bits >> BigInt(bit)) & 1n) === 1n)
}

function tripletOf(): string {
  return process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu'
}

/** By bit, linux/capability.h. */
const CAPABILITIES = (
  'CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE NET_BIND_SERVICE ' +
  'NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT ' +
  'SYS_ADMIN SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP ' +
  'MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE'
)
  .split(' ')
  .map((name) => `CAP_${name}`)
