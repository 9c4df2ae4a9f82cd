import { describe, expect, it } from 'vitest'
import { retryAfter, statusCode } from '../../src/network/status.js'

describe('a status that is no answer', () => {
  it.each([
    [401, 'denied'],
    [403, 'denied'],
    [407, 'denied'],
    [408, 'timeout'],
    [504, 'timeout'],
    [429, 'rate-limited'],
    [500, 'server-error'],
    [502, 'server-error'],
    [503, 'server-error'],
    [599, 'server-error'],
    [100, 'response-invalid'],
    [204, 'response-invalid'],
    [302, 'response-invalid'],
    [400, 'response-invalid'],
    [404, 'response-invalid'],
    [418, 'response-invalid'],
    [0, 'response-invalid'],
  ])('%i is %s', (status, code) => {
    expect(statusCode(status)).toBe(code)
  })
})

describe('how long a service asks to wait', () => {
  const now = Date.parse('Sat, 21 Nov 2026 12:00:00 GMT')

  it.each([
    ['0', 0],
    ['7', 7000],
    ['120', 120_000],
    ['999999', 999_999_000],
  ])('%s seconds', (header, ms) => {
    expect(retryAfter(header, now)).toBe(ms)
  })

  it('so long that it is as good as for ever', () => {
    // Not to be taken for nothing said, after which it would be asked again at once.
    for (const header of ['1000000', '99999999999999999999', '9'.repeat(400)])
      expect(retryAfter(header, now)).toBeGreaterThanOrEqual(1_000_000_000)
  })

  it.each([
    ['Sat, 21 Nov 2026 12:00:30 GMT', 30_000],
    ['Saturday, 21-Nov-26 12:00:30 GMT', 30_000],
    ['Sat, 21 Nov 2026 12:00:00 GMT', 0],
    ['Sat, 21 Nov 2026 11:00:00 GMT', 0],
    ['Sun, 06 Nov 1994 08:49:37 GMT', 0],
  ])('until %s', (header, ms) => {
    expect(retryAfter(header, now)).toBe(ms)
  })

  it.each([
    undefined,
    '',
    'soon',
    '-1',
    '1.5',
    '1e3',
    '0x10',
    '1 2',
    '2026-11-21',
    'Sat, soon',
    'Sat, 99 Nov 2026 25:00:00 GMT',
  ])('is not said by %j', (header) => {
    expect(retryAfter(header, now)).toBeUndefined()
  })

  it('counts from now where no other time is given', () => {
    const header = new Date(Date.now() + 3_600_000).toUTCString()
    const ms = retryAfter(header) ?? -1
    expect(ms).toBeGreaterThan(3_000_000)
    expect(ms).toBeLessThanOrEqual(3_600_000)
  })
})
