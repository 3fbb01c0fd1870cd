const fs = require('node:fs')
const { input, note, stop } = require('./shared.cjs')

note({ double: 'configure-aws-credentials', role: input('role-to-assume') })
if (input('role-to-assume') === '') stop('Could not load credentials from any providers')
else fs.appendFileSync(process.env.GITHUB_ENV, 'AWS_ACCESS_KEY_ID=double\nAWS_SECRET_ACCESS_KEY=double\n')
