import { createHash, createHmac } from 'node:crypto'
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { SecureContextOptions } from 'node:tls'
import { type CloudRequest, type CloudServer, openCloudServer } from './cloud-server.js'
import type { Fault } from './s3.js'

/**
 * A small Azure Blob Storage (Get Blob, List Blobs); its errors are worded as Azure's are.
 *
 * @param account where it is a part of the path, as with Azurite; else the host says it
 */
export async function openAzureServer(
  account: string | undefined,
  options: { certificate?: SecureContextOptions; guard?: Fault } = {},
): Promise<CloudServer> {
  return openCloudServer(
    {
      read: (url) => {
        const path = url.pathname.split('/').slice(1).map(decodeURIComponent)
        const [bucket = '', ...key] = account !== undefined && path[0] === account ? path.slice(1) : path
        return url.searchParams.get('comp') === 'list'
          ? { kind: 'list', bucket, key: url.searchParams.get('prefix') ?? '' }
          : { kind: 'object', bucket, key: key.join('/') }
      },
      objectHeaders: azureHeaders,
      list: ({ bucket, key: prefix, query }, names, response) => {
        const most = Number(query.get('maxresults') ?? 5000)
        const from = Number(query.get('marker') ?? 0)
        const all = names.filter(
          (name) => name.startsWith(prefix) && !name.slice(prefix.length).includes('/'),
        )
        const blobs = all
          .slice(from, from + most)
          .map(
            (name) =>
              `<Blob><Name>${name}</Name><Properties><Content-Length>1</Content-Length></Properties></Blob>`,
          )
        const next = from + most < all.length ? `<NextMarker>${from + most}</NextMarker>` : '<NextMarker />'
        const list = `<EnumerationResults ServiceEndpoint="http://x/" ContainerName="${bucket}"><Prefix>${prefix}</Prefix><Blobs>${blobs.join('')}</Blobs>${next}</EnumerationResults>`
        response.writeHead(200, { 'content-type': 'application/xml' })
        response.end(`\uFEFF<?xml version="1.0" encoding="utf-8"?>${list}`)
      },
      noObject: (_request, response) =>
        sendAzureError(response, 404, 'BlobNotFound', 'The specified blob does not exist.'),
      noBucket: (_request, response) =>
        sendAzureError(response, 404, 'ContainerNotFound', 'The specified container does not exist.'),
    },
    options,
  )
}

export function sendAzureError(
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
  headers: OutgoingHttpHeaders = {},
): void {
  response.writeHead(status, { 'content-type': 'application/xml', 'x-ms-error-code': code, ...headers })
  response.end(
    `\uFEFF<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${message}\nRequestId:r1\nTime:2026-11-21T00:00:00Z</Message></Error>`,
  )
}

export function azureHeaders(content: Uint8Array): OutgoingHttpHeaders {
  return {
    'content-type': 'application/octet-stream',
    'content-md5': createHash('md5').update(content).digest('base64'),
    'x-ms-blob-type': 'BlockBlob',
  }
}

/** The `Authorization` that a request must have, written as the documentation of Shared Key lays it out. */
export function sharedKeyOf({ target, headers }: CloudRequest, account: string, key: string): string {
  const url = new URL(target, 'http://localhost')
  const date = String(headers['x-ms-date'])
  const version = String(headers['x-ms-version'])
  const names = [...new Set(url.searchParams.keys())].sort()
  const query = names.map((name) => `\n${name}:${url.searchParams.getAll(name).sort().join(',')}`).join('')
  const text = `GET\n\n\n\n\n\n\n\n\n\n\n\nx-ms-date:${date}\nx-ms-version:${version}\n/${account}${url.pathname}${query}`
  const signature = createHmac('sha256', Buffer.from(key, 'base64')).update(text).digest('base64')
  return `SharedKey ${account}:${signature}`
}

/** A key of an account, as Azure writes one: 64 bytes in base64. */
export const azureKey = createHash('sha512').update('the key of a storage account').digest('base64')

/** A connection string that leads to a server with the account in its path. @param access what signs in, as a field */
export function azureConnection({ url }: CloudServer, account: string, access: string): string {
  return `DefaultEndpointsProtocol=http;AccountName=${account};${access};BlobEndpoint=${url}/${account};`
}
