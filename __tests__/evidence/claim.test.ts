import { describe, expect, it } from 'vitest'
import { claim, known, longestClaim, objects, shortened } from '../../src/evidence/claim.js'

describe('a claim', () => {
  it('is a text that says something', () => {
    expect(claim({ id: 'x' }, 'id')).toBe('x')
    for (const object of [undefined, {}, { id: '' }, { id: 7 }, { id: ['x'] }])
      expect(claim(object, 'id')).toBeUndefined()
  })

  it('is cut to size, and equals none that was not', () => {
    const longest = 'x'.repeat(longestClaim)
    expect(shortened(longest)).toBe(longest)
    expect(shortened(`${longest}x`)).toBe(`${longest.slice(1)}…`)
  })

  it('is never cut in the middle of a character', () => {
    const before = 'x'.repeat(longestClaim - 2)
    expect(shortened(`${before}😀😀`)).toBe(`${before}…`)
    const whole = `😀${'x'.repeat(longestClaim - 3)}`
    expect(shortened(`${whole}yz`)).toBe(`${whole}…`)
  })
})

describe('what is read of an object', () => {
  it('are the objects in a list, and nothing else of it', () => {
    expect(objects({ list: [{ a: 1 }, null, 'x', [], {}] }, 'list')).toEqual([{ a: 1 }, {}])
    for (const object of [undefined, {}, { list: {} }, { list: 'x' }])
      expect(objects(object, 'list')).toEqual([])
  })

  it('is what is known of it', () => {
    expect(known({ a: 1, b: undefined, c: '' })).toStrictEqual({ a: 1, c: '' })
  })
})
