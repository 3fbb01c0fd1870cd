/** build-desktop, step by step as in the README. */
import type { Outcome } from '../../../lib/action/index.ts'
import type { Ports } from '../../../lib/ports/index.ts'
import { formatRepository } from '../../../lib/registry/index.ts'
import type { Finding } from '../../../lib/report/index.ts'
import { build, comparable, platformOf, type Built } from './build.ts'
import { pushCandidate, type Candidate } from './candidate.ts'
import { describeChange, detectChange, refineChange, type Change } from './changes.ts'
import { gate } from './gate.ts'
import type { Inputs } from './inputs.ts'
import { merge } from './merge.ts'
import { comparePackages, packagesOf, publishedPackages } from './packages.ts'
import { planAnnotations } from './plan.ts'
import { openDigests, passOn, publishStory, repairMirrors, skipStory } from './publishing.ts'
import { report } from './report.ts'
import { askRights, judgeRights } from './rights.ts'
import { scanImages } from './scan.ts'
import { preflight, prepare, type Setup } from './setup.ts'
import { judgeSmoke, readProfiles, smokeTest } from './smoke.ts'
import { beginStory, isBlocked, type Story, type Subject } from './story.ts'
import { judgeTags, sameUnderTag } from './tagged.ts'
import { testByDigest } from './test-mode.ts'

export async function run(inputs: Inputs, ports: Ports): Promise<Outcome> {
  const setup = await prepare(inputs, ports)
  for (const name of setup.targets.skipped)
    ports.log.notice(`${name} has no namespace here, so nothing goes there`)
  for (const note of setup.targets.notes) ports.log.info(note)
  await gate(setup)
  switch (inputs.mode) {
    case 'all':
    case 'build':
      return report(await buildTestPublish(setup))
    case 'test':
      return report(await testByDigest(setup))
    case 'merge':
      return report(await merge(setup))
  }
}

async function buildTestPublish(setup: Setup): Promise<Story> {
  const { inputs, ports } = setup
  const { log } = ports

  // 1. Everything that an hour of building would only find out later.
  const profiles = inputs.mode === 'all' ? await readProfiles(setup) : []
  if (inputs.mode === 'build') await openDigests(setup)
  const engine = await preflight(setup, { buildx: true })
  const platform = platformOf(setup, engine)
  const rights = await askRights(setup)
  const writable = rights.filter((right) => right.status === 'writable').map((right) => right.target)
  let story: Story = { ...beginStory(setup, [platform]), findings: judgeRights(rights) }
  if (isBlocked(story.findings)) return { ...story, because: 'nothing was built' }

  // 2. Tagged already?
  const skipped = await skipStory(story, writable)
  if (skipped !== undefined) return skipped

  // 3. Build.
  const built = await log.group(
    `Build ${setup.image} ${setup.tag} for ${platform}`,
    async () => await build(setup, platform)
  )
  story = { ...story, buildMs: built.durationMs, subject: { digest: '', reference: built.name, images: [] } }

  // 4. Compare with what is published, without pulling it.
  story = await compare(story, built)
  if (isBlocked(story.findings)) return story
  const change = story.change
  const wanted = change?.verdict === 'changed' || change?.verdict === 'new' || inputs.forcePush

  // 5. The candidate: in the registry by its digest, under no tag.
  const home = writable[0]
  let candidate: Candidate | undefined
  if (wanted && home !== undefined) {
    const tags = await judgeTags(setup, writable, built)
    story = { ...story, findings: [...story.findings, ...tags] }
    if (isBlocked(story.findings)) return story
    if (!inputs.dryRun) {
      candidate = await log.group(
        'Candidate',
        async () => await makeCandidate(setup, built, change, home.repository)
      )
      story = {
        ...story,
        change: refine(story.change, candidate, inputs),
        uploadedBytes: candidate.uploadedBytes,
        subject: {
          digest: candidate.descriptor.digest,
          reference: candidate.reference,
          images: [candidate.image]
        }
      }
    }
  } else if (change?.verdict === 'unchanged') {
    story = { ...story, subject: publishedSubject(setup, change) }
  }
  if (change?.verdict === 'changed')
    story = { ...story, packages: await comparePackageLists(setup, built, change) }
  if (inputs.mode === 'build') return await passOn(story, built, candidate)

  // 6. Test what was built: the candidate was proved to be the same.
  const smoke = await smokeTest(setup, profiles, built.facts.id, platform)
  story = { ...story, smoke, findings: [...story.findings, ...judgeSmoke(smoke, profiles.length)] }

  // 7. Scan by digest.
  if (inputs.scan.length > 0 && wanted) {
    const image = candidate === undefined ? built.name : candidate.reference
    story = { ...story, scans: await scanImages(setup, [image]) }
  }

  // 8. Publish by digest, tags last.
  if (wanted) return await publishStory(story, built, candidate, writable)
  return change?.verdict === 'unchanged' ? await repairMirrors(story, change, writable) : story
}

async function compare(story: Story, built: Built): Promise<Story> {
  const { setup } = story
  const { inputs, registry, targets } = setup
  const primary = targets.targets[0]
  if (primary === undefined) return { ...story, change: { verdict: 'new' } }
  const change = await detectChange(
    registry,
    primary.repository,
    'latest',
    built.platform,
    comparable(built.facts),
    inputs.ignoreConfig
  )
  setup.ports.log.info(describeChange(change))
  if (change.verdict !== 'unknown' || inputs.forcePush) return { ...story, change }
  const finding: Finding = {
    id: 'desktop-change-unknown',
    subject: primary.name,
    severity: 'unknown',
    message: `it is not known what is published: ${change.because}`,
    hint: 'Run again when the registry answers.'
  }
  // Who cannot push anyway, as on a fork, loses nothing: the build is tested all the same.
  const forked = story.findings.some((one) => one.id === 'desktop-not-logged-in')
  return {
    ...story,
    change,
    findings: [...story.findings, forked ? { ...finding, severity: 'notice' } : finding]
  }
}

async function makeCandidate(
  setup: Setup,
  built: Built,
  change: Change | undefined,
  repository: Parameters<typeof pushCandidate>[0]['repository']
): Promise<Candidate> {
  const { ports, docker, registry } = setup
  // A run that broke off has left the same image under today's tag: that is the candidate.
  const there = await sameUnderTag(setup, repository, built)
  if (there !== undefined) {
    ports.log.info(`${there.reference} is there from an earlier run with the same content`)
    return there
  }
  // Layers of the published image are there already, if it is this repository that has them.
  const primary = setup.targets.targets[0]?.repository
  const isHome = primary !== undefined && formatRepository(primary) === formatRepository(repository)
  const compared = change?.verdict === 'changed' || change?.verdict === 'unchanged'
  const published = isHome && compared ? change.published : undefined
  const annotations = planAnnotations(setup.tag, setup.revision, ports.runner)
  return await pushCandidate(
    { built: built.facts, repository, platform: built.platform, published, annotations },
    ports,
    docker,
    registry
  )
}

function refine(change: Change | undefined, candidate: Candidate, inputs: Inputs): Change | undefined {
  const { config, manifest } = candidate.image
  return change === undefined
    ? undefined
    : refineChange(change, { config, layers: manifest.layers }, inputs.ignoreConfig)
}

async function comparePackageLists(
  setup: Setup,
  built: Built,
  change: Extract<Change, { verdict: 'changed' }>
): Promise<Story['packages']> {
  const primary = setup.targets.targets[0]
  if (primary === undefined) return undefined
  const before = await publishedPackages(setup.registry, primary.repository, change.published)
  if (before === undefined) return undefined
  const now = await packagesOf(setup, built.facts.id)
  return now === undefined ? undefined : comparePackages(before, now)
}

function publishedSubject(
  setup: Setup,
  change: Extract<Change, { verdict: 'unchanged' }>
): Subject | undefined {
  const primary = setup.targets.targets[0]
  if (primary === undefined) return undefined
  const { host, path } = primary.repository
  const { digest } = change.published.top
  return { digest, reference: `${host}/${path}@${digest}`, images: [change.published] }
}
