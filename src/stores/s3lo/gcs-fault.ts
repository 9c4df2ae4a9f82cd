import { field, isObject, listField, objectField, readObject, textField } from '../../evidence/json.js'
import type { Answer } from '../../network/call.js'
import type { Reply } from '../../network/exchange.js'
import { failed } from '../../network/lookup.js'
import { retryAfter, statusCode } from '../../network/status.js'
import type { UnknownCode } from '../../verdict/codes.js'

/** What Cloud Storage says of an error (JSON API, "HTTP status and error codes for JSON"). */
export interface GcsError {
  /** A word such as `notFound` or `rateLimitExceeded`. */
  readonly reason: string
  readonly message: string
}

/** Who asked. */
export interface Asker {
  /** Takes out what was sent to sign in. */
  readonly clean: (text: string) => string
  /** Why nobody signed in; empty where somebody did. */
  readonly anonymous: string
}

const longestMessage = 300

/** @returns undefined where the answer is not Cloud Storage's own */
export function readGcsError({ status, body }: Reply): GcsError | undefined {
  const error = objectField(readObject(body), 'error')
  if (field(error, 'code') !== status) return undefined
  const first = listField(error, 'errors')?.[0]
  const reason = isObject(first) ? textField(first, 'reason') : undefined
  if (reason === undefined || !/^\w{1,60}$/.test(reason)) return undefined
  const message = (textField(error, 'message') ?? '').replaceAll(/\s+/g, ' ').slice(0, longestMessage)
  return { reason, message }
}

/** Reasons that mean "later", whatever the status: some of them come with 403. */
const throttling: ReadonlySet<string> = new Set([
  'rateLimitExceeded',
  'userRateLimitExceeded',
  'quotaExceeded',
])

/**
 * What an answer of Cloud Storage other than 200 came to. Never an absence: that an object is not there is said with 404
 * and without a reason where its content is asked for, so a list of the bucket has to say it (see gcs.ts).
 */
export function gcsFault(reply: Reply, where: string, { clean, anonymous }: Asker): Answer<never> {
  const { status, headers } = reply
  const error = readGcsError(reply)
  const say = (code: UnknownCode, message: string): Answer<never> => {
    const pause = retryAfter(headers['retry-after'])
    return {
      ...failed(code, `${where}: ${clean(message)}`, 'storage'),
      ...(pause !== undefined && { retryAfterMs: pause }),
    }
  }
  const said = error ? `${error.reason} (${status}): ${error.message}` : `Cloud Storage answered ${status}`
  if (error && throttling.has(error.reason)) return say('rate-limited', said)
  if (status === 404) return say('response-invalid', '404 that is not the word of Cloud Storage')
  if (status >= 300 && status < 400)
    return say('response-invalid', `${status}, a redirect: it is not followed`)
  const code = statusCode(status)
  return say(code, code === 'denied' && anonymous !== '' ? `${said}; asked as anybody: ${anonymous}` : said)
}
