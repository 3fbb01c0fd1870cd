/** For which CPU programs are: the first bytes of an ELF file (elf(5), `e_ident` and `e_machine`). Pure. */

const MACHINES: Readonly<Record<number, string>> = {
  3: '386',
  21: 'ppc64le',
  22: 's390x',
  40: 'arm',
  62: 'amd64',
  183: 'arm64',
  243: 'riscv64'
}
const PROGRAMS = /^(usr\/)?s?bin\/[^/]+$/

/** Counts the programs in the folders where every system has its own. */
export function programCounter(): { see(path: string, beginning: Buffer): void; most(): string | undefined } {
  const counts = new Map<string, number>()
  return {
    see: (path, bytes) => {
      if (bytes.length < 20 || bytes.readUInt32BE(0) !== 0x7f45_4c46 || !PROGRAMS.test(path)) return
      const machine = MACHINES[bytes[5] === 2 ? bytes.readUInt16BE(18) : bytes.readUInt16LE(18)] ?? 'unknown'
      counts.set(machine, (counts.get(machine) ?? 0) + 1)
    },
    most: () => [...counts].sort(([, x], [, y]) => y - x)[0]?.[0]
  }
}
