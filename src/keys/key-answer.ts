import { type JsonObject, readObject, textField } from '../evidence/json.js'
import type { Trust } from '../network/agents.js'
import { type Answer, ask, type Call } from '../network/call.js'
import { exchange } from '../network/exchange.js'
import { absent, failed, found, type Lookup } from '../network/lookup.js'
import { retryAfter, statusCode } from '../network/status.js'
import { shown } from '../network/url.js'
import { keyLimit } from './pem-text.js'

/** One question to a service that keeps keys and wants a token. */
export interface KeyQuestion {
  readonly url: URL
  /** With the token; they go to this URL and to no other. */
  readonly headers: Readonly<Record<string, string>>
  readonly trust?: Trust
  /** The right that the token needs, for whoever is denied it. */
  readonly needs: string
}

const service = 'key'

/**
 * Gets a JSON document from a service that keeps keys. No redirect is followed: the token would go with it. Absent is
 * said by the service itself, in JSON, and the message is its own: it may send back what it was sent, so it is for
 * telling cases apart and never shown.
 */
export async function askKeyService(question: KeyQuestion, call: Call): Promise<Lookup<JsonObject>> {
  return ask(`GET ${shown(question.url)}`, service, call, () => askOnce(question, call))
}

async function askOnce({ url, headers, trust, needs }: KeyQuestion, call: Call): Promise<Answer<JsonObject>> {
  const reply = await exchange(
    {
      url,
      service,
      limit: keyLimit,
      headers: { accept: 'application/json', ...headers },
      ...(trust && { trust }),
    },
    call,
  )
  if (reply.kind !== 'found') return reply
  const { status, headers: got, body } = reply.value
  const said = `${shown(url)}: the server answered ${status}`
  if (status === 200 || status === 404 || status === 409) {
    const document = readObject(body)
    if (!document)
      return failed(
        'response-invalid',
        `${said} without JSON: a proxy or a login page, not the service`,
        service,
      )
    return status === 200 ? found(document) : absent(textField(document, 'message') ?? '')
  }
  if (status >= 300 && status < 400) {
    return failed(
      'response-invalid',
      `${said}, a redirect: the token is not sent on, give the address behind it`,
      service,
    )
  }
  const code = statusCode(status)
  const pause = retryAfter(got['retry-after'])
  return {
    ...failed(code, code === 'denied' ? `${said}: the token needs ${needs}` : said, service),
    ...(pause !== undefined && { retryAfterMs: pause }),
  }
}
