import { describe, expect, test } from 'vitest'
import { parseDuration, printDuration } from '../../../src/policy/jmespath/duration.js'
import { parseFloatText } from '../../../src/policy/jmespath/float.js'
import { printDecimal, printNumber } from '../../../src/policy/jmespath/print.js'
import { parseQuantity, printQuantity } from '../../../src/policy/jmespath/quantity.js'
import { compareVersions, parseVersion } from '../../../src/policy/jmespath/semver.js'
import { printInstant } from '../../../src/policy/jmespath/instant.js'
import { parseTime } from '../../../src/policy/jmespath/time-layout.js'
import { matchesWildcard } from '../../../src/policy/jmespath/wildcard.js'

/** The right-hand sides are what Go 1.26 and apimachinery 0.36 print. */
describe('quantities', () => {
  test.each<[string, string | undefined]>([
    ['0', '0'],
    ['100m', '100m'],
    ['1000m', '1'],
    ['1.5', '1500m'],
    ['1.5Gi', '1536Mi'],
    ['0.5Ki', '512'],
    ['0.1n', '1n'],
    ['1e3', '1e3'],
    ['1E6', '1e6'],
    ['1500', '1500'],
    ['12000', '12k'],
    ['-1Ki', '-1Ki'],
    ['+5', '5'],
    ['007', '7'],
    ['.5', '500m'],
    ['5.', '5'],
    ['9223372036854775807Ei', '9223372036854775807'],
    ['', undefined],
    ['M', undefined],
    ['.', undefined],
    ['-', undefined],
    ['1K', undefined],
    ['1 Ki', undefined],
    ['1.2.3', undefined],
    ['1e99999', undefined],
    ['abc', undefined],
    ['1'.repeat(2000), undefined],
  ])('%s', (text, wanted) => {
    const read = parseQuantity(text)
    expect(read && printQuantity(read)).toBe(wanted)
  })
})

describe('durations', () => {
  test.each<[string, string | undefined]>([
    ['0', '0s'],
    ['1h30m', '1h30m0s'],
    ['90m', '1h30m0s'],
    ['-1.5s', '-1.5s'],
    ['1357.528933539h', '1357h31m44.1607404s'],
    ['1.5us', '1.5\u00b5s'],
    ['2000\u03bcs', '2ms'],
    ['3ns', '3ns'],
    ['.5m', '30s'],
    ['2562047h47m16.854775807s', '2562047h47m16.854775807s'],
    ['2562047h47m16.854775808s', undefined],
    ['', undefined],
    ['-', undefined],
    ['5', undefined],
    ['1d', undefined],
    ['1h ', undefined],
    ['h', undefined],
    ['1h-1m', undefined],
  ])('%s', (text, wanted) => {
    const read = parseDuration(text)
    expect(read === undefined ? undefined : printDuration(read)).toBe(wanted)
  })
})

describe('numbers', () => {
  test.each<[number, string, string]>([
    [0, '0', '0'],
    [5, '5', '5'],
    [123456, '123456', '123456'],
    [1e6, '1e+06', '1000000'],
    [12345678, '1.2345678e+07', '12345678'],
    [0.0001, '0.0001', '0.0001'],
    [0.00001, '1e-05', '0.00001'],
    [-2.5, '-2.5', '-2.5'],
    [1e21, '1e+21', '1000000000000000000000'],
    // A number is a 64-bit float, as in Kyverno: beyond 2^53 neighbours are one.
    [9007199254740993, '9.007199254740992e+15', '9007199254740992'],
  ])('%d', (value, plain, decimal) => {
    expect([printNumber(value), printDecimal(value)]).toEqual([plain, decimal])
  })

  test.each<[string, number | undefined]>([
    ['1.5', 1.5],
    ['-.5e2', -50],
    ['1_000', 1000],
    ['Inf', Infinity],
    ['-infinity', -Infinity],
    ['', undefined],
    ['.', undefined],
    [' 1', undefined],
    ['1__0', undefined],
    ['1e400', undefined],
    ['0x10', undefined],
  ])('%s as a float', (text, wanted) => {
    expect(parseFloatText(text)).toBe(wanted)
  })
})

describe('versions', () => {
  const rising =
    '0.0.1 0.1.0 1.0.0-alpha 1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-beta.2 1.0.0-beta.11 1.0.0-rc.1 1.0.0 1.10.0'
  test('order as semver.org has it', () => {
    const versions = rising.split(' ').map((one) => parseVersion(one)!)
    for (const [index, one] of versions.entries())
      for (const [other, two] of versions.entries())
        expect(compareVersions(one, two)).toBe(Math.sign(index - other))
    expect(compareVersions(parseVersion('1.0.0+a')!, parseVersion('1.0.0+b')!)).toBe(0)
  })

  test.each([
    '',
    '1',
    '1.2',
    'v1.2.3',
    '01.2.3',
    '1.2.3-',
    '1.2.3-01',
    '1.2.3-a..b',
    '1.2.3+',
    '1.2.3 ',
    '99999999999999999999.0.0',
  ])('%j is none', (text) => expect(parseVersion(text)).toBeUndefined())
})

describe('times', () => {
  test.each<[string, string, string | undefined]>([
    ['2006-01-02T15:04:05Z07:00', '2024-02-29T23:59:59.999999999+05:30', '2024-02-29T23:59:59+05:30'],
    ['2006-01-02T15:04:05Z07:00', '2024-02-29T23:59:59,5Z', '2024-02-29T23:59:59Z'],
    ['2006-01-02T15:04:05Z07:00', '2023-02-29T00:00:00Z', undefined],
    ['2006-01-02T15:04:05Z07:00', '2023-02-28T24:00:00Z', undefined],
    ['2006-01-02T15:04:05Z07:00', '2023-02-28T00:00:00', undefined],
    ['2006-01-02T15:04:05Z07:00', '2023-02-28T00:00:00Zx', undefined],
    ['Mon, 02 Jan 2006 15:04:05 MST', 'Mon, 23 Jun 1952 14:42:06 +0000', '1952-06-23T14:42:06Z'],
    ['Monday, January _2 2006 15h04', 'Friday, March  1 1900 07h08', '1900-03-01T07:08:00Z'],
    ['2006-002', '2024-366', '2024-12-31T00:00:00Z'],
    ['2006-002', '2023-366', undefined],
    ['3:04PM', '12:30AM', '0000-01-01T00:30:00Z'],
    ['02 Jan 06', '01 Jan 68', '2068-01-01T00:00:00Z'],
    ['02 Jan 06', '01 Jan 69', '1969-01-01T00:00:00Z'],
    ['15:04:05.000', '01:02:03.004', '0000-01-01T01:02:03Z'],
    ['15:04:05.000', '01:02:03.04', undefined],
    ['', '', '0000-01-01T00:00:00Z'],
    ['2006', `2006${' '.repeat(1000)}`, undefined],
  ])('%s of %s', (layout, text, wanted) => {
    const read = parseTime(layout, text)
    expect(read && printInstant(read)).toBe(wanted)
  })
})

describe('wildcards', () => {
  test.each<[string, string, boolean]>([
    ['*', '', true],
    ['?', '', false],
    ['', '', true],
    ['', 'a', false],
    ['a*c', 'abbc', true],
    ['a*c', 'abb', false],
    ['*a*b*', 'xxaxxbxx', true],
    ['a?c', 'a/c', true],
    ['ghcr.io/*', 'ghcr.io/a/b', true],
    ['?', '😀', true],
    ['[a]', 'a', false],
    ['a\\*', 'a*', false],
  ])('%s on %s', (pattern, text, wanted) => {
    expect(matchesWildcard(pattern, text)).toBe(wanted)
  })
})
