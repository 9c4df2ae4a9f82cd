import type { UnknownCode } from '../verdict/codes.js'

/** The code of an HTTP status that is no answer to the question. */
export function statusCode(status: number): UnknownCode {
  if (status === 401 || status === 403 || status === 407) return 'denied'
  if (status === 429) return 'rate-limited'
  if (status === 408 || status === 504) return 'timeout'
  if (status >= 500) return 'server-error'
  return 'response-invalid'
}

/** Milliseconds that a `Retry-After` header in seconds asks for; a date is left to the usual pauses. */
export function retryAfter(header: string | undefined): number | undefined {
  return header !== undefined && /^\d{1,6}$/.test(header) ? Number(header) * 1000 : undefined
}
