/** The other server: GitHub sends those who want an asset's bytes to its storage, which must not see the token. */
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export function createStorage(
  find: (path: string) => { readonly bytes: Buffer; readonly contentType: string } | undefined,
  complain: (problem: string) => void
): Server {
  return createServer((request, response) => {
    if (request.headers.authorization !== undefined) complain('the token was sent to the storage')
    const asset = find(request.url ?? '/')
    response.writeHead(asset === undefined ? 404 : 200, {
      'content-type': asset?.contentType ?? 'text/plain'
    })
    response.end(asset?.bytes)
  })
}

/** Starts it on a free port of 127.0.0.1; its address. */
export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

export async function end(server: Server): Promise<void> {
  server.closeAllConnections()
  if (server.listening) await new Promise((resolve) => server.close(resolve))
}
