import type { TokenCredentialOptions } from '@azure/identity'
import type { Call } from './call.js'
import type { Relay } from './relay.js'

type HttpClient = NonNullable<TokenCredentialOptions['httpClient']>
type Response = Awaited<ReturnType<HttpClient['sendRequest']>>

/** Options with which a credential of @azure/identity sends everything through a relay: retries are `call.retries`. */
export function requestsThrough(
  relay: Relay,
  call: Call,
): Pick<TokenCredentialOptions, 'httpClient' | 'retryOptions' | 'redirectOptions'> {
  return {
    httpClient: {
      sendRequest: async (request) => {
        const { method, url, headers, body } = request
        if (method !== 'GET' && method !== 'POST') throw new Error(`unexpected method ${method}`)
        if (body !== undefined && body !== null && typeof body !== 'string')
          throw new Error('unexpected kind of body')
        const question = {
          url: new URL(url),
          method,
          headers: headers.toJSON(),
          ...(typeof body === 'string' && { body }),
        } as const
        const answer = await relay.send(question, call)
        // The relay knows why; here it only ends what the library does.
        if (answer.kind !== 'found') throw new Error('no answer')
        const { status, headers: given, body: bytes } = answer.value
        const flat = Object.entries(given).flatMap(([name, value]): [string, string][] =>
          value === undefined ? [] : [[name, String(value)]],
        )
        return { request, status, headers: headersOf(flat), bodyAsText: Buffer.from(bytes).toString('utf8') }
      },
    },
    retryOptions: { maxRetries: 0 },
    redirectOptions: { maxRetries: 0 },
  }
}

function headersOf(entries: [string, string][]): Response['headers'] {
  const headers = new Headers(entries)
  return {
    get: (name) => headers.get(name) ?? undefined,
    has: (name) => headers.has(name),
    set: (name, value) => headers.set(name, String(value)),
    delete: (name) => headers.delete(name),
    toJSON: () => Object.fromEntries(headers),
    [Symbol.iterator]: () => headers[Symbol.iterator](),
  }
}
