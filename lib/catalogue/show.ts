/** Small readings of JSON members, and names shown so that they do no harm in a log. */
import type { JsonMember } from './json.ts'

export function textOf(member: JsonMember | undefined): string | undefined {
  if (member?.value.kind !== 'scalar' || typeof member.value.value !== 'string') return undefined
  return member.value.value
}

export function isNull(member: JsonMember): boolean {
  return member.value.kind === 'scalar' && member.value.value === null
}

export function isFalse(member: JsonMember | undefined): boolean {
  return member?.value.kind === 'scalar' && member.value.value === false
}

/** A hostile name must not write lines of its own into a log, nor fill it. */
export function printable(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => {
    return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`
  })
  return plain.length > 120 ? `${plain.slice(0, 117)}...` : plain
}

export function quote(text: string): string {
  return `"${printable(text)}"`
}
