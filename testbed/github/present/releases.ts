/** Releases and their assets. */
import { createHash } from 'node:crypto'
import type { Release, Repository } from '../repository.ts'
import type { AssetState } from '../types.ts'
import { node, user } from './people.ts'
import type { Json } from './people.ts'

export function release(base: string, repo: Repository, one: Release): Json {
  const url = `${base}/repos/${repo.name}/releases/${one.id}`
  const tag = one.draft
    ? `untagged-${createHash('sha1').update(String(one.id)).digest('hex').slice(0, 20)}`
    : encodeURIComponent(one.tag)
  return {
    id: one.id,
    node_id: node('Release', one.id),
    url,
    html_url: `${base}/${repo.name}/releases/tag/${tag}`,
    assets_url: `${url}/assets`,
    upload_url: `${base}/uploads/repos/${repo.name}/releases/${one.id}/assets{?name,label}`,
    tarball_url: one.draft ? null : `${base}/repos/${repo.name}/tarball/${tag}`,
    zipball_url: one.draft ? null : `${base}/repos/${repo.name}/zipball/${tag}`,
    tag_name: one.tag,
    target_commitish: one.target,
    name: one.name,
    body: one.body,
    draft: one.draft,
    prerelease: one.prerelease,
    immutable: repo.seed.immutableReleases === true && !one.draft,
    created_at: one.createdAt,
    updated_at: one.updatedAt,
    published_at: one.publishedAt,
    author: user(base, one.author),
    assets: one.assets.map((file) => asset(base, repo, one, file))
  }
}

export function asset(base: string, repo: Repository, one: Release, file: AssetState): Json {
  return {
    id: file.id,
    node_id: node('ReleaseAsset', file.id),
    url: `${base}/repos/${repo.name}/releases/assets/${file.id}`,
    browser_download_url: `${base}/${repo.name}/releases/download/${encodeURIComponent(one.tag)}/${encodeURIComponent(file.name)}`,
    name: file.name,
    label: file.label,
    state: 'uploaded',
    content_type: file.contentType,
    size: file.bytes.length,
    digest: `sha256:${createHash('sha256').update(file.bytes).digest('hex')}`,
    download_count: 0,
    created_at: file.createdAt,
    updated_at: file.createdAt,
    uploader: user(base, file.uploader)
  }
}
