import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import type { Late } from '../../../test/contract/contract.ts'

/** What the run is in the middle of when it is ended from outside, on the real parts that it works with. */
export const late: readonly Late[] = [
  {
    title: 'between two URLs',
    services: [],
    open: async () => {
      let isWaiting = false
      const server = createServer((request, response) => {
        if (request.url === '/slow') isWaiting = true
        else response.end('x')
      })
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
      return {
        inputs: { urls: `${base}/\n${base}/slow` },
        prepare: async () => {
          isWaiting = false
          await Promise.resolve()
        },
        reached: async () => await Promise.resolve(isWaiting),
        [Symbol.asyncDispose]: async () => {
          server.closeAllConnections()
          await new Promise((resolve) => server.close(resolve))
        }
      }
    }
  }
]
