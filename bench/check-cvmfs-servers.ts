/** The servers of bench/check-cvmfs, in a process of their own, so that the measured one does nothing else. */
import { startCvmfs } from '../testbed/cvmfs/index.ts'

const [servers, containers, delayMs] = process.argv.slice(2).map(Number)
if (servers === undefined || containers === undefined || delayMs === undefined)
  throw new Error('three numbers are wanted')

const fleet = await startCvmfs({
  fqrn: 'bench.example.org',
  containers: Array.from({ length: containers }, (_, index) => `tool${index}_1.0.0_20240101`),
  servers: Array.from({ length: servers }, (_, index) => ({ name: `replica${index}`, delayMs }))
})
process.on('message', (message) => {
  if (message === 'end') void fleet[Symbol.asyncDispose]().then(() => process.disconnect())
})
process.send?.({ urls: fleet.urls, publicKey: fleet.publicKeyPem })
