import { describe, expect, it } from 'vitest'
import { foldName, readString } from '../../src/evidence/go-string.js'

/** The text that Go decodes from the bytes between two quotes; around them lies what is no part of it. */
function decoded(inner: Uint8Array | string): string {
  const token = Buffer.concat([Buffer.from('"'), Buffer.from(inner), Buffer.from('"')])
  return readString(Buffer.concat([Buffer.from('x'), token, Buffer.from('\\u0041')]), 1, 1 + token.length)
}
const bad = '\ufffd'

describe('the text of a JSON string', () => {
  it('is what is between the quotes', () => {
    expect(decoded('')).toBe('')
    expect(decoded('a')).toBe('a')
    expect(decoded('ab c')).toBe('ab c')
  })

  it('of any length is whole', () => {
    for (const length of [4095, 4096, 4097, 200_000]) {
      const text = Array.from({ length }, (_, at) => String.fromCharCode(0x61 + (at % 26))).join('')
      expect(decoded(text)).toBe(text)
    }
  })

  it.each([0x20, 0x7f, 0x80, 0x7ff, 0x800, 0xfff, 0x1000, 0xd7ff, 0xe000, 0xfffd, 0xffff, 0x10000])(
    'holds the character %i at the edge of what so many bytes can say',
    (point) => expect(decoded(String.fromCodePoint(point, 0x7a))).toBe(String.fromCodePoint(point, 0x7a)),
  )
  it.each([0x3ffff, 0x40000, 0xfffff, 0x100000, 0x10ffff, 0x1f600])('holds the character %i', (point) => {
    expect(decoded(String.fromCodePoint(point, 0x7a))).toBe(String.fromCodePoint(point, 0x7a))
  })

  it.each([
    ['\\"', '"'],
    ['\\\\', '\\'],
    ['\\/', '/'],
    ['\\b', '\b'],
    ['\\f', '\f'],
    ['\\n', '\n'],
    ['\\r', '\r'],
    ['\\t', '\t'],
    ['\\u0000', '\0'],
    ['\\u00e9', 'é'],
    ['\\u00E9', 'é'],
    ['\\uaBcD', '\uabcd'],
    ['\\ud7ff', '\ud7ff'],
    ['\\ue000', '\ue000'],
    ['\\uffff', '\uffff'],
    ['\\u00410', 'A0'],
    ['\\\\u0041', '\\u0041'],
  ])('has %s as an escape', (escape, text) => {
    expect(decoded(escape)).toBe(text)
    expect(decoded(`x${escape}y`)).toBe(`x${text}y`)
  })

  it.each([
    ['\\ud800\\udc00', '\u{10000}'],
    ['\\ud800\\udfff', '\u{103ff}'],
    ['\\ud801\\udc00', '\u{10400}'],
    ['\\uDBFF\\uDFFF', '\u{10ffff}'],
    ['\\ud83d\\ude00\\ud83d\\ude01', '😀😁'],
  ])('has the pair %s as one character', (pair, text) => {
    expect(decoded(pair)).toBe(text)
    expect(decoded(`x${pair}y`)).toBe(`x${text}y`)
  })

  it.each([
    ['\\ud800', bad],
    ['\\udbff', bad],
    ['\\udc00', bad],
    ['\\udfff', bad],
    ['\\udc00\\ud800', `${bad}${bad}`],
    ['\\udc00\\udc00', `${bad}${bad}`],
    ['\\udfff\\udfff', `${bad}${bad}`],
    ['\\ud800\\ud800\\udc00', `${bad}\u{10000}`],
    ['\\ud800\\udbff', `${bad}${bad}`],
    ['\\ud800\\ue000', `${bad}\ue000`],
    ['\\ud800\\u0041', `${bad}A`],
    ['\\ud800dc00', `${bad}dc00`],
    ['\\ud800\\ndc00', `${bad}\ndc00`],
    ['\\ud800xudc00', `${bad}xudc00`],
    ['\\ud800\\\\udc00', `${bad}\\udc00`],
  ])('has half of a pair, %s, as no character', (half, text) => {
    expect(decoded(half)).toBe(text)
  })

  // One for each byte that begins nothing, as Go has it; TextDecoder joins some.
  it.each([
    ['a byte that only continues', [0x80], 1],
    ['the last such byte', [0xbf], 1],
    ['two bytes for one of ASCII', [0xc0, 0xaf], 2],
    ['the same with the highest lead', [0xc1, 0xbf], 2],
    ['a lead alone', [0xc2], 1],
    ['a lead before ASCII below', [0xc3, 0x7f], '\ufffd\x7f'],
    ['a lead before a lead', [0xc3, 0xc0], 2],
    ['two of three bytes', [0xe2, 0x82], 2],
    ['three bytes for what two say', [0xe0, 0x9f, 0xbf], 3],
    ['three bytes whose third does not continue', [0xe2, 0x82, 0xc0], 3],
    ['three bytes whose third is ASCII', [0xe2, 0x82, 0x41], '\ufffd\ufffdA'],
    ['half of a pair', [0xed, 0xa0, 0x80], 3],
    ['the last half of a pair', [0xed, 0xbf, 0xbf], 3],
    ['three of four bytes', [0xf0, 0x9f, 0x98], 3],
    ['four bytes for what three say', [0xf0, 0x8f, 0xbf, 0xbf], 4],
    ['four bytes whose third is ASCII', [0xf0, 0x9f, 0x41, 0x80], '\ufffd\ufffdA\ufffd'],
    ['four bytes whose fourth does not continue', [0xf0, 0x9f, 0x98, 0xc0], 4],
    ['beyond the last character', [0xf4, 0x90, 0x80, 0x80], 4],
    ['a lead of nothing', [0xf5, 0x80, 0x80, 0x80], 4],
    ['a byte that no text has', [0xff], 1],
  ] as const)('has %s as what is no character', (_, bytes, expected) => {
    const text = typeof expected === 'number' ? bad.repeat(expected) : expected
    expect(decoded(Uint8Array.from(bytes))).toBe(text)
    expect(decoded(Uint8Array.from([0x41, ...bytes, 0x42]))).toBe(`A${text}B`)
  })

  it.each([
    [[0xc2, 0x80], '\x80'],
    [[0xdf, 0xbf], '\u07ff'],
    [[0xe0, 0xa0, 0x80], '\u0800'],
    [[0xe1, 0x80, 0x80], '\u1000'],
    [[0xec, 0xbf, 0xbf], '\ucfff'],
    [[0xed, 0x80, 0x80], '\ud000'],
    [[0xed, 0x9f, 0xbf], '\ud7ff'],
    [[0xee, 0x80, 0x80], '\ue000'],
    [[0xef, 0xbf, 0xbf], '\uffff'],
    [[0xf0, 0x90, 0x80, 0x80], '\u{10000}'],
    [[0xf1, 0x80, 0x80, 0x80], '\u{40000}'],
    [[0xf3, 0xbf, 0xbf, 0xbf], '\u{fffff}'],
    [[0xf4, 0x80, 0x80, 0x80], '\u{100000}'],
    [[0xf4, 0x8f, 0xbf, 0xbf], '\u{10ffff}'],
  ])('has the bytes %j as a character', (bytes, text) => {
    expect(decoded(Uint8Array.from(bytes))).toBe(text)
  })
})

describe('a name without regard to case', () => {
  it('is the same in any ASCII letters, and in the two others that Go folds', () => {
    expect(foldName('AZaz@[`{09_')).toBe('azaz@[`{09_')
    expect(foldName('\u212aeyID\u017fs\u017f\u212a')).toBe('keyidsssk')
  })

  it('is another where only other alphabets fold', () => {
    for (const letter of ['\u0130', 'ı', 'É', 'Ω', 'ﬀ', 'ẞ']) expect(foldName(letter)).toBe(letter)
  })
})
