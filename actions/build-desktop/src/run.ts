/** build-desktop, step by step as in the README. */
import type { Outcome } from '../../../lib/action/index.ts'
import type { Ports } from '../../../lib/ports/index.ts'
import { build, comparable, platformOf } from './build.ts'
import { pushCandidate } from './candidate.ts'
import { detectChange, refineChange } from './changes.ts'
import type { Inputs } from './inputs.ts'
import { publish } from './publish.ts'
import { report, type Story } from './report.ts'
import { preflight, prepare, type Setup } from './setup.ts'
import { countChecks, readProfiles, smokeTest } from './smoke.ts'

export async function run(inputs: Inputs, ports: Ports): Promise<Outcome> {
  const setup = await prepare(inputs, ports)
  return report(await buildTestPublish(setup))
}

async function buildTestPublish(setup: Setup): Promise<Story> {
  const { inputs, ports, registry, docker } = setup
  const { log } = ports
  const { targets, skipped } = setup.targets
  for (const name of skipped) log.notice(`${name}: no namespace is set here, so nothing goes there`)

  // 1. What a mistake would cost an hour to find: the smoke file, the engine, the disk, the right to push.
  const profiles = await readProfiles(setup)
  const engine = await preflight(setup, { buildx: true })
  const platform = platformOf(setup, engine)
  const writable = await writableTargets(setup)
  const primary = targets[0]

  // 2. Build.
  const built = await log.group(
    `Build ${setup.image} ${setup.tag} for ${platform}`,
    async () => await build(setup, platform)
  )
  const story = { setup, platform, built, writable }

  // 3. Compare with what is published, without pulling it.
  let change =
    primary === undefined
      ? ({ verdict: 'new' } as const)
      : await detectChange(
          registry,
          primary.repository,
          'latest',
          platform,
          comparable(built.facts),
          inputs.ignoreConfig
        )
  const published =
    change.verdict === 'changed' || change.verdict === 'unchanged' ? change.published : undefined
  const wanted = change.verdict === 'changed' || change.verdict === 'new' || inputs.forcePush

  // 4. The candidate: in the registry by its digest, under no tag.
  const pushes = wanted && primary !== undefined && writable.includes(primary) && !inputs.dryRun
  const candidate = pushes
    ? await log.group(
        'Candidate',
        async () =>
          await pushCandidate(
            { built: built.facts, repository: primary.repository, platform, published, annotations: {} },
            ports,
            docker,
            registry
          )
      )
    : undefined
  if (candidate !== undefined) {
    const { image } = candidate
    change = refineChange(
      change,
      { config: image.config, layers: image.manifest.layers },
      inputs.ignoreConfig
    )
  }

  // 5. Test what was built; the candidate was proved to be the same.
  const smoke = await smokeTest(setup, profiles, built.facts.id, platform)
  const fine = countChecks(smoke.profiles).failed === 0

  // 6. Publish by digest, tags last.
  const publications =
    candidate !== undefined && fine
      ? await log.group('Publish', async () => {
          const tags = [setup.tag, ...(inputs.latest ? ['latest'] : [])]
          return await publish(
            candidate.reference,
            candidate.descriptor.digest,
            writable,
            tags,
            registry,
            ports
          )
        })
      : []
  return { ...story, change, candidate, smoke, publications }
}

async function writableTargets(setup: Setup): Promise<Setup['targets']['targets']> {
  const { registry, ports, targets } = setup
  const writable = []
  for (const target of targets.targets) {
    if (await registry.canPush(target.repository)) writable.push(target)
    else ports.log.notice(`${target.name}: no right to push, so nothing goes there`)
  }
  return writable
}
