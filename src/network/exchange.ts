import http from 'node:http'
import https from 'node:https'
import type { Service, UnknownCode } from '../verdict/codes.js'
import { agentFor, tlsOptions, type Trust } from './agents.js'
import { type Answer, type Call, idleLimit } from './call.js'
import { describe, faultCode } from './fault.js'
import { inTurn } from './in-turn.js'
import { failed, found } from './lookup.js'
import type { OpenSink } from './sink.js'
import { retryAfter, statusCode } from './status.js'
import { shown } from './url.js'

export interface Question {
  readonly url: URL
  readonly method?: 'GET' | 'HEAD' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly service: Service
  /** Most bytes of a body that is asked for (status 200); of any other, as much as tells what went wrong. */
  readonly limit: number
  /** Takes a body that is asked for instead of the reply; more than `limit` bytes are then no failure. */
  readonly into?: OpenSink
  readonly trust?: Trust
}

/** An answer whole as it came, whatever its status. */
export interface Reply {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  readonly body: Uint8Array
  /** The body went to a sink and is longer than the limit: the rest was not read. */
  readonly cut?: true
  /** Another host answered, to which the one that was asked had sent on. */
  readonly elsewhere?: true
}

/** Enough of an error's body to read its code. */
const errorBodyLimit = 16 * 1024

/**
 * Sends one request and reads one answer: no redirect is followed and nothing is tried again here. Found is any answer
 * that is whole, also one that says no.
 */
export async function exchange(question: Question, call: Call): Promise<Answer<Reply>> {
  const { url, service, trust } = question
  const name = shown(url)
  const agent = await agentFor(url, trust).catch((error: unknown) => describe(error))
  if (typeof agent === 'string') return failed('input-invalid', `${name}: ${agent}`)
  return inTurn({ host: url.host, name, service }, call, async (turns) => {
    const ended = call.journal.contacted(url.host, `${question.method ?? 'GET'} ${name}`)
    const reply = await send(question, agent, call)
    ended(
      reply.kind === 'failed' ? reply.problem.code : reply.kind === 'found' ? `${reply.value.status}` : '',
    )
    // All images wait, not only the one that was told to.
    if (reply.kind === 'found' && reply.value.status === 429)
      turns.pause(retryAfter(reply.value.headers['retry-after']) ?? 0)
    return reply
  })
}

async function send(question: Question, agent: http.Agent, call: Call): Promise<Answer<Reply>> {
  const { url, method = 'GET', headers, body, service, limit, into, trust } = question
  const name = shown(url)
  return new Promise((resolve) => {
    const end = (code: UnknownCode, message: string): void => {
      resolve(failed(code, `${name}: ${message}`, service))
      request.destroy()
    }
    const request = (url.protocol === 'https:' ? https : http).request(
      url,
      {
        method,
        agent,
        timeout: idleLimit,
        headers: {
          'user-agent': 'verify-image',
          ...headers,
          ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
        },
        // The agent of a proxy keeps its own options for the way to the proxy.
        ...(url.protocol === 'https:' && !(agent instanceof https.Agent) && tlsOptions(trust ?? {})),
      },
      (response) => {
        const status = response.statusCode ?? 0
        const chunks: Buffer[] = []
        const sink = status === 200 ? into?.() : undefined
        let size = 0
        const finish = (cut: { cut?: true } = {}): void =>
          resolve(found({ status, headers: response.headers, body: Buffer.concat(chunks), ...cut }))
        response.on('data', (chunk: Buffer) => {
          size += chunk.length
          if (sink && size > limit) {
            finish({ cut: true })
            request.destroy()
            return
          }
          if (sink) {
            sink(chunk)
            return
          }
          chunks.push(chunk)
          if (status === 200 && size > limit) end('limit-exceeded', `larger than ${limit} bytes`)
          if (status !== 200 && size > errorBodyLimit) {
            finish()
            request.destroy()
          }
        })
        response.on('error', (error) => end(faultCode(error), describe(error)))
        response.on('end', () => {
          if (response.complete) finish()
          else end('unreachable', 'the answer was cut short')
        })
      },
    )
    // What a proxy says instead of opening the way is no word of the service: its 404 would be an absence.
    request.on('proxyConnect', ({ statusCode: said }: { readonly statusCode?: number }) => {
      if (said !== undefined && said !== 200) end(statusCode(said), `the proxy answered ${said}`)
    })
    // Not left to Node, which ends no request that waits for its connection: a proxy may open it never.
    const stop = (): void => end('timeout', 'stopped, as the time for it was over')
    call.signal.addEventListener('abort', stop)
    request.on('close', () => call.signal.removeEventListener('abort', stop))
    if (call.signal.aborted) stop()
    request.on('timeout', () => end('timeout', `nothing came for ${idleLimit / 1000} s`))
    request.on('error', (error) => end(faultCode(error), describe(error)))
    request.end(body)
  })
}
