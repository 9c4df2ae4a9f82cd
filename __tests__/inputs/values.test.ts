import { describe, expect, it } from 'vitest'
import {
  isRefused,
  readChoice,
  readDuration,
  readList,
  readSwitch,
  readWhole,
} from '../../src/inputs/values.js'
import { newKey } from '../harness/store.js'

describe('a duration', () => {
  it.each([
    ['0', 0],
    ['0s', 0],
    ['500ms', 500],
    ['90s', 90_000],
    ['5m', 300_000],
    ['1h30m', 5_400_000],
    ['1h1m1s1ms', 3_661_001],
    ['1.5h', 5_400_000],
    ['0.5s', 500],
    ['24h', 86_400_000],
    ['1440m', 86_400_000],
  ])('%s is %i milliseconds, as Go reads it', (text, ms) => {
    expect(readDuration(text)).toBe(ms)
  })

  it.each([
    '',
    '5',
    '90',
    '-5s',
    '+5s',
    '5 m',
    ' 5m',
    '5m ',
    '5M',
    '5min',
    '5d',
    's',
    '.5s',
    '5.s',
    '1,5s',
    '1e3s',
    '0x5s',
    '٣s',
    '5m\n',
    'Infinity',
    'NaN',
    '24h1ms',
    '25h',
    '999999999h',
    '9999999999s',
  ])('%j is none', (text) => {
    expect(readDuration(text)).toEqual({ expected: 'a duration such as 90s, 5m or 1h30m, at most 24h' })
  })

  it('is read in a moment however long the text is: no backtracking', () => {
    expect(isRefused(readDuration(`${'1h'.repeat(50_000)}x`))).toBe(true)
  })
})

describe('a whole number', () => {
  it.each([
    ['0', 0],
    ['3', 3],
    ['20', 20],
    ['007', 7],
  ])('%s from 0 to 20', (text, value) => {
    expect(readWhole(text, 0, 20)).toBe(value)
  })

  it.each(['', '21', '-1', '+1', '1.0', '1e1', '0x1', ' 1', '1 ', '1\n', 'one', '١', '99999999999999999999'])(
    '%j is none from 0 to 20',
    (text) => {
      expect(readWhole(text, 0, 20)).toEqual({ expected: 'a whole number from 0 to 20' })
    },
  )
})

describe('a choice', () => {
  it('is one of the words as they are written', () => {
    expect(readChoice('audit', ['enforce', 'audit'])).toBe('audit')
    for (const text of ['', 'Audit', 'AUDIT', 'audit ', 'aud', 'audit\nenforce']) {
      expect(readChoice(text, ['enforce', 'audit'])).toEqual({ expected: 'enforce or audit' })
    }
  })
})

describe('a switch', () => {
  it.each(['true', 'True', 'TRUE'])('%s is on', (text) => expect(readSwitch(text)).toBe(true))
  it.each(['false', 'False', 'FALSE'])('%s is off', (text) => expect(readSwitch(text)).toBe(false))
  it.each(['', 'yes', 'no', 'on', 'off', '0', '1', 'tRUE', 'true ', 'null'])('%j is neither', (text) => {
    expect(readSwitch(text)).toEqual({ expected: 'true or false' })
  })
})

describe('a list', () => {
  const { publicPem } = newKey()

  it.each([
    ['a.pub', ['a.pub']],
    ['a.pub\nb.pub', ['a.pub', 'b.pub']],
    ['\n  a.pub \r\n\r\n\tb.pub\n\n', ['a.pub', 'b.pub']],
    // A key reference may hold a comma or a space: only lines part items.
    ['a,b.pub', ['a,b.pub']],
    ['my key.pub', ['my key.pub']],
    ['', []],
    [' \n\t\n', []],
  ])('%j has one item a line', (text, items) => {
    expect(readList(text)).toEqual(items)
  })

  it('takes a PEM block as one item, also among other lines', () => {
    expect(readList(publicPem)).toEqual([publicPem.trim()])
    expect(readList(`a.pub\n${publicPem}b.pub\n${publicPem}`)).toEqual([
      'a.pub',
      publicPem.trim(),
      'b.pub',
      publicPem.trim(),
    ])
  })

  it('takes a PEM block with the line ends of Windows as one item', () => {
    const windows = publicPem.replaceAll('\n', '\r\n')
    expect(readList(`${windows}b.pub`)).toEqual([windows.trim(), 'b.pub'])
  })
})

describe('a refused value', () => {
  it('is told from any value that can be used', () => {
    expect(isRefused({ expected: 'x' })).toBe(true)
    for (const value of [0, false, '', null, undefined, {}, 'expected']) expect(isRefused(value)).toBe(false)
  })
})
