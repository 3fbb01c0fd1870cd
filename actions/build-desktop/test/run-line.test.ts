/** The lines of the summary that people copy. */
import { expect, test } from '@jest/globals'
import { runLine } from '../src/run-line.ts'

test('the form of the image: a desktop on 8080, or JupyterLab on 8888 that is started as root', () => {
  const desktop = runLine('ghcr.io/n/d:1', 'linux', { '8080/tcp': {} })
  expect(desktop).toMatch(/ -e HOST_UID="\$\(id -u\)" .* -p 8080:8080 -h neurodesktop ghcr\.io\/n\/d:1$/)
  expect(desktop).not.toContain('--privileged')
  const jupyter = runLine('ghcr.io/n/d:1', 'linux', { '8888/tcp': {} })
  expect(jupyter).toMatch(/--privileged --user=root .* -e NB_GID="\$\(id -g\)" -p 127\.0\.0\.1:8888:8888 /)
  // A shell that knows no $(id -u) gets none.
  for (const ports of [{ '8080/tcp': {} }, { '8888/tcp': {} }, undefined])
    expect(runLine('x', 'windows', ports)).not.toContain('id -u')
  expect(runLine('x', 'windows', undefined)).toContain('-p 8080:8080')
})
