/** `mode: test`: the image that another job built, pulled by its digest. */
import { FindingError } from '../../../lib/failure/index.ts'
import { formatPlatform, at, parsePlatform, parseRepository } from '../../../lib/registry/index.ts'
import { classifyTool, retry } from '../../../lib/retry/index.ts'
import { readDigests, type DigestFile } from './digests.ts'
import { insideWorkspace, preflight, type Setup } from './setup.ts'
import { judgeSmoke, readProfiles, smokeTest } from './smoke.ts'
import { beginStory, type Story } from './story.ts'

export async function testByDigest(setup: Setup): Promise<Story> {
  const { inputs, ports, docker, registry } = setup
  const profiles = await readProfiles(setup)
  const engine = await preflight(setup, { buildx: false })
  const platform = formatPlatform(parsePlatform(inputs.platforms[0] ?? engine.platform))
  const file = await findDigest(setup, platform)
  const reference = `${file.repository}@${file.digest}`
  const remote = await registry.image(
    at(parseRepository(file.repository), file.digest),
    parsePlatform(platform)
  )
  if (remote === undefined) throw new FindingError(`${reference}: the registry does not have it`)

  if ((await docker.image(reference)) === undefined) ports.cleanup.register({ kind: 'image', id: reference })
  await ports.log.group(`Pull ${reference}`, async () => {
    await retry(`pull of ${reference}`, async () => await docker.pull(reference, platform), {
      classify: classifyTool,
      clock: ports.clock,
      log: ports.log,
      limits: { totalMs: 60 * 60_000 },
      signal: ports.runner.signal
    })
  })
  const facts = await docker.image(reference)
  const same = facts !== undefined && facts.diffIds.join(' ') === remote.config.diffIds.join(' ')
  if (!same) throw new FindingError(`${reference}: the engine has other layers than the registry`)

  const smoke = await smokeTest(setup, profiles, facts.id, platform)
  return {
    ...beginStory({ ...setup, tag: file.tag }, [platform]),
    changedBefore: file.changed,
    because: file.reason,
    subject: { digest: file.digest, reference, images: [remote] },
    smoke,
    findings: judgeSmoke(smoke, profiles.length)
  }
}

async function findDigest(setup: Setup, platform: string): Promise<DigestFile> {
  const { inputs, ports } = setup
  const files = await readDigests(ports, await insideWorkspace(ports, 'digests', inputs.digests, 'folder'))
  const file = files.find((one) => one.platform === platform)
  if (file !== undefined) return file
  const there = files.map((one) => one.platform).join(', ')
  throw new FindingError(
    `no digest for ${platform} in ${inputs.digests}; there are ${there}. Did its build fail?`
  )
}
