import { describe, expect, it } from 'vitest'
import { type Expected, expectEnding } from '../harness/endings.js'
import { runAction, type RanAction } from '../harness/run.js'
import {
  bare,
  breaksOff,
  busyFor,
  elsewhere,
  flipsBit,
  hangs,
  neverEnds,
  resets,
  says,
  saysTooLong,
  saysTooShort,
} from '../harness/s3-faults.js'
import { type Fault, openS3Server, type S3Request } from '../harness/s3.js'
import { newKey, signedImage } from '../harness/store.js'

const key = newKey()
const calls = { manifest: '/manifest.json', record: `/signatures/${key.id}.json` }
const credentials = { AWS_ACCESS_KEY_ID: 'someone', AWS_SECRET_ACCESS_KEY: 'something secret' }

interface Row {
  readonly fault: () => Fault
  /** What a fault that stays leads to, for each of the two calls. */
  readonly manifest: Expected
  readonly record: Expected
  /** What one that is gone at the second request leads to, where that is something else. */
  readonly healed?: 'verified'
  readonly inputs?: Readonly<Record<string, string>>
}

const both = (expected: Expected, healed?: 'verified'): Omit<Row, 'fault'> => ({
  manifest: expected,
  record: expected,
  ...(healed && { healed }),
})
const html = '<html><body>404 nginx, object not found: NoSuchKey</body></html>'

/** Only `NoSuchKey`, said by the service in its own words, is an absence: of the record, that is a rejection. */
const rows: Readonly<Record<string, Row>> = {
  '401': { fault: () => says(401, 'Unauthorized', 'who are you'), ...both('denied storage') },
  '403': { fault: () => says(403, 'AccessDenied', 'Access Denied'), ...both('denied storage') },
  '403 that says "object not found:"': {
    fault: () => says(403, 'AccessDenied', 'not authorized: object not found: NoSuchKey'),
    ...both('denied storage'),
  },
  '403 that is a page': { fault: () => bare(403, 'text/html', html), ...both('denied storage') },
  '403 with the code NoSuchKey': {
    fault: () => says(403, 'NoSuchKey', 'The specified key does not exist.'),
    ...both('denied storage'),
  },
  '404 NoSuchKey': {
    fault: () => says(404, 'NoSuchKey', 'The specified key does not exist.'),
    manifest: 'not-found storage',
    record: 'unsigned',
  },
  '404 NoSuchBucket': {
    fault: () => says(404, 'NoSuchBucket', 'The specified bucket does not exist'),
    ...both('not-found storage'),
  },
  '404 with another code': {
    fault: () => says(404, 'NoSuchVersion', 'NoSuchKey'),
    ...both('response-invalid storage'),
  },
  '404 that is a page': { fault: () => bare(404, 'text/html', html), ...both('response-invalid storage') },
  '404 with nothing in it': {
    fault: () => bare(404, 'application/xml', ''),
    ...both('response-invalid storage'),
  },
  '429 with Retry-After': {
    fault: () => says(429, 'TooManyRequests', 'slow', { 'retry-after': '1' }),
    ...both('rate-limited storage', 'verified'),
  },
  '429 without Retry-After': {
    fault: () => says(429, 'TooManyRequests', 'slow'),
    ...both('rate-limited storage', 'verified'),
  },
  '429 with nothing in it': {
    fault: () => bare(429, 'text/plain', ''),
    ...both('rate-limited storage', 'verified'),
  },
  '500': {
    fault: () => says(500, 'InternalError', 'We encountered an internal error.'),
    ...both('server-error storage', 'verified'),
  },
  '500 with the code NoSuchKey': {
    fault: () => says(500, 'NoSuchKey', 'The specified key does not exist.'),
    ...both('server-error storage', 'verified'),
  },
  '502 that is a page': {
    fault: () => bare(502, 'text/html', html),
    ...both('server-error storage', 'verified'),
  },
  '503 SlowDown': {
    fault: () => says(503, 'SlowDown', 'Please reduce your request rate.'),
    ...both('rate-limited storage', 'verified'),
  },
  'a connection that is reset': { fault: () => resets, ...both('unreachable storage', 'verified') },
  'no answer': { fault: () => hangs, ...both('timeout storage'), inputs: { timeout: '2s' } },
  'a body that breaks off': { fault: () => breaksOff, ...both('unreachable storage', 'verified') },
  'a length that is too long': { fault: () => saysTooLong, ...both('unreachable storage', 'verified') },
  'a length that is too short': { fault: () => saysTooShort, ...both('response-invalid storage') },
  'a bit that flips on the way': { fault: () => flipsBit, ...both('response-invalid storage') },
  'a page with 200': {
    fault: () => bare(200, 'text/html; charset=utf-8', '<html>sign in</html>'),
    ...both('response-invalid storage'),
  },
  'an answer with nothing in it': {
    fault: () => bare(200, 'application/json', ''),
    ...both('response-invalid storage'),
  },
  'a body without end': { fault: () => neverEnds, ...both('limit-exceeded storage') },
  '301 to another region': {
    fault: () => elsewhere(301, 'PermanentRedirect', 'eu-west-1', 'header'),
    ...both('response-invalid storage', 'verified'),
  },
  '301 to nowhere': {
    fault: () => says(301, 'PermanentRedirect', 'must be addressed using the specified endpoint'),
    ...both('response-invalid storage'),
  },
  '400 that names another region': {
    fault: () => elsewhere(400, 'AuthorizationHeaderMalformed', 'eu-west-1', 'element'),
    ...both('denied storage', 'verified'),
  },
}

interface Case {
  readonly name: string
  readonly call: keyof typeof calls
  readonly when: 'first' | 'always'
  readonly row: Row
}

const cases: readonly Case[] = Object.entries(rows).flatMap(([name, row]) =>
  (['manifest', 'record'] as const).flatMap((call) =>
    (['first', 'always'] as const).map((when) => ({ name, call, when, row })),
  ),
)

async function play({ call, when, row }: Case): Promise<{ ran: RanAction; asked: readonly S3Request[] }> {
  const s3 = await openS3Server()
  try {
    s3.put('bucket', signedImage(key, 'bucket'))
    s3.fault(calls[call], when, row.fault())
    const inputs = { image: 's3://bucket/app:v1', key: key.publicPem, endpoint: s3.url, retries: '1' }
    const ran = await runAction({ timeout: '20s', ...inputs, ...row.inputs }, { env: credentials })
    // A listing looks for near misses: what is read from there on decides nothing.
    const listed = s3.requests.findIndex(({ query }) => query.has('list-type'))
    const deciding = s3.requests.slice(0, listed < 0 ? undefined : listed)
    return { ran, asked: deciding.filter((request) => request.key.endsWith(calls[call])) }
  } finally {
    await s3.stop()
  }
}

describe.concurrent('one call to S3 that goes wrong', () => {
  it.for(cases)('$name, for the $call, $when', async (one) => {
    const { ran, asked } = await play(one)
    const { row, call, when } = one
    expectEnding(ran, when === 'first' && row.healed ? row.healed : row[call])
    // What may pass is asked for again, and what is an answer is not.
    expect(asked).toHaveLength(row.healed ? 2 : 1)
  })

  it.for([
    ['429', says(429, 'TooManyRequests', 'slow')],
    ['429 with nothing in it', bare(429, 'text/plain', '')],
    ['503 SlowDown', says(503, 'SlowDown', 'Please reduce your request rate.')],
    ['503 with nothing in it', bare(503, 'text/plain', '')],
  ] as const)('waits as long as the Retry-After of a %s says', async ([name, answer]) => {
    const row = { fault: () => busyFor(1, answer), ...both('rate-limited storage', 'verified') }
    const { ran, asked } = await play({ name, call: 'record', when: 'always', row })
    expectEnding(ran, 'verified')
    expect(asked).toHaveLength(2)
  })
})
