export { HALF_TOOL_KIND, removeHalfTool } from './half.ts'
export { APPTAINER, RCLONE } from './pins.ts'
export { findOnPath, getTool, isAtLeast, type Found, type GetOptions, type Tool } from './get.ts'
