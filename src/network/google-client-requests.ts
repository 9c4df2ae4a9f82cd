import http from 'node:http'
import type { AuthClient } from 'google-auth-library/build/src/auth/authclient.js'
import type { Answer, Call } from './call.js'
import type { Relay } from './relay.js'

type Options = NonNullable<ConstructorParameters<typeof AuthClient>[0]>
type Fetch = NonNullable<NonNullable<Options['transporterOptions']>['fetchImplementation']>

/** What every client of google-auth-library is opened with here. */
export type ClientOptions = Required<Pick<Options, 'transporterOptions' | 'useAuthRequestParameters'>>

/** Options with which a client of google-auth-library sends everything through a relay. */
export function requestsThrough(relay: Relay, call: Call): ClientOptions {
  const send: Fetch = async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input)
    const { method = 'GET', headers, body } = init
    if (method !== 'GET' && method !== 'POST') throw new Error(`unexpected method ${method}`)
    const question = {
      url,
      method,
      headers: Object.fromEntries(new Headers(headers)),
      ...(body !== undefined && body !== null && { body: textOf(body) }),
    } as const
    const answer: Answer<{ status: number; headers: http.IncomingHttpHeaders; body: Uint8Array }> =
      await relay.send(question, call)
    // The relay knows why; here it only ends what the library does.
    if (answer.kind !== 'found') throw new Error('no answer')
    const { status, body: bytes } = answer.value
    const type = answer.value.headers['content-type']
    const content = status === 204 || status === 304 ? null : Buffer.from(bytes)
    return new Response(content, { status, headers: type === undefined ? {} : { 'content-type': type } })
  }
  return {
    transporterOptions: {
      fetchImplementation: send,
      // With an agent given it looks for no proxy of its own.
      agent: http.globalAgent,
    },
    // What it adds else is a log, with tokens in it.
    useAuthRequestParameters: false,
  }
}

/** Keeps a client from trying again by itself: how often is `call.retries`. */
export function withoutRetries<Client extends AuthClient>(client: Client): Client {
  client.transporter.interceptors.request.add({
    resolved: (options) => Promise.resolve(Object.assign(options, { retryConfig: { retry: 0 } })),
  })
  return client
}

function textOf(body: unknown): string {
  if (typeof body === 'string') return body
  if (body instanceof URLSearchParams) return body.toString()
  throw new Error('unexpected kind of body')
}
