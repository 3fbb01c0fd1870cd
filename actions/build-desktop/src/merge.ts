/** `mode: merge`: one index over what other jobs built and tested, published everywhere. */
import { FindingError } from '../../../lib/failure/index.ts'
import {
  at,
  formatPlatform,
  formatReference,
  formatRepository,
  parsePlatform,
  parseRepository,
  runnable,
  type RemoteImage,
  type Repository
} from '../../../lib/registry/index.ts'
import { pushIndex, type IndexEntry } from './attest.ts'
import { readDigests, type DigestFile } from './digests.ts'
import { planAnnotations, type Target } from './plan.ts'
import { bringUpToDate, planned, send, skipStory, withGitTag } from './publishing.ts'
import { askRights, judgeRights } from './rights.ts'
import { scanImages } from './scan.ts'
import { insideWorkspace, type Setup } from './setup.ts'
import { beginStory, isBlocked, type Story } from './story.ts'
import { judgeMove } from './tagged.ts'
import { tagsOf } from './tags.ts'

export async function merge(given: Setup): Promise<Story> {
  const { inputs, ports } = given
  const files = await readDigests(ports, await insideWorkspace(ports, 'digests', inputs.digests, 'folder'))
  requirePlatforms(files, inputs.platforms)
  const setup: Setup = { ...given, tag: chooseTag(files, given) }
  const home = homeOf(files, setup)
  const rights = await askRights(setup)
  const writable = rights.filter((right) => right.status === 'writable').map((right) => right.target)
  let story: Story = {
    ...beginStory(
      setup,
      files.map((file) => file.platform)
    ),
    findings: judgeRights(rights),
    because: files.map((file) => `${file.platform}: ${file.reason}`).join('; ')
  }
  if (isBlocked(story.findings)) return story
  const skipped = await skipStory(story, writable)
  if (skipped !== undefined) return skipped
  if (!writable.some((target) => formatRepository(target.repository) === formatRepository(home))) {
    return { ...story, because: 'nothing can be pushed from here' }
  }

  const images = await Promise.all(files.map(async (file) => await imageOf(setup, home, file)))
  if (await isPublished(setup, home, files)) {
    const digest = (await setup.registry.resolve(at(home, 'latest')))?.digest ?? ''
    const subject = { digest, reference: formatReference(at(home, digest)), images }
    const because = 'unchanged: every platform is published already'
    const publications = await bringUpToDate(story, home, digest, files, writable)
    return { ...story, because, subject, publications }
  }

  if (inputs.scan.length > 0) {
    const references = files.map((file) => formatReference(at(home, file.digest)))
    story = { ...story, scans: await scanImages(setup, references) }
    if (story.scans.some((scan) => !scan.passed)) return story
  }
  if (inputs.dryRun) return { ...story, publications: planned(writable) }
  const entries = await Promise.all(
    files.map(async (file, index) => await entryOf(setup, home, file, images[index]))
  )
  const annotations = planAnnotations(setup.tag, setup.revision, ports.runner)
  const { digest } = await pushIndex(setup.registry, home, entries, annotations)
  story = { ...story, subject: { digest, reference: formatReference(at(home, digest)), images } }
  story = { ...story, findings: [...story.findings, ...(await judgeTakenTags(setup, digest, writable))] }
  if (isBlocked(story.findings)) return story
  const publications = await ports.log.group(
    'Publish',
    async () =>
      await send(story, { from: home, digest, targets: writable, tags: tagsOf(setup, digest, files) })
  )
  return await withGitTag({ ...story, publications })
}

/** A platform that is missing must not be published as if it had never been: its build failed. */
function requirePlatforms(files: readonly DigestFile[], wanted: readonly string[]): void {
  const there = files.map((file) => file.platform)
  const missing = wanted
    .map((text) => formatPlatform(parsePlatform(text)))
    .filter((platform) => !there.includes(platform))
  if (missing.length > 0) {
    throw new FindingError(
      `no digest for ${missing.join(', ')}: the build failed or its artifact is missing. There are ${there.join(', ')}. Nothing was published.`
    )
  }
}

/** The tag of the builds. When midnight fell between them the earlier day is the day of the run. */
function chooseTag(files: readonly DigestFile[], setup: Setup): string {
  if (setup.inputs.tag !== '') return setup.inputs.tag
  const tags = [...new Set(files.map((file) => file.tag))].sort()
  if (tags.length > 1) {
    setup.ports.log.warning(
      `the builds have different tags (${tags.join(', ')}); ${tags[0]} is taken. Give \`tag\` to all jobs to prevent this.`
    )
  }
  return tags[0] ?? setup.tag
}

/** Where the builds are. An artifact may not send us to a repository that the caller did not name. */
function homeOf(files: readonly DigestFile[], setup: Setup): Repository {
  const name = files[0]?.repository ?? ''
  const known = setup.targets.targets.map((target) => formatRepository(target.repository))
  if (!known.includes(name))
    throw new FindingError(
      `the builds are in ${name}, which is not among the registries (${known.join(', ')})`
    )
  return parseRepository(name)
}

async function imageOf(setup: Setup, home: Repository, file: DigestFile): Promise<RemoteImage> {
  const image = await setup.registry.image(at(home, file.digest), parsePlatform(file.platform))
  if (image === undefined)
    throw new FindingError(
      `${formatReference(at(home, file.digest))}: the registry has no image for ${file.platform} there`
    )
  return image
}

async function entryOf(
  setup: Setup,
  home: Repository,
  file: DigestFile,
  image: RemoteImage | undefined
): Promise<IndexEntry> {
  if (image === undefined) throw new FindingError(`${file.platform}: no image`)
  const attestation =
    file.attestation === '' ? undefined : await setup.registry.resolve(at(home, file.attestation))
  if (file.attestation !== '' && attestation === undefined) {
    throw new FindingError(`${file.platform}: its attestations ${file.attestation} are not in the registry`)
  }
  return { image: image.descriptor, platform: image.platform, attestation }
}

/** True when nothing changed and `latest` has exactly these images. */
async function isPublished(setup: Setup, home: Repository, files: readonly DigestFile[]): Promise<boolean> {
  if (setup.inputs.forcePush || files.some((file) => file.changed)) return false
  const latest = await setup.registry.manifest(at(home, 'latest'))
  if (latest === undefined) return false
  const there =
    latest.manifest.kind === 'index'
      ? runnable(latest.manifest).map((entry) => entry.digest)
      : [latest.descriptor.digest]
  const ours = files.map((file) => file.digest)
  return there.length === ours.length && ours.every((digest) => there.includes(digest))
}

async function judgeTakenTags(
  setup: Setup,
  digest: string,
  writable: readonly Target[]
): Promise<Story['findings']> {
  const findings: Story['findings'][number][] = []
  for (const target of writable) {
    const now = await setup.registry.resolve(at(target.repository, setup.tag))
    if (now !== undefined && now.digest !== digest) findings.push(...judgeMove(setup, target))
  }
  return findings
}
