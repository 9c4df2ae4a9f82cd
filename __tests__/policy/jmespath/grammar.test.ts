import { describe, expect, it, test } from 'vitest'
import { parseExpression } from '../../../src/policy/jmespath/parse.js'
import { evaluate } from '../../../src/policy/jmespath/evaluate.js'
import { ask, now } from './ask.js'

const data = {
  a: { b: { c: 'deep' }, 'd-e': 1, 'with "quote"': 2 },
  list: [0, 1, 2, 3, 4, 5],
  people: [
    { name: 'Ann', age: 30, tags: ['x', 'y'] },
    { name: 'Bob', age: 20, tags: [] },
    { name: 'Cy', age: 40, tags: ['z'], boss: true },
  ],
  nested: [[1, [2]], [3], 4],
  zero: 0,
  no: false,
  empty: '',
  nothing: null,
  map: { x: { v: 1 }, y: { v: 2 }, z: 'text' },
}

describe('expressions', () => {
  test.each<[string, unknown]>([
    ['a.b.c', 'deep'],
    ['a."d-e"', 1],
    ['a."with \\"quote\\""', 2],
    ['"\\u0061".b.c', 'deep'],
    ['@.zero', 0],
    ['a . b . c', 'deep'],
    ['nothing.x.y', null],
    ['zero.x', null],
    ['list.x', null],
    ['list[0]', 0],
    ['list[-1]', 5],
    ['list[6]', null],
    ['list[-7]', null],
    ['a[0]', null],
    ['list[1:3]', [1, 2]],
    ['list[:2]', [0, 1]],
    ['list[4:]', [4, 5]],
    ['list[::2]', [0, 2, 4]],
    ['list[::-1]', [5, 4, 3, 2, 1, 0]],
    ['list[-2:]', [4, 5]],
    ['list[3:1:-1]', [3, 2]],
    ['list[10:]', []],
    ['list[:]', [0, 1, 2, 3, 4, 5]],
    ['a[1:2]', null],
    ['people[*].name', ['Ann', 'Bob', 'Cy']],
    ['people[].name', ['Ann', 'Bob', 'Cy']],
    ['people[*].boss', [true]],
    ['people[*].tags[]', ['x', 'y', 'z']],
    ['people[*].tags[0]', ['x', 'z']],
    ['people[*].tags | [0]', ['x', 'y']],
    ['people[:2].name', ['Ann', 'Bob']],
    ['nested[]', [1, [2], 3, 4]],
    ['nested[][]', [1, 2, 3, 4]],
    ['map.*.v', [1, 2]],
    ['map.*', [{ v: 1 }, { v: 2 }, 'text']],
    ['list.*', null],
    ['people[?age > `25`].name', ['Ann', 'Cy']],
    ['people[?boss].name', ['Cy']],
    ['people[?!boss].name', ['Ann', 'Bob']],
    ["people[?name == 'Bob'] | [0].age", 20],
    ["people[?age >= `30` && name != 'Cy'].name", ['Ann']],
    ["people[?age < `25` || contains(tags, 'z')].name", ['Bob', 'Cy']],
    ['people[?tags].name', ['Ann', 'Cy']],
    ['people[?age <= `20`].[name, age]', [['Bob', 20]]],
    ['list[?@ > `3`]', [4, 5]],
    ['a[?x]', null],
    ['people[0].{n: name, "t-s": tags[0]}', { n: 'Ann', 't-s': 'x' }],
    ['[zero, a.b.c]', [0, 'deep']],
    ['{z: zero}', { z: 0 }],
    ['nothing.[a]', null],
    ['nothing.{a: b}', null],
    ['zero || `7`', 0],
    ['no || empty || nothing || list[9] || `7`', 7],
    ['no && zero', false],
    ['zero && list[1]', 1],
    ['!zero', false],
    ['!nothing', true],
    ['!!empty', false],
    ['(no || zero) && `1`', 1],
    ['no || zero && `1`', 1],
    ['`1` == `1.0`', true],
    ['`[1, {"a": 2}]` == `[1, {"a": 2}]`', true],
    ['`{"a": 1, "b": 2}` == `{"b": 2, "a": 1}`', true],
    ["'1' == `1`", false],
    ["'b' > 'a'", null],
    ['nothing == `null`', true],
    ["'raw \\' quote'", "raw ' quote"],
    ["'back\\slash \\\\ two'", 'back\\slash \\\\ two'],
    ["'line\nfeed'", 'line\nfeed'],
    ['`"a\\`b"`', 'a`b'],
    ['` {"a": [true, null]} `', { a: [true, null] }],
    ['list | length(@)', 6],
    ['people[*].name | [1:] | [0]', 'Bob'],
    ['sort_by(people, &age)[0].name', 'Bob'],
    ['map(&name, people)', ['Ann', 'Bob', 'Cy']],
    ['people[*].[name, length(tags)] | [0]', ['Ann', 2]],
    ['a.b.c.length(@)', 4],
  ])('%s', (text, wanted) => {
    expect(ask(text, data)).toEqual(wanted)
  })
})

describe('what is no expression', () => {
  test.each<[string, number]>([
    ['', 0],
    ['a.', 2],
    ['.a', 0],
    ['a b', 2],
    ['a[', 2],
    ['a[0', 3],
    ['a[b]', 2],
    ['a[1:2:3:4]', 7],
    ['a[::0]', 1],
    ["'open", 0],
    ['"open', 0],
    ['`{`', 0],
    ['`foo`', 0],
    ['a ||', 4],
    ['a = b', 2],
    ['f(a', 3],
    ['f(a b)', 4],
    ['"f"(a)', 0],
    ['{a}', 2],
    ['{a: }', 4],
    ['[a,]', 3],
    ['a[?b', 4],
    ['a.`1`', 2],
    ['a.#', 2],
    ['-', 0],
    ['a[99999999999999999999]', 2],
    ['a & b', 2],
    ['@(a)', 1],
    ['a.*.', 4],
    ['[*][a].1', 7],
  ])('%s', (text, at) => {
    expect(ask(text)).toEqual({ failed: 'syntax', at })
  })
})

describe('a key that is missing', () => {
  test.each<[string, unknown]>([
    ['nosuch', { failed: 'not-found' }],
    ['a.nosuch', { failed: 'not-found' }],
    ['a.nosuch.deeper', { failed: 'not-found' }],
    ['a.nosuch[0]', { failed: 'not-found' }],
    ["nosuch || 'default'", 'default'],
    ["a.nosuch.deeper || 'default'", 'default'],
    ['nosuch || other', null],
    ['nosuch && zero', null],
    ['zero && nosuch', { failed: 'not-found' }],
    ['!nosuch', true],
    ['nosuch == `null`', true],
    ['nosuch > `1`', null],
    ['[nosuch, zero]', [null, 0]],
    ['{n: nosuch}', { n: null }],
    ['nosuch[]', null],
    ['nosuch[*].x', null],
    ['nosuch[?x]', null],
    ['nosuch.*', null],
    ['people[*].nosuch', []],
    ['people[?nosuch]', []],
    ['[nosuch, list][]', [0, 1, 2, 3, 4, 5]],
    ['[nosuch, people][].name', ['Ann', 'Bob', 'Cy']],
    ["not_null(nosuch, 'x')", 'x'],
    ['length(nosuch)', { failed: 'type' }],
    ['nosuch | @', null],
    ['zero | nosuch', null],
    ['constructor', { failed: 'not-found' }],
    ['a.__proto__', { failed: 'not-found' }],
    ['a.toString', { failed: 'not-found' }],
  ])('%s', (text, wanted) => {
    expect(ask(text, data)).toEqual(wanted)
  })

  it('says which and where', () => {
    const read = parseExpression('a.nosuch')
    expect(read.kind === 'parsed' && evaluate(read.expression, data, { now })).toEqual({
      kind: 'failed',
      code: 'not-found',
      message: 'Unknown key "nosuch" in path',
      at: 2,
    })
  })
})

describe('names of the language itself are names like any other', () => {
  const own = JSON.parse('{"__proto__": {"x": 1}, "constructor": 2}') as unknown
  test.each<[string, unknown]>([
    ['__proto__.x', 1],
    ['constructor', 2],
    ['{__proto__: constructor}.__proto__', 2],
    ['keys(@)', ['__proto__', 'constructor']],
    ["object_from_lists(['__proto__'], ['v']).__proto__", 'v'],
    ["lookup(@, 'hasOwnProperty')", null],
    ["items(@, '__proto__', 'v')[0].__proto__", '__proto__'],
    ['label_match(`{"toString": 1}`, @)', false],
  ])('%s', (text, wanted) => {
    expect(ask(text, own)).toEqual(wanted)
  })
})
