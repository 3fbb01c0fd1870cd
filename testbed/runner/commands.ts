/** What a step says to the runner: commands in its log, and the command files. */

export interface Annotation {
  readonly kind: 'error' | 'warning' | 'notice'
  readonly message: string
  readonly properties: Readonly<Record<string, string>>
}

const COMMAND = /^::(\w[\w-]*)(?: ([^:]*))?::(.*)$/

/** Tells the runner's commands from the text; masks nothing: what a runner would hide must not be there at all. */
export function readLog(output: string): { log: string; raw: string; annotations: readonly Annotation[] } {
  const annotations: Annotation[] = []
  const log: string[] = []
  const raw: string[] = []
  for (const line of output.split(/\r?\n/)) {
    const match = COMMAND.exec(line)
    if (match?.[1] === 'add-mask') continue
    raw.push(line)
    if (match === null) log.push(line)
    else if (match[1] === 'group') log.push(`> ${decode(match[3] ?? '')}`)
    else if (match[1] === 'error' || match[1] === 'warning' || match[1] === 'notice') {
      annotations.push({
        kind: match[1],
        message: decode(match[3] ?? ''),
        properties: parseProperties(match[2] ?? '')
      })
    }
  }
  return { log: log.join('\n'), raw: raw.join('\n'), annotations }
}

function parseProperties(text: string): Readonly<Record<string, string>> {
  const pairs = text.split(',').filter((part) => part.includes('='))
  return Object.fromEntries(
    pairs.map((part) => [part.slice(0, part.indexOf('=')), decode(part.slice(part.indexOf('=') + 1))])
  )
}

function decode(text: string): string {
  return text
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%')
}

/** `name=value` and `name<<DELIMITER` blocks; the last value of a name counts. */
export function parseCommandFile(text: string): Readonly<Record<string, string>> {
  const values: Record<string, string> = {}
  const lines = text.split(/\r?\n/)
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? ''
    const heredoc = /^([^=]+?)<<(.+)$/.exec(line)
    if (heredoc !== null) {
      const [, name = '', delimiter = ''] = heredoc
      const end = lines.indexOf(delimiter, index + 1)
      // Killed while it wrote: what is not closed was never said.
      if (end === -1) break
      values[name] = lines.slice(index + 1, end).join('\n')
      index = end
    } else if (line.includes('=')) {
      values[line.slice(0, line.indexOf('='))] = line.slice(line.indexOf('=') + 1)
    }
  }
  return values
}
