/** The services that `npm run testbed` starts by their names, and what to type to use each. */
import { startCvmfs } from './cvmfs/index.ts'
import { startGitHub } from './github/index.ts'
import {
  lmodInit,
  localStore,
  startDocker,
  startRegistry,
  startSlurm,
  startSwift,
  startXvfb
} from './index.ts'
import { startMastodon } from './mastodon/index.ts'
import { findTools } from './tools.ts'

interface Started {
  /** Gone with it; undefined for what does not run. */
  readonly part?: AsyncDisposable
  /** Lines for a shell. */
  readonly usage: readonly string[]
}

const exportsOf = (variables: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(variables).map(([name, value]) => `export ${name}='${value}'`)

/** What each name starts; `registry:htpasswd` is one that wants a login. */
export const PARTS: Readonly<Record<string, () => Promise<Started>>> = {
  docker: async () => {
    const part = await startDocker()
    return { part, usage: exportsOf(part.env) }
  },
  registry: async () => {
    const part = await startRegistry()
    return { part, usage: [`curl ${part.url}/v2/`] }
  },
  'registry:htpasswd': async () => {
    const part = await startRegistry({ auth: { username: 'robot', password: 'secret' } })
    return { part, usage: [`curl --user robot:secret ${part.url}/v2/`] }
  },
  store: async () => {
    const part = await localStore()
    return { part, usage: [`rclone ls ${part.remote} # public at ${part.publicUrl}`] }
  },
  swift: async () => {
    const part = await startSwift()
    await part.makeContainer('neurodesk', { isPublic: true, publicSegments: true })
    const usage = [
      'rclone ls swift:neurodesk',
      'rclone ls swifts3:neurodesk',
      `curl ${part.storageUrl}/neurodesk`
    ]
    return { part, usage: [...exportsOf(part.rcloneEnv('swift')), ...usage] }
  },
  slurm: async () => {
    const part = await startSlurm()
    return { part, usage: [...exportsOf(part.env), 'srun hostname'] }
  },
  xvfb: async () => {
    const part = await startXvfb()
    return { part, usage: exportsOf(part.env) }
  },
  lmod: async () => await Promise.resolve({ usage: [`source ${lmodInit(findTools()) ?? ''}`] }),
  cvmfs: async () => {
    const part = await startCvmfs({
      fqrn: 'neurodesk.example.org',
      containers: ['tool_1.0_20250101'],
      servers: [{ name: 'stratum0', stratum0: true }, { name: 'replica' }]
    })
    const usage = part.urls.map((url) => `curl --head ${url}/cvmfs/${part.fqrn}/.cvmfspublished`)
    return { part, usage: [...usage, `# its key: ${part.publicKeyPem}`] }
  },
  github: async () => {
    const name = 'neurodesk/testbed'
    const part = await startGitHub({ repositories: { [name]: { commits: [{ message: 'First' }] } } })
    const variables = { GITHUB_API_URL: part.url, GITHUB_REPOSITORY: name, GITHUB_TOKEN: 'testbed-token' }
    return { part, usage: exportsOf(variables) }
  },
  mastodon: async () => {
    const part = await startMastodon()
    return { part, usage: [`curl ${part.url}/api/v2/instance # token: ${part.token}`] }
  }
}

/** The set of scripts/provision.ts that a name needs; undefined for what is written here. */
export function setOf(name: string): string | undefined {
  const service = name.split(':')[0] ?? ''
  if (service === 'store') return 'rclone'
  return ['cvmfs', 'github', 'mastodon'].includes(service) ? undefined : service
}
