/** What an installation said and did, judged. Pure. */
import type { Finding } from '../../report/index.ts'

/** Lines of an installer's output that mean that something went wrong, whatever its exit code. */
const TROUBLE =
  /\bFATAL\b|ambiguous redirect|^chmod: |Traceback \(most recent call last\)|syntax error|unbound variable/

export function judgeOutput(
  container: string,
  output: string,
  exitCode: number | null,
  exposed: number
): readonly Finding[] {
  const findings: Finding[] = []
  const lines = output.split(/[\r\n]+/).filter((line) => TROUBLE.test(line))
  if (lines.length > 0) {
    findings.push({
      id: 'exposure-installer-trouble',
      severity: 'error',
      subject: container,
      message: `the installer printed: ${[...new Set(lines)].slice(0, 3).join(' | ').slice(0, 400)}`
    })
  }
  if (exitCode === 0 && exposed === 0) {
    findings.push({
      id: 'exposure-installer-silent',
      severity: 'error',
      subject: container,
      message: 'the installer ended with exit code 0, and nothing is exposed'
    })
  }
  if (exitCode !== 0 && exposed > 0) {
    findings.push({
      id: 'exposure-installer-exit',
      severity: 'warning',
      subject: container,
      message: `the installer ended with exit code ${exitCode ?? 'none'}, although commands are exposed`
    })
  }
  return findings
}

/** How an image came to the host. */
export interface Transfer {
  /** `link`: to a file that is not on CVMFS. `unknown`: no program was seen that fetched it. */
  readonly source: 'cvmfs' | 'store' | 'docker' | 'link' | 'unknown'
  /** The program that fetched it: curl, aria2c, wget. */
  readonly downloader: string | undefined
  /** Where from. */
  readonly from: string | undefined
}

/**
 * @param calls of downloaders and of the runtime's pull and build, in their order
 * @param link where the image file links to, when it is a link
 */
export function transferOf(
  container: string,
  calls: readonly (readonly string[])[],
  link: string | undefined
): Transfer {
  if (link?.startsWith('/cvmfs/') === true) return { source: 'cvmfs', downloader: undefined, from: link }
  for (const [program = '', ...words] of [...calls].reverse()) {
    const name = program.slice(program.lastIndexOf('/') + 1)
    const docker = words.find((word) => /^(?:docker|oras|library):\/\//.test(word))
    if (docker !== undefined) return { source: 'docker', downloader: undefined, from: docker }
    if (!['curl', 'aria2c', 'wget'].includes(name)) continue
    const isQuestion = words.some((word) => ['--head', '-I', '--spider', '--dry-run=true'].includes(word))
    const url = words.find((word) => /^https?:\/\//.test(word) && word.includes(container))
    if (url !== undefined && !isQuestion) return { source: 'store', downloader: name, from: url }
  }
  if (link !== undefined) return { source: 'link', downloader: undefined, from: link }
  return { source: 'unknown', downloader: undefined, from: undefined }
}

/** A finding when the image did not come the way that was asked for, or came in a way that nobody saw. */
export function judgeTransfer(
  container: string,
  transfer: Transfer,
  expected: { readonly downloader: string | undefined; readonly cvmfsDisabled: boolean }
): Finding | undefined {
  if (expected.cvmfsDisabled && transfer.source === 'cvmfs') {
    return {
      id: 'exposure-cvmfs-used',
      severity: 'error',
      subject: container,
      message: `CVMFS was disabled, and the image came from there: ${transfer.from ?? ''}`
    }
  }
  if (expected.downloader !== undefined && transfer.downloader !== expected.downloader) {
    const way =
      transfer.downloader ?? (transfer.source === 'unknown' ? 'a way that nobody saw' : transfer.source)
    return {
      id: 'exposure-other-downloader',
      severity: 'error',
      subject: container,
      message: `the image was to come by ${expected.downloader}, and came by ${way}${transfer.from === undefined ? '' : ` (${transfer.from})`}`
    }
  }
  if (transfer.source === 'unknown' || transfer.source === 'link') {
    return {
      id: 'exposure-transfer-unseen',
      severity: 'unknown',
      subject: container,
      message:
        transfer.from === undefined
          ? 'the image is there, and no program was seen that fetched it'
          : `the image is a link to ${transfer.from}, which is neither CVMFS nor a store`
    }
  }
  return undefined
}
