/**
 * Loaded into a bundle before it runs (NODE_OPTIONS=--import): looks into the step's state at the moment in which a
 * folder, a container, a volume or an image is made. What is not in there yet would stay after a `kill -9` right then.
 * A line for each goes to $MADE_FILE: `registered KIND NAME` or `unregistered KIND NAME`.
 */
import childProcess from 'node:child_process'
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import path from 'node:path'

const { RUNNER_TEMP: temp = '', MADE_FILE: made, GITHUB_STATE: stateFile } = process.env

/** @param {string} kind @param {readonly string[]} names any of which is enough: itself, or a folder above it */
function note(kind, names) {
  const state = fs.readFileSync(stateFile, 'utf8')
  // A container is registered with its image behind its name.
  const isThere = names.some((name) => state.includes(JSON.stringify(name)) || state.includes(`"${name} `))
  fs.appendFileSync(made, `${isThere ? 'registered' : 'unregistered'} ${kind} ${names[0]}\n`)
}

/** Folders below RUNNER_TEMP, and scratch folders wherever they are. */
function noteFolder(given) {
  const folder = path.resolve(String(given))
  const inTemp = folder.startsWith(`${temp}${path.sep}`)
  if (!inTemp && !path.basename(folder).startsWith('.neurodesk-')) return
  // Reports are for steps that come after this one.
  if (path.relative(temp, folder).startsWith('neurodesk-ci-reports')) return
  const names = [folder]
  for (let above = path.dirname(folder); above.startsWith(`${temp}${path.sep}`); above = path.dirname(above))
    names.push(above)
  note('folder', names)
}

function noteDocker(command, args) {
  if (path.basename(command) !== 'docker') return
  const after = (option) => args[args.indexOf(option) + 1] ?? ''
  const line = args.join(' ')
  if (/^(?:container )?(?:run|create)\b/.test(line)) note('container', [after('--name')])
  else if (line.startsWith('volume create')) note('volume', [args.at(-1)])
  else if (/^(?:buildx )?build\b/.test(line)) note('image', [after('--tag')])
}

if (made !== undefined && stateFile !== undefined) {
  for (const name of ['mkdir', 'mkdtemp']) {
    const original = fs.promises[name]
    fs.promises[name] = async (folder, ...rest) => {
      noteFolder(name === 'mkdtemp' ? `${folder}x` : folder)
      return await original.call(fs.promises, folder, ...rest)
    }
  }
  const { spawn } = childProcess
  childProcess.spawn = (command, args, ...rest) => {
    noteDocker(command, args ?? [])
    return spawn(command, args, ...rest)
  }
  syncBuiltinESMExports()
}
