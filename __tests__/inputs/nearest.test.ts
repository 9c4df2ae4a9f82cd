import { describe, expect, it } from 'vitest'
import { nearest } from '../../src/inputs/nearest.js'
import { inputTable } from '../../src/inputs/table.js'

const names = inputTable.map(({ name }) => name)

describe('the name that a misspelt one most likely means', () => {
  it.each([
    ['imge', 'image'],
    ['images', 'image'],
    ['keys', 'key'],
    ['expected-digst', 'expected-digest'],
    ['expected_digest', 'expected-digest'],
    ['on-infrastucture-eror', 'on-infrastructure-error'],
    ['time-out', 'timeout'],
    ['result_file', 'result-file'],
    ['retrys', undefined],
    ['concurency', 'concurrency'],
  ])('%s is near to %s', (typed, meant) => {
    expect(nearest(typed, names)).toBe(meant)
  })

  it.each(['', 'x', 'signature', 'registry', 'cosign-key-file', 'KEY'])('%j is near to nothing', (typed) => {
    expect(nearest(typed, names)).toBeUndefined()
  })

  it('is the nearest one, and the first of equals', () => {
    expect(nearest('abcdefgh', ['abcdexyh', 'abcdefgx'])).toBe('abcdefgx')
    expect(nearest('abcd', ['abcx', 'abcy'])).toBe('abcx')
    expect(nearest('abcd', [])).toBeUndefined()
  })

  it('allows one slip in a short name and one in four letters of a long one', () => {
    expect(nearest('ab', ['abc'])).toBe('abc')
    expect(nearest('ab', ['abcd'])).toBeUndefined()
    expect(nearest('abcdefgh', ['xxcdefgh'])).toBe('xxcdefgh')
    expect(nearest('abcdefgh', ['xxxdefgh'])).toBeUndefined()
  })

  it('does not look at names longer than any name is', () => {
    const long = 'a'.repeat(65)
    expect(nearest(long, [long])).toBeUndefined()
    expect(nearest('a'.repeat(64), [`${'a'.repeat(63)}b`])).toBe(`${'a'.repeat(63)}b`)
  })
})
