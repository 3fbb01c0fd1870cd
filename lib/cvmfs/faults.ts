/** What can be wrong with what a server sent. The code is the id of the finding that the fault becomes. */
export type FaultCode =
  | 'manifest-format'
  | 'manifest-altered'
  | 'manifest-signature'
  | 'manifest-name'
  | 'manifest-root-path'
  | 'certificate-format'
  | 'certificate-altered'
  | 'certificate-not-listed'
  | 'whitelist-format'
  | 'whitelist-altered'
  | 'whitelist-signature'
  | 'whitelist-name'
  | 'whitelist-expired'
  | 'whitelist-unsupported'
  | 'catalog-invalid'

/** The content is not what the protocol asks for. It is an answer about the content, never about the transport. */
export class Fault extends Error {
  override readonly name = 'Fault'
  readonly code: FaultCode

  constructor(code: FaultCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
  }
}
