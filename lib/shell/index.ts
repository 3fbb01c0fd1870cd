export { createExec, type ExecSettings } from './exec.ts'
export { adviceFor } from './advice.ts'
export { TRACKING_VARIABLE, endTracked } from './tracking.ts'
