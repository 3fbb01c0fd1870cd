import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'

import { standIn, type Contract } from '../../../test/contract/contract.ts'
import { askedBy, gitHubFor } from '../../../test/contract/github.ts'
import { sifHead } from './samples.ts'
import { late } from './late.ts'

const APPS = {
  tool: {
    apps: { 'tool 1.0': { version: '20250101', exec: '' }, 'tool 2.0': { version: '20250202', exec: '' } },
    categories: ['x']
  }
}

const converting = (): Record<string, string> => ({ mode: 'convert', stores: ':local:store name=store' })

const CONFIG = JSON.stringify({
  os: 'linux',
  architecture: 'amd64',
  config: {},
  rootfs: { type: 'layers', diff_ids: [] }
})
const digestOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`
const MANIFEST = JSON.stringify({
  schemaVersion: 2,
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  config: {
    mediaType: 'application/vnd.oci.image.config.v1+json',
    digest: digestOf(CONFIG),
    size: CONFIG.length
  },
  layers: []
})

/** A registry that has the one image, of no layers; of a store, there is nothing. */
const registryWithTool: RequestListener = ({ url = '' }, response) => {
  if (/\/manifests\//.test(url))
    response.writeHead(200, { 'content-type': 'application/vnd.oci.image.manifest.v1+json' }).end(MANIFEST)
  else if (/\/blobs\//.test(url)) response.writeHead(200).end(CONFIG)
  else response.writeHead(url === '/v2/' ? 200 : 404).end('x')
}

const writeApps = async (folder: string): Promise<void> =>
  await writeFile(path.join(folder, 'apps.json'), JSON.stringify(APPS, null, 4))

export const contract: Contract = {
  late,
  busy: {
    inputs: (server) => ({ catalogue: 'apps.json', mode: 'check', stores: `${server}/store name=store` }),
    prepare: writeApps
  },
  talkOn: 'posix',
  paths: {
    inputs: (server) => ({
      catalogue: 'apps.json',
      stores: `${server}/store name=store`,
      registries: `${server.replace('http://', '')}/vnmd`
    }),
    prepare: async (folder) => {
      await writeApps(folder)
      await mkdir(path.join(folder, 'store'))
    },
    answer: registryWithTool,
    of: {
      catalogue: { is: 'file' },
      'base-catalogue': { is: 'file', inputs: () => ({ only: 'changed' }) },
      'log-file': { is: 'file', inputs: () => ({ mode: 'publish' }) },
      'applist-file': { is: 'file', inputs: () => ({ mode: 'publish' }) },
      'work-dir': { is: 'folder', inputs: converting },
      'local-cache': { is: 'folder', inputs: converting },
      keep: { is: 'either', inputs: () => ({ mode: 'retain', stores: ':local:store name=store' }) }
    }
  },
  talk: async (folder, secrets) => {
    await writeApps(folder)
    const github = await gitHubFor(secrets, {
      'neurodesk/testbed': { commits: [{ message: 'first' }] },
      'neurodesk/website': { commits: [{ message: 'first' }] }
    })
    // A store that has one of the two, and a registry that gives away who asked.
    const more = {
      RCLONE_CONFIG_NECTAR_KEY: 'hunter2-of-the-store-0123456789',
      REGISTRY_PASSWORD: 'hunter2-of-the-registry-0123456789'
    }
    const login = `Basic ${Buffer.from(`puller:${more.REGISTRY_PASSWORD}`).toString('base64')}`
    let loggedIn = false
    const server = createServer(({ url = '', headers }, response) => {
      if (url.startsWith('/v2/')) {
        loggedIn ||= headers.authorization === login
        const errors = [{ code: 'DENIED', message: `not for ${headers.authorization ?? 'nobody'}` }]
        response.writeHead(401, { 'www-authenticate': 'Basic realm="here"' }).end(JSON.stringify({ errors }))
      } else if (url.includes('tool_2.0')) response.writeHead(404).end()
      else response.writeHead(206, { 'content-range': 'bytes 0-127/50000' }).end(sifHead(50_000))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const seen = path.join(folder, 'seen')
    await standIn(
      folder,
      'rclone',
      `case "$*" in version) echo 'rclone v1.73.1'; exit 0;; esac
[ -z "$RCLONE_CONFIG_NECTAR_KEY" ] || touch '${seen}'
echo "logged in with $RCLONE_CONFIG_NECTAR_KEY" >&2
case "$*" in
  *temporary-builds-new*) echo '[]';;
  *lsjson*) echo '[{"Path":"tool_1.0_20250101.simg","Name":"tool_1.0_20250101.simg","Size":50000,"IsDir":false}]';;
  *) exit 1;;
esac`
    )
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
    return {
      inputs: {
        mode: 'all',
        catalogue: 'apps.json',
        registries: `${host}/vnmd username-env=REGISTRY_USER password-env=REGISTRY_PASSWORD`,
        stores: `nectar:neurodesk public-url=http://${host}`,
        commit: 'true',
        'dispatch-to': 'neurodesk/website'
      },
      env: { GITHUB_API_URL: github.url, REGISTRY_USER: 'puller' },
      more,
      tools: ['rclone'],
      violations: () => github.violations,
      used: () => [
        ...askedBy(github),
        ...(existsSync(seen) ? ['RCLONE_CONFIG_NECTAR_KEY'] : []),
        ...(loggedIn ? ['REGISTRY_PASSWORD'] : [])
      ],
      close: async () => {
        await github.close()
        server.closeAllConnections()
        server.close()
      }
    }
  }
}
