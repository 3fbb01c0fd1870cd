/** Values as YAML gives them, after the schema: their types are right, and they may be missing. Pure. */
import { duration, size } from '../../../../lib/action/index.ts'

export type Raw = Readonly<Record<string, unknown>>
/** Takes what no schema can say: where, below the part that is read, and what is wrong there. */
export type Refuse = (path: readonly (string | number)[], message: string) => void

export function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : []
}

export function optional(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

export function milliseconds(value: unknown, byDefault: string): number {
  return duration(byDefault).parse(optional(value) ?? byDefault)
}

export function bytes(value: unknown): number | undefined {
  return typeof value === 'string' ? size('').parse(value) : undefined
}
