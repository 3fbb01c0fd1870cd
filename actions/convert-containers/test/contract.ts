import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'

import { standIn, type Contract } from '../../../test/contract/contract.ts'
import { askedBy, gitHubFor } from '../../../test/contract/github.ts'
import { sifHead } from './samples.ts'
import { late } from './late.ts'

const APPS = { tool: { apps: { 'tool 1.0': { version: '20250101', exec: '' } }, categories: ['x'] } }

const writeApps = async (folder: string): Promise<void> =>
  await writeFile(path.join(folder, 'apps.json'), JSON.stringify(APPS, null, 4))

export const contract: Contract = {
  late,
  busy: {
    inputs: (server) => ({ catalogue: 'apps.json', mode: 'check', stores: `${server}/store name=store` }),
    prepare: writeApps
  },
  talk: async (folder, secrets) => {
    await writeApps(folder)
    const github = await gitHubFor(secrets, {
      'neurodesk/testbed': { commits: [{ message: 'first' }] },
      'neurodesk/website': { commits: [{ message: 'first' }] }
    })
    // A store that everybody reads, and one that lets nobody in.
    const server = createServer((_request, response) => {
      response.writeHead(206, { 'content-range': 'bytes 0-127/50000' }).end(sifHead(50_000))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const seen = path.join(folder, 'seen')
    await standIn(
      folder,
      'rclone',
      `case "$*" in version) echo 'rclone v1.73.1'; exit 0;; esac
[ -z "$RCLONE_CONFIG_NECTAR_KEY" ] || touch '${seen}'
echo 'cannot log in' >&2
exit 1`
    )
    return {
      inputs: {
        mode: 'publish',
        catalogue: 'apps.json',
        stores: `http://127.0.0.1:${(server.address() as AddressInfo).port} name=public required\nnectar:neurodesk`,
        commit: 'true',
        'dispatch-to': 'neurodesk/website'
      },
      env: { GITHUB_API_URL: github.url },
      more: { RCLONE_CONFIG_NECTAR_KEY: 'hunter2-of-the-store-0123456789' },
      tools: ['rclone'],
      used: () => [...askedBy(github), ...(existsSync(seen) ? ['RCLONE_CONFIG_NECTAR_KEY'] : [])],
      close: async () => {
        await github.close()
        server.closeAllConnections()
        server.close()
      }
    }
  }
}
