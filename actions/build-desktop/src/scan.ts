/** The scan: a command of the caller's, on the candidate by digest, before any tag is moved. */
import { messageOf, ToolError } from '../../../lib/failure/index.ts'
import type { Setup } from './setup.ts'

export interface ScanResult {
  readonly image: string
  readonly passed: boolean
  readonly message: string
  /** The end of what the scanner printed. */
  readonly output: string
}

/** In findings; without the digest, which is another one after each build: it is one matter all the same. */
export function scanSubject({ image }: Pick<ScanResult, 'image'>): string {
  return image.replace(/@sha256:[0-9a-f]{64}$/, '')
}

/** Runs the scanner on every image; a scanner that could not run has not passed anything. */
export async function scanImages(setup: Setup, images: readonly string[]): Promise<readonly ScanResult[]> {
  const { inputs, ports } = setup
  const results: ScanResult[] = []
  for (const image of images) {
    const [command = '', ...args] = inputs.scan.map((part) => part.replaceAll('{image}', image))
    results.push(
      await ports.log.group(`Scan ${image}`, async () => {
        const tail: string[] = []
        try {
          await ports.exec.run(command, args, {
            timeoutMs: inputs.scanTimeout,
            env: setup.dockerEnv,
            echo: true,
            signal: ports.runner.signal,
            onLine: (line) => {
              tail.push(line)
              if (tail.length > 200) tail.shift()
            }
          })
          return { image, passed: true, message: 'ended with exit code 0', output: tail.join('\n') }
        } catch (error) {
          ports.runner.signal.throwIfAborted()
          if (!(error instanceof ToolError)) throw error
          const message =
            error.reason === 'exit'
              ? `${command} ended with exit code ${error.exitCode}`
              : (messageOf(error).split('\n', 1)[0] ?? '')
          return { image, passed: false, message, output: tail.join('\n') }
        }
      })
    )
  }
  return results
}
