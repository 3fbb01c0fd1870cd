/** The program that guard.ts starts. */
import { createInterface } from 'node:readline'
import { removeEstate } from './estate.ts'
import type { Estate } from './belongings.ts'
import type { GuardMessage } from './guard.ts'

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)

const estates = new Map<string, Estate>()
for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line) as GuardMessage
  if ('guard' in message) estates.set(message.guard.id, message.guard)
  else estates.delete(message.release)
}
// The newest first: a service may stand on an older one.
for (const estate of [...estates.values()].reverse()) await removeEstate(estate).catch(() => undefined)
