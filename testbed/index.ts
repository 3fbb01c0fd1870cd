/** The testbed's face: what the demo, the integration tests and the benchmarks start. Nothing that ships imports it. */
export * from './services/index.ts'
export * from './images/index.ts'
export { findTools, isLimitedRoot, lmodInit } from './tools.ts'
export type { ToolName, Tools } from './tools.ts'
