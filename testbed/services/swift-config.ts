/** The configuration files of Swift's servers (https://docs.openstack.org/swift/latest/config/). Pure. */

export const KINDS = ['account', 'container', 'object'] as const
export type Kind = (typeof KINDS)[number]

export interface SwiftPorts {
  readonly proxy: number
  readonly account: number
  readonly container: number
  readonly object: number
  readonly memcached: number
}

export interface SwiftLimits {
  /** Largest object that is stored in one piece, in bytes; Swift's own default is 5 GiB. */
  readonly maxFileSize?: number
  /** Smallest part of a multipart upload but the last, in bytes; S3 and Swift have 5 MiB. */
  readonly minPartSize?: number
}

export function swiftConfig(id: string, { maxFileSize }: SwiftLimits): string {
  return `[swift-hash]
swift_hash_path_prefix = ${id}
swift_hash_path_suffix = ${id}

[storage-policy:0]
name = one
default = yes

[swift-constraints]
max_file_size = ${maxFileSize ?? 5 * 2 ** 30 + 2}
`
}

/** An account, container or object server. `workers = 0` keeps it in one process. */
export function serverConfig(
  kind: Kind,
  { etc, user, devices, port }: { etc: string; user: string; devices: string; port: number }
): string {
  return `[DEFAULT]
bind_ip = 127.0.0.1
bind_port = ${port}
workers = 0
user = ${user}
swift_dir = ${etc}
devices = ${devices}
mount_check = false
disable_fallocate = true
fallocate_reserve = 0
log_level = WARNING

[pipeline:main]
pipeline = healthcheck ${kind}-server

[app:${kind}-server]
use = egg:swift#${kind}

[filter:healthcheck]
use = egg:swift#healthcheck
`
}

export function proxyConfig({
  etc,
  user,
  ports,
  key,
  region,
  minPartSize
}: {
  etc: string
  user: string
  ports: SwiftPorts
  key: string
  region: string
} & Pick<SwiftLimits, 'minPartSize'>): string {
  const filters = [
    'catch_errors',
    'gatekeeper',
    'healthcheck',
    'proxy-logging',
    'cache',
    'listing_formats',
    'bulk',
    'tempurl',
    's3api',
    'tempauth',
    'copy',
    'slo',
    'dlo'
  ]
  const settings: Record<string, string> = {
    cache: `memcache_servers = 127.0.0.1:${ports.memcached}`,
    s3api: `s3_acl = false\nlocation = ${region}\ndns_compliant_bucket_names = false\nmin_segment_size = ${minPartSize ?? 5 * 2 ** 20}`,
    // A client may say when it wrote: tests make old objects by X-Timestamp, as Swift's own container sync does.
    gatekeeper: 'shunt_inbound_x_timestamp = false',
    tempauth: `user_test_tester = ${key} .admin`,
    'proxy-logging': 'access_log_level = INFO'
  }
  const eggs: Record<string, string> = { cache: 'memcache', 'proxy-logging': 'proxy_logging' }
  const sections = filters.map((name) =>
    [
      `[filter:${name}]`,
      `use = egg:swift#${eggs[name] ?? name}`,
      ...(settings[name] === undefined ? [] : [settings[name]])
    ].join('\n')
  )
  return `[DEFAULT]
bind_ip = 127.0.0.1
bind_port = ${ports.proxy}
workers = 0
user = ${user}
swift_dir = ${etc}
log_level = INFO

[pipeline:main]
pipeline = ${filters.join(' ')} proxy-logging proxy-server

[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true

${sections.join('\n\n')}
`
}
