import http from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import type { SecureContextOptions } from 'node:tls'
import { crc32 } from 'node:zlib'

/** One request as S3 sees it. */
export interface S3Request {
  readonly method: string
  /** `/bucket/key?query` as it came: the bucket is in the path, or it was not found. */
  readonly target: string
  readonly bucket: string
  readonly key: string
  readonly query: URLSearchParams
  readonly headers: http.IncomingHttpHeaders
  /** The region that the request was signed for; empty when it was not signed. */
  readonly region: string
  /** How often this key has been asked for, this time included. */
  readonly attempt: number
}

/** What goes wrong with a request; `usual` answers as if nothing did. */
export type Fault = (request: S3Request, response: http.ServerResponse, usual: () => void) => void

export interface S3Server {
  /** `http://127.0.0.1:port` or `https://…`. */
  readonly url: string
  readonly port: number
  /** Every request, in the order in which they came. */
  readonly requests: readonly S3Request[]
  /** Puts objects into a bucket, which is made if need be. */
  readonly put: (bucket: string, objects: Readonly<Record<string, string | Uint8Array>>) => void
  /** Plays a fault for every key that ends like this; `first` is the first request for such a key only. */
  readonly fault: (keyEnd: string, when: 'first' | 'always', fault: Fault) => void
  /** Another certificate for the connections to come; those that are open end. */
  readonly present: (certificate: SecureContextOptions) => void
  /** Nobody listens any more. */
  readonly stop: () => Promise<void>
  /** Listens again where it did before. */
  readonly restart: () => Promise<void>
}

/** A small S3 on a free port of this machine: GetObject and ListObjectsV2, path style, any credentials. */
export async function openS3Server(certificate?: SecureContextOptions): Promise<S3Server> {
  const buckets = new Map<string, Map<string, Uint8Array>>()
  const faults: { keyEnd: string; when: 'first' | 'always'; fault: Fault }[] = []
  const requests: S3Request[] = []

  const answer: http.RequestListener = (message, response) => {
    const request = read(message, requests)
    requests.push(request)
    const usual = (): void => serve(request, buckets, response)
    const found = faults.find(
      ({ keyEnd, when }) => request.key.endsWith(keyEnd) && (when === 'always' || request.attempt === 1),
    )
    if (found) found.fault(request, response, usual)
    else usual()
  }
  const server = certificate ? https.createServer(certificate, answer) : http.createServer(answer)
  const port = await listen(server, 0)

  return {
    url: `${certificate ? 'https' : 'http'}://127.0.0.1:${port}`,
    port,
    requests,
    put: (bucket, objects) => {
      const held = buckets.get(bucket) ?? new Map<string, Uint8Array>()
      for (const [key, content] of Object.entries(objects)) held.set(key, Buffer.from(content))
      buckets.set(bucket, held)
    },
    fault: (keyEnd, when, fault) => faults.push({ keyEnd, when, fault }),
    present: (other) => {
      if (!(server instanceof https.Server)) throw new Error('this server has no certificate')
      server.setSecureContext(other)
      server.closeAllConnections()
    },
    stop: async () => close(server),
    restart: async () => {
      await listen(server, port)
    },
  }
}

/** @returns the port */
export async function listen(server: http.Server | https.Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return (server.address() as AddressInfo).port
}

export async function close(server: http.Server | https.Server): Promise<void> {
  await new Promise<void>((resolve) => {
    // An error means that it was closed already, which is what is wanted.
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

function read(message: http.IncomingMessage, before: readonly S3Request[]): S3Request {
  const target = message.url ?? ''
  const url = new URL(target, 'http://localhost')
  const [, bucket = '', ...key] = url.pathname.split('/').map(decodeURIComponent)
  const name = key.join('/')
  const scope = /Credential=[^/]+\/\d+\/([^/]+)\//.exec(message.headers.authorization ?? '')
  return {
    method: message.method ?? '',
    target,
    bucket,
    key: name,
    query: url.searchParams,
    headers: message.headers,
    region: scope?.[1] ?? '',
    attempt: before.filter((one) => one.bucket === bucket && one.key === name).length + 1,
  }
}

function serve(
  { bucket, key, query }: S3Request,
  buckets: ReadonlyMap<string, ReadonlyMap<string, Uint8Array>>,
  response: http.ServerResponse,
): void {
  const objects = buckets.get(bucket)
  if (!objects) sendError(response, 404, 'NoSuchBucket', 'The specified bucket does not exist')
  else if (query.get('list-type') === '2') sendXml(response, 200, list(bucket, query, [...objects.keys()]))
  else {
    const content = objects.get(key)
    if (content) sendObject(response, content)
    else sendError(response, 404, 'NoSuchKey', 'The specified key does not exist.')
  }
}

/** Sends an object as S3 does, with the checksum that it keeps; `changed` are headers that shall be otherwise. */
export function sendObject(
  response: http.ServerResponse,
  content: Uint8Array,
  changed: http.OutgoingHttpHeaders = {},
): void {
  response.writeHead(200, { ...objectHeaders(content), ...changed })
  response.end(content)
}

export function objectHeaders(content: Uint8Array): http.OutgoingHttpHeaders {
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc32(content))
  return {
    'content-type': 'application/json',
    'content-length': content.length,
    'x-amz-checksum-crc32': checksum.toString('base64'),
    'x-amz-checksum-type': 'FULL_OBJECT',
  }
}

/** An error document as S3 writes it; `more` are further elements, as `<Region>` is. */
export function sendError(
  response: http.ServerResponse,
  status: number,
  code: string,
  message: string,
  { headers = {}, more = '' }: { headers?: http.OutgoingHttpHeaders; more?: string } = {},
): void {
  const body = `<Error><Code>${code}</Code><Message>${message}</Message>${more}<RequestId>R1</RequestId></Error>`
  sendXml(response, status, body, headers)
}

function sendXml(
  response: http.ServerResponse,
  status: number,
  body: string,
  headers: http.OutgoingHttpHeaders = {},
): void {
  response.writeHead(status, { 'content-type': 'application/xml', ...headers })
  response.end(`<?xml version="1.0" encoding="UTF-8"?>\n${body}`)
}

function list(bucket: string, query: URLSearchParams, keys: readonly string[]): string {
  const prefix = query.get('prefix') ?? ''
  const most = Number(query.get('max-keys') ?? 1000)
  const all = keys.filter((key) => key.startsWith(prefix) && !key.slice(prefix.length).includes('/')).sort()
  const contents = all.slice(0, most).map((key) => `<Contents><Key>${key}</Key></Contents>`)
  const cut = String(all.length > most)
  return `<ListBucketResult><Name>${bucket}</Name><Prefix>${prefix}</Prefix><KeyCount>${contents.length}</KeyCount><MaxKeys>${most}</MaxKeys><IsTruncated>${cut}</IsTruncated>${contents.join('')}</ListBucketResult>`
}
