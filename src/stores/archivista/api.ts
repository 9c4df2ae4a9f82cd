import { field, isObject, listField, objectField, readObject, textField } from '../../evidence/json.js'
import type { JsonObject } from '../../evidence/json.js'
import { type Answer, ask, type Call } from '../../network/call.js'
import { exchange, type Reply } from '../../network/exchange.js'
import { redirectTarget } from '../../network/https.js'
import { failed, found, type Lookup } from '../../network/lookup.js'
import { retryAfter, statusCode } from '../../network/status.js'
import { shown } from '../../network/url.js'
import type { Entrance } from './access.js'
import type { Turns } from './turns.js'

/**
 * The two requests that reading needs. The versioned paths are there since Archivista 0.4; its router calls the others,
 * which the peers' clients use, to be removed.
 */
export interface ArchivistaApi {
  /** Asks GraphQL (`POST /v1/query`): found is the `data` of an answer without errors. */
  readonly query: (question: object, limit: number, call: Call) => Promise<Lookup<JsonObject>>
  /** Gets an envelope that a search listed (`GET /v1/download/{gitoid}`), unchecked. Never absent. */
  readonly download: (gitoid: string, limit: number, call: Call) => Promise<Lookup<Uint8Array>>
  readonly queryUrl: URL
  readonly downloadUrl: (gitoid: string) => URL
}

const mostRedirects = 3
/** As much as is shown of what a server says, in characters. */
const saidLimit = 300
/** By 303 a server wants a GET, which asks nothing. */
const keepsTheQuestion: ReadonlySet<number> = new Set([301, 302, 307, 308])
const redirects: ReadonlySet<number> = new Set([...keepsTheQuestion, 303])

export function openApi({ origin, base, headers }: Entrance, turns: Turns): ArchivistaApi {
  const queryUrl = new URL(`${base}/v1/query`)
  const downloadUrl = (gitoid: string): URL => new URL(`${base}/v1/download/${gitoid}`)
  const secrets = Object.values(headers).flatMap((value) => [value, ...value.split(/\s+/)])
  /** A server that is broken, or an echo, may say back what it was sent. */
  const conceal = (text: string): string =>
    secrets
      .filter((secret) => secret.length > 3)
      .reduce((shownText, secret) => shownText.replaceAll(secret, '***'), text)

  const sendOnce = async (
    from: URL,
    body: string | undefined,
    limit: number,
    call: Call,
  ): Promise<Answer<Reply>> => {
    let at = from
    const own =
      body === undefined
        ? headers
        : { accept: 'application/json', ...headers, 'content-type': 'application/json' }
    for (let hop = 0; hop <= mostRedirects; hop++) {
      const sent = { url: at, service: 'archivista', limit, headers: own } as const
      const reply = await exchange(body === undefined ? sent : { ...sent, method: 'POST', body }, call)
      if (reply.kind !== 'found') return reply
      const { status, headers: got } = reply.value
      if (!redirects.has(status) || got.location === undefined) return reply
      if (body !== undefined && !keepsTheQuestion.has(status)) return invalid(at, `it answered ${status}`)
      const next = redirectTarget(at, got.location)
      if (typeof next === 'string') return invalid(at, next)
      if (next.origin !== origin)
        return invalid(at, `the redirect leads to another host, ${next.origin}: it is not followed`)
      at = next
    }
    return invalid(from, `more than ${mostRedirects} redirects`)
  }

  return {
    queryUrl,
    downloadUrl,
    query: async (question, limit, call) =>
      ask(`POST ${shown(queryUrl)}`, 'archivista', call, async () => {
        const body = JSON.stringify(question)
        const reply = await turns(call, async () => sendOnce(queryUrl, body, limit, call))
        return reply.kind === 'found' ? readAnswer(reply.value, queryUrl, conceal) : reply
      }),
    download: async (gitoid, limit, call) => {
      const url = downloadUrl(gitoid)
      return ask(`GET ${shown(url)}`, 'archivista', call, async () => {
        const reply = await turns(call, async () => sendOnce(url, undefined, limit, call))
        return reply.kind === 'found' ? readDownload(reply.value, url) : reply
      })
    },
  }
}

function readAnswer(reply: Reply, url: URL, conceal: (text: string) => string): Answer<JsonObject> {
  const { status, headers, body } = reply
  if (status === 404)
    return invalid(
      url,
      'Archivista answered 404: no search is there. Check the address; the server must be 0.4 or newer and run with ARCHIVISTA_ENABLE_SQL_STORE and ARCHIVISTA_ENABLE_GRAPHQL switched on',
    )
  const answer = readObject(body)
  const given = field(answer, 'errors')
  const errors = listField(answer, 'errors') ?? []
  const said = conceal(textField(errors.find(isObject), 'message') ?? '').slice(0, saidLimit)
  const because = said === '' ? '' : `: ${said}`
  if (status !== 200) return refused(reply, url, because)
  if (answer === undefined) {
    const kind = conceal(headers['content-type'] ?? 'something else').slice(0, saidLimit)
    return invalid(url, `expected an answer in JSON, got ${kind}`)
  }
  if (errors.length > 0) {
    const code = errors.every(isPassing) ? 'server-error' : 'response-invalid'
    return failed(code, `${shown(url)}: the search failed${because}`, 'archivista')
  }
  if (given !== undefined && given !== null && !Array.isArray(given))
    return invalid(url, 'expected a list of errors, or none')
  const data = objectField(answer, 'data')
  return data === undefined ? invalid(url, 'expected data, got none') : found(data)
}

/**
 * Whether the question was understood, and answering it failed: only then an error has the path of a field (GraphQL
 * specification, 7.1.2), and no code of a validator. So Archivista tells, with status 200, that its database is away.
 */
function isPassing(error: unknown): boolean {
  return (
    isObject(error) &&
    listField(error, 'path') !== undefined &&
    textField(objectField(error, 'extensions'), 'code') === undefined
  )
}

function readDownload(reply: Reply, url: URL): Answer<Uint8Array> {
  const { status, body } = reply
  if (status === 200) return found(body)
  // With files Archivista answers 500 for what is not there, with S3 it answers 404 also when S3 cannot be reached.
  if (status === 404 || status === 410)
    return failed(
      'server-error',
      `${shown(url)}: Archivista lists this envelope, and answered ${status}`,
      'archivista',
    )
  return refused(reply, url, '')
}

function refused({ status, headers }: Reply, url: URL, because: string): Answer<never> {
  const pause = retryAfter(headers['retry-after'])
  return {
    ...failed(statusCode(status), `${shown(url)}: Archivista answered ${status}${because}`, 'archivista'),
    ...(pause !== undefined && { retryAfterMs: pause }),
  }
}

function invalid(url: URL, message: string): Lookup<never> {
  return failed('response-invalid', `${shown(url)}: ${message}`, 'archivista')
}
