/** A container registry (CNCF Distribution) on a free port of 127.0.0.1, open or with a user and a password. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createExec } from '../../lib/shell/index.ts'
import { findTools } from '../tools.ts'
import { startDaemon } from './daemon.ts'
import { clearEstate, createEstate } from './estate.ts'
import { need } from './need.ts'

export interface RegistryService extends AsyncDisposable {
  /** `127.0.0.1:PORT`: the first part of image names. Engines and the like take it as insecure by themselves. */
  readonly host: string
  readonly url: string
  readonly auth: Credentials | undefined
  /** Its storage, to damage things in. */
  readonly folder: string
  /** What it has logged so far, requests included. */
  log(): Promise<string>
}

export interface Credentials {
  readonly username: string
  readonly password: string
}

/**
 * @param options.auth makes an htpasswd file: without these credentials every request is answered by 401
 * @throws ServiceError when it does not come up, MissingService when its program is not there
 */
export async function startRegistry(options: { readonly auth?: Credentials } = {}): Promise<RegistryService> {
  const tools = findTools()
  const program = need(tools, 'docker-registry')
  const estate = await createEstate('registry')
  try {
    const storage = join(estate.folder, 'storage')
    const config: Record<string, unknown> = {
      version: '0.1',
      log: { accesslog: { disabled: false }, level: 'info', formatter: 'text' },
      storage: { filesystem: { rootdirectory: storage }, delete: { enabled: true } },
      http: { addr: '127.0.0.1:0' }
    }
    if (options.auth !== undefined) {
      const { username, password } = options.auth
      const file = join(estate.folder, 'htpasswd')
      const exec = createExec({ env: process.env })
      // bcrypt is the only kind that this registry reads; the lowest cost, since every request pays it.
      const { stdout } = await exec.run(need(tools, 'htpasswd'), ['-niB', '-C', '4', username], {
        stdin: password
      })
      await writeFile(file, stdout)
      config.auth = { htpasswd: { realm: 'testbed', path: file } }
    }
    // YAML is a superset of JSON.
    const file = join(estate.folder, 'config.json')
    await writeFile(file, JSON.stringify(config))
    // The port is chosen by the kernel and told in the log: nobody can take it in between.
    const listening = /listening on 127\.0\.0\.1:(\d+)/
    const printed = await startDaemon(estate, {
      command: program,
      args: ['serve', file],
      ready: (text) => listening.test(text)
    })
    const host = `127.0.0.1:${listening.exec(printed)?.[1] ?? ''}`
    return {
      host,
      url: `http://${host}`,
      auth: options.auth,
      folder: storage,
      log: () => readFile(join(estate.folder, 'docker-registry.log'), 'utf8'),
      [Symbol.asyncDispose]: () => clearEstate(estate)
    }
  } catch (error) {
    await clearEstate(estate)
    throw error
  }
}
