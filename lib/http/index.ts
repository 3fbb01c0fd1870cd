export { createHttp, type HttpSettings } from './client.ts'
export { HttpError, HttpStatusError, expectStatus, type HttpErrorKind } from './errors.ts'
