import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { describe as say, faultCode, isBroken, isNetworkFault } from '../../src/network/fault.js'

const coded = (code: string, message = 'message'): Error => Object.assign(new Error(message), { code })
const named = (name: string): Error => Object.assign(new Error('message'), { name })
/** As `fetch` and Node's own connecting wrap what happened. */
const wrapped = (cause: unknown): Error => new TypeError('fetch failed', { cause })
const several = (...errors: readonly Error[]): Error => new AggregateError(errors, '')

describe('a failure below HTTP', () => {
  it.each([
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls-failed'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls-failed'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls-failed'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls-failed'],
    ['CERT_HAS_EXPIRED', 'tls-failed'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls-failed'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls-failed'],
    ['EPROTO', 'tls-failed'],
    ['ETIMEDOUT', 'timeout'],
    ['ESOCKETTIMEDOUT', 'timeout'],
    ['UND_ERR_HEADERS_TIMEOUT', 'timeout'],
    ['HPE_INVALID_CONSTANT', 'response-invalid'],
    ['HPE_HEADER_OVERFLOW', 'response-invalid'],
    ['ECONNREFUSED', 'unreachable'],
    ['ECONNRESET', 'unreachable'],
    ['ENOTFOUND', 'unreachable'],
    ['EPROTONOSUPPORT', 'unreachable'],
  ])('%s is %s', (code, expected) => {
    expect(faultCode(coded(code))).toBe(expected)
    expect(faultCode(wrapped(coded(code)))).toBe(expected)
    expect(faultCode(several(coded(code)))).toBe(expected)
    expect(isNetworkFault(wrapped(coded(code)))).toBe(true)
  })

  it('is a timeout when it was stopped', () => {
    expect(faultCode(named('AbortError'))).toBe('timeout')
    expect(faultCode(named('TimeoutError'))).toBe('timeout')
  })

  it('is no way there when nothing more is known', () => {
    for (const odd of [new Error('x'), 'x', undefined, null, {}, coded('')])
      expect(faultCode(odd)).toBe('unreachable')
  })

  it('is found however it is wrapped, and in a circle too', () => {
    expect(faultCode(wrapped(wrapped(several(new Error('x'), coded('CERT_HAS_EXPIRED')))))).toBe('tls-failed')
    const circle = new Error('x')
    circle.cause = circle
    expect(faultCode(circle)).toBe('unreachable')
  })
})

describe('a defect of the program', () => {
  it('is no failure of the network', () => {
    for (const error of [
      new TypeError('x'),
      new Error('x'),
      new RangeError('x'),
      coded('ERR_INVALID_ARG_TYPE'),
      'x',
      null,
    ])
      expect(isNetworkFault(error)).toBe(false)
  })
})

describe('a connection that the other side ended', () => {
  it('is told apart from one that never was', () => {
    for (const code of ['ECONNRESET', 'EPIPE']) expect(isBroken(wrapped(coded(code)))).toBe(true)
    for (const code of ['ECONNREFUSED', 'ETIMEDOUT', 'ENOTFOUND']) expect(isBroken(coded(code))).toBe(false)
  })
})

describe('one line about an error', () => {
  it('is its message, or whatever it has', () => {
    expect(say(new Error('no way'))).toBe('no way')
    expect(say(new RangeError(''))).toBe('RangeError')
    expect(say(several(new Error('first'), new Error('second')))).toBe('first')
    expect(say(several())).toBe('AggregateError')
    expect(say('text')).toBe('text')
    expect(say(undefined)).toBe('undefined')
  })

  it('names a refused connection as Node does', async () => {
    const error = await new Promise<Error>((resolve) => connect(1, '127.0.0.1').once('error', resolve))
    expect(faultCode(error)).toBe('unreachable')
    expect(say(error)).toContain('ECONNREFUSED')
  })
})
