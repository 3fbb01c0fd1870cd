// A scanner that writes down what it was asked to scan, and finds something when DOUBLES_TRIVY says so.
const fs = require('node:fs')
const path = require('node:path')
const { folder, note } = require('./shared.cjs')

note({ double: 'setup-trivy' })
const bin = path.join(process.env.RUNNER_TEMP, 'trivy-bin')
fs.mkdirSync(bin, { recursive: true })
fs.writeFileSync(
  path.join(bin, 'trivy'),
  `#!/bin/sh\nprintf '{"double":"trivy","image":"%s"}\\n' "$(printf '%s\\n' "$@" | tail -n 1)" >> '${folder('LOG')}'\n[ "$DOUBLES_TRIVY" != finds ]\n`,
  { mode: 0o755 }
)
fs.appendFileSync(process.env.GITHUB_PATH, `${bin}\n`)
