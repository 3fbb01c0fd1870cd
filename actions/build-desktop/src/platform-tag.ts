import { formatPlatform, parsePlatform } from '../../../lib/registry/index.ts'

/** `amd64` for `linux/amd64`, `arm-v7` for `linux/arm/v7`: the names that `docker buildx imagetools` users know. */
export function platformTag(platform: string): string {
  return formatPlatform(parsePlatform(platform)).split('/').slice(1).join('-')
}
