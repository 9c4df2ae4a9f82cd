import type { OutgoingHttpHeaders } from 'node:http'
import { describe, expect, it } from 'vitest'
import { azureConnection, azureHeaders, azureKey, openAzureServer, sendAzureError } from '../harness/azure.js'
import { bodyFaults } from '../harness/cloud-faults.js'
import type { CloudServer } from '../harness/cloud-server.js'
import { type Expected, expectEnding } from '../harness/endings.js'
import { runAction, type RanAction } from '../harness/run.js'
import { bare, busyFor, hangs, neverEnds, resets } from '../harness/s3-faults.js'
import type { Fault } from '../harness/s3.js'
import { newKey, signedImage } from '../harness/store.js'

const key = newKey()
const calls = { manifest: '/manifest.json', record: `/signatures/${key.id}.json` }
const body = bodyFaults(azureHeaders)
const html = '<html><body>404 nginx, BlobNotFound <Code>BlobNotFound</Code></body></html>'
const gone = 'The specified blob does not exist.'

const says =
  (status: number, code: string, message: string, headers: OutgoingHttpHeaders = {}): Fault =>
  (_request, response) =>
    sendAzureError(response, status, code, message, headers)

const sendsOn: Fault = (_request, response) => {
  response.writeHead(302, { location: 'https://sign-in.invalid/' })
  response.end()
}

interface Row {
  readonly fault: Fault
  /** What a fault that stays leads to, for both calls or for each of them. */
  readonly stays: Expected | Readonly<Record<keyof typeof calls, Expected>>
  /** It may pass: then it is asked for again. */
  readonly passes?: true
  readonly inputs?: Readonly<Record<string, string>>
}

/** Only `BlobNotFound`, said by the service in its own words, is an absence: of the record, that is a rejection. */
const rows: Readonly<Record<string, Row>> = {
  '401': { fault: says(401, 'InvalidAuthenticationInfo', 'who are you'), stays: 'denied storage' },
  '400 that is a refusal': {
    fault: says(400, 'InvalidAuthenticationInfo', 'the date is no date'),
    stays: 'denied storage',
  },
  '403': { fault: says(403, 'AuthorizationPermissionMismatch', 'not authorized'), stays: 'denied storage' },
  '403 with the words of an absence': { fault: says(403, 'BlobNotFound', gone), stays: 'denied storage' },
  '403 that is a page': { fault: bare(403, 'text/html', html), stays: 'denied storage' },
  '404 BlobNotFound': {
    fault: says(404, 'BlobNotFound', gone),
    stays: { manifest: 'not-found storage', record: 'unsigned' },
  },
  '404 ContainerNotFound': { fault: says(404, 'ContainerNotFound', 'gone'), stays: 'not-found storage' },
  '404 with another code': { fault: says(404, 'ResourceNotFound', gone), stays: 'response-invalid storage' },
  '404 with two codes': {
    fault: says(404, 'BlobNotFound', gone, { 'x-ms-error-code': 'ContainerNotFound' }),
    stays: 'response-invalid storage',
  },
  '404 with the code in the document only': {
    fault: bare(404, 'application/xml', '<Error><Code>BlobNotFound</Code></Error>'),
    stays: 'response-invalid storage',
  },
  '404 that is a page': { fault: bare(404, 'text/html', html), stays: 'response-invalid storage' },
  '404 with nothing in it': { fault: bare(404, 'application/xml', ''), stays: 'response-invalid storage' },
  '409 of a container that is not public': {
    fault: says(409, 'PublicAccessNotPermitted', 'not permitted'),
    stays: 'denied storage',
  },
  '429 with Retry-After': {
    fault: says(429, 'TooManyRequests', 'slow', { 'retry-after': '1' }),
    stays: 'rate-limited storage',
    passes: true,
  },
  '429 with nothing in it': {
    fault: bare(429, 'text/plain', ''),
    stays: 'rate-limited storage',
    passes: true,
  },
  '500': { fault: says(500, 'InternalError', 'broken'), stays: 'server-error storage', passes: true },
  '500 with the words of an absence': {
    fault: says(500, 'BlobNotFound', gone),
    stays: 'server-error storage',
    passes: true,
  },
  '502 that is a page': { fault: bare(502, 'text/html', html), stays: 'server-error storage', passes: true },
  '503 ServerBusy': { fault: says(503, 'ServerBusy', 'busy'), stays: 'rate-limited storage', passes: true },
  'a connection that is reset': { fault: resets, stays: 'unreachable storage', passes: true },
  'no answer': { fault: hangs, stays: 'timeout storage', inputs: { timeout: '2s' } },
  'a body that breaks off': { fault: body.breaksOff, stays: 'unreachable storage', passes: true },
  'a length that is too long': { fault: body.saysTooLong, stays: 'unreachable storage', passes: true },
  'a length that is too short': { fault: body.saysTooShort, stays: 'response-invalid storage' },
  'a bit that flips on the way': { fault: body.flipsBit, stays: 'response-invalid storage' },
  'another MD5': {
    fault: body.says({ 'content-md5': 'AAAAAAAAAAAAAAAAAAAAAA==' }),
    stays: 'response-invalid storage',
  },
  'a page with 200': {
    fault: bare(200, 'text/html; charset=utf-8', '<html>sign in</html>'),
    stays: 'response-invalid storage',
  },
  'an answer with nothing in it': {
    fault: bare(200, 'application/json', ''),
    stays: 'response-invalid storage',
  },
  'a body without end': { fault: neverEnds, stays: 'limit-exceeded storage' },
  'a redirect': { fault: sendsOn, stays: 'response-invalid storage' },
}

const cases = Object.entries(rows).flatMap(([name, row]) =>
  (['manifest', 'record'] as const).flatMap((call) =>
    (['first', 'always'] as const).map((when) => ({ name, call, when, row })),
  ),
)

async function play(azure: CloudServer, inputs: Readonly<Record<string, string>> = {}): Promise<RanAction> {
  const given = { image: 'az://bucket/app:v1', key: key.publicPem, retries: '1', timeout: '20s', ...inputs }
  const connection = azureConnection(azure, 'account', `AccountKey=${azureKey}`)
  return runAction(given, { env: { AZURE_STORAGE_CONNECTION_STRING: connection } })
}

/** How often an object was asked for before a listing that looks for near misses and decides nothing. */
function asked({ requests }: CloudServer, keyEnd: string): number {
  const listed = requests.findIndex(({ kind }) => kind === 'list')
  const deciding = requests.slice(0, listed < 0 ? undefined : listed)
  return deciding.filter((one) => one.key.endsWith(keyEnd)).length
}

describe.concurrent('one call to Azure Blob Storage that goes wrong', () => {
  it.for(cases)('$name, for the $call, $when', async ({ call, when, row }) => {
    const azure = await openAzureServer('account')
    try {
      azure.put('bucket', signedImage(key, 'bucket'))
      azure.fault(calls[call], when, row.fault)
      const ran = await play(azure, row.inputs)
      const stays = typeof row.stays === 'string' ? row.stays : row.stays[call]
      expectEnding(ran, when === 'first' && row.passes ? 'verified' : stays)
      // What may pass is asked for again, and what is an answer is not.
      expect(asked(azure, calls[call])).toBe(row.passes ? 2 : 1)
    } finally {
      await azure.stop()
    }
  })

  it('waits as long as Retry-After says', async () => {
    const azure = await openAzureServer('account')
    try {
      azure.put('bucket', signedImage(key, 'bucket'))
      azure.fault(calls.record, 'always', busyFor(1, says(503, 'ServerBusy', 'busy')))
      expectEnding(await play(azure), 'verified')
      expect(asked(azure, calls.record)).toBe(2)
    } finally {
      await azure.stop()
    }
  })
})
