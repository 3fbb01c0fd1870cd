// A Jest transformer on Node's own type stripping: what the tests run is what
// Node runs when it is given the .ts file, line for line. Needs Node 22.13 or newer.
const { createHash } = require('node:crypto')
const { stripTypeScriptTypes } = require('node:module')

module.exports = {
  canInstrument: false,
  getCacheKey: (source, file, { configString }) =>
    createHash('sha256').update([source, file, configString, process.version].join('\0')).digest('hex'),
  process: (source) => ({ code: stripTypeScriptTypes(source, { mode: 'strip' }) })
}
