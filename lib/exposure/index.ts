/** What a container promises to a host, how it is exposed there, and whether that holds. */
export { openImage } from './image/open.ts'
export { ImageError, readFile, resolve, type Entry, type ImageTree } from './image/tree.ts'
export { nameProblem, isSystemCommand } from './names.ts'
export { lookUp, readPromise, type Command, type ContainerPromise, type Excluded } from './promise.ts'
export {
  NothingToExpose,
  renderExposure,
  writeExposure,
  type ExposedContainer,
  type ExposureFile
} from './builtin/install.ts'
export { findShell, hasProgram } from './image/shell.ts'
export { removeSockets, startDisplay, type Display } from './host/display.ts'
export { findRuntime, fitRuntime, RuntimeError, type Runtime } from './host/runtime.ts'
export { createToolbox, hidePrograms, type Toolbox } from './host/toolbox.ts'
export { parseDownloads } from './host/shims.ts'
export { checkFiles, type Exposed, type FileCheck, type HostFile } from './check/files.ts'
export {
  checkGpuOption,
  checkTarget,
  isFinding,
  recordCall,
  type Asked,
  type Recorder
} from './check/record.ts'
export { bareEnvironment, sessionEnvironment, type Installed, type Place } from './check/session.ts'
export { isFor, runSmokeTest, type SmokeRunner, type SmokeTest } from './check/smoke.ts'
export { parseSmokeFile } from './check/smoke-file.ts'
export { checkHelp, checkStart, type Starter } from './check/start.ts'
export { failed, passed, together, untested, type Checked, type Test } from './check/tests.ts'
export type { Conformer } from './check/asking.ts'
export { checkConformance, checkThroughScheduler } from './check/conform.ts'
export { checkMissingImage } from './check/surroundings.ts'
export { checkModule, type ModuleChecker } from './check/module.ts'
export { measureOverhead, readOverhead, type Overhead } from './check/overhead.ts'
export {
  checkActivate,
  checkUninstall,
  compareSnapshots,
  snapshot,
  type ScriptChecker
} from './check/scripts.ts'
export { representatives } from './check/templates.ts'
export { installBuiltin } from './install/builtin.ts'
export { judgeOutput, judgeTransfer, transferOf, type Transfer } from './install/effects.ts'
export { installNeurocommand } from './install/neurocommand.ts'
export { installTransparentSingularity } from './install/transparent-singularity.ts'
export type { InstallRequest, InstallResult } from './install/types.ts'
