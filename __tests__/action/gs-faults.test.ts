import type { OutgoingHttpHeaders } from 'node:http'
import { describe, expect, it } from 'vitest'
import { bodyFaults } from '../harness/cloud-faults.js'
import type { CloudRequest, CloudServer } from '../harness/cloud-server.js'
import { type Expected, expectEnding } from '../harness/endings.js'
import { gcsHeaders, openGcsServer, sendGcsError } from '../harness/gcs.js'
import { runAction, type RanAction } from '../harness/run.js'
import { bare, busyFor, hangs, neverEnds, resets } from '../harness/s3-faults.js'
import type { Fault } from '../harness/s3.js'
import { newKey, signedImage } from '../harness/store.js'

const key = newKey()
const calls = { manifest: '/manifest.json', record: `/signatures/${key.id}.json` }
const body = bodyFaults(gcsHeaders)
const html = '<html><body>404 nginx, No such object: bucket/key, notFound</body></html>'

const says =
  (status: number, reason: string, message: string, headers: OutgoingHttpHeaders = {}): Fault =>
  (_request, response) =>
    sendGcsError(response, status, reason, message, headers)

/** The list is asked for only where a content was not found. */
const forLists =
  (list: Fault): Fault =>
  (request, response, usual) => {
    if ((request as CloudRequest).kind === 'list') list(request, response, usual)
    else bare(404, 'text/html; charset=UTF-8', 'No such object: bucket/key')(request, response, usual)
  }

const sendsOn: Fault = (_request, response) => {
  response.writeHead(302, { location: 'https://sign-in.invalid/' })
  response.end()
}

interface Row {
  readonly fault: Fault
  /** What a fault that stays leads to. */
  readonly stays: Expected
  /** It may pass: then it is asked for again. */
  readonly passes?: true
  readonly inputs?: Readonly<Record<string, string>>
}

/** Only the list of the bucket can say that an object is absent; here the bucket holds both of them. */
const rows: Readonly<Record<string, Row>> = {
  '401': { fault: says(401, 'authError', 'Invalid Credentials'), stays: 'denied storage' },
  '403': { fault: says(403, 'forbidden', 'no storage.objects.get access'), stays: 'denied storage' },
  '403 with the words of an absence': {
    fault: says(403, 'notFound', 'No such object: bucket/key'),
    stays: 'denied storage',
  },
  '403 that is a page': { fault: bare(403, 'text/html', html), stays: 'denied storage' },
  '403 that asks for patience': {
    fault: says(403, 'userRateLimitExceeded', 'slow'),
    stays: 'rate-limited storage',
    passes: true,
  },
  '404 of an object that the bucket lists': {
    fault: (request, response, usual) => {
      if ((request as CloudRequest).kind === 'list') usual()
      else bare(404, 'text/html; charset=UTF-8', 'No such object: bucket/key')(request, response, usual)
    },
    stays: 'response-invalid storage',
  },
  '404 that is a page': { fault: bare(404, 'text/html', html), stays: 'response-invalid storage' },
  '404 with nothing in it': { fault: bare(404, 'text/plain', ''), stays: 'response-invalid storage' },
  '404 of the bucket': {
    fault: forLists(says(404, 'notFound', 'The specified bucket does not exist.')),
    stays: 'not-found storage',
  },
  '404, and the list is another document': {
    fault: forLists(bare(200, 'application/json', '{}')),
    stays: 'response-invalid storage',
  },
  '404, and the list is a page': {
    fault: forLists(bare(200, 'text/html', '<html>sign in</html>')),
    stays: 'response-invalid storage',
  },
  '404, and nobody may list': {
    fault: forLists(says(403, 'forbidden', 'no storage.objects.list access')),
    stays: 'denied storage',
  },
  '404, and the list fails': {
    fault: forLists(says(503, 'backendError', 'try again')),
    stays: 'server-error storage',
    passes: true,
  },
  '429 with Retry-After': {
    fault: says(429, 'rateLimitExceeded', 'slow', { 'retry-after': '1' }),
    stays: 'rate-limited storage',
    passes: true,
  },
  '429 with nothing in it': {
    fault: bare(429, 'text/plain', ''),
    stays: 'rate-limited storage',
    passes: true,
  },
  '500': { fault: says(500, 'internalError', 'broken'), stays: 'server-error storage', passes: true },
  '502 that is a page': { fault: bare(502, 'text/html', html), stays: 'server-error storage', passes: true },
  '503': { fault: says(503, 'backendError', 'try again'), stays: 'server-error storage', passes: true },
  'a connection that is reset': { fault: resets, stays: 'unreachable storage', passes: true },
  'no answer': { fault: hangs, stays: 'timeout storage', inputs: { timeout: '2s' } },
  'a body that breaks off': { fault: body.breaksOff, stays: 'unreachable storage', passes: true },
  'a length that is too long': { fault: body.saysTooLong, stays: 'unreachable storage', passes: true },
  'a length that is too short': { fault: body.saysTooShort, stays: 'response-invalid storage' },
  'a bit that flips on the way': { fault: body.flipsBit, stays: 'response-invalid storage' },
  'another CRC-32C': {
    fault: body.says({ 'x-goog-hash': 'crc32c=AAAAAA==' }),
    stays: 'response-invalid storage',
  },
  'another MD5': {
    fault: body.says({ 'x-goog-hash': 'md5=AAAAAAAAAAAAAAAAAAAAAA==' }),
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

async function play(gcs: CloudServer, inputs: Readonly<Record<string, string>> = {}): Promise<RanAction> {
  const given = { image: 'gs://bucket/app:v1', key: key.publicPem, retries: '1', timeout: '20s', ...inputs }
  return runAction(given, { env: { STORAGE_EMULATOR_HOST: gcs.url } })
}

/** How often an object was asked for; a listing looks for near misses and decides nothing. */
function asked({ requests }: CloudServer, keyEnd: string): number {
  return requests.filter((one) => one.kind === 'object' && one.key.endsWith(keyEnd)).length
}

describe.concurrent('one call to Google Cloud Storage that goes wrong', () => {
  it.for(cases)('$name, for the $call, $when', async ({ call, when, row }) => {
    const gcs = await openGcsServer()
    try {
      gcs.put('bucket', signedImage(key, 'bucket'))
      gcs.fault(calls[call], when, row.fault)
      const ran = await play(gcs, row.inputs)
      expectEnding(ran, when === 'first' && row.passes ? 'verified' : row.stays)
      // What may pass is asked for again, and what is an answer is not.
      expect(asked(gcs, calls[call])).toBe(row.passes ? 2 : 1)
    } finally {
      await gcs.stop()
    }
  })

  it('waits as long as Retry-After says', async () => {
    const gcs = await openGcsServer()
    try {
      gcs.put('bucket', signedImage(key, 'bucket'))
      gcs.fault(calls.record, 'always', busyFor(1, says(429, 'rateLimitExceeded', 'slow')))
      expectEnding(await play(gcs), 'verified')
      expect(asked(gcs, calls.record)).toBe(2)
    } finally {
      await gcs.stop()
    }
  })

  it('takes checksums for those of the stored bytes only', async () => {
    const gcs = await openGcsServer()
    try {
      gcs.put('bucket', signedImage(key, 'bucket'))
      const packed = { 'x-goog-stored-content-encoding': 'gzip', 'x-goog-hash': 'crc32c=AAAAAA==' }
      gcs.fault(calls.manifest, 'always', body.says(packed))
      expectEnding(await play(gcs), 'verified')
    } finally {
      await gcs.stop()
    }
  })
})
