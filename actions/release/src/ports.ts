/** What this action does to the world besides the ports that every action has. */
import type { GitHub } from '../../../lib/github/index.ts'
import type { Ports } from '../../../lib/ports/index.ts'
import type { Registry } from '../../../lib/registry/index.ts'
import type { Mastodon } from './announce/mastodon.ts'

export interface ReleasePorts extends Ports {
  readonly github: GitHub
  /** With the token for the web site. */
  readonly websiteGitHub: GitHub
  readonly registry: Registry
  /** undefined without an address. */
  readonly mastodon: Mastodon | undefined
}
