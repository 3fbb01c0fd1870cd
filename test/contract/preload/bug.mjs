/**
 * A bug, loaded into a bundle by NODE_OPTIONS: once the private folder is made, which comes after the inputs were read,
 * the next look at the clock or the next start of a tool throws what no code throws on purpose.
 */
import children from 'node:child_process'
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

const { mkdir } = fs.promises
const { spawn } = children
const { now } = Date
let isArmed = false

fs.promises.mkdir = async (folder, ...rest) => {
  const made = await mkdir.call(fs.promises, folder, ...rest)
  isArmed ||= /neurodesk-ci-[a-z-]+-[0-9a-f]{12}$/.test(String(folder))
  return made
}
Date.now = () => {
  // Node itself looks at it too.
  if (isArmed && new Error().stack?.includes('/dist/')) explode()
  return now()
}
children.spawn = (...args) => {
  if (isArmed) explode()
  return spawn(...args)
}
syncBuiltinESMExports()

function explode() {
  Date.now = now
  children.spawn = spawn
  syncBuiltinESMExports()
  throw new TypeError('injected: undefined is not a function')
}
