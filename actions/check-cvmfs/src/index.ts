import '../../../lib/stage/index.ts'

import { lookup } from 'node:dns/promises'
import { networkInterfaces } from 'node:os'

import { defineAction, runAction } from '../../../lib/action/index.ts'
import type { Network } from './fleet.ts'
import { check, inputs } from './inputs.ts'
import { run } from './run.ts'

const network: Network = {
  addresses: async (host) => {
    const all = await lookup(host, { all: true })
    return all.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }))
  },
  hasIpv6: () =>
    Object.values(networkInterfaces()).some((addresses) =>
      addresses?.some(
        ({ family, internal, address }) => family === 'IPv6' && !internal && !/^f[ce89ab]/i.test(address)
      )
    )
}

await runAction(
  defineAction({ name: 'check-cvmfs', inputs, check, ports: (base) => ({ ...base, network }), run })
)
