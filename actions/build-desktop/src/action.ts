/** The action: its inputs, its run, and how what it starts is removed. */
import { defineAction } from '../../../lib/action/index.ts'
import { createDocker } from '../../../lib/docker/index.ts'
import { check, inputs } from './inputs.ts'
import { run } from './run.ts'

export const action = defineAction({
  name: 'build-desktop',
  inputs,
  check,
  ports: (base) => base,
  run,
  cleaners: {
    // Not with the run's signal: cleaning is what is left to do after it.
    container: async (id, ports) => await createDocker({ exec: ports.exec }).removeContainer(id),
    image: async (id, ports) => await createDocker({ exec: ports.exec }).removeImage(id),
    volume: async (id, ports) => await createDocker({ exec: ports.exec }).removeVolume(id)
  }
})
