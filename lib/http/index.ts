export { createHttp, type HttpSettings } from './client.ts'
export { HttpError, HttpStatusError, expectStatus, toHttpError, type HttpErrorKind } from './errors.ts'
