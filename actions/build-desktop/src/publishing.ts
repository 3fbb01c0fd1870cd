/** The last steps of a run: hand the build on to another job, publish it, or bring a mirror up to date. */
import { join } from 'node:path'
import {
  at,
  formatReference,
  formatRepository,
  parsePlatform,
  type Descriptor,
  type Repository
} from '../../../lib/registry/index.ts'
import type { Finding } from '../../../lib/report/index.ts'
import { findAttestation, pushAttestations, pushIndex } from './attest.ts'
import type { Built } from './build.ts'
import type { Candidate } from './candidate.ts'
import { describeChange, type Change } from './changes.ts'
import { DIGEST_SCHEMA, writeDigest, type DigestFile } from './digests.ts'
import { setGitTag } from './git-tag.ts'
import { packagesOf } from './packages.ts'
import { planAnnotations, type Target } from './plan.ts'
import { publish, type Publication } from './publish.ts'
import type { Setup } from './setup.ts'
import { isBlocked, type Story } from './story.ts'
import { lookForTag, planSkip } from './tagged.ts'
import { lagging, movingTags, tagsOf, type PlatformImage } from './tags.ts'

/** `skip-if-tagged`: the story of a run that has nothing to build; undefined when there is something. */
export async function skipStory(story: Story, writable: readonly Target[]): Promise<Story | undefined> {
  const { setup, platforms } = story
  const { inputs, registry, tag } = setup
  if (!inputs.skipIfTagged || inputs.forcePush || writable.length === 0) return undefined
  const tagged = await lookForTag(registry, writable, tag, platforms)
  const plan = planSkip(tagged)
  if (plan.step === 'build' || plan.source.descriptor === undefined) return undefined
  const { digest } = plan.source.descriptor
  const from = plan.source.target.repository
  const subject = { digest, reference: formatReference(at(from, digest)), images: [] }
  const there = `${tag} is at ${plan.step === 'nothing' ? 'every registry' : plan.source.target.name} already`
  if (inputs.mode === 'build') return await passOnTagged({ ...story, because: there, subject }, from)
  // Whoever put `latest` to another image meant it, and it stays there. One that is gone was lost.
  const latest = inputs.latest ? await registry.resolve(at(from, 'latest')) : undefined
  const isLatest = inputs.latest && (latest === undefined || latest.digest === digest)
  const images = isLatest ? await imagesUnder(story, from, digest) : []
  if (plan.step === 'nothing') {
    if (!isLatest) return { ...story, because: there, subject }
    const known = tagged.filter((one) => one.unknown === undefined).map((one) => one.target)
    const publications = await bringUpToDate(story, from, digest, images, known)
    const behind = publications.map((one) => one.target.name).join(', ')
    const because = behind === '' ? there : `${there}; \`latest\` was missing or behind at ${behind}`
    return { ...story, because, subject, publications }
  }
  const because = `${tag} is at ${plan.source.target.name} already, and is copied from there`
  if (inputs.dryRun) return { ...story, because, subject, publications: planned(plan.to) }
  const tags = isLatest ? tagsOf(setup, digest, images) : [{ name: tag, digest }]
  const publications = await send(story, { from, digest, targets: plan.to, tags })
  return { ...story, because, subject, publications }
}

/** The images of the run's platforms in an index that is there; the image itself where there is no index. */
async function imagesUnder(
  { setup, platforms }: Story,
  repository: Repository,
  digest: string
): Promise<readonly PlatformImage[]> {
  const found = await Promise.all(
    platforms.map(async (platform) => ({
      platform,
      image: await setup.registry.image(at(repository, digest), parsePlatform(platform))
    }))
  )
  return found.flatMap(({ platform, image }) =>
    image === undefined ? [] : [{ platform, digest: image.descriptor.digest }]
  )
}

/** The job that merges finds the image of this platform under the tag, and finds out itself what is left to copy. */
async function passOnTagged(story: Story, repository: Repository): Promise<Story> {
  const { setup, platforms } = story
  const platform = platforms[0] ?? ''
  const image = await setup.registry.image(at(repository, setup.tag), parsePlatform(platform))
  if (image === undefined) return story
  const attestation = (await findAttestation(setup.registry, repository, image))?.digest ?? ''
  const { digest } = image.descriptor
  const carried = { repository, platform, digest, attestation, changed: false, reason: story.because ?? '' }
  return { ...story, digestFile: await leaveDigest(setup, carried) }
}

async function leaveDigest(
  setup: Setup,
  carried: Pick<DigestFile, 'platform' | 'digest' | 'attestation' | 'changed' | 'reason'> & {
    readonly repository: Repository
  }
): Promise<string> {
  const { tag, revision, image } = setup
  const repository = formatRepository(carried.repository)
  return await writeDigest(setup.ports, digestsOf(setup), {
    schema: DIGEST_SCHEMA,
    image,
    tag,
    revision,
    ...carried,
    repository
  })
}

function digestsOf({ inputs, ports }: Setup): string {
  return inputs.digests === ''
    ? join(ports.runner.temp, 'digests')
    : join(ports.runner.workspace, inputs.digests)
}

/** A folder that cannot be made is told before an hour of building, not after it. */
export async function openDigests(setup: Setup): Promise<void> {
  await setup.ports.fs.mkdir(digestsOf(setup), { recursive: true })
}

/** `mode: build`: the digest goes into a file for the jobs that test and merge. */
export async function passOn(story: Story, built: Built, candidate: Candidate | undefined): Promise<Story> {
  const { setup, change, subject } = story
  const { registry } = setup
  if (change === undefined || subject === undefined || subject.digest === '') return story
  let repository: Repository
  let digest: string
  let attestation: string
  if (candidate !== undefined) {
    repository = candidate.repository
    digest = candidate.descriptor.digest
    attestation = (await attest(story, built, candidate))?.digest ?? ''
  } else if (change.verdict === 'unchanged' && setup.targets.targets[0] !== undefined) {
    repository = setup.targets.targets[0].repository
    digest = change.published.descriptor.digest
    attestation = (await findAttestation(registry, repository, change.published))?.digest ?? ''
  } else return story
  const changed = change.verdict !== 'unchanged'
  const reason = describeChange(change)
  const carried = { repository, platform: built.platform, digest, attestation, changed, reason }
  const digestFile = await leaveDigest(setup, carried)
  return { ...story, digestFile }
}

/** `mode: all`: publishes the candidate when tests and scan let it pass. */
export async function publishStory(
  story: Story,
  built: Built,
  candidate: Candidate | undefined,
  writable: readonly Target[]
): Promise<Story> {
  const { setup } = story
  if (isBlocked(story.findings) || story.scans.some((scan) => !scan.passed)) return story
  if (setup.inputs.dryRun) return { ...story, publications: planned(writable) }
  if (candidate === undefined) return story
  return await setup.ports.log.group('Publish', async () => {
    const attestation = await attest(story, built, candidate)
    const digest =
      attestation === undefined
        ? candidate.descriptor.digest
        : (await wrap(story, candidate, attestation)).digest
    const subject = {
      digest,
      reference: formatReference(at(candidate.repository, digest)),
      images: [candidate.image]
    }
    const publications = await send(story, {
      from: candidate.repository,
      digest,
      targets: writable,
      tags: tagsOf(setup, digest, [{ platform: built.platform, digest: candidate.descriptor.digest }])
    })
    return await withGitTag({ ...story, subject, publications })
  })
}

/** Nothing changed; a registry that missed an earlier run, or a tag of it, gets what the first registry has. */
export async function repairMirrors(
  story: Story,
  change: Extract<Change, { verdict: 'unchanged' }>,
  writable: readonly Target[]
): Promise<Story> {
  const { setup, platforms } = story
  const [primary] = setup.targets.targets
  if (primary === undefined || isBlocked(story.findings)) return story
  const { top, descriptor } = change.published
  const images = platforms.map((platform) => ({ platform, digest: descriptor.digest }))
  const publications = await bringUpToDate(story, primary.repository, top.digest, images, writable)
  return { ...story, publications }
}

/** Sends an image that is published already to those targets whose moving tags do not name it. */
export async function bringUpToDate(
  story: Story,
  from: Repository,
  digest: string,
  images: readonly PlatformImage[],
  writable: readonly Target[]
): Promise<readonly Publication[]> {
  const { setup } = story
  const tags = movingTags(setup.inputs, digest, images)
  const behind = await lagging(setup, tags, writable)
  if (behind.length === 0) return []
  return setup.inputs.dryRun ? planned(behind) : await send(story, { from, digest, targets: behind, tags })
}

export async function withGitTag(story: Story): Promise<Story> {
  const done =
    story.publications.some((one) => one.status === 'published') && !story.publications.some(isBroken)
  if (!story.setup.inputs.gitTag || !done) return story
  const gitTag = await setGitTag(story.setup)
  return { ...story, gitTag, findings: [...story.findings, ...gitTag.findings] }
}

export async function send(
  story: Story,
  facts: Parameters<typeof publish>[0]
): Promise<readonly Publication[]> {
  const { registry, publicRegistry, ports } = story.setup
  return await publish(facts, registry, publicRegistry, ports)
}

export function planned(targets: readonly Target[]): readonly Publication[] {
  return targets.map((target) => ({
    target,
    status: 'would-publish',
    tags: [],
    bytes: 0,
    message: 'dry run',
    publicAccess: undefined
  }))
}

/** Findings of what happened at the registries. Pure. */
export function judgePublications(publications: readonly Publication[]): readonly Finding[] {
  return publications.flatMap((one): readonly Finding[] => {
    const subject = one.target.name
    if (one.status === 'failed') {
      const hint = one.target.optional
        ? 'It is optional; the next run brings it up to date.'
        : 'The next run goes on from here.'
      return [
        {
          id: 'desktop-not-published',
          subject,
          severity: one.target.optional ? 'warning' : 'error',
          message: one.message,
          hint
        }
      ]
    }
    if (one.publicAccess !== 'no') return []
    const severity = ['docker.io', 'ghcr.io', 'quay.io'].includes(one.target.repository.host)
      ? 'warning'
      : 'notice'
    const hint =
      'Registries such as quay.io and ghcr.io make new repositories private: make it public in its settings.'
    return [
      { id: 'desktop-not-public', subject, severity, message: 'who is not logged in cannot pull it', hint }
    ]
  })
}

function isBroken(one: Publication): boolean {
  return one.status === 'failed' && !one.target.optional
}

async function attest(story: Story, built: Built, candidate: Candidate): Promise<Descriptor | undefined> {
  const { setup } = story
  const { inputs, ports } = setup
  if (!inputs.sbom && !inputs.provenance) return undefined
  const packages = inputs.sbom ? await packagesOf(setup, built.facts.id) : undefined
  if (inputs.sbom && packages === undefined)
    ports.log.warning('no package database was found in the image: the software list is empty')
  const finished = ports.clock.now()
  return await pushAttestations(setup, candidate, packages, {
    started: finished - built.durationMs,
    finished
  })
}

/** Attestations live beside the image in an index. */
async function wrap(story: Story, candidate: Candidate, attestation: Descriptor): Promise<Descriptor> {
  const { setup } = story
  const entry = { image: candidate.descriptor, platform: candidate.image.platform, attestation }
  const annotations = planAnnotations(setup.tag, setup.revision, setup.ports.runner)
  return await pushIndex(setup.registry, candidate.repository, [entry], annotations)
}
