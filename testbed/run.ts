/**
 * Starts a NeuroDesk on loopback and keeps it until Ctrl-C: to try an action, or a change of one, by hand.
 *
 *   npm run testbed                            what the demo needs
 *   npm run testbed -- swift slurm mastodon    these alone; any other word lists the names
 */
import { provision } from '../scripts/provision.ts'
import { NAMESPACE } from './images/index.ts'
import { PARTS, setOf } from './parts.ts'
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

const names = [...new Set(process.argv.slice(2))]
const unknown = names.filter((name) => !Object.hasOwn(PARTS, name))
const sets = names.length === 0 ? ['core'] : [...new Set(names.map(setOf).filter((set) => set !== undefined))]

if (unknown.length > 0) {
  tell(`There is no ${unknown.join(', ')}. Names: ${Object.keys(PARTS).join(', ')}`)
  process.exitCode = 2
} else if (sets.length > 0 && (await provision(['--need', sets.join(',')], tell)) !== 0) {
  tell(`It needs the above: \`npm run provision -- --yes --need ${sets.join(',')}\`.`)
  process.exitCode = 1
} else {
  const enough = Promise.withResolvers<undefined>()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => enough.resolve(undefined))
  await using started = new AsyncDisposableStack()
  if (names.length === 0) tell(instructions(started.use(await startNeurodesk((line) => tell(`  ${line}`)))))
  else await startParts(started)
  await enough.promise
  tell('\nEnding it')
}

async function startParts(started: AsyncDisposableStack): Promise<void> {
  for (const name of names) {
    const begun = performance.now()
    const { part, usage } = (await PARTS[name]?.()) ?? { usage: [] }
    if (part !== undefined) started.use(part)
    tell(`\n${name}, ready after ${((performance.now() - begun) / 1000).toFixed(1)} s`)
    for (const line of usage) tell(`  ${line}`)
  }
  tell('\nCtrl-C ends all of it.')
}
