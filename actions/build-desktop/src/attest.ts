/**
 * Attestations, made here because buildx's docker driver cannot: a software list (SPDX 2.3) from the package
 * database of the image, and the provenance of the build (SLSA 1.0), stored as BuildKit stores them, so that
 * `docker buildx imagetools inspect` shows them.
 * https://github.com/moby/buildkit/blob/master/docs/attestations/attestation-storage.md
 */
import type { Package } from '../../../lib/docker/index.ts'
import {
  at,
  bytesSource,
  digestOf,
  mediaTypes,
  type Descriptor,
  type Platform,
  type Registry,
  type RemoteImage,
  type Repository
} from '../../../lib/registry/index.ts'
import type { Candidate } from './candidate.ts'
import type { Setup } from './setup.ts'

const SPDX = 'https://spdx.dev/Document'
const SLSA = 'https://slsa.dev/provenance/v1'

/** An entry of an index that holds the attestations of `subject`. */
export function attestationEntry(attestation: Descriptor, subject: string): Descriptor {
  return {
    ...attestation,
    platform: { os: 'unknown', architecture: 'unknown' },
    annotations: {
      'vnd.docker.reference.digest': subject,
      'vnd.docker.reference.type': 'attestation-manifest'
    }
  }
}

/** Makes what the inputs ask for and stores it beside the candidate. undefined when they ask for nothing. */
export async function pushAttestations(
  setup: Setup,
  candidate: Candidate,
  packages: readonly Package[] | undefined,
  times: { readonly started: number; readonly finished: number }
): Promise<Descriptor | undefined> {
  const { inputs, registry } = setup
  const statements: { predicateType: string; predicate: unknown }[] = []
  if (inputs.sbom) {
    statements.push({
      predicateType: SPDX,
      predicate: softwareList(setup, candidate, packages ?? [], times.finished)
    })
  }
  if (inputs.provenance) statements.push({ predicateType: SLSA, predicate: provenance(setup, times) })
  if (statements.length === 0) return undefined
  const subject = {
    name: candidate.reference,
    digest: { sha256: candidate.descriptor.digest.replace('sha256:', '') }
  }
  const layers: Descriptor[] = []
  const diffIds: string[] = []
  for (const { predicateType, predicate } of statements) {
    const body = Buffer.from(
      JSON.stringify({
        _type: 'https://in-toto.io/Statement/v0.1',
        subject: [subject],
        predicateType,
        predicate
      })
    )
    const descriptor = await pushBytes(registry, candidate.repository, body, mediaTypes.inToto)
    layers.push({ ...descriptor, annotations: { 'in-toto.io/predicate-type': predicateType } })
    diffIds.push(descriptor.digest)
  }
  const config = Buffer.from(
    JSON.stringify({
      architecture: 'unknown',
      os: 'unknown',
      config: {},
      rootfs: { type: 'layers', diff_ids: diffIds }
    })
  )
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: mediaTypes.ociManifest,
    config: await pushBytes(registry, candidate.repository, config, mediaTypes.ociConfig),
    layers
  })
  return await registry.pushManifest(candidate.repository, manifest, mediaTypes.ociManifest)
}

/** The attestations of a published image, in the index that it was found in; undefined when there are none. */
export async function findAttestation(
  registry: Registry,
  repository: Repository,
  published: RemoteImage
): Promise<Descriptor | undefined> {
  const top = await registry.manifest(at(repository, published.top.digest))
  if (top?.manifest.kind !== 'index') return undefined
  return top.manifest.manifests.find(
    (one) =>
      one.annotations?.['vnd.docker.reference.type'] === 'attestation-manifest' &&
      one.annotations['vnd.docker.reference.digest'] === published.descriptor.digest
  )
}

export interface IndexEntry {
  readonly image: Descriptor
  readonly platform: Platform
  readonly attestation: Descriptor | undefined
}

/** Stores an index over images that are in the repository. */
export async function pushIndex(
  registry: Registry,
  repository: Repository,
  entries: readonly IndexEntry[],
  annotations: Readonly<Record<string, string>>
): Promise<Descriptor> {
  const images = entries.map(({ image, platform }) => ({ ...plain(image), platform }))
  const attestations = entries.flatMap(({ image, attestation }) =>
    attestation === undefined ? [] : [attestationEntry(plain(attestation), image.digest)]
  )
  const index = JSON.stringify({
    schemaVersion: 2,
    mediaType: mediaTypes.ociIndex,
    manifests: [...images, ...attestations],
    ...(Object.keys(annotations).length === 0 ? {} : { annotations })
  })
  return await registry.pushManifest(repository, index, mediaTypes.ociIndex)
}

function plain({ mediaType, digest, size }: Descriptor): Descriptor {
  return { mediaType, digest, size }
}

async function pushBytes(
  registry: Registry,
  repository: Repository,
  body: Buffer,
  mediaType: string
): Promise<Descriptor> {
  const descriptor = { mediaType, digest: digestOf(body), size: body.length }
  await registry.pushBlob(repository, bytesSource(descriptor.digest, body))
  return descriptor
}

/** https://spdx.github.io/spdx-spec/v2.3/ */
function softwareList(
  setup: Setup,
  candidate: Candidate,
  packages: readonly Package[],
  now: number
): unknown {
  const id = (index: number): string => `SPDXRef-Package-${index}`
  return {
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: 'SPDXRef-DOCUMENT',
    name: `${setup.image} ${setup.tag}`,
    documentNamespace: `https://neurodesk.org/ci/sbom/${setup.image}/${candidate.descriptor.digest.replace(':', '-')}`,
    creationInfo: {
      created: `${new Date(now).toISOString().slice(0, 19)}Z`,
      creators: ['Tool: neurodesk-ci-build-desktop']
    },
    packages: packages.map((one, index) => ({
      SPDXID: id(index),
      name: one.name,
      versionInfo: one.version,
      downloadLocation: 'NOASSERTION',
      filesAnalyzed: false,
      externalRefs: [
        {
          referenceCategory: 'PACKAGE-MANAGER',
          referenceType: 'purl',
          referenceLocator: `pkg:${one.kind}/${one.name}@${encodeURIComponent(one.version)}${one.architecture === '' ? '' : `?arch=${one.architecture}`}`
        }
      ]
    })),
    relationships: packages.map((_, index) => ({
      spdxElementId: 'SPDXRef-DOCUMENT',
      relationshipType: 'DESCRIBES',
      relatedSpdxElement: id(index)
    }))
  }
}

/** https://slsa.dev/spec/v1.0/provenance; unsigned: whoever needs a signature signs the digest. */
function provenance(setup: Setup, times: { readonly started: number; readonly finished: number }): unknown {
  const { inputs, ports, revision } = setup
  const { runner } = ports
  const source = runner.repository === '' ? '' : `git+${runner.serverUrl}/${runner.repository}`
  return {
    buildDefinition: {
      buildType: 'https://github.com/neurodesk/ci/actions/build-desktop',
      externalParameters: {
        context: inputs.context,
        dockerfile: inputs.dockerfile === '' ? 'Dockerfile' : inputs.dockerfile,
        target: inputs.target,
        buildArgs: inputs.buildArgs,
        tag: setup.tag,
        ref: runner.ref
      },
      internalParameters: { workflow: runner.workflow, event: runner.eventName },
      resolvedDependencies: revision === '' ? [] : [{ uri: source, digest: { gitCommit: revision } }]
    },
    runDetails: {
      builder: { id: `${runner.serverUrl}/${runner.repository}` },
      metadata: {
        invocationId: `${runner.serverUrl}/${runner.repository}/actions/runs/${runner.runId}/attempts/${runner.runAttempt}`,
        startedOn: new Date(times.started).toISOString(),
        finishedOn: new Date(times.finished).toISOString()
      }
    }
  }
}
