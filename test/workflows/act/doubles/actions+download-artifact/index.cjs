const fs = require('node:fs')
const path = require('node:path')
const { input, folder, inWorkspace, note } = require('./shared.cjs')

const pattern = new RegExp(
  `^${input('pattern')
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')}$`
)
const names = fs.readdirSync(folder('ARTIFACTS')).filter((name) => pattern.test(name))
const target = inWorkspace(input('path'))
note({ double: 'download-artifact', names })
fs.mkdirSync(target, { recursive: true })
for (const name of names) {
  const into = input('merge-multiple') === 'true' ? target : path.join(target, name)
  fs.cpSync(path.join(folder('ARTIFACTS'), name), into, { recursive: true })
}
