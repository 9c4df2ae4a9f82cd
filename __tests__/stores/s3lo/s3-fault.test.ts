import { describe, expect, it } from 'vitest'
import { regionNamed, s3Fault } from '../../../src/stores/s3lo/s3-fault.js'

interface Said {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly more?: object
}

/** An error as the SDK throws it. */
function thrown(name: string, { status, headers, more = {} }: Said = {}): Error {
  const error = new Error(`message of ${name}`)
  error.name = name
  return Object.assign(error, {
    $metadata: { ...(status !== undefined && { httpStatusCode: status }) },
    ...(headers && { $response: { headers } }),
    ...more,
  })
}
const word = (error: unknown): string => {
  const answer = s3Fault(error, 's3://bucket/key')
  return answer.kind === 'failed' ? answer.problem.code : answer.kind
}

describe('an absence', () => {
  it('is what the service itself calls NoSuchKey', () => {
    expect(s3Fault(thrown('NoSuchKey', { status: 404 }), 's3://bucket/key')).toEqual({
      kind: 'absent',
      message: 'object not found: s3://bucket/key',
    })
  })

  it.each([
    ['a bare 404', thrown('NotFound', { status: 404 }), 'response-invalid'],
    ['a 404 without a name', thrown('UnknownError', { status: 404 }), 'response-invalid'],
    ['a 404 that names something else', thrown('NoSuchVersion', { status: 404 }), 'response-invalid'],
    ['the name with another status', thrown('NoSuchKey', { status: 403 }), 'denied'],
    ['the name without a status', thrown('NoSuchKey'), 'server-error'],
    ['a bucket that is not there', thrown('NoSuchBucket', { status: 404 }), 'not-found'],
    ['a permanent redirect', thrown('PermanentRedirect', { status: 301 }), 'response-invalid'],
    ['a redirect', thrown('TemporaryRedirect', { status: 307 }), 'response-invalid'],
    ['a refusal', thrown('AccessDenied', { status: 403 }), 'denied'],
    ['too many requests', thrown('SlowDown', { status: 503 }), 'rate-limited'],
    ['a broken service', thrown('InternalError', { status: 500 }), 'server-error'],
    ['a broken connection', Object.assign(new Error('reset'), { code: 'ECONNRESET' }), 'unreachable'],
    ['what is no error', 'a text', 'server-error'],
  ])('is not %s', (_, error, code) => {
    expect(word(error)).toBe(code)
  })

  it('that was refused for a while says for how long', () => {
    const error = thrown('SlowDown', { status: 503, headers: { 'retry-after': '7' } })
    expect(s3Fault(error, 'x')).toMatchObject({ retryAfterMs: 7000 })
  })
})

describe('the region that a service names', () => {
  it('is in a header or in the error itself, the header first', () => {
    const headers = { 'x-amz-bucket-region': 'eu-central-1' }
    expect(regionNamed(thrown('PermanentRedirect', { headers }))).toBe('eu-central-1')
    expect(regionNamed(thrown('AuthorizationHeaderMalformed', { more: { Region: 'eu-west-3' } }))).toBe(
      'eu-west-3',
    )
    expect(regionNamed(thrown('PermanentRedirect', { headers, more: { Region: 'eu-west-3' } }))).toBe(
      'eu-central-1',
    )
  })

  it('has an old name in one place', () => {
    expect(regionNamed(thrown('x', { more: { Region: 'EU' } }))).toBe('eu-west-1')
  })

  it.each([undefined, null, 7, '', 'evil.example', 'a/b', 'x'.repeat(64), 'eu west', '-x'])(
    'is never %j',
    (Region) => {
      expect(regionNamed(thrown('x', { more: { Region } }))).toBeUndefined()
      if (typeof Region === 'string') {
        expect(regionNamed(thrown('x', { headers: { 'x-amz-bucket-region': Region } }))).toBeUndefined()
      }
    },
  )

  it('is none where there is none', () => {
    expect(regionNamed(new Error('x'))).toBeUndefined()
    expect(regionNamed(undefined)).toBeUndefined()
  })
})
