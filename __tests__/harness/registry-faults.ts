import type { OutgoingHttpHeaders } from 'node:http'
import { ociError, sendAnswer } from './registry-answers.js'
import type { Fault } from './registry.js'

/** An error of the registry's own. */
export function says(status: number, code: string, headers: OutgoingHttpHeaders = {}): Fault {
  return (response, _usual, { method }) => sendAnswer(response, ociError(status, code, headers), method)
}

/** A page of something that stands before the registry. */
export function page(status: number, text: string): Fault {
  return (response, _usual, { method }) =>
    sendAnswer(
      response,
      { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: Buffer.from(text) },
      method,
    )
}

/** Sends on to another place. */
export function sendsTo(url: string): Fault {
  return (response, _usual, { target }) => {
    response.writeHead(307, { location: `${url}${target}` })
    response.end()
  }
}

/** Sends on to itself. */
export const loops: Fault = sendsTo('')

/** Never answers. */
export const hangs: Fault = () => undefined

/** Breaks the connection before any answer. */
export const resets: Fault = (response) => void response.socket?.resetAndDestroy()

/** Breaks the connection in the middle of the answer. */
export const breaksOff: Fault = (response, { status, headers, body }) => {
  response.writeHead(status, { ...headers, 'content-length': body.length })
  response.write(body.subarray(0, body.length / 2), () => response.socket?.destroy())
}

/** One character is another one when it arrives: of a digest where there is one; without a body, of that in the header. */
export const flipsByte: Fault = (response, { status, headers, body }, { method }) => {
  const flip = (text: string): string => {
    const digit = text.lastIndexOf('sha256:') + 'sha256:'.length
    const at = text.includes('sha256:') ? digit : Math.floor(text.length / 2)
    return `${text.slice(0, at)}${text[at] === '0' ? '1' : '0'}${text.slice(at + 1)}`
  }
  if (method === 'HEAD') {
    const digest = String(headers['docker-content-digest'])
    const changed = { ...headers, 'docker-content-digest': flip(digest) }
    sendAnswer(response, { status, headers: changed, body }, method)
  } else {
    sendAnswer(
      response,
      { status, headers, body: Buffer.from(flip(body.toString('latin1')), 'latin1') },
      method,
    )
  }
}

/** An answer that never ends. */
export const neverEnds: Fault = (response, { headers }, { method }) => {
  response.writeHead(200, headers)
  if (method === 'HEAD') {
    response.end()
    return
  }
  const more = (): void => {
    while (!response.destroyed && response.write(Buffer.alloc(65_536, ' ')));
    if (!response.destroyed) response.once('drain', more)
  }
  more()
}
