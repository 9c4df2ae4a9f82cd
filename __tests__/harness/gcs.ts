import { createHash } from 'node:crypto'
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { SecureContextOptions } from 'node:tls'
import { type CloudServer, openCloudServer } from './cloud-server.js'
import type { Fault } from './s3.js'

/** A small Google Cloud Storage (JSON API: content and list of objects); its errors are worded as Google's are. */
export async function openGcsServer(
  options: { certificate?: SecureContextOptions; guard?: Fault } = {},
): Promise<CloudServer> {
  return openCloudServer(
    {
      read: (url) => {
        const [, bucket = '', object] =
          /^\/storage\/v1\/b\/([^/]+)\/o(?:\/([^/]+))?$/.exec(url.pathname) ?? []
        return object === undefined
          ? { kind: 'list', bucket: decodeURIComponent(bucket), key: url.searchParams.get('prefix') ?? '' }
          : { kind: 'object', bucket: decodeURIComponent(bucket), key: decodeURIComponent(object) }
      },
      objectHeaders: gcsHeaders,
      list: ({ key: prefix, query }, names, response) => {
        const most = Number(query.get('maxResults') ?? 1000)
        const from = Number(query.get('pageToken') ?? 0)
        const all = names.filter(
          (name) =>
            name.startsWith(prefix) && (!query.has('delimiter') || !name.slice(prefix.length).includes('/')),
        )
        const items = all.slice(from, from + most).map((name) => ({ name }))
        const next = from + most < all.length ? { nextPageToken: String(from + most) } : {}
        sendJson(response, 200, { kind: 'storage#objects', ...next, ...(items.length > 0 && { items }) })
      },
      // Where a content is asked for, the error is a line of text, in both cases.
      noObject: ({ bucket, key }, response) => sendLine(response, `No such object: ${bucket}/${key}`),
      noBucket: ({ kind }, response) =>
        kind === 'object'
          ? sendLine(response, 'The specified bucket does not exist.')
          : sendGcsError(response, 404, 'notFound', 'The specified bucket does not exist.'),
    },
    options,
  )
}

function sendLine(response: ServerResponse, line: string): void {
  response.writeHead(404, { 'content-type': 'text/html; charset=UTF-8' })
  response.end(line)
}

export function sendGcsError(
  response: ServerResponse,
  status: number,
  reason: string,
  message: string,
  headers: OutgoingHttpHeaders = {},
): void {
  const errors = [{ message, domain: 'global', reason }]
  sendJson(response, status, { error: { code: status, message, errors } }, headers)
}

function sendJson(
  response: ServerResponse,
  status: number,
  document: unknown,
  headers: OutgoingHttpHeaders = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8', ...headers })
  response.end(JSON.stringify(document))
}

export function gcsHeaders(content: Uint8Array): OutgoingHttpHeaders {
  const md5 = createHash('md5').update(content).digest('base64')
  return {
    'content-type': 'text/plain; charset=utf-8',
    'x-goog-hash': `crc32c=${crc32c(content)},md5=${md5}`,
    'x-goog-stored-content-encoding': 'identity',
  }
}

/** Bit by bit, straight from the definition. */
export function crc32c(content: Uint8Array): string {
  let rest = 0xffffffff
  for (const byte of content) {
    rest ^= byte
    for (let bit = 0; bit < 8; bit++) rest = (rest >>> 1) ^ (rest & 1 ? 0x82f63b78 : 0)
  }
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(~rest >>> 0)
  return sum.toString('base64')
}
