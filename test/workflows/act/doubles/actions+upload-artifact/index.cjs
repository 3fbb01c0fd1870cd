const fs = require('node:fs')
const path = require('node:path')
const { input, folder, inWorkspace, note, stop } = require('./shared.cjs')

const name = input('name')
const target = path.join(folder('ARTIFACTS'), name)
const files = input('path')
  .split('\n')
  .map((line) => line.trim())
  .filter((line) => line !== '')
  .map(inWorkspace)
  .filter((file) => fs.existsSync(file))
note({ double: 'upload-artifact', name, files: files.length })
if (/["':<>|*?\\/\r\n]/.test(name)) stop(`The artifact name is not valid: ${name}`)
else if (fs.existsSync(target)) stop(`an artifact with this name already exists: ${name}`)
else if (files.length === 0) {
  if (input('if-no-files-found') === 'error') stop(`No files were found: ${input('path')}`)
  else console.log(`::warning::No files were found: ${input('path')}`)
} else {
  fs.mkdirSync(target, { recursive: true })
  for (const file of files) fs.cpSync(file, path.join(target, path.basename(file)), { recursive: true })
}
