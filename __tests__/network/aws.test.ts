import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  awsClientOptions,
  awsFault,
  awsRegion,
  isRegionMissing,
  watch,
  regionName,
} from '../../src/network/aws.js'
import { openJournal } from '../../src/network/journal.js'
import { newCall } from '../harness/call.js'

afterEach(() => void vi.unstubAllEnvs())

interface Said {
  readonly status?: number
  readonly message?: string
  readonly code?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** An error as the SDK throws it; without a status no answer came. */
function thrown(name: string, { status, message = 'why', code, headers }: Said = {}): Error {
  return Object.assign(new Error(message), {
    name,
    ...(code !== undefined && { code }),
    $metadata: { ...(status !== undefined && { httpStatusCode: status }) },
    ...(headers && { $response: { headers } }),
  })
}

const codeOf = (error: unknown): string => {
  const answer = awsFault(error, 'awskms:///alias/a', 'key')
  if (answer.kind !== 'failed') return answer.kind
  expect(answer.problem.service).toBe('key')
  expect(answer.problem.message).toMatch(/^awskms:\/\/\/alias\/a: ./)
  return answer.problem.code
}

describe('the region', () => {
  it.each([
    ['eu-west-1', '', 'eu-west-1'],
    ['eu-west-1', 'us-east-2', 'eu-west-1'],
    ['', 'us-east-2', 'us-east-2'],
    ['', '', undefined],
    ['EU', '', 'eu-west-1'],
    // A text that becomes part of a host name may not be any text.
    ['evil.example/', '', undefined],
    ['us-east-1#', '', undefined],
    ['eu west', '', undefined],
    ['-', '', undefined],
  ])('of AWS_REGION=%j and AWS_DEFAULT_REGION=%j is %j', (region, usual, expected) => {
    vi.stubEnv('AWS_REGION', region)
    vi.stubEnv('AWS_DEFAULT_REGION', usual)
    expect(awsRegion()).toBe(expected)
  })

  it('has a bounded name', () => {
    expect(regionName('a'.repeat(63))).toBe('a'.repeat(63))
    expect(regionName('a'.repeat(64))).toBeUndefined()
    expect(regionName('eu-west-1\n')).toBeUndefined()
  })

  it('is missing where the SDK says so, and not after any other failure', () => {
    expect(isRegionMissing(new Error('Region is missing'))).toBe(true)
    expect(isRegionMissing(new Error('Region not accepted: region="a.b" is not a valid hostname.'))).toBe(
      true,
    )
    for (const other of [new Error('The Region is missing its service'), 'Region is missing', undefined]) {
      expect(isRegionMissing(other)).toBe(false)
    }
  })
})

describe('a client', () => {
  it('tries once, and gives up a connection that says nothing: retries and time are ours', () => {
    const { maxAttempts, requestHandler } = awsClientOptions()
    expect(maxAttempts).toBe(1)
    for (const limit of ['connectionTimeout', 'requestTimeout', 'socketTimeout']) {
      expect(requestHandler[limit]).toBe(30_000)
    }
  })
})

describe('a call without an answer', () => {
  it.each([
    ['CredentialsProviderError', {}, 'denied'],
    ['TokenProviderError', {}, 'denied'],
    ['AbortError', {}, 'timeout'],
    ['TimeoutError', {}, 'timeout'],
    // So it calls a connection that broke, too.
    ['TimeoutError', { code: 'ECONNRESET' }, 'unreachable'],
    ['TimeoutError', { code: 'EPIPE' }, 'unreachable'],
    ['Error', { code: 'ECONNREFUSED' }, 'unreachable'],
    ['Error', { code: 'ENOTFOUND' }, 'unreachable'],
    ['Error', { code: 'ETIMEDOUT' }, 'timeout'],
    ['Error', { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'tls-failed'],
    ['Error', { code: 'HPE_INVALID_CONSTANT' }, 'response-invalid'],
    ['Error', { message: 'Checksum mismatch: expected "a" but received "b"' }, 'response-invalid'],
    ['TypeError', { message: 'x is not a function' }, 'server-error'],
  ] as const)('%s %o is %s', (name, said, code) => {
    expect(codeOf(thrown(name, said))).toBe(code)
  })

  it('for want of the file of authorities is a wrong setting, not a failure of the service', () => {
    const cause = Object.assign(new Error('no such file'), { code: 'ENOENT' })
    expect(awsFault(new Error('SSL_CERT_FILE: no such file', { cause }), 's3://bucket/a', 'storage')).toEqual(
      {
        kind: 'failed',
        problem: { code: 'input-invalid', message: 's3://bucket/a: SSL_CERT_FILE: no such file' },
      },
    )
  })

  it.each(['a text', undefined, null])('is not understood: %j', (error) => {
    expect(codeOf(error)).toBe('server-error')
  })

  it('finds the network’s fault where the SDK wrapped it', () => {
    const cause = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })
    expect(codeOf(new Error('outer', { cause }))).toBe('unreachable')
    expect(codeOf(new AggregateError([cause]))).toBe('unreachable')
  })
})

describe('an answer that says no', () => {
  it.each([
    [400, 'ValidationException', 'denied'],
    [401, 'Unauthorized', 'denied'],
    [403, 'AccessDenied', 'denied'],
    [404, 'NotFound', 'response-invalid'],
    [408, 'RequestTimeout', 'timeout'],
    [429, 'Unknown', 'rate-limited'],
    [500, 'InternalError', 'server-error'],
    [503, 'ServiceUnavailable', 'server-error'],
    [504, 'GatewayTimeout', 'timeout'],
    // Some say with another status that it is too much.
    [400, 'ThrottlingException', 'rate-limited'],
    [400, 'LimitExceededException', 'rate-limited'],
    [503, 'SlowDown', 'rate-limited'],
    [400, 'RequestLimitExceeded', 'rate-limited'],
  ])('%i %s is %s', (status, name, code) => {
    expect(codeOf(thrown(name, { status }))).toBe(code)
  })

  it.each([
    ['what came cannot be read', {}, 'response-invalid'],
    ['what came broke off', { code: 'ECONNRESET' }, 'unreachable'],
  ])('but with 200: %s', (_, said, code) => {
    expect(codeOf(thrown('Error', { status: 200, ...said }))).toBe(code)
  })

  it.each([
    [{ 'retry-after': '7' }, 7000],
    [{ 'retry-after': 'soon' }, undefined],
    [{}, undefined],
  ])('says with %o to wait %j ms', (headers, ms) => {
    for (const name of ['SlowDown', 'InternalError']) {
      const answer = awsFault(thrown(name, { status: 503, headers }), 'x', 'storage')
      expect(answer.retryAfterMs).toBe(ms)
    }
  })
})

/** What a client does with a command: its last step is `send`. */
async function run(
  call: ReturnType<typeof newCall>,
  request: object,
  send: () => Promise<unknown>,
): Promise<unknown> {
  type Step = (next: (args: object) => Promise<unknown>) => (args: object) => Promise<unknown>
  const steps = new Map<string, Step>()
  const add = (step: Step, { name }: { readonly name: string }): void => void steps.set(name, step)
  watch({ middlewareStack: { add } }, call)
  expect([...steps.keys()]).toEqual(['limitAnswer', 'watch'])
  return steps.get('watch')!(send)({ request })
}

describe('where a command goes', () => {
  const headers = {
    authorization:
      'AWS4-HMAC-SHA256 Credential=AKIA/20261121/eu-west-1/s3/aws4_request, Signature=deadbeef01',
    'x-amz-security-token': 'FwoGZXIvYXdzEJr',
  }

  it('is written down as the SDK chose it, with its answer handed on', async () => {
    const journal = openJournal()
    const call = newCall({ journal })
    const answer = { output: 1 }
    const send = async (): Promise<unknown> => Promise.resolve(answer)
    expect(await run(call, { hostname: 'bucket.s3.eu-west-1.amazonaws.com', headers }, send)).toBe(answer)
    await run(call, { hostname: '127.0.0.1', port: 9000, headers }, send)
    expect(journal.calls()).toEqual([
      { host: '127.0.0.1:9000', count: 1 },
      { host: 'bucket.s3.eu-west-1.amazonaws.com', count: 1 },
    ])
  })

  it('sends back in its errors neither the signature nor the session token', async () => {
    const error = thrown('Echo-deadbeef01', { message: 'got FwoGZXIvYXdzEJr, deadbeef01, deadbeef01' })
    const send = async (): Promise<unknown> => Promise.reject(error)
    await expect(run(newCall(), { hostname: 'a', headers }, send)).rejects.toBe(error)
    expect(error.message).toBe('got ***, ***, ***')
    expect(error.name).toBe('Echo-***')
  })

  it('fails as it fails where nothing was signed', async () => {
    const error = new Error('why')
    const send = async (): Promise<unknown> => Promise.reject(error)
    await expect(run(newCall(), { hostname: 'a' }, send)).rejects.toThrow('why')
    await expect(run(newCall(), {}, send)).rejects.toThrow('why')
  })
})
