export { APPTAINER, RCLONE } from './pins.ts'
export { findOnPath, getTool, isAtLeast, type Found, type GetOptions, type Tool } from './get.ts'
