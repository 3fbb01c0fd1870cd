export { createHttp, type HttpSettings } from './client.ts'
export { proxyProblem } from './proxy.ts'
export { HttpError, HttpStatusError, expectStatus, toHttpError, type HttpErrorKind } from './errors.ts'
