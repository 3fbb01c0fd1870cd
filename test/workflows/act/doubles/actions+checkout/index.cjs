// The checkout of the workflow's own repository is made by act, unless it says which commit.
const fs = require('node:fs')
const path = require('node:path')
const { execFileSync } = require('node:child_process')
const { input, output, folder, inWorkspace, note } = require('./shared.cjs')

const repository = input('repository').toLowerCase()
const from = repository === '' ? folder('OWN') : path.join(folder('REPOSITORIES'), repository)
note({ double: 'checkout', repository, path: input('path'), credentials: input('persist-credentials') })
fs.cpSync(from, inWorkspace(input('path')), {
  recursive: true,
  filter: (file) => path.basename(file) !== '.git'
})
output('commit', execFileSync('git', ['-C', from, 'rev-parse', 'HEAD'], { encoding: 'utf8' }).trim())
