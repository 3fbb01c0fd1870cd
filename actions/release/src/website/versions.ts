/** The version in files that others read by line: only its value changes. */
const TOML_KEY = 'jupyter_neurodesk_version'
const TS_NAME = 'jupyterNeurodeskVersion'

/** The file has no version where it should be: a person looks. */
export class VersionFileError extends Error {
  override readonly name = 'VersionFileError'
}

export function refuseVersionFile(path: string): string | undefined {
  return /\.(toml|ts|mts|js|mjs)$/.test(path) ? undefined : 'a path that ends in .toml or .ts'
}

/** The text with the new version; every other byte stays. @throws VersionFileError */
export async function editVersion(path: string, text: string, version: string): Promise<string> {
  return path.endsWith('.toml') ? await editToml(path, text, version) : editScript(path, text, version)
}

/**
 * neurodesk-app and play find the line by `jupyter_neurodesk_version =`, so the line is changed, and a TOML parser
 * says whether that changed this value and nothing else.
 */
async function editToml(path: string, text: string, version: string): Promise<string> {
  const { parse } = await import('@decimalturn/toml-patch')
  const read = (toml: string): Record<string, unknown> => {
    try {
      return parse(toml) as Record<string, unknown>
    } catch (error) {
      throw new VersionFileError(
        `${path} is no TOML: ${error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error)}`
      )
    }
  }
  const before = read(text)
  if (typeof before[TOML_KEY] !== 'string') throw new VersionFileError(`${path} has no text ${TOML_KEY}`)
  const line = new RegExp(`^([ \\t]*${TOML_KEY}[ \\t]*=[ \\t]*)(["'])[^"'\\r\\n]*\\2`, 'gm')
  const want = JSON.stringify({ ...before, [TOML_KEY]: version })
  for (const match of text.matchAll(line)) {
    const changed = `${text.slice(0, match.index)}${match[1]}${match[2]}${version}${match[2]}${text.slice(match.index + match[0].length)}`
    if (JSON.stringify(read(changed)) === want) return changed
  }
  throw new VersionFileError(`${path}: ${TOML_KEY} is not written as one line in quotes`)
}

function editScript(path: string, text: string, version: string): string {
  const found = [
    ...text.matchAll(
      new RegExp(
        `^(\\s*export\\s+const\\s+${TS_NAME}\\s*(?::\\s*string\\s*)?=\\s*)(['"\`])[^'"\`\\r\\n]*\\2`,
        'gm'
      )
    )
  ]
  const [match] = found
  if (match === undefined || found.length > 1)
    throw new VersionFileError(
      `${path} has ${found.length} lines \`export const ${TS_NAME} = '…'\`; there must be one`
    )
  return `${text.slice(0, match.index)}${match[1]}${match[2]}${version}${match[2]}${text.slice(match.index + match[0].length)}`
}

/** A path inside of a repository. */
export function refusePath(path: string): string | undefined {
  const plain =
    !path.startsWith('/') &&
    !path.includes('\\') &&
    path.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && part !== '.git')
  return plain ? undefined : 'a path inside of the repository'
}
