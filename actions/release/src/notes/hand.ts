/** Notes that a person wrote, in a file: they come first in each section. */
import { createHash } from 'node:crypto'

import { InputError } from '../../../../lib/failure/index.ts'
import { isSection, parseNotes } from './parse.ts'
import type { Line } from './render.ts'
import { SECTIONS, type Section } from './sections.ts'

export interface HandWritten {
  readonly intro: string
  readonly sections: Partial<Record<Section, readonly Line[]>>
}

/** @throws InputError for headings that the history does not have. */
export function readHandWritten(text: string, file: string): HandWritten {
  const parsed = parseNotes(text.replace(/<!--[\s\S]*?-->/g, ''))
  const strange = parsed.parts.filter((part) => !isSection(part.title))
  if (strange.length > 0) {
    throw new InputError(
      strange.map((part) => ({
        input: 'notes-file',
        given: `${file}, line ${part.line}: ${part.title}`,
        allowed: `headings ${SECTIONS.join(', ')}`
      }))
    )
  }
  const sections: Partial<Record<Section, Line[]>> = {}
  for (const part of parsed.parts) {
    if (!isSection(part.title)) continue
    const lines = part.items.map((markdown) => ({
      ids: [`h${createHash('sha256').update(markdown).digest('hex').slice(0, 8)}`],
      markdown
    }))
    sections[part.title] = [...(sections[part.title] ?? []), ...lines]
  }
  return { intro: parsed.intro, sections }
}
