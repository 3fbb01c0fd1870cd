/**
 * apt with sources, preferences, lists and cache of its own, in a folder that is thrown away. The machine's own
 * apt configuration is read, never written: nothing is left behind in it, also when we are killed half way.
 */
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { OperatingSystem } from './facts.ts'
import type { WantedPackage } from './plan.ts'
import { CommandFailed, run } from './run.ts'
import { createScratch } from './scratch.ts'
import type { Scratch } from './scratch.ts'
import { labelsOf, objections, parseSimulation } from './simulation.ts'
import { archiveLine, debianMirror, ownArchives, pins } from './sources.ts'
import type { Archive } from './sources.ts'

export class Apt implements AsyncDisposable {
  private readonly scratch: Scratch
  private readonly folder: string
  private readonly own: readonly Archive[]
  private readonly os: OperatingSystem
  private suites: readonly string[] = []
  private architectures: readonly string[] = []

  private constructor(scratch: Scratch, own: readonly Archive[], os: OperatingSystem) {
    this.scratch = scratch
    this.folder = scratch.path
    this.own = own
    this.os = os
  }

  /** Reads the machine's sources and fetches the lists of its own archive into the folder. */
  static async open(os: OperatingSystem): Promise<Apt> {
    const scratch = await createScratch('apt')
    const folder = scratch.path
    for (const part of ['sources', 'preferences', 'lists/partial', 'cache/archives/partial', 'download']) {
      await mkdir(join(folder, part), { recursive: true })
    }
    await chmod(join(folder, 'download'), 0o777)
    const own = ownArchives(await machineSources(), os)
    const apt = new Apt(scratch, own, os)
    try {
      await copyPreferences(join(folder, 'preferences'))
      await writeFile(join(folder, 'sources/own.list'), own.map(archiveLine).join('\n') + '\n')
      await apt.update()
      return apt
    } catch (error) {
      await apt[Symbol.asyncDispose]()
      throw error
    }
  }

  /**
   * Makes another suite of Debian known, below everything that the machine has. Its signature is checked with the
   * keyring of the own suite's newest debian-archive-keyring: that of an old installation lacks newer keys.
   * @throws CommandFailed when it cannot be read; it is forgotten then
   */
  async addSuite(suite: string): Promise<void> {
    if (this.suites.includes(suite)) return
    const keys = join(this.folder, 'keys')
    const keyring = join(keys, 'usr/share/keyrings/debian-archive-keyring.gpg')
    if (this.suites.length === 0)
      await this.unpack([{ name: 'debian-archive-keyring', suite: undefined }], keys)
    await this.setSuites([...this.suites, suite], keyring)
    try {
      await this.update()
    } catch (error) {
      await this.setSuites(
        this.suites.filter((known) => known !== suite),
        keyring
      )
      throw error
    }
  }

  /** Makes the packages of another architecture known, to be unpacked. */
  async addArchitecture(architecture: string): Promise<void> {
    if (this.architectures.includes(architecture)) return
    const own = (await run('dpkg', ['--print-architecture'])).stdout.trim()
    this.architectures = [...new Set([own, ...this.architectures, architecture])]
    await this.update()
  }

  /**
   * Installs packages. What apt would do is looked at first.
   * @throws Error when that is not safe, with every reason
   */
  async install(wanted: readonly WantedPackage[]): Promise<void> {
    const names = wanted.map(asked)
    const simulated = await this.get(['install', '--simulate', '--no-install-recommends', ...names])
    const policy = await run('apt-cache', [...this.options(), 'policy'])
    const reasons = objections(
      parseSimulation(simulated.stdout),
      wanted,
      labelsOf(policy.stdout, this.suites)
    )
    if (reasons.length > 0) {
      throw new Error(`not installing ${names.join(' ')}, because ${reasons.join('; ')}`)
    }
    await this.get([
      'install',
      '--yes',
      '--no-install-recommends',
      '-o',
      'Dpkg::Options::=--force-confold',
      ...names
    ])
  }

  /** Downloads packages and unpacks their files below a folder, without installing them. */
  async unpack(wanted: readonly WantedPackage[], into: string): Promise<void> {
    const download = join(this.folder, 'download')
    for (const { name } of wanted) {
      // A name stays valid when the file of an earlier download is still there: start empty.
      for (const file of await readdir(download)) {
        if (file.startsWith(`${name}_`)) await run('rm', ['-f', join(download, file)], { asRoot: true })
      }
    }
    await this.get(['download', ...wanted.map(asked)], download)
    await run('mkdir', ['-p', into], { asRoot: true })
    for (const { name } of wanted) {
      const file = (await readdir(download)).find((entry) => entry.startsWith(`${name}_`))
      if (file === undefined) throw new Error(`apt-get download left no file of ${name}`)
      await run('dpkg-deb', ['--extract', join(download, file), into], { asRoot: true })
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.scratch[Symbol.asyncDispose]()
  }

  private async setSuites(suites: readonly string[], keyring: string): Promise<void> {
    const uri = debianMirror(this.own)
    const lines = suites.map((suite) =>
      archiveLine({ uri, suite, components: ['main'], options: [`signed-by=${keyring}`] })
    )
    await writeFile(join(this.folder, 'sources/other.list'), lines.map((line) => `${line}\n`).join(''))
    await writeFile(join(this.folder, 'preferences/zz-other'), pins(suites))
    this.suites = suites
  }

  private async update(): Promise<void> {
    try {
      await this.get(['update', '--error-on=any'])
    } catch (error) {
      if (!(error instanceof CommandFailed) || !error.message.includes(' is expired ')) throw error
      // Whether an old list is good enough is for the owner of the machine to say.
      const advice =
        'The mirror is a copy that is no longer renewed. Acquire::Check-Valid-Until "false" in /etc/apt/apt.conf.d would accept it.'
      throw new CommandFailed(`${error.message}\n  ${advice}`)
    }
  }

  private get(args: readonly string[], cwd?: string) {
    return run('apt-get', [...this.options(), ...args], {
      asRoot: true,
      env: { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' },
      ...(cwd === undefined ? {} : { cwd })
    })
  }

  /** On the command line, where they stand above every file of the machine. */
  private options(): string[] {
    const settings = {
      'Dir::Etc::sourcelist': '/dev/null',
      'Dir::Etc::sourceparts': join(this.folder, 'sources'),
      'Dir::Etc::preferences': '/dev/null',
      'Dir::Etc::preferencesparts': join(this.folder, 'preferences'),
      'Dir::State::lists': join(this.folder, 'lists'),
      'Dir::Cache': join(this.folder, 'cache'),
      'Dir::Cache::pkgcache': 'pkgcache.bin',
      'Dir::Cache::srcpkgcache': 'srcpkgcache.bin',
      'Acquire::Languages': 'none',
      'Acquire::IndexTargets::deb::DEP-11::DefaultEnabled': 'false',
      'Acquire::IndexTargets::deb::DEP-11-icons-small::DefaultEnabled': 'false',
      'Acquire::Retries': '3',
      // Known to this apt only: dpkg is not told, so nothing foreign can be installed, only unpacked.
      ...(this.architectures.length > 0 ? { 'APT::Architectures': this.architectures.join(',') } : {}),
      'DPkg::Lock::Timeout': '300'
    }
    return Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`])
  }

  /** For messages. */
  toString(): string {
    return `apt of ${this.os.name} in ${this.folder}`
  }
}

function asked({ name, suite, arch }: WantedPackage): string {
  return name + (arch === undefined ? '' : `:${arch}`) + (suite === undefined ? '' : `/${suite}`)
}

async function machineSources(): Promise<{ style: 'list' | 'sources'; text: string }[]> {
  const folder = '/etc/apt/sources.list.d'
  const names = await readdir(folder).catch(() => [])
  const files = ['/etc/apt/sources.list', ...names.map((name) => join(folder, name))]
  const read = files.map(async (file) => {
    const style = file.endsWith('.list') ? 'list' : file.endsWith('.sources') ? 'sources' : undefined
    const text = style === undefined ? undefined : await readFile(file, 'utf8').catch(() => undefined)
    return style === undefined || text === undefined ? undefined : ({ style, text } as const)
  })
  return (await Promise.all(read)).filter((entry) => entry !== undefined)
}

/** The machine's own pins hold for us too. */
async function copyPreferences(into: string): Promise<void> {
  const folder = '/etc/apt/preferences.d'
  const names = await readdir(folder).catch(() => [])
  for (const file of ['/etc/apt/preferences', ...names.map((name) => join(folder, name))]) {
    const text = await readFile(file, 'utf8').catch(() => undefined)
    if (text !== undefined)
      await writeFile(join(into, file.replaceAll('/', '-').slice(1).replaceAll('.', '-')), text)
  }
}
