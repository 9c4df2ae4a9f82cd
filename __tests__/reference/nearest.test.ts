import { describe, expect, it } from 'vitest'
import { nearestName } from '../../src/reference/nearest.js'
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
    ['retrys', 'retries'],
    ['KEY', 'key'],
    ['concurr', 'concurrency'],
    ['concurency', 'concurrency'],
  ])('%s is near to %s', (typed, meant) => {
    expect(nearestName(typed, names)).toBe(meant)
  })

  it.each(['', 'x', 'signature', 'registry', 'cosign-key-file'])('%j is near to nothing', (typed) => {
    expect(nearestName(typed, names)).toBeUndefined()
  })

  it('is the nearest one, and the first of equals', () => {
    expect(nearestName('abcdefgh', ['abcdexyh', 'abcdefgx'])).toBe('abcdefgx')
    expect(nearestName('abcd', ['abcx', 'abcy'])).toBe('abcx')
    expect(nearestName('validation', ['validationActions', 'validations'])).toBe('validations')
    expect(nearestName('imageRefs', ['image', 'imageReferences'])).toBe('imageReferences')
    expect(nearestName('abcd', [])).toBeUndefined()
  })

  it('allows one slip in a short name and one in three letters of a long one', () => {
    expect(nearestName('ab', ['abc'])).toBe('abc')
    expect(nearestName('ab', ['abcd'])).toBeUndefined()
    expect(nearestName('abcdefgh', ['xxcdefgh'])).toBe('xxcdefgh')
    expect(nearestName('abcdefghi', ['xxxdefghi'])).toBe('xxxdefghi')
    expect(nearestName('abcdefgh', ['xxxdefgh'])).toBeUndefined()
  })

  it('does not look at names longer than any name is', () => {
    const long = 'a'.repeat(65)
    expect(nearestName(long, [long])).toBeUndefined()
    expect(nearestName('a'.repeat(64), [`${'a'.repeat(63)}b`])).toBe(`${'a'.repeat(63)}b`)
  })
})
