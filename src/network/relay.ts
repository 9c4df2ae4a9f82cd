import { readObject } from '../evidence/json.js'
import type { Service } from '../verdict/codes.js'
import type { Answer, Call } from './call.js'
import { exchange, type Question, type Reply } from './exchange.js'
import { describe } from './fault.js'
import { failed } from './lookup.js'
import { readRefusal } from './refusal.js'
import { retryAfter, statusCode } from './status.js'
import { isMetadataServer, mayCarry, shown } from './url.js'

/** One errand of several requests, some of them made by a client library that knows no more than to send and receive. */
export interface Relay {
  /** Sends as `exchange` does; found is any answer that is whole. */
  readonly send: (question: RelayedQuestion, call: Call) => Promise<Answer<Reply>>
  /**
   * Why the library gave up: what the network or the last answer said, else that an answer could not be used.
   * Undefined when it asked nobody: then it lacks what it needs.
   */
  readonly blame: (error: unknown) => Answer<never> | undefined
  /** A text without the credentials that passed here: a service may send back what it was sent. */
  readonly clean: (text: string) => string
}

export type RelayedQuestion = Omit<Question, 'service' | 'limit' | 'trust'>

/** Most bytes of one answer: a token, a key, a page of a list. */
const answerLimit = 1024 * 1024

/** Names under which credentials travel in forms and in JSON. */
const secretName = /token$|assertion$|secret$|^value$/i
const secretHeaders = ['authorization', 'x-identity-header', 'secret']
const shortestSecret = 8

export function openRelay(service: Service): Relay {
  const secrets = new Set<string>()
  let last: { readonly shown: string; readonly fault?: Answer<never> } | undefined
  const keep = (value: unknown): void => {
    if (typeof value === 'string' && value.length >= shortestSecret) secrets.add(value)
  }
  const clean = (text: string): string =>
    [...secrets]
      .sort((a, b) => b.length - a.length)
      .reduce((rest, one) => rest.replaceAll(one, '***').replaceAll(encodeURIComponent(one), '***'), text)

  const send = async (question: RelayedQuestion, call: Call): Promise<Answer<Reply>> => {
    const { url, body, headers = {} } = question
    // What the library would unpack by itself, were it to speak HTTP.
    const asked = lowered(headers)
    delete asked['accept-encoding']
    for (const name of secretHeaders) keep(asked[name]?.replace(/^(Bearer|Basic) /i, ''))
    for (const [name, value] of fieldsOf(body)) if (secretName.test(name)) keep(value)
    const answer: Answer<Reply> =
      mayCarry(url) || isMetadataServer(url)
        ? await exchange({ ...question, headers: asked, service, limit: answerLimit }, call)
        : failed('input-invalid', `${shown(url)}: expected https, got ${url.protocol}//`)
    const fault = faultOf(answer, url)
    last = { shown: shown(url), ...(fault && { fault }) }
    if (answer.kind === 'found')
      for (const [name, value] of jsonFields(answer.value.body)) if (secretName.test(name)) keep(value)
    return answer
  }

  const faultOf = (answer: Answer<Reply>, url: URL): Answer<never> | undefined => {
    if (answer.kind !== 'found') return answer
    const { status, headers, body } = answer.value
    if (status >= 200 && status < 300) return undefined
    const refusal = readRefusal(body)
    const said = refusal ? clean(`: ${refusal.code}: ${refusal.message}`) : ''
    // An authorization server says with 400 what others say with 401 (RFC 6749, 5.2).
    const code = status === 400 && refusal ? 'denied' : statusCode(status)
    const pause = retryAfter(headers['retry-after'])
    return {
      ...failed(code, `${shown(url)}: the server answered ${status}${said}`, service),
      ...(pause !== undefined && { retryAfterMs: pause }),
    }
  }

  return {
    send,
    clean,
    blame: (error) =>
      last &&
      (last.fault ??
        failed('response-invalid', `${last.shown}: an answer of no use: ${clean(describe(error))}`, service)),
  }
}

function lowered(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

function fieldsOf(body: string | undefined): readonly (readonly [string, unknown])[] {
  if (body === undefined) return []
  return body.startsWith('{') ? jsonFields(Buffer.from(body)) : [...new URLSearchParams(body)]
}

function jsonFields(body: Uint8Array): readonly (readonly [string, unknown])[] {
  return Object.entries(readObject(body) ?? {})
}
