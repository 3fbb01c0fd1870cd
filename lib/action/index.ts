export { checkApp, identityOf, mayAsk } from './app.ts'
export { common, commonDescriptions, grammars } from './common.ts'
export {
  atLeast,
  choice,
  countOrPercent,
  duration,
  entries,
  flag,
  integer,
  lines,
  refuse,
  Refusal,
  secret,
  size,
  text,
  type CountOrPercent,
  type EntryOptions,
  type Field
} from './fields.ts'
export { parseEntry, splitLines, type Entry, type Line } from './grammar.ts'
export type { Outcome } from './outcome.ts'
export { isSkipped, readLogins, refuseLogin, type Login } from './registries.ts'
export { readInputs, type InputsOf, type Schema } from './read.ts'
export { defineAction, runAction, type Action } from './run-action.ts'
export type { Cleaner } from './cleanup.ts'
