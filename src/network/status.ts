import type { UnknownCode } from '../verdict/codes.js'

/** The code of an HTTP status that is no answer to the question. */
export function statusCode(status: number): UnknownCode {
  if (status === 401 || status === 403 || status === 407) return 'denied'
  if (status === 429) return 'rate-limited'
  if (status === 408 || status === 504) return 'timeout'
  if (status >= 500) return 'server-error'
  return 'response-invalid'
}

/** Milliseconds that a `Retry-After` header asks for (RFC 9110, 10.2.3): seconds, or a date. */
export function retryAfter(header: string | undefined, now = Date.now()): number | undefined {
  if (header === undefined) return undefined
  if (/^\d+$/.test(header)) return Number(header) * 1000
  const date = /^[A-Z][a-z]{2,8}, /.test(header) ? Date.parse(header) : Number.NaN
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}
