/** Releases and their assets. https://docs.github.com/rest/releases */
import { ApiError, invalid, notFound, paged, read, text, write } from '../call.ts'
import type { Call, Routes } from '../call.ts'
import * as present from '../present/index.ts'
import type { Release } from '../repository.ts'

/** GitHub's limit for the text of a release. */
const BODY_LIMIT = 125_000

export const releaseRoutes: Routes = {
  'repos/list-releases': read('contents', (call) => {
    // Drafts are shown only to those who may write.
    const seen = call.repository.releases.filter((one) => !one.draft || call.may('contents')).reverse()
    return paged(call, seen, (page) => page.map((one) => present.release(call.base, call.repository, one)))
  }),

  'repos/get-latest-release': read('contents', (call) => {
    const published = call.repository.releases.filter((one) => !one.draft && !one.prerelease)
    const latest = published.sort((a, b) => ((a.publishedAt ?? '') < (b.publishedAt ?? '') ? 1 : -1))[0]
    if (!latest) throw notFound()
    return { status: 200, body: present.release(call.base, call.repository, latest) }
  }),

  'repos/get-release-by-tag': read('contents', (call) => {
    const found = call.repository.releases.find((one) => !one.draft && one.tag === call.parameters['tag'])
    if (!found) throw notFound()
    return { status: 200, body: present.release(call.base, call.repository, found) }
  }),

  'repos/get-release': read('contents', (call) => {
    const found = releaseOf(call)
    if (found.draft && !call.may('contents')) throw notFound()
    return { status: 200, body: present.release(call.base, call.repository, found) }
  }),

  'repos/create-release': write('contents', (call) => {
    const tag = text(call, 'tag_name') ?? ''
    const draft = call.body['draft'] === true
    checkForm(call, tag)
    const target = text(call, 'target_commitish') ?? call.repository.defaultBranch
    if (call.repository.find(target) === undefined) throw invalid('Release', 'target_commitish', 'invalid')
    if (!draft && call.repository.releases.some((one) => !one.draft && one.tag === tag))
      throw invalid('Release', 'tag_name', 'already_exists')
    const release = call.repository.addRelease({
      tag,
      target,
      draft,
      prerelease: call.body['prerelease'] === true,
      name: text(call, 'name') ?? tag,
      body: text(call, 'body') ?? '',
      author: call.caller?.login ?? 'someone'
    })
    return { status: 201, body: present.release(call.base, call.repository, release) }
  }),

  'repos/update-release': write('contents', (call) => {
    const release = releaseOf(call)
    const tag = text(call, 'tag_name')
    checkForm(call, tag ?? release.tag)
    if (
      isImmutable(call, release) &&
      ((tag !== undefined && tag !== release.tag) || text(call, 'target_commitish') !== undefined)
    ) {
      throw invalid('Release', 'tag_name', 'custom', 'tag_name cannot be changed when release is immutable')
    }
    const target = text(call, 'target_commitish')
    if (target !== undefined && call.repository.find(target) === undefined)
      throw invalid('Release', 'target_commitish', 'invalid')
    const publishes = release.draft && call.body['draft'] === false
    const wanted = tag ?? release.tag
    if (
      publishes &&
      call.repository.releases.some((one) => one !== release && !one.draft && one.tag === wanted)
    )
      throw invalid('Release', 'tag_name', 'already_exists')
    if (tag !== undefined) release.tag = tag
    // A draft that is changed without its tag loses it: this is what people have met, and why we always send it.
    else if (release.draft) release.tag = `untagged-${String(release.id).padStart(20, '0')}`
    if (target !== undefined) release.target = target
    if (text(call, 'name') !== undefined) release.name = text(call, 'name') ?? null
    if (text(call, 'body') !== undefined) release.body = text(call, 'body') ?? ''
    if (typeof call.body['prerelease'] === 'boolean') release.prerelease = call.body['prerelease']
    if (publishes) call.repository.publish(release)
    else if (!release.draft && call.body['draft'] === true) {
      if (isImmutable(call, release))
        throw invalid('Release', 'draft', 'custom', 'an immutable release cannot become a draft')
      release.draft = true
      release.publishedAt = null
    }
    release.updatedAt = call.repository.timestamp()
    return { status: 200, body: present.release(call.base, call.repository, release) }
  }),

  'repos/delete-release': write('contents', (call) => {
    const release = releaseOf(call)
    call.repository.releases.splice(call.repository.releases.indexOf(release), 1)
    return { status: 204 }
  }),

  'repos/list-release-assets': read('contents', (call) => {
    const release = releaseOf(call)
    return paged(call, release.assets, (page) =>
      page.map((file) => present.asset(call.base, call.repository, release, file))
    )
  }),

  'repos/upload-release-asset': write('contents', (call) => {
    const release = releaseOf(call)
    if (isImmutable(call, release)) throw new ApiError(422, 'Cannot upload assets to an immutable release.')
    const name = call.query.get('name') ?? ''
    if (release.assets.some((file) => file.name === name))
      throw invalid('ReleaseAsset', 'name', 'already_exists')
    if (call.bytes.length === 0) throw new ApiError(400, 'Bad Content-Length')
    const asset = {
      id: call.repository.world.nextId(),
      name,
      label: call.query.get('label'),
      contentType: call.contentType,
      bytes: call.bytes,
      uploader: call.caller?.login ?? 'someone',
      createdAt: call.repository.timestamp()
    }
    release.assets.push(asset)
    return { status: 201, body: present.asset(call.base, call.repository, release, asset) }
  }),

  'repos/get-release-asset': read('contents', (call) => {
    const { release, asset } = assetOf(call)
    if (call.accept.includes('octet-stream')) {
      const path = `/${call.repository.name}/${asset.id}`
      return { status: 302, headers: { location: `${call.storage}${path}` } }
    }
    return { status: 200, body: present.asset(call.base, call.repository, release, asset) }
  }),

  'repos/delete-release-asset': write('contents', (call) => {
    const { release, asset } = assetOf(call)
    if (isImmutable(call, release)) throw new ApiError(422, 'Cannot delete asset from an immutable release')
    release.assets.splice(release.assets.indexOf(asset), 1)
    return { status: 204 }
  })
}

function releaseOf(call: Call): Release {
  const found = call.repository.releases.find((one) => one.id === Number(call.parameters['release_id']))
  if (!found) throw notFound()
  return found
}

function assetOf(call: Call): { release: Release; asset: Release['assets'][number] } {
  for (const release of call.repository.releases) {
    const asset = release.assets.find((file) => file.id === Number(call.parameters['asset_id']))
    if (asset) return { release, asset }
  }
  throw notFound()
}

const isImmutable = (call: Call, release: Release): boolean =>
  call.repository.seed.immutableReleases === true && !release.draft

function checkForm(call: Call, tag: string): void {
  if (tag === '' || /[\s~^:?*[\\]|\.\.|^\/|\/$/.test(tag))
    throw invalid('Release', 'tag_name', 'custom', 'tag_name is not well-formed')
  if ((text(call, 'body') ?? '').length > BODY_LIMIT)
    throw invalid('Release', 'body', 'custom', `body is too long (maximum is ${BODY_LIMIT} characters)`)
}
