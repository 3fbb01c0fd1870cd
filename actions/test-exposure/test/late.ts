/** What a test is in the middle of: a program in a real container, called here, or by way of a real scheduler. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { createExec } from '../../../lib/shell/index.ts'
import { startSlurm } from '../../../testbed/index.ts'
import type { Late } from '../../../test/contract/contract.ts'
import { processesWith, until } from '../../../test/contract/processes.ts'
import { buildImage, PLAIN, tools } from './images.ts'

/** Seconds that nobody else sleeps for. */
const NAPS = String(20_000_000 + process.pid)
const sleeps = async (): Promise<boolean> => (await processesWith(NAPS)).length > 0
const processes = async (): Promise<readonly string[]> => (await processesWith(NAPS)).map(String)

const NAME = 'sleeper_1.0.0_20240902'

/** A container with one command. @returns its folder */
async function build(script: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'exposure-late-'))
  const text = `#!/bin/sh\n${script}\n`
  await buildImage(folder, { ...PLAIN, id: NAME, programs: [{ file: '/opt/plaintool/bin/sleeper', text }] })
  return folder
}

export const late: readonly Late[] = [
  {
    title: 'while a program runs in a container',
    services: ['apptainer', 'fixtures'],
    open: async () => {
      const images = await build(`exec sleep ${NAPS}`)
      return {
        inputs: { containers: NAME, 'image-path': images, timeout: '5m' },
        env: { ...tools.env },
        reached: sleeps,
        look: async () => ({ processes: await processes() }),
        [Symbol.asyncDispose]: async () => await rm(images, { recursive: true, force: true })
      }
    }
  },
  throughSlurm('while a job of the scheduler runs', false),
  throughSlurm('while a job of the scheduler waits for its turn', true)
]

/** @param isFull somebody else has all of the machine, so that a job waits */
function throughSlurm(title: string, isFull: boolean): Late {
  return {
    title,
    services: ['apptainer', 'fixtures', 'slurm'],
    open: async () => {
      const slurm = await startSlurm()
      const exec = createExec({ env: { ...process.env, ...tools.env, ...slurm.env } })
      // Its first call, without the scheduler, takes this file away and ends; the next one sleeps.
      const first = path.join(tmpdir(), `exposure-first-${NAPS}`)
      const images = await build(`[ ! -e '${first}' ] || { rm '${first}'; exit 0; }\nexec sleep ${NAPS}`)
      /** Those that wait, run or are about to end: `NAME STATE`. */
      const jobs = async (): Promise<readonly string[]> =>
        (await exec.run('squeue', ['--noheader', '--format=%j %T'])).stdout
          .split('\n')
          .filter((line) => line !== '')
      if (isFull) {
        await exec.run('sbatch', ['--exclusive', '--output=/dev/null', '--wrap=sleep 3600'])
        await until(async () => (await jobs()).some((job) => job.endsWith(' RUNNING')))
      }
      return {
        inputs: {
          containers: NAME,
          'image-path': images,
          scheduler: 'slurm',
          'smoke-file': 'smoke.yml',
          probe: 'none',
          timeout: '5m'
        },
        env: { ...tools.env, ...slurm.env },
        places: [path.dirname(slurm.env.SLURM_CONF)],
        prepare: async (folder) => {
          await writeFile(path.join(folder, 'smoke.yml'), '- command: sleeper\n')
          await writeFile(first, '')
        },
        reached: async () =>
          isFull ? (await jobs()).some((job) => /^neurodesk-ci-.* PENDING$/.test(job)) : await sleeps(),
        look: async () => ({ jobs: await jobs(), processes: await processes() }),
        async [Symbol.asyncDispose]() {
          await slurm[Symbol.asyncDispose]()
          for (const one of [images, first]) await rm(one, { recursive: true, force: true })
        }
      }
    }
  }
}
