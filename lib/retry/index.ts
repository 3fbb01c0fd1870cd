export {
  retry,
  DEFAULT_LIMITS,
  type Classifier,
  type Judgement,
  type RetryLimits,
  type RetryOptions
} from './retry.ts'
export { classifyGitHub, classifyHttp, classifyRegistry, classifyTool, retryAfterMs } from './classify.ts'
