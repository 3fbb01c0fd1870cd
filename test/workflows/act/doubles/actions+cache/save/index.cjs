const fs = require('node:fs')
const path = require('node:path')
const { input, folder, inWorkspace, note } = require('../shared.cjs')

note({ double: 'cache/save', key: input('key') })
const target = path.join(folder('CACHE'), input('key'))
// A key is written once.
if (!fs.existsSync(target)) fs.cpSync(inWorkspace(input('path')), target)
