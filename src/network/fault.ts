import type { UnknownCode } from '../verdict/codes.js'

/** Codes by which Node and OpenSSL name failures of a TLS handshake or a certificate. */
const tlsCode =
  /^(ERR_TLS|ERR_SSL|EPROTO$|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE)/

/** The code of a failure below HTTP, from the error that Node gives. */
export function faultCode(error: unknown): UnknownCode {
  const codes = errorCodes(error)
  if (codes.some((code) => tlsCode.test(code))) return 'tls-failed'
  if (codes.some((code) => /TIMEOUT|TIMEDOUT|AbortError/i.test(code))) return 'timeout'
  if (codes.includes('HPE_INVALID_CONSTANT') || codes.some((code) => code.startsWith('HPE_')))
    return 'response-invalid'
  return 'unreachable'
}

/** Whether this came from the network at all, and not from a defect of the program. */
export function isNetworkFault(error: unknown): boolean {
  return errorCodes(error).some(
    (code) =>
      tlsCode.test(code) ||
      /^(E[A-Z]+|HPE_.*|TimeoutError|AbortError|UND_ERR_.*)$/.test(code) ||
      code === 'ERR_STREAM_PREMATURE_CLOSE',
  )
}

/** Whether the other side ended the connection. */
export function isBroken(error: unknown): boolean {
  return errorCodes(error).some((code) => code === 'ECONNRESET' || code === 'EPIPE')
}

function errorCodes(error: unknown): readonly string[] {
  const codes: string[] = []
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    codes.push(at.name)
    if ('code' in at && typeof at.code === 'string') codes.push(at.code)
    if (at instanceof AggregateError) for (const one of at.errors) codes.push(...errorCodes(one))
  }
  return codes
}

/** One line about an error. */
export function describe(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return describe(error.errors[0])
  return error instanceof Error ? error.message || error.name : String(error)
}
