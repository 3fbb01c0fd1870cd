/** The built bundle as a step of a `container:` job: in a docker container of its own that may start containers. */
import { existsSync } from 'node:fs'
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll, beforeAll, expect, test } from '@jest/globals'

import { actionFolder, top } from '../../../scripts/repository.ts'
import { startDocker, type DockerService } from '../../../testbed/index.ts'
import { runAction } from '../../../testbed/runner/index.ts'
import { describeWithServices } from '../../../testbed/jest.ts'
import { buildImage, exec, PLAIN, tools } from './images.ts'

const TIME = 180_000
const IMAGE = 'neurodesk-ci-job:test'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'exposure-job-'))
})

afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

/** A root file system of its own around the programs of this machine, which are mounted read-only. */
async function importImage(docker: DockerService): Promise<void> {
  const root = path.join(folder, 'root')
  const folders = 'proc sys dev tmp root opt usr run etc var/tmp var/lib/apptainer/mnt/session'
  for (const name of folders.split(' ')) await mkdir(path.join(root, name), { recursive: true })
  for (const name of ['bin', 'sbin', 'lib', 'lib64']) await symlink(`usr/${name}`, path.join(root, name))
  await writeFile(path.join(root, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\n')
  await writeFile(path.join(root, 'etc/group'), 'root:x:0:\n')
  await copyFile('/etc/localtime', path.join(root, 'etc/localtime')).catch(() => undefined)
  const tar = path.join(folder, 'root.tar')
  await exec.run('tar', ['-cf', tar, '-C', root, '.'])
  await exec.run('docker', ['import', tar, IMAGE], { env: docker.env })
}

/** Stands for the runner, which starts the action's Node in the container: `docker exec … node dist/index.js`. */
async function writeNode(docker: DockerService, apptainer: string): Promise<string> {
  // Docker makes a folder of what is missing, and takes no place twice.
  const places = new Set(['/usr', '/etc/apptainer', apptainer, top, path.dirname(process.execPath)])
  const mounts = [...places].filter((place) => existsSync(place)).map((place) => `${place}:${place}:ro`)
  const node = path.join(folder, 'node')
  await writeFile(
    node,
    `#!/bin/bash
names=()
while IFS= read -r -d '' line; do names+=(-e "\${line%%=*}"); done < <(env -0)
export DOCKER_HOST='${docker.host}'
exec docker run --rm --privileged --network none --hostname job-container \\
  ${[...mounts, `${folder}:${folder}`].map((mount) => `-v '${mount}'`).join(' ')} \\
  -w "$PWD" "\${names[@]}" '${IMAGE}' '${process.execPath}' "$@"
`
  )
  await chmod(node, 0o755)
  return node
}

describeWithServices(['apptainer', 'fixtures', 'docker'], 'a step of a container job', () => {
  test(
    'tests a real container, by names that are found in the container of the job',
    async () => {
      await buildImage(folder, PLAIN)
      const docker = await startDocker()
      try {
        await importImage(docker)
        const apptainer = path.dirname(path.dirname((await exec.which('apptainer')) ?? ''))
        const mark = path.join(folder, 'hostname')
        const { exitCode, outputs, log } = await runAction({
          action: actionFolder('test-exposure'),
          inputs: {
            containers: PLAIN.id,
            'image-path': folder,
            'setup-commands': '["sh", "-c", "cat /etc/hostname > $MARK"]',
            env: `MARK=${mark}`,
            'module-system': 'none'
          },
          env: { ...tools.env },
          folder: path.join(folder, 'runner'),
          workspace: folder,
          node: await writeNode(docker, apptainer)
        })
        expect([exitCode, exitCode === 0 ? '' : log]).toEqual([0, ''])
        expect(outputs).toMatchObject({
          ok: 'true',
          'failed-count': '0',
          commands: `["${PLAIN.id}/plaintool"]`
        })
        expect(await readFile(mark, 'utf8')).toBe('job-container\n')
      } finally {
        await exec.run('docker', ['image', 'rm', '--force', IMAGE], { env: docker.env, accept: 'any' })
        await docker[Symbol.asyncDispose]()
      }
    },
    TIME
  )
})
