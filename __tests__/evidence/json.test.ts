import { describe, expect, it } from 'vitest'
import {
  field,
  isObject,
  listField,
  objectField,
  readObject,
  textField,
  texts,
} from '../../src/evidence/json.js'

const read = (text: string): ReturnType<typeof readObject> => readObject(Buffer.from(text))

describe('bytes from outside', () => {
  it('are an object, or nothing', () => {
    expect(read('{"a":1}')).toEqual({ a: 1 })
    for (const text of [
      '',
      ' ',
      'null',
      '7',
      '"a"',
      '[]',
      '[{}]',
      '{',
      '{}}',
      '{}{}',
      '{"a":1,}',
      "{'a':1}",
      'NaN',
    ])
      expect(read(text), text).toBeUndefined()
  })

  it('with a byte order mark are none', () => {
    expect(read('\ufeff{}')).toBeUndefined()
  })

  it('are read from where they begin to where they end', () => {
    const whole = Buffer.from('xx{"a":1}yy')
    expect(readObject(whole.subarray(2, 9))).toEqual({ a: 1 })
    expect(readObject(new Uint8Array(whole).subarray(2, 9))).toEqual({ a: 1 })
    expect(readObject(whole)).toBeUndefined()
  })

  it.each([
    ['objects', '{"a":', '}'],
    ['lists', '[', ']'],
  ])('with %s 100,000 levels deep end in an answer, not in a crash', (_, open, close) => {
    const deep = `${open.repeat(100_000)}1${close.repeat(100_000)}`
    expect(read(`{"deep":{},"a":${deep}}`)).toBeUndefined()
    expect(read(open.repeat(100_000))).toBeUndefined()
  })

  it('that name a member twice mean the last one, as for the programs that sign', () => {
    expect(textField(read('{"a":"first","a":"last"}'), 'a')).toBe('last')
    expect(textField(read('{"a":"first","a":7}'), 'a')).toBeUndefined()
  })
})

describe('a field', () => {
  const object = read('{"text":"x","list":[1],"object":{"a":1},"null":null,"zero":0,"empty":"","no":false}')

  it('is there with the type that is asked for', () => {
    expect(textField(object, 'text')).toBe('x')
    expect(textField(object, 'empty')).toBe('')
    expect(listField(object, 'list')).toEqual([1])
    expect(objectField(object, 'object')).toEqual({ a: 1 })
    expect(field(object, 'zero')).toBe(0)
    expect(field(object, 'null')).toBeNull()
  })

  it.each(['list', 'object', 'null', 'zero', 'no', 'absent'])('%s is no text', (name) => {
    expect(textField(object, name)).toBeUndefined()
  })
  it.each(['text', 'object', 'null', 'zero', 'no', 'absent'])('%s is no list', (name) => {
    expect(listField(object, name)).toBeUndefined()
  })
  it.each(['text', 'list', 'null', 'zero', 'no', 'absent'])('%s is no object', (name) => {
    expect(objectField(object, name)).toBeUndefined()
  })

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'])(
    '%s is one only where the bytes have it',
    (name) => {
      expect(field(object, name)).toBeUndefined()
      expect(field(read(`{"${name}":"own"}`), name)).toBe('own')
    },
  )

  it('of nothing is nothing', () => {
    expect(field(undefined, 'a')).toBeUndefined()
    expect(texts(undefined)).toEqual({})
  })

  it('named __proto__ changes no other object', () => {
    const hostile = read('{"__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}}}')
    expect(hostile).toBeDefined()
    expect(field(hostile, 'polluted')).toBeUndefined()
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })
})

describe('the texts of an object', () => {
  it('are its members that are texts', () => {
    expect(texts(read('{"a":"x","b":7,"c":null,"d":["x"],"e":{"f":"x"},"g":""}'))).toEqual({ a: 'x', g: '' })
  })

  it('keep names that objects have by themselves', () => {
    const kept = texts(read('{"__proto__":"a","constructor":"b"}'))
    expect(Object.entries(kept)).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ])
  })
})

describe('an object', () => {
  it('is neither null nor a list', () => {
    expect([{}, [], null, undefined, 'x', 7, true].map(isObject)).toEqual([
      true,
      false,
      false,
      false,
      false,
      false,
      false,
    ])
  })
})

describe('nesting', () => {
  const nested = (depth: number, inner = '1'): Buffer =>
    Buffer.from(`{"a":${'['.repeat(depth)}${inner}${']'.repeat(depth)}}`)

  it('is read as deep as anybody nests, and no deeper', () => {
    expect(readObject(nested(999))).toBeDefined()
    expect(readObject(nested(1000))).toBeUndefined()
    for (const [open, close] of [
      ['{"b":', '}'],
      ['[{"b":', '}]'],
    ] as const) {
      const of = (times: number): Buffer => Buffer.from(`{"a":${open.repeat(times)}1${close.repeat(times)}}`)
      const least = close.length
      expect(readObject(of(Math.floor(999 / least)))).toBeDefined()
      expect(readObject(of(1000 / least))).toBeUndefined()
    }
    // Megabytes of it would keep V8 for minutes.
    expect(readObject(Buffer.from('['.repeat(30_000_000)))).toBeUndefined()
  })

  it('is not what brackets in a text are, nor lists beside each other', () => {
    expect(readObject(Buffer.from(JSON.stringify({ a: '[{'.repeat(5000) })))).toBeDefined()
    expect(readObject(Buffer.from(JSON.stringify({ a: `\\"${'['.repeat(5000)}` })))).toBeDefined()
    expect(readObject(Buffer.from(JSON.stringify({ a: Array<object>(5000).fill([{}]) })))).toBeDefined()
    expect(readObject(Buffer.from(JSON.stringify({ [`\\\\"${'{'.repeat(5000)}`]: 'x' })))).toBeDefined()
  })

  it('counts again where a text has ended, whatever stood in it', () => {
    for (const text of ['"x"', '"\\\\"', '"\\""', '"]]]]"', '"{"'])
      expect(
        readObject(Buffer.from(`{"a":${text},"b":${'['.repeat(1000)}${']'.repeat(1000)}}`)),
      ).toBeUndefined()
  })
})
