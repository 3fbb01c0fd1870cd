/** A small desktop image to build, without pulling anything: a static busybox that answers on 8080. */
import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findTools } from '../../../testbed/index.ts'

export const SMOKE = `profiles:
  linux:
    ports: [8080]
    hostname: neurodesktop
    volumes: ['storage:/neurodesktop-storage']
    start-up: {port: 8080, within: 60s}
    checks:
      - http: {port: 8080, path: /, contains: Desktop, within: 3s}
      - command: {run: [hostname], contains: neurodesktop}
  other:
    ports: [8080]
    start-up: {port: 8080, within: 60s}
    checks:
      - file: {path: /www/index.html, type: file}
`

/** For the image without RUN lines. */
export const PLAIN_SMOKE = `profiles:
  linux:
    ports: [8080]
    start-up: {port: 8080, within: 60s}
    checks:
      - http: {port: 8080, path: /index.html, contains: Desktop, within: 3s}
`

export interface Parts {
  readonly processor?: 'arm64'
  /** Without RUN lines: can be built for any processor on any. */
  readonly isPlain?: boolean
  /** Lines behind the ENV and LABEL lines. */
  readonly extra?: string
  readonly page?: string
  readonly env?: string
  readonly label?: string
}

const RUN_LINES = `RUN ["/bin/busybox", "--install", "-s", "/bin"]
RUN mkdir -p /www /etc /tmp && echo 'root:x:0:0:root:/:/bin/sh' > /etc/passwd`

/** Writes Dockerfile, page and smoke.yaml. */
export async function writeScene(workspace: string, parts: Parts = {}): Promise<void> {
  const busybox = findTools().paths[parts.processor === 'arm64' ? 'busybox-static-arm64' : 'busybox-static']
  if (busybox === undefined) throw new Error('no static busybox on this machine')
  await mkdir(workspace, { recursive: true })
  await copyFile(busybox, join(workspace, 'busybox'))
  await writeFile(join(workspace, 'index.html'), parts.page ?? '<h1>Desktop</h1>\n')
  await writeFile(join(workspace, 'smoke.yaml'), SMOKE)
  await writeFile(join(workspace, 'plain.yaml'), PLAIN_SMOKE)
  await writeFile(
    join(workspace, 'Dockerfile'),
    `FROM scratch
COPY busybox /bin/busybox
${parts.isPlain === true ? '' : RUN_LINES}
COPY index.html /www/index.html
ENV GREETING=${parts.env ?? 'hello'}
LABEL kind=${parts.label ?? 'fixture'}
${parts.extra ?? ''}
ARG NEURODESKTOP_VERSION=unknown
ENV NEURODESKTOP_VERSION=\${NEURODESKTOP_VERSION}
LABEL org.opencontainers.image.version=\${NEURODESKTOP_VERSION}
EXPOSE 8080
CMD ["/bin/busybox", "httpd", "-f", "-p", "8080", "-h", "/www"]
`
  )
}
