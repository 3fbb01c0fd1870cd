export {
  prepareRun,
  runAction,
  readManifest,
  type ActionRun,
  type Annotation,
  type Manifest,
  type RunOptions
} from './run-action.ts'
