export { MAX_REPORT_BYTES, readReport } from './read.ts'
export {
  REPORT_SCHEMA,
  type Coverage,
  type Finding,
  type Report,
  type Severity,
  type Verdict
} from './types.ts'
