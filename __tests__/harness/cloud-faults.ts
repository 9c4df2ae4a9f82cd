import type { OutgoingHttpHeaders } from 'node:http'
import { sendObject } from './cloud-server.js'
import type { Fault } from './s3.js'
import { manifest } from './store.js'

/** What goes wrong on the way of an object whose cloud says its checksums in these headers. */
export interface BodyFaults {
  /** Breaks the connection in the middle. */
  readonly breaksOff: Fault
  /** Says a length that is shorter; the checksum is that of the whole. */
  readonly saysTooShort: Fault
  /** Says a length that is longer, then ends the connection. */
  readonly saysTooLong: Fault
  /** One bit is another one when it arrives. */
  readonly flipsBit: Fault
  /** The object itself, with other headers beside it. */
  readonly says: (changed: OutgoingHttpHeaders) => Fault
}

export function bodyFaults(headersOf: (content: Uint8Array) => OutgoingHttpHeaders): BodyFaults {
  const content = Buffer.from(manifest)
  const half = Math.floor(content.length / 2)
  const flipped = Buffer.from(content)
  flipped[20] = (flipped[20] ?? 0) ^ 1
  return {
    breaksOff: (_request, response) => {
      response.writeHead(200, { ...headersOf(content), 'content-length': content.length })
      response.write(content.subarray(0, half), () => response.socket?.destroy())
    },
    saysTooShort: (_request, response) => sendObject(response, content.subarray(0, half), headersOf(content)),
    saysTooLong: (_request, response) => {
      response.writeHead(200, { ...headersOf(content), 'content-length': content.length + 1000 })
      response.write(content, () => response.socket?.end())
    },
    flipsBit: (_request, response) => sendObject(response, flipped, headersOf(content)),
    says: (changed) => (_request, response) =>
      sendObject(response, content, { ...headersOf(content), ...changed }),
  }
}
