/** The action: its inputs, its run, and how what it starts is removed. */
import { defineAction } from '../../../lib/action/index.ts'
import { createDocker } from '../../../lib/docker/index.ts'
import { buildSecrets, check, inputs } from './inputs.ts'

export const action = defineAction({
  name: 'build-desktop',
  inputs,
  check,
  ports: (base) => base,
  masked: buildSecrets,
  // Loaded when the inputs are good: the reader of YAML alone is a sixth of the bundle.
  run: async (given, ports) => await (await import('./run.ts')).run(given, ports),
  cleaners: {
    // Not with the run's signal: cleaning is what is left to do after it.
    container: async (id, ports) => await createDocker({ exec: ports.exec }).removeContainer(id),
    image: async (id, ports) => await createDocker({ exec: ports.exec }).removeImage(id),
    volume: async (id, ports) => await createDocker({ exec: ports.exec }).removeVolume(id)
  }
})
