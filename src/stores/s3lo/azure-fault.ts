import type { Answer } from '../../network/call.js'
import type { Reply } from '../../network/exchange.js'
import { absent, failed } from '../../network/lookup.js'
import { retryAfter, statusCode } from '../../network/status.js'
import type { UnknownCode } from '../../verdict/codes.js'
import { elementText } from './azure-xml.js'

const throttling: ReadonlySet<string> = new Set([
  'ServerBusy',
  'TooManyRequests',
  'IngressOverLimit',
  'EgressOverLimit',
])

/**
 * Errors that Azure says with another status than 401 and 403 although they mean that one may not ("Blob Storage error
 * codes", "Common REST API error codes").
 */
const refusals: ReadonlySet<string> = new Set([
  'InvalidAuthenticationInfo',
  'NoAuthenticationInformation',
  'PublicAccessNotPermitted',
])

const longestMessage = 300

/**
 * What an answer of Azure Blob Storage other than 200 came to. Only `BlobNotFound`, said by the service itself in header
 * and document alike, is an absence.
 *
 * @param clean takes out what was sent to sign in
 */
export function azureFault(reply: Reply, where: string, clean: (text: string) => string): Answer<never> {
  const { status, headers } = reply
  const code = errorCode(reply)
  const say = (our: UnknownCode, message: string): Answer<never> => {
    const pause = retryAfter(headers['retry-after'])
    return {
      ...failed(our, `${where}: ${clean(message)}`, 'storage'),
      ...(pause !== undefined && { retryAfterMs: pause }),
    }
  }
  if (status === 404) {
    if (code === 'BlobNotFound') return absent(`object not found: ${where}`)
    if (code === 'ContainerNotFound')
      return say('not-found', 'the container does not exist (ContainerNotFound)')
    return say(
      'response-invalid',
      `404${code === undefined ? ' that is not the word of Azure' : `, ${code}`}`,
    )
  }
  if (status >= 300 && status < 400)
    return say('response-invalid', `${status}, a redirect: it is not followed`)
  const said = code === undefined ? `Azure answered ${status}` : `${code} (${status}): ${errorMessage(reply)}`
  if (code !== undefined && throttling.has(code)) return say('rate-limited', said)
  if (code !== undefined && refusals.has(code)) return say('denied', said)
  return say(statusCode(status), said)
}

/** The service says it twice; where the two differ, or there is no header, somebody else spoke. */
function errorCode({ headers, body }: Reply): string | undefined {
  const code = headers['x-ms-error-code']
  if (typeof code !== 'string' || !/^[A-Za-z]{1,80}$/.test(code)) return undefined
  const document = elementText(Buffer.from(body).toString('utf8'), 'Code')
  return document === undefined || document === code ? code : undefined
}

function errorMessage({ body }: Reply): string {
  const text = elementText(Buffer.from(body).toString('utf8'), 'Message') ?? ''
  // Behind the first line are the request's id and its time.
  return (text.split('\n')[0] ?? '').trim().slice(0, longestMessage)
}
