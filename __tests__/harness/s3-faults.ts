import type { OutgoingHttpHeaders } from 'node:http'
import { type Fault, objectHeaders, sendError, sendObject } from './s3.js'
import { manifest } from './store.js'

/** An error document. */
export function says(
  status: number,
  code: string,
  message: string,
  headers: OutgoingHttpHeaders = {},
): Fault {
  return (_request, response) => sendError(response, status, code, message, { headers })
}

/** A status with a body that is not S3's. */
export function bare(status: number, type: string, body: string): Fault {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': type })
    response.end(body)
  }
}

/** Asks to wait, and answers nothing else before that time is over, counted from the first request for the key. */
export function busyFor(seconds: number, fault: Fault): Fault {
  const since = new Map<string, number>()
  return (request, response, usual) => {
    const first = since.get(request.key) ?? Date.now()
    since.set(request.key, first)
    // A timer may fire a little early.
    if (Date.now() - first >= seconds * 1000 - 100) {
      usual()
      return
    }
    response.setHeader('retry-after', String(seconds))
    fault(request, response, usual)
  }
}

/** The bucket lies in another region: said by a header, and for the sake of some by an element. */
export function elsewhere(status: number, code: string, region: string, by: 'header' | 'element'): Fault {
  return (_request, response) =>
    sendError(response, status, code, 'The bucket lies in another region', {
      ...(by === 'header' && { headers: { 'x-amz-bucket-region': region } }),
      ...(by === 'element' && { more: `<Region>${region}</Region>` }),
    })
}

/** A bucket of one region: asked in any other it says so, as AWS does. */
export function livesIn(region: string, otherwise: Fault): Fault {
  return (request, response, usual) => {
    if (request.region === region) usual()
    else otherwise(request, response, usual)
  }
}

/** Never answers. */
export const hangs: Fault = () => undefined

/** Breaks the connection before any answer. */
export const resets: Fault = (_request, response) => void response.socket?.resetAndDestroy()

/** Breaks the connection in the middle of the object. */
export const breaksOff: Fault = (_request, response) => {
  const content = Buffer.from(manifest)
  response.writeHead(200, objectHeaders(content))
  response.write(content.subarray(0, content.length / 2), () => response.socket?.destroy())
}

/** Says a length that is shorter than the object; the checksum is that of the whole. */
export const saysTooShort: Fault = (_request, response) => {
  const content = Buffer.from(manifest)
  const half = Math.floor(content.length / 2)
  sendObject(response, content.subarray(0, half), { ...objectHeaders(content), 'content-length': half })
}

/** Says a length that is longer than the object, then ends the connection. */
export const saysTooLong: Fault = (_request, response) => {
  const content = Buffer.from(manifest)
  response.writeHead(200, { ...objectHeaders(content), 'content-length': content.length + 1000 })
  response.write(content, () => response.socket?.end())
}

/** One bit of the object is another one when it arrives. */
export const flipsBit: Fault = (_request, response) => {
  const content = Buffer.from(manifest)
  const flipped = Buffer.from(content)
  flipped[20] = (flipped[20] ?? 0) ^ 1
  sendObject(response, flipped, objectHeaders(content))
}

/** An object that never ends. */
export const neverEnds: Fault = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' })
  const more = (): void => {
    while (!response.destroyed && response.write(Buffer.alloc(65_536, ' ')));
    if (!response.destroyed) response.once('drain', more)
  }
  more()
}
