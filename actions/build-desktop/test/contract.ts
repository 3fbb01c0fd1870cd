import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'

import { hangingTool, standIn, type Contract } from '../../../test/contract/contract.ts'
import { askedBy, gitHubFor } from '../../../test/contract/github.ts'
import { late } from './late.ts'

/** An engine that says who it is. */
const ENGINE = `case "$1 $2" in
  "info --format") echo '{"ServerVersion":"28.0.0","OSType":"linux","Architecture":"x86_64","DockerRootDir":"/"}'; exit 0;;
  "buildx version") echo 'github.com/docker/buildx v0.20.0'; exit 0;;
esac`

export const contract: Contract = {
  late,
  busy: {
    inputs: () => ({ context: '.', image: 'desktop' }),
    prepare: async (folder) => {
      await writeFile(path.join(folder, 'Dockerfile'), 'FROM scratch\n')
      await hangingTool(folder, 'docker')
    }
  },
  talkOn: 'posix',
  paths: {
    inputs: () => ({ image: 'desktop' }),
    prepare: async (folder) => {
      await writeFile(path.join(folder, 'Dockerfile'), 'FROM scratch\n')
      await standIn(folder, 'docker', `${ENGINE}\nexit 1`)
    },
    of: {
      // What is in a folder is the build's business: told by the file that is missing there.
      context: { is: 'folder' },
      dockerfile: { is: 'file' },
      'smoke-file': { is: 'file' },
      digests: { is: 'folder', inputs: () => ({ mode: 'build' }) }
    }
  },
  talk: async (folder, secrets) => {
    await writeFile(path.join(folder, 'Dockerfile'), 'FROM scratch\n')
    const github = await gitHubFor(secrets, {
      'neurodesk/testbed': { commits: [{ message: 'first' }], collaborators: { octocat: 'admin' } }
    })
    // A registry that has nothing and takes everything from who logs in.
    const registry = createServer((request, response) => {
      const upload = request.method === 'POST' ? { location: `${request.url}1` } : {}
      if (request.headers.authorization?.startsWith('Basic ') === true)
        response.writeHead(request.method === 'POST' ? 202 : 404, upload).end()
      else response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end()
    })
    await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve))
    const seen = path.join(folder, 'seen')
    // An engine that takes the login and the secret of the build, and then says all that it knows.
    await standIn(
      folder,
      'docker',
      `${ENGINE}
[ -z "$LICENCE" ] || touch '${seen}-LICENCE'
grep -q auths "$DOCKER_CONFIG/config.json" && touch '${seen}-REGISTRY_PASSWORD'
cat "$DOCKER_CONFIG/config.json" >&2
echo "$REGISTRY_PASSWORD $LICENCE" >&2
exit 1`
    )
    const more = {
      LICENCE: 'hunter2-of-the-build-0123456789',
      REGISTRY_PASSWORD: 'hunter2-of-the-registry-0123456789'
    }
    return {
      inputs: {
        image: 'desktop',
        channel: 'dev',
        registries: `127.0.0.1:${(registry.address() as AddressInfo).port}/neurodesk username-env=REGISTRY_USER password-env=REGISTRY_PASSWORD`,
        secrets: 'licence=LICENCE'
      },
      env: { GITHUB_API_URL: github.url, GITHUB_TRIGGERING_ACTOR: 'octocat', REGISTRY_USER: 'pusher' },
      more,
      tools: ['docker'],
      violations: () => github.violations,
      used: () => [...askedBy(github), ...Object.keys(more).filter((name) => existsSync(`${seen}-${name}`))],
      close: async () => {
        await github.close()
        registry.closeAllConnections()
        registry.close()
      }
    }
  }
}
