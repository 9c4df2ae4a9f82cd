import { describe, expect, it } from 'vitest'
import { ageless, judgeAge } from '../../src/verify/freshness.js'

const now = new Date('2026-03-01T12:00:00Z')
const hour = 3_600_000
const ago = (ms: number): Date => new Date(now.getTime() - ms)

describe('the age of a signature', () => {
  it.each([
    ['made as it is looked at', [ago(0)], 'met'],
    ['as old as it may be', [ago(hour)], 'met'],
    ['a millisecond older', [ago(hour + 1)], 'unmet'],
    ['a day older', [ago(25 * hour)], 'unmet'],
    // A log or a timestamp can be had again for an old signature.
    ['old by one time and young by a later one', [ago(1), ago(2 * hour)], 'unmet'],
    ['the same in the other order', [ago(2 * hour), ago(1)], 'unmet'],
    ['young by all', [ago(1), ago(2), ago(hour)], 'met'],
  ])('%s', (_, times, status) => {
    expect(judgeAge(times, hour, now, 'app').status).toBe(status)
  })

  it('is said with the time it was judged by, which is the earliest', () => {
    expect(judgeAge([ago(1000), ago(2000)], hour, now, 'app')).toEqual({
      status: 'met',
      check: 'freshness',
      message: 'the signature at app is of 2026-03-01T11:59:58.000Z, at most 1h ago',
    })
    expect(judgeAge([ago(1000), ago(2 * hour)], hour, now, 'app')).toEqual({
      status: 'unmet',
      code: 'policy-denied',
      check: 'freshness',
      message:
        'expected a signature that is proven to be at most 1h old at app, got one of 2026-03-01T10:00:00.000Z',
    })
  })

  it('is unknown to nobody: without a proven time it is too old', () => {
    const tooOld = {
      status: 'unmet',
      code: 'timestamp-invalid',
      check: 'freshness',
      message:
        'expected a signature that is proven to be at most 1h old at app, got one for which no time is proven',
    }
    expect(judgeAge([], hour, now, 'app')).toEqual(tooOld)
    expect(ageless(hour, 'app')).toEqual(tooOld)
  })

  it.each([
    [1000, '1s'],
    [90 * 60_000, '5400s'],
    [hour, '1h'],
    [36 * hour, '36h'],
    [24 * hour, '1d'],
    [7 * 24 * hour, '7d'],
  ])('of %i ms is spelled %s', (ms, spelled) => {
    expect(ageless(ms, 'app').message).toContain(`at most ${spelled} old`)
  })
})
