/**
 * Slurm with one node, this machine: a controller, a node daemon and munge, which authenticates their messages, all
 * with files and ports of their own. No cgroups, no accounting: jobs run as plain processes.
 */
import { randomBytes } from 'node:crypto'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { availableParallelism, hostname, totalmem, userInfo } from 'node:os'
import { join } from 'node:path'
import { createExec } from '../../lib/shell/index.ts'
import { findTools } from '../tools.ts'
import { freePorts, ServiceError, startDaemon } from './daemon.ts'
import { clearEstate, createEstate } from './estate.ts'
import type { Estate } from './belongings.ts'
import { need } from './need.ts'

export interface SlurmService extends AsyncDisposable {
  /** SLURM_CONF: with it srun, sbatch, squeue and sinfo reach this cluster. Every user may read it. */
  readonly env: Readonly<Record<'SLURM_CONF', string>>
}

/**
 * Ready when the node is idle, a few seconds. As root, jobs run as the user who submits them; otherwise as us only.
 * @throws MissingService, or ServiceError when a part does not come up
 */
export async function startSlurm(): Promise<SlurmService> {
  for (let attempt = 1; ; attempt++) {
    const estate = await createEstate('slurm')
    try {
      const file = await startParts(estate)
      return { env: { SLURM_CONF: file }, [Symbol.asyncDispose]: () => clearEstate(estate) }
    } catch (error) {
      await clearEstate(estate)
      const taken = error instanceof ServiceError && /in use/i.test(error.message)
      if (!taken || attempt === 3) throw error
    }
  }
}

async function startParts(estate: Estate): Promise<string> {
  const tools = findTools()
  const at = (name: string) => join(estate.folder, name)
  const [controller = 0, node = 0] = await freePorts(2)
  for (const folder of ['state', 'spool']) await mkdir(at(folder), { mode: 0o755 })
  await mkdir(at('munge'), { mode: 0o755 })
  await writeFile(at('munge/key'), randomBytes(128), { mode: 0o600 })
  const user = userInfo().username
  const file = at('slurm.conf')
  await writeFile(
    file,
    slurmConfig({
      folder: estate.folder,
      host: hostname().split('.')[0] ?? 'localhost',
      user,
      controller,
      node,
      processors: availableParallelism(),
      memoryMiB: Math.floor((totalmem() / 2 ** 20) * 0.8)
    })
  )
  await chmod(file, 0o644)
  const env = { PATH: tools.searchPath, SLURM_CONF: file }
  const socket = at('munge/socket')
  const exec = createExec({ env: { ...process.env, ...env } })
  await startDaemon(estate, {
    command: need(tools, 'munged'),
    // --force: it would warn about a socket below a folder that everybody may write to, /tmp.
    args: [
      '--foreground',
      '--force',
      `--key-file=${at('munge/key')}`,
      `--socket=${socket}`,
      `--pid-file=${at('munge/pid')}`,
      `--log-file=${at('munge/log')}`,
      `--seed-file=${at('munge/seed')}`
    ],
    ready: async () =>
      (await exec.run('munge', ['--no-input', `--socket=${socket}`], { accept: 'any' })).exitCode === 0
  })
  await startDaemon(estate, {
    command: need(tools, 'slurmctld'),
    args: ['-D', '-c'],
    env,
    ready: async () => (await exec.run('scontrol', ['ping'], { accept: 'any' })).stdout.includes('is UP')
  })
  await startDaemon(estate, {
    command: need(tools, 'slurmd'),
    args: ['-D', '-c'],
    env,
    ready: async () =>
      (await exec.run('sinfo', ['--noheader', '--format=%T'], { accept: 'any' })).stdout.trim() === 'idle',
    limitMs: 40_000
  })
  return file
}

/** slurm.conf(5) for one node. Pure. */
export function slurmConfig(node: {
  readonly folder: string
  readonly host: string
  readonly user: string
  readonly controller: number
  readonly node: number
  readonly processors: number
  readonly memoryMiB: number
}): string {
  const at = (name: string) => join(node.folder, name)
  const settings = {
    ClusterName: 'testbed',
    SlurmctldHost: `${node.host}(127.0.0.1)`,
    SlurmctldPort: node.controller,
    // Otherwise both daemons, and srun for its jobs, listen on every address of the machine.
    CommunicationParameters: 'NoCtldInAddrAny,NoInAddrAny',
    SlurmdPort: node.node,
    AuthType: 'auth/munge',
    AuthInfo: `socket=${at('munge/socket')}`,
    CryptoType: 'crypto/munge',
    SlurmUser: node.user,
    SlurmdUser: node.user,
    StateSaveLocation: at('state'),
    SlurmdSpoolDir: at('spool'),
    SlurmctldPidFile: at('slurmctld.pid'),
    SlurmdPidFile: at('slurmd.pid'),
    ProctrackType: 'proctrack/pgid',
    TaskPlugin: 'task/none',
    SelectType: 'select/cons_tres',
    SelectTypeParameters: 'CR_CPU',
    SchedulerType: 'sched/builtin',
    JobAcctGatherType: 'jobacct_gather/none',
    AccountingStorageType: 'accounting_storage/none',
    MpiDefault: 'none',
    ReturnToService: 2,
    NodeName: `${node.host} NodeAddr=127.0.0.1 CPUs=${node.processors} RealMemory=${node.memoryMiB} State=UNKNOWN`,
    PartitionName: `main Nodes=${node.host} Default=YES MaxTime=INFINITE State=UP`
  }
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')
}
