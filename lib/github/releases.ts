/** Releases and their assets. https://docs.github.com/rest/releases */
import type { RestEndpointMethodTypes } from '@octokit/rest'
import type { Connection } from './connect.ts'
import { TooLarge } from './failures.ts'
import type { Release, Releases } from './types.ts'

type Answer = RestEndpointMethodTypes['repos']['getRelease']['response']['data']

/** Most releases that are looked at; GitHub itself lists no more than 10,000. */
const MOST = 1000
const MAX_ASSET = 8 * 1024 * 1024

export function createReleases(
  connection: Connection,
  at: { readonly owner: string; readonly repo: string }
): Releases {
  const text = (given: {
    readonly tag: string
    readonly title: string
    readonly body: string
  }): { tag_name: string; name: string; body: string } => ({
    tag_name: given.tag,
    name: given.title,
    body: given.body
  })
  return {
    list: async () =>
      await connection.ask('releases', async (octokit) => {
        const found: Release[] = []
        for await (const page of octokit.paginate.iterator(octokit.rest.repos.listReleases, {
          ...at,
          per_page: 100
        })) {
          found.push(...page.data.map(toRelease))
          if (found.length >= MOST) break
        }
        return found.slice(0, MOST)
      }),

    get: async (id) =>
      await connection.find(`release ${id}`, async (octokit) =>
        toRelease((await octokit.rest.repos.getRelease({ ...at, release_id: id })).data)
      ),

    ofTag: async (tag) =>
      await connection.find(`release ${tag}`, async (octokit) =>
        toRelease((await octokit.rest.repos.getReleaseByTag({ ...at, tag })).data)
      ),

    createDraft: async (draft, lookAgain) =>
      await connection.make(
        `draft release ${draft.tag}`,
        async (octokit) =>
          toRelease(
            (
              await octokit.rest.repos.createRelease({
                ...at,
                ...text(draft),
                target_commitish: draft.target,
                draft: true
              })
            ).data
          ),
        lookAgain
      ),

    update: async (id, change) =>
      await connection.askWritten(`release ${change.tag}`, async (octokit) => {
        const target = change.target === undefined ? {} : { target_commitish: change.target }
        return toRelease(
          (await octokit.rest.repos.updateRelease({ ...at, release_id: id, ...text(change), ...target })).data
        )
      }),

    deleteDraft: async (id) => {
      await connection.find(
        `draft ${id}`,
        async (octokit) => await octokit.rest.repos.deleteRelease({ ...at, release_id: id })
      )
    },

    publish: async (id, tag) =>
      await connection.askWritten(`publishing ${tag}`, async (octokit) =>
        toRelease(
          (await octokit.rest.repos.updateRelease({ ...at, release_id: id, tag_name: tag, draft: false }))
            .data
        )
      ),

    download: async (asset, maxBytes = MAX_ASSET) => {
      if (asset.size > maxBytes)
        throw new TooLarge(`${asset.name} has ${asset.size} bytes, at most ${maxBytes} are read`)
      return await connection.ask(`asset ${asset.name}`, async (octokit) => {
        const answer = await octokit.request('GET /repos/{owner}/{repo}/releases/assets/{asset_id}', {
          ...at,
          asset_id: asset.id,
          headers: { accept: 'application/octet-stream' },
          // As it is: octokit would read JSON and text in its own way.
          request: { parseSuccessResponseBody: false }
        })
        return Buffer.from(await new Response(answer.data as unknown as ReadableStream).arrayBuffer())
      })
    },

    upload: async (release, file) => {
      const old = release.assets.find((asset) => asset.name === file.name)
      if (old !== undefined)
        await connection.find(
          `asset ${file.name}`,
          async (octokit) => await octokit.rest.repos.deleteReleaseAsset({ ...at, asset_id: old.id })
        )
      const there = async (): Promise<true | undefined> => {
        const assets = await connection.askWritten(
          `assets of ${release.tag}`,
          async (octokit) =>
            await octokit.paginate(octokit.rest.repos.listReleaseAssets, {
              ...at,
              release_id: release.id,
              per_page: 100
            })
        )
        return assets.some((asset) => asset.name === file.name && asset.size === file.bytes.length)
          ? true
          : undefined
      }
      await connection.make(
        `asset ${file.name}`,
        async (octokit) => {
          // The host differs from the API's: GitHub names it with the release.
          const url = release.uploadUrl.replace(/\{[^}]*\}$/, '')
          await octokit.request(`POST ${url}?name=${encodeURIComponent(file.name)}`, {
            data: file.bytes,
            headers: { 'content-type': file.contentType }
          })
          return true
        },
        there,
        'written'
      )
    }
  }
}

function toRelease(one: Answer): Release {
  return {
    id: one.id,
    tag: one.tag_name,
    title: one.name ?? '',
    body: one.body ?? '',
    isDraft: one.draft,
    isPrerelease: one.prerelease,
    isImmutable: one.immutable ?? false,
    target: one.target_commitish,
    url: one.html_url,
    uploadUrl: one.upload_url,
    createdAt: one.created_at,
    publishedAt: one.published_at ?? undefined,
    assets: one.assets.map((asset) => ({
      id: asset.id,
      name: asset.name,
      size: asset.size,
      digest: asset.digest ?? undefined
    }))
  }
}
