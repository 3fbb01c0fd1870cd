/**
 * Testing a container with 300 commands. Us: the whole action, which proves what every wrapper starts, calls each of
 * them, asks for behaviour, installs twice and uninstalls. The peer: nothing but calling the 300 wrappers, one after
 * another, as a loop in a shell does. Then what a wrapper itself costs: ours against one in the style of
 * transparent-singularity, both before a runtime that does nothing.
 *
 * Needs Apptainer and the fixtures' static busybox.
 */
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import path from 'node:path'

import { buildImage, tools, type Recipe } from '../actions/test-exposure/test/images.ts'
import { realPorts, runHere } from '../actions/test-exposure/test/ports.ts'
import { openImage, readPromise, renderExposure, writeExposure } from '../lib/exposure/index.ts'

const COMMANDS = 300
const ROUNDS = 100

const recipe: Recipe = {
  id: 'manytools_1.0.0_20240902',
  programs: Array.from({ length: COMMANDS }, (_, index) => ({
    file: `/opt/many/bin/tool${String(index).padStart(3, '0')}`,
    text: '#!/bin/sh\necho usage\n'
  })),
  env: { PATH: '/opt/many/bin:/bin:/usr/bin', DEPLOY_PATH: '/opt/many/bin' }
}

const folder = await mkdtemp(path.join(tmpdir(), 'neurodesk-ci-bench-'))
const ports = realPorts(folder)
try {
  const image = await buildImage(folder, recipe)
  await exposeBeside(image)
  const here = path.join(folder, 'containers', recipe.id)
  const parallel = String(availableParallelism() * 2)

  const ours = await seconds(async () => {
    const outcome = await runHere(folder, {
      containers: recipe.id,
      'image-path': folder,
      'max-parallel': parallel
    })
    if (outcome.verdict !== 'ok') throw new Error(outcome.headline)
  })
  const peer = await seconds(async () => {
    for (const { file } of recipe.programs) await call(path.basename(file), [here])
  })
  console.log(
    `${COMMANDS} commands: the whole action ${ours.toFixed(1)} s, calling one after another ${peer.toFixed(1)} s`
  )
  console.log(
    `exposure-300: ratio ${(peer / ours).toFixed(2)} (ours ${ours.toFixed(1)} s, peer ${peer.toFixed(1)} s)`
  )

  await compareWrappers(here)
} finally {
  ports.http.close()
  await rm(folder, { recursive: true, force: true })
}

/** A fixed installation by the built-in exposure, for the peer's loop. */
async function exposeBeside(image: string): Promise<void> {
  const container = { id: recipe.id, name: 'manytools', version: '1.0.0' }
  const tree = await openImage(ports.fs, image)
  const promise = await readPromise(tree, { container: recipe.id })
  await tree.close()
  const containers = path.join(folder, 'containers')
  const files = renderExposure(container, path.basename(image), promise)
  await writeExposure(ports.fs, containers, container, files)
  await symlink(image, path.join(containers, recipe.id, path.basename(image)))
}

/** The cost of the wrappers alone: their runtime is `true`. */
async function compareWrappers(here: string): Promise<void> {
  const bin = path.join(folder, 'bin')
  await mkdir(bin)
  for (const name of ['apptainer', 'singularity']) await symlink('/bin/true', path.join(bin, name))
  const classic = path.join(folder, 'classic')
  await mkdir(classic)
  await writeFile(
    path.join(classic, 'tool000'),
    [
      '#!/usr/bin/env bash',
      'export PWD=`pwd -P`',
      `singularity --silent exec --cleanenv --env DISPLAY=$DISPLAY $neurodesk_singularity_opts --pwd "$PWD" ${here}/image.simg tool000 "$@"`,
      ''
    ].join('\n')
  )
  await chmod(path.join(classic, 'tool000'), 0o755)
  const [ours, peer] = await overheads(
    async () => await call('apptainer', [bin]),
    [async () => await call('tool000', [here, bin]), async () => await call('tool000', [classic, bin])]
  )
  const figures = `ours ${ours.toFixed(2)} ms, peer ${peer.toFixed(2)} ms`
  if (ours <= 0 || peer <= 0) console.log(`exposure-wrapper: less than can be measured here (${figures})`)
  else console.log(`exposure-wrapper: ratio ${(peer / ours).toFixed(2)} (${figures})`)
}

async function call(command: string, first: readonly string[]): Promise<void> {
  const PATH = [...first, ...tools.searchPath.split(':')].join(':')
  await ports.exec.run(command, [], { env: { PATH, HOME: folder }, inheritEnv: false, cwd: folder })
}

async function seconds(body: () => Promise<void>): Promise<number> {
  const started = performance.now()
  await body()
  return (performance.now() - started) / 1000
}

type Body = () => Promise<void>

/** Median milliseconds that each costs beyond `bare`, measured in rounds of all three, which begin with another each time. */
async function overheads(bare: Body, others: readonly [Body, Body]): Promise<readonly [number, number]> {
  const bodies = [bare, ...others]
  const differences: readonly [number[], number[]] = [[], []]
  for (let round = 0; round < ROUNDS; round++) {
    const times = [0, 0, 0]
    for (let turn = 0; turn < bodies.length; turn++) {
      const at = (round + turn) % bodies.length
      times[at] = (await seconds(bodies[at] ?? bare)) * 1000
    }
    for (const [index, list] of differences.entries()) list.push((times[index + 1] ?? 0) - (times[0] ?? 0))
  }
  return [median(differences[0]), median(differences[1])]
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
