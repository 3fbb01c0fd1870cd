/**
 * Starts a NeuroDesk on loopback and keeps it until Ctrl-C: to try an action, or a change of one, by hand.
 *
 *   npm run testbed
 */
import { provision } from '../scripts/provision.ts'
import { NAMESPACE } from './images/index.ts'
import { REPOSITORY, startNeurodesk, type Neurodesk } from './neurodesk.ts'

/** What to type. A folder of its own, as a checkout would be: the actions write below it. */
function instructions(desk: Neurodesk): string {
  const variables = {
    ...desk.env,
    GITHUB_API_URL: desk.github.url,
    GITHUB_REPOSITORY: REPOSITORY,
    GITHUB_TOKEN: 'testbed-token'
  }
  const exports = Object.entries(variables).map(([name, value]) => `  export ${name}='${value}'`)
  return `
Ready. In another shell, from here:

${exports.join('\n')}
  npm run action -- check-cvmfs fqrn=${desk.cvmfs.fqrn} servers=${desk.cvmfs.urlOf('stratum0')} public-key=${desk.cvmfs.publicKeyPem} catalogue=${desk.catalogue}
  npm run action -- convert-containers mode=convert catalogue=${desk.catalogue} registries=${desk.registry.host}/${NAMESPACE} stores='${desk.store.remote} name=store public-url=${desk.store.publicUrl}'

Ctrl-C ends all of it.`
}

const tell = (line: string): void => {
  console.log(line)
}

if ((await provision(['--need', 'core'], tell)) === 0) {
  const enough = Promise.withResolvers<undefined>()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => enough.resolve(undefined))
  await using desk = await startNeurodesk((line) => tell(`  ${line}`))
  tell(instructions(desk))
  await enough.promise
  tell('\nEnding it')
} else {
  tell('It needs the above: `npm run provision -- --yes`.')
  process.exitCode = 1
}
