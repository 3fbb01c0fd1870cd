import { expect, test } from '@jest/globals'

import { ADVICE, adviceFor } from '../advice.ts'

/** Lines as the tools print them, one for each row of the table and in its order. */
const LINES: readonly (readonly [string, RegExp])[] = [
  ['FATAL ERROR: Failed to write to output filesystem: No space left on device', /Free space/],
  [
    'ERROR  : Failed to create user namespace: not allowed to create user namespace',
    /apparmor_restrict_unprivileged_userns=0/
  ],
  [
    'Error response from daemon: toomanyrequests: You have reached your pull rate limit. You may increase the limit by authenticating and upgrading: https://www.docker.com/increase-rate-limit',
    /anonymous pulls/
  ],
  [
    'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
    /Start Docker Engine/
  ],
  [
    'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: Get "http://%2Fvar%2Frun%2Fdocker.sock/v1.47/info": dial unix /var/run/docker.sock: connect: permission denied',
    /group `docker`/
  ],
  ["fuse: device not found, try 'modprobe fuse' first", /squashfuse, fuse3/],
  [
    "/usr/libexec/apptainer/bin/starter: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.34' not found (required by /usr/libexec/apptainer/bin/starter)",
    /newer C library/
  ],
  ['exec /usr/bin/bash: exec format error', /another CPU architecture/],
  [
    "Error response from daemon: pull access denied for vnmd/none, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
    /Log in to the registry/
  ],
  [
    'Get "https://registry.example/v2/": tls: failed to verify certificate: x509: certificate signed by unknown authority',
    /CA bundle/
  ],
  ['dial tcp: lookup registry.example on 127.0.0.53:53: no such host', /does not resolve/]
]

test('every row has a line', () => {
  const rows = LINES.map(([line]) => ADVICE.findIndex(([pattern]) => pattern.test(line)))
  expect(rows).toEqual(ADVICE.map((_, index) => index))
})

test.each(LINES)('%s', (line, advice) => {
  expect(adviceFor(`what was said before\n${line}\n`)).toMatch(advice)
})

test('what nobody knows gets no advice', () => {
  expect(adviceFor('segmentation fault')).toBeUndefined()
})
