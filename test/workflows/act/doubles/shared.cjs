/** What the doubles share: inputs, outputs, and a log of what was asked of them. */
const fs = require('node:fs')
const path = require('node:path')

exports.input = (name) => (process.env[`INPUT_${name.toUpperCase()}`] ?? '').trim()
exports.output = (name, value) => fs.appendFileSync(process.env.GITHUB_OUTPUT, `${name}=${value}\n`)
exports.folder = (name) => {
  const folder = process.env[`DOUBLES_${name}`]
  if (!folder) throw new Error(`DOUBLES_${name} is not set`)
  return folder
}
exports.inWorkspace = (file) => path.resolve(process.env.GITHUB_WORKSPACE, file)
exports.note = (what) => fs.appendFileSync(exports.folder('LOG'), `${JSON.stringify(what)}\n`)
exports.stop = (message) => {
  console.log(`::error::${message}`)
  process.exitCode = 1
}
