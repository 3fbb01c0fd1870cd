/** The action: its inputs, its run, and how what it starts is removed. */
import { defineAction } from '../../../lib/action/index.ts'
import {
  createDocker,
  removeContainerSurely,
  removeImageSurely,
  type Docker
} from '../../../lib/docker/index.ts'
import type { Ports } from '../../../lib/ports/index.ts'
import { buildSecrets, check, inputs } from './inputs.ts'

/** Without the run's signal: cleaning is what is left to do after it. */
const engine = (ports: Ports): Docker => createDocker({ exec: ports.exec })

export const action = defineAction({
  name: 'build-desktop',
  inputs,
  check,
  ports: (base) => base,
  masked: buildSecrets,
  // Loaded when the inputs are good: the reader of YAML alone is a sixth of the bundle.
  run: async (given, ports) => await (await import('./run.ts')).run(given, ports),
  cleaners: {
    container: async (id, ports) => await removeContainerSurely(engine(ports), id, ports.clock),
    image: async (id, ports) => await removeImageSurely(engine(ports), id, ports.clock),
    // Registered before its container, and so removed after that was waited for.
    volume: async (id, ports) => await engine(ports).removeVolume(id)
  }
})
