import { isObject, listField, readObject, textField } from '../../evidence/json.js'
import type { Reply } from '../../network/exchange.js'
import type { UnknownCode } from '../../verdict/codes.js'

/** What the code of an error says, whatever the status (OCI distribution 1.1, error codes). */
const refusals: Readonly<Record<string, UnknownCode>> = {
  UNAUTHORIZED: 'denied',
  DENIED: 'denied',
  TOOMANYREQUESTS: 'rate-limited',
}
/** What a token service says of a login or token that it does not take, with status 400 (RFC 6749, 5.2). */
const oauthRefusals: ReadonlySet<string> = new Set([
  'invalid_grant',
  'invalid_client',
  'unauthorized_client',
  'access_denied',
])

/**
 * The refusal in an answer whose status says something else: Amazon's registry answers 400 to a token that has expired.
 * Taken by its status, a 400 or 404 would say that something is not there.
 */
export function refusalIn({ status, body }: Pick<Reply, 'status' | 'body'>): UnknownCode | undefined {
  if (![400, 404, 406].includes(status)) return undefined
  const said = readObject(body)
  for (const error of listField(said, 'errors') ?? []) {
    const code = isObject(error) ? textField(error, 'code') : undefined
    if (code !== undefined && Object.hasOwn(refusals, code)) return refusals[code]
  }
  return oauthRefusals.has(textField(said, 'error') ?? '') ? 'denied' : undefined
}
