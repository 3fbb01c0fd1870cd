/** Loaded into a bundle by NODE_OPTIONS: a file that HOLD_RENAME describes never gets its name; BUSY_FILE tells of it. */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import process from 'node:process'

const { rename } = fs.promises
const held = new RegExp(process.env.HOLD_RENAME ?? '(?!)')
fs.promises.rename = async (from, to) => {
  if (!held.test(String(to))) return await rename.call(fs.promises, from, to)
  fs.writeFileSync(process.env.BUSY_FILE ?? '', String(from))
  // Something has to keep the process alive.
  setInterval(() => undefined, 1000)
  return await new Promise(() => undefined)
}
syncBuiltinESMExports()
