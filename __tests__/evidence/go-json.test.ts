import { describe, expect, it } from 'vitest'
import { scanJson, type JsonValue } from '../../src/evidence/go-json.js'

const scan = (text: string): ReturnType<typeof scanJson> => scanJson(Buffer.from(text, 'latin1'))

/** Go's message about what is no JSON, in the words that encoding/json of go1.26 printed for the same bytes. */
const reason = (text: string): string | undefined => {
  const scanned = scan(text)
  return scanned.kind === 'invalid' ? scanned.reason : undefined
}

/** The whole value and the members of an outermost object: each with its kind and the text between its bounds. */
function read(text: string): unknown[] {
  const scanned = scan(text)
  if (scanned.kind === 'invalid') return [scanned.reason]
  const shown = ({ kind, start, end }: JsonValue): string => `${kind} ${text.slice(start, end)}`
  return [shown(scanned.value), ...scanned.members.map(({ key, value }) => [shown(key), shown(value)])]
}

describe('JSON as Go scans it', () => {
  it.each([
    ['{}', 'object'],
    ['[]', 'array'],
    ['""', 'string'],
    ['0', 'number'],
    ['-1', 'number'],
    ['true', 'bool'],
    ['false', 'bool'],
    ['null', 'null'],
  ])('%s is a value: %s', (text, kind) => {
    expect(scan(text)).toEqual({ kind: 'valid', value: { kind, start: 0, end: text.length }, members: [] })
  })

  it('may have any of four white spaces between its tokens, and none counts as part of a value', () => {
    for (const space of [' ', '\t', '\n', '\r', '\r\n \t']) {
      const text = ['', '{', '"a"', ':', '[', '1', ',', '{', '}', ']', ',', '"b"', ':', 'null', '}', '']
      expect(scan(text.join(space)).kind).toBe('valid')
      expect(read(`${space}"a"${space}`)).toEqual(['string "a"'])
      expect(read(`{"a"${space}:${space}1${space}}`)).toEqual([
        `object {"a"${space}:${space}1${space}}`,
        ['string "a"', 'number 1'],
      ])
    }
  })

  it.each(['\v', '\f', '\0', '\x1f', '\x21', '\xa0', '\x85', '\x08', '\x0e', '\x0c'])(
    'has no other white space: %j',
    (byte) => {
      expect(reason(`${byte}1`)).toContain('looking for beginning of value')
      expect(reason(`1${byte}`)).toContain('after top-level value')
    },
  )

  it('has the members of an outermost object, in order and each as often as it is there', () => {
    expect(read('{"a":1,"b":"x","a":[],"":{},"c":true,"d":null}').slice(1)).toEqual([
      ['string "a"', 'number 1'],
      ['string "b"', 'string "x"'],
      ['string "a"', 'array []'],
      ['string ""', 'object {}'],
      ['string "c"', 'bool true'],
      ['string "d"', 'null null'],
    ])
  })

  it('keeps the members of inner objects and the items of lists to itself', () => {
    expect(read('{"a":{"b":1,"c":{"d":2}},"e":[3,{"f":4}],"g":5}').slice(1)).toEqual([
      ['string "a"', 'object {"b":1,"c":{"d":2}}'],
      ['string "e"', 'array [3,{"f":4}]'],
      ['string "g"', 'number 5'],
    ])
    expect(read('[1,{"a":2},[3],"x"]')).toEqual(['array [1,{"a":2},[3],"x"]'])
    expect(read('[{"a":1}]')).toEqual(['array [{"a":1}]'])
  })
})

describe('a number', () => {
  it.each([
    '0',
    '-0',
    '9',
    '10',
    '1234567890',
    '-9876543210',
    '0.0',
    '0.09',
    '-1.90',
    '1e0',
    '1E9',
    '1e+9',
    '1E-09',
    '0e0',
    '12.5e-10',
  ])('%s is one, to its end', (text) => {
    expect(read(text)).toEqual([`number ${text}`])
    expect(read(`{"a":${text}}`)).toEqual([`object {"a":${text}}`, ['string "a"', `number ${text}`]])
  })

  it.each([
    ['-', "invalid character ' ' in numeric literal"],
    ['--1', "invalid character '-' in numeric literal"],
    ['-/', "invalid character '/' in numeric literal"],
    ['-:', "invalid character ':' in numeric literal"],
    ['+1', "invalid character '+' looking for beginning of value"],
    ['.5', "invalid character '.' looking for beginning of value"],
    ['/', "invalid character '/' looking for beginning of value"],
    [':', "invalid character ':' looking for beginning of value"],
    ['00', "invalid character '0' after top-level value"],
    ['-01', "invalid character '1' after top-level value"],
    ['1/', "invalid character '/' after top-level value"],
    ['1:', "invalid character ':' after top-level value"],
    ['1.', "invalid character ' ' after decimal point in numeric literal"],
    ['1.e1', "invalid character 'e' after decimal point in numeric literal"],
    ['1.5.5', "invalid character '.' after top-level value"],
    ['1e', "invalid character ' ' in exponent of numeric literal"],
    ['1ee1', "invalid character 'e' in exponent of numeric literal"],
    ['1e+-1', "invalid character '-' in exponent of numeric literal"],
    ['1e1.5', "invalid character '.' after top-level value"],
    ['1e1e1', "invalid character 'e' after top-level value"],
    ['1d1', "invalid character 'd' after top-level value"],
    ['1f1', "invalid character 'f' after top-level value"],
    ['1%1', "invalid character '%' after top-level value"],
    ['0x10', "invalid character 'x' after top-level value"],
  ])('is none as %s', (text, expected) => {
    expect(reason(text)).toBe(expected)
  })
})

describe('a word', () => {
  it.each([
    ['t', "invalid character ' ' in literal true (expecting 'r')"],
    ['tru', "invalid character ' ' in literal true (expecting 'e')"],
    ['trux', "invalid character 'x' in literal true (expecting 'e')"],
    ['truee', "invalid character 'e' after top-level value"],
    ['fAlse', "invalid character 'A' in literal false (expecting 'a')"],
    ['falst', "invalid character 't' in literal false (expecting 'e')"],
    ['nULL', "invalid character 'U' in literal null (expecting 'u')"],
    ['nulL', "invalid character 'L' in literal null (expecting 'l')"],
    ['[true false]', "invalid character 'f' after array element"],
    ['True', "invalid character 'T' looking for beginning of value"],
    ['undefined', "invalid character 'u' looking for beginning of value"],
  ])('is none as %s', (text, expected) => {
    expect(reason(text)).toBe(expected)
  })
})

describe('a string', () => {
  it.each([
    '"\\""',
    '"\\\\"',
    '"\\/"',
    '"\\b\\f\\n\\r\\t"',
    '"\\u0000"',
    '"\\u09aA\\ufFbB"',
    '"\\u0000\\u0000x"',
    '" \x7f\xff"',
    '"{[,:]}"',
  ])('%s is one, to its own quote', (text) => {
    expect(read(`[${text}]`)).toEqual([`array [${text}]`])
    expect(read(`{${text}:${text}}`).slice(1)).toEqual([[`string ${text}`, `string ${text}`]])
    expect(reason(`${text}"`)).toBe("invalid character '\"' after top-level value")
  })

  it.each([
    ['"', 'unexpected end of JSON input'],
    ['"\\"', 'unexpected end of JSON input'],
    ['"\x1f"', "invalid character '\\x1f' in string literal"],
    ['"\0"', "invalid character '\\x00' in string literal"],
    ['"\x07"', "invalid character '\\a' in string literal"],
    ['"\\', "invalid character ' ' in string escape code"],
    ['"\\u', "invalid character ' ' in \\u hexadecimal character escape"],
    ['"\\u123', "invalid character ' ' in \\u hexadecimal character escape"],
    ['"\\u1234', 'unexpected end of JSON input'],
    ['"\\u123"', "invalid character '\"' in \\u hexadecimal character escape"],
    ['"\\u/000"', "invalid character '/' in \\u hexadecimal character escape"],
    ['"\\u000:"', "invalid character ':' in \\u hexadecimal character escape"],
    ['"\\u@000"', "invalid character '@' in \\u hexadecimal character escape"],
    ['"\\u00G0"', "invalid character 'G' in \\u hexadecimal character escape"],
    ['"\\u0`00"', "invalid character '`' in \\u hexadecimal character escape"],
    ['"\\ug000"', "invalid character 'g' in \\u hexadecimal character escape"],
    ['"\\U0000"', "invalid character 'U' in string escape code"],
    ['"\\\'"', "invalid character '\\'' in string escape code"],
    ['{"a\n":1}', "invalid character '\\n' in string literal"],
  ])('is none as %j', (text, expected) => {
    expect(reason(text)).toBe(expected)
  })
})

describe('an object or a list', () => {
  it.each([
    ['{', 'unexpected end of JSON input'],
    ['[', 'unexpected end of JSON input'],
    ['{"a"', 'unexpected end of JSON input'],
    ['{"a":', 'unexpected end of JSON input'],
    ['{"a":1,', 'unexpected end of JSON input'],
    ['[1,', 'unexpected end of JSON input'],
    ['[[]', 'unexpected end of JSON input'],
    ['{"a"}', "invalid character '}' after object key"],
    ['{"a":}', "invalid character '}' looking for beginning of value"],
    ['{"a":1:', "invalid character ':' after object key:value pair"],
    ['{"a":1]', "invalid character ']' after object key:value pair"],
    ['[1}', "invalid character '}' after array element"],
    ['[1:2]', "invalid character ':' after array element"],
    ['[,1]', "invalid character ',' looking for beginning of value"],
    ['{1:2}', "invalid character '1' looking for beginning of object key string"],
    ['{"a":1,2}', "invalid character '2' looking for beginning of object key string"],
    ['}', "invalid character '}' looking for beginning of value"],
    [']', "invalid character ']' looking for beginning of value"],
    ['{}}', "invalid character '}' after top-level value"],
    ['[]]', "invalid character ']' after top-level value"],
    ['{"a":[1,{"b":2]}', "invalid character ']' after object key:value pair"],
    ['[{"a":1},2 3]', "invalid character '3' after array element"],
    ['{"a":[1] "b":2}', "invalid character '\"' after object key:value pair"],
  ])('is none as %s', (text, expected) => {
    expect(reason(text)).toBe(expected)
  })
})

describe('nesting', () => {
  it('is read ten thousand deep and no deeper, whichever brackets it has', () => {
    const lists = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`
    expect(read(lists(10_000))).toEqual([`array ${lists(10_000)}`])
    expect(reason('['.repeat(10_001))).toBe("invalid character '[' exceeded max depth")
    expect(reason(`${'['.repeat(10_000)}{`)).toBe("invalid character '{' exceeded max depth")
    expect(reason(`${'['.repeat(10_000)}1`)).toBe('unexpected end of JSON input')
    expect(read(`[${'[],{},'.repeat(10_000)}1]`)).toHaveLength(1)
  })
})

describe('a byte in a message', () => {
  it.each([
    [0x00, '\\x00'],
    [0x07, '\\a'],
    [0x08, '\\b'],
    [0x0b, '\\v'],
    [0x0c, '\\f'],
    [0x0f, '\\x0f'],
    [0x1f, '\\x1f'],
    [0x27, "\\'"],
    [0x5c, '\\\\'],
    [0x7e, '~'],
    [0x7f, '\\x7f'],
    [0x80, '\\u0080'],
    [0x9f, '\\u009f'],
    [0xa0, '\\u00a0'],
    [0xa1, '¡'],
    [0xac, '¬'],
    [0xad, '\\u00ad'],
    [0xae, '®'],
    [0xff, 'ÿ'],
  ])('%i is written %s', (byte, shown) => {
    expect(scanJson(Uint8Array.of(byte))).toEqual({
      kind: 'invalid',
      reason: `invalid character '${shown}' looking for beginning of value`,
    })
  })

  it.each([
    [0x09, '\\t'],
    [0x0a, '\\n'],
    [0x0d, '\\r'],
  ])('%i, white space elsewhere, is written %s', (byte, shown) => {
    expect(scanJson(Uint8Array.of(0x22, byte))).toEqual({
      kind: 'invalid',
      reason: `invalid character '${shown}' in string literal`,
    })
  })
})
