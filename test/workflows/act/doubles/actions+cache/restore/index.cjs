const fs = require('node:fs')
const path = require('node:path')
const { input, output, folder, inWorkspace, note } = require('../shared.cjs')

const beginnings = input('restore-keys')
  .split('\n')
  .map((line) => line.trim())
  .filter((line) => line !== '')
const keys = fs.readdirSync(folder('CACHE')).sort()
const key =
  keys.find((one) => one === input('key')) ??
  keys.filter((one) => beginnings.some((start) => one.startsWith(start))).at(-1)
note({ double: 'cache/restore', key: key ?? '' })
if (key !== undefined) fs.cpSync(path.join(folder('CACHE'), key), inWorkspace(input('path')))
output('cache-hit', String(key === input('key')))
