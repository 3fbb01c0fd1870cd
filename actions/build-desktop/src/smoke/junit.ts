/** JUnit reports, as pytest and others write them: names and results of the tests. Pure. */

export interface JunitTest {
  readonly name: string
  readonly result: 'passed' | 'failed' | 'skipped'
  readonly message: string
}

/**
 * The tests in a report. Reads tags only, so that a hostile document has nothing to unfold: no entities of its own,
 * no includes.
 * @returns undefined when the text is no JUnit report
 */
export function readJunit(xml: string): readonly JunitTest[] | undefined {
  if (!/<testsuites?[\s>/]/.test(xml)) return undefined
  const tests: JunitTest[] = []
  let open: { name: string; result: JunitTest['result']; message: string } | undefined
  const tag =
    /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/g
  for (const match of xml.matchAll(tag)) {
    const [, closing, name, attributeText = '', single] = match
    if (name === undefined) continue
    const attributes = readAttributes(attributeText)
    if (name === 'testcase' && closing === '') {
      const className = attributes['classname']
      open = {
        name: [className, attributes['name'] ?? ''].filter(Boolean).join('.'),
        result: 'passed',
        message: ''
      }
      if (single === '/') {
        tests.push(open)
        open = undefined
      }
    } else if (name === 'testcase' && open !== undefined) {
      tests.push(open)
      open = undefined
    } else if (open !== undefined && closing === '' && (name === 'failure' || name === 'error')) {
      open.result = 'failed'
      open.message = attributes['message'] ?? name
    } else if (open !== undefined && closing === '' && name === 'skipped' && open.result === 'passed') {
      open.result = 'skipped'
      open.message = attributes['message'] ?? ''
    }
  }
  return tests
}

function readAttributes(text: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const match of text.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    found[match[1] ?? ''] = decode(match[2] ?? match[3] ?? '')
  }
  return found
}

function decode(text: string): string {
  const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(lt|gt|quot|apos|amp));/g,
    (whole, decimal: string | undefined, hex: string | undefined, name: string | undefined) => {
      if (name !== undefined) return named[name] ?? whole
      const point = decimal === undefined ? Number.parseInt(hex ?? '0', 16) : Number(decimal)
      return point <= 0x10ffff ? String.fromCodePoint(point) : whole
    }
  )
}
