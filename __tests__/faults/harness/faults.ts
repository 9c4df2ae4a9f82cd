import type { ServerResponse } from 'node:http'
import type { UnknownCode } from '../../../src/verdict/codes.js'
import { hangs, loops, neverEnds, page, resets } from '../../harness/registry-faults.js'
import { type Answer, sendAnswer } from '../../harness/registry-answers.js'
import type { Fault as RegistryFault, RegistryRequest } from '../../harness/registry.js'
import type { Spoil } from './front.js'
import type { Asked, HttpPlace } from './place.js'

/** What kind of thing a fault is: it says what a right answer to it may be. */
export type Manner =
  /** Nothing was said about what was asked for. */
  | 'outage'
  /** The service says itself that there is no such thing. */
  | 'absence'
  /** Something came that is not what was asked for. */
  | 'nonsense'
  /** What was asked for came, with another byte in it. */
  | 'other bytes'

interface Common {
  /** Title of its row. */
  readonly name: string
  readonly manner: Manner
  /** What it may be called. */
  readonly codes: readonly UnknownCode[]
  /** It is worth to ask again. */
  readonly passes?: true
  /** There is no once: it is one state of the whole run. */
  readonly stays?: true
}

export interface HttpFault extends Common {
  /** No answer goes wrong, but the way to the service. */
  readonly way?: 'refuses' | 'no such host' | 'stranger'
  readonly spoil?: (place: HttpPlace) => Spoil
  /** How long the run may take, where that is what it waits for. */
  readonly timeout?: string
}

const html = '<html><body>404 not found {"errors":[{"code":"MANIFEST_UNKNOWN"}]}</body></html>'

/** What the harness has for registries looks at method and target only. */
const as =
  (fault: RegistryFault) =>
  (): Spoil =>
  (response, usual, { method, target }) =>
    fault(response, usual, { method, target } as RegistryRequest)

const says =
  (status: number, more: Readonly<Record<string, string>> = {}) =>
  ({ words }: HttpPlace): Spoil =>
  (response, _usual, { method }) => {
    const { headers, body } = words(status)
    sendAnswer(response, { status, headers: { ...headers, ...more }, body }, method)
  }

/** The first half of an answer; of one to `HEAD`, which is whole with its headers, of those. */
function begin(response: ServerResponse, usual: Answer, { method }: Asked, then: () => void): void {
  const { status, headers, body } = usual
  if (method === 'HEAD') {
    response.socket?.write(`HTTP/1.1 ${status} OK\r\nContent-Type: `, then)
    return
  }
  // Of an answer without a body one byte is announced, or there were no middle.
  response.writeHead(status, { ...headers, 'content-length': Math.max(1, body.length) })
  response.flushHeaders()
  response.write(body.subarray(0, body.length / 2), then)
}

/** The connection ends in the middle. */
const breaksOff: Spoil = (response, usual, asked) => {
  begin(response, usual, asked, () => response.socket?.destroy())
}

/** The answer begins, and goes on never. */
const stalls: Spoil = (response, usual, asked) => {
  begin(response, usual, asked, () => undefined)
}

/** Another length is said than the whole has: whoever cut it off counted anew. */
const cut: Spoil = (response, { status, headers, body }, { method }) => {
  const half = body.subarray(0, Math.floor(body.length / 2))
  sendAnswer(response, { status, headers: { ...headers, 'content-length': half.length }, body: half }, method)
}

const flips =
  (place: HttpPlace): Spoil =>
  (response, { status, headers, body }, { method }) => {
    const { 'docker-content-digest': digest } = headers
    // Without a body, that in the header.
    const changed = method === 'HEAD' && { 'docker-content-digest': flipped(String(digest), /sha256:/) }
    const bytes = Buffer.from(flipped(body.toString('latin1'), place.flips), 'latin1')
    sendAnswer(response, { status, headers: { ...headers, ...changed }, body: bytes }, method)
  }

/** One character is another one: the first after the mark, or the one in the middle. */
export function flipped(text: string, mark?: RegExp): string {
  const found = mark && new RegExp(mark.source, 's').exec(text)
  const at = found ? found.index + found[0].length : Math.floor(text.length / 2)
  return `${text.slice(0, at)}${text[at] === '0' ? '1' : '0'}${text.slice(at + 1)}`
}

const nothing: Spoil = (response, _usual, { method }) =>
  sendAnswer(response, { status: 200, headers: { 'content-length': 0 }, body: Buffer.alloc(0) }, method)

/** Faults of whoever answers by HTTP. */
export const httpFaults: readonly HttpFault[] = [
  { name: 'refuses connections', manner: 'outage', codes: ['unreachable'], way: 'refuses', stays: true },
  { name: 'has no address', manner: 'outage', codes: ['unreachable'], way: 'no such host', stays: true },
  {
    name: 'shows a certificate of an authority nobody knows',
    manner: 'outage',
    codes: ['tls-failed'],
    way: 'stranger',
    stays: true,
  },
  {
    name: 'resets the connection',
    manner: 'outage',
    codes: ['unreachable'],
    spoil: as(resets),
    passes: true,
  },
  {
    name: 'never answers',
    manner: 'outage',
    codes: ['timeout'],
    spoil: as(hangs),
    timeout: '10s',
    stays: true,
  },
  {
    name: 'stops in the middle and stays silent',
    manner: 'outage',
    codes: ['timeout'],
    spoil: () => stalls,
    timeout: '10s',
    stays: true,
  },
  {
    name: 'breaks off in the middle',
    manner: 'outage',
    codes: ['unreachable'],
    spoil: () => breaksOff,
    passes: true,
  },
  { name: 'answers 401', manner: 'outage', codes: ['denied'], spoil: says(401) },
  { name: 'answers 403', manner: 'outage', codes: ['denied'], spoil: says(403) },
  {
    name: 'answers 404 in its own words',
    manner: 'absence',
    codes: ['not-found', 'response-invalid'],
    spoil: says(404),
  },
  {
    name: 'answers 404 with a page',
    manner: 'nonsense',
    codes: ['response-invalid'],
    spoil: as(page(404, html)),
  },
  { name: 'answers 429', manner: 'outage', codes: ['rate-limited'], spoil: says(429), passes: true },
  {
    name: 'answers 429 with Retry-After',
    manner: 'outage',
    codes: ['rate-limited'],
    spoil: says(429, { 'retry-after': '1' }),
    passes: true,
  },
  { name: 'answers 500', manner: 'outage', codes: ['server-error'], spoil: says(500), passes: true },
  {
    name: 'answers 503 with a page',
    manner: 'outage',
    codes: ['server-error', 'rate-limited'],
    spoil: as(page(503, html)),
    passes: true,
  },
  {
    name: 'answers 200 with a page',
    manner: 'nonsense',
    codes: ['response-invalid'],
    spoil: as(page(200, html)),
  },
  { name: 'answers 200 with nothing', manner: 'nonsense', codes: ['response-invalid'], spoil: () => nothing },
  { name: 'sends half of it', manner: 'nonsense', codes: ['response-invalid'], spoil: () => cut },
  { name: 'sends another byte', manner: 'other bytes', codes: ['response-invalid'], spoil: flips },
  {
    name: 'sends without end',
    manner: 'outage',
    codes: ['limit-exceeded', 'response-invalid'],
    spoil: as(neverEnds),
  },
  { name: 'redirects to itself', manner: 'nonsense', codes: ['response-invalid'], spoil: as(loops) },
]
