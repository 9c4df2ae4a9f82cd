import http from 'node:http'
import https from 'node:https'
import type { SecureContextOptions } from 'node:tls'
import { close, type Fault, listen, type S3Request } from './s3.js'

/** One request as a cloud's store sees it. A list's key is its prefix. */
export interface CloudRequest extends S3Request {
  readonly kind: 'object' | 'list'
}

/** How one cloud speaks. */
export interface Dialect {
  readonly read: (url: URL) => Pick<CloudRequest, 'kind' | 'bucket' | 'key'>
  /** Headers of an object; the length is added. */
  readonly objectHeaders: (content: Uint8Array) => http.OutgoingHttpHeaders
  readonly list: (request: CloudRequest, names: readonly string[], response: http.ServerResponse) => void
  readonly noObject: (request: CloudRequest, response: http.ServerResponse) => void
  readonly noBucket: (request: CloudRequest, response: http.ServerResponse) => void
}

export interface CloudServer {
  /** `http://127.0.0.1:port` or `https://…`. */
  readonly url: string
  readonly port: number
  /** Every request, in the order in which they came. */
  readonly requests: readonly CloudRequest[]
  /** Puts objects into a bucket, which is made if need be. */
  readonly put: (bucket: string, objects: Readonly<Record<string, string | Uint8Array>>) => void
  /** Plays a fault for every key that ends like this; `first` is the first request of its kind for such a key only. */
  readonly fault: (keyEnd: string, when: 'first' | 'always', fault: Fault) => void
  readonly stop: () => Promise<void>
}

/** A small store of one cloud on a free port of this machine. @param guard refuses a request, or not */
export async function openCloudServer(
  dialect: Dialect,
  { certificate, guard }: { certificate?: SecureContextOptions; guard?: Fault } = {},
): Promise<CloudServer> {
  const buckets = new Map<string, Map<string, Uint8Array>>()
  const faults: { keyEnd: string; when: 'first' | 'always'; fault: Fault }[] = []
  const requests: CloudRequest[] = []

  const serve = (request: CloudRequest, response: http.ServerResponse): void => {
    const objects = buckets.get(request.bucket)
    if (!objects) dialect.noBucket(request, response)
    else if (request.kind === 'list') dialect.list(request, [...objects.keys()].sort(), response)
    else {
      const content = objects.get(request.key)
      if (content) sendObject(response, content, dialect.objectHeaders(content))
      else dialect.noObject(request, response)
    }
  }
  const answer: http.RequestListener = (message, response) => {
    const target = message.url ?? ''
    const url = new URL(target, 'http://localhost')
    const read = dialect.read(url)
    const same = (one: CloudRequest): boolean =>
      one.kind === read.kind && one.bucket === read.bucket && one.key === read.key
    const request: CloudRequest = {
      ...read,
      method: message.method ?? '',
      target,
      query: url.searchParams,
      headers: message.headers,
      region: '',
      attempt: requests.filter(same).length + 1,
    }
    requests.push(request)
    const usual = (): void => serve(request, response)
    const found = faults.find(
      ({ keyEnd, when }) => request.key.endsWith(keyEnd) && (when === 'always' || request.attempt === 1),
    )
    const faulty = (): void => (found ? found.fault(request, response, usual) : usual())
    if (guard) guard(request, response, faulty)
    else faulty()
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
    stop: async () => close(server),
  }
}

export function sendObject(
  response: http.ServerResponse,
  content: Uint8Array,
  headers: http.OutgoingHttpHeaders,
): void {
  response.writeHead(200, { 'content-length': content.length, ...headers })
  response.end(content)
}
