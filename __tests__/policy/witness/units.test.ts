import { describe, expect, it } from 'vitest'
import { compileGlob } from '../../../src/policy/witness/glob.js'
import { goTime, parseDuration, parseMoment, rfc3339, zeroTime } from '../../../src/policy/witness/go-time.js'
import { bytesOf, itemsOf, jsonProblem, membersOf, structOf } from '../../../src/policy/witness/json-text.js'
import { encodingOf, rootOf } from '../../../src/policy/witness/merkle.js'
import { sameFile } from '../../../src/policy/witness/digests.js'
import { profiles } from '../../../src/policy/witness/profile.js'
import { hasDeny, inputFields, readModule } from '../../../src/policy/witness/rego-text.js'

describe('times', () => {
  it.each([
    '1970-01-01T00:00:00Z',
    '2000-02-29T23:59:59Z',
    '1900-03-01T00:00:00Z',
    '2035-12-31T12:00:00.5Z',
    '2024-02-29T10:00:00+02:00',
    '0001-01-01T00:00:00Z',
  ])('%s is read as by everybody', (text) => {
    expect(parseMoment(text)).toBe(Date.parse(text))
  })

  it('reads and writes every day of four centuries alike', () => {
    for (let day = Date.UTC(1999, 0, 1); day < Date.UTC(2403, 0, 1); day += 86_400_000 * 5) {
      const text = new Date(day).toISOString().replace('.000', '')
      expect([parseMoment(text), rfc3339(day)]).toEqual([day, text])
    }
  })

  it.each([
    '2035-01-01',
    '2035-01-01t00:00:00z',
    '2035-01-01 00:00:00Z',
    '2035-02-29T00:00:00Z',
    '2035-01-01T24:00:00Z',
    '2035-13-01T00:00:00Z',
    '2035-00-01T00:00:00Z',
    '2035-01-01T00:00:60Z',
    '2035-01-01T00:00:00',
    '2035-01-01T00:00:00+25:00',
    ' 2035-01-01T00:00:00Z',
    '',
  ])('%j is none', (text) => expect(parseMoment(text)).toBeUndefined())

  it('are written as Go does', () => {
    expect(goTime(Date.UTC(2024, 0, 1))).toBe('2024-01-01 00:00:00 +0000 UTC')
    expect(goTime(zeroTime)).toBe('0001-01-01 00:00:00 +0000 UTC')
  })

  it.each<[string, number | undefined]>([
    ['720h', 2_592_000_000],
    ['1h30m', 5_400_000],
    ['1.5h', 5_400_000],
    ['.5s', 500],
    ['-1m', -60_000],
    ['100ms', 100],
    ['30', undefined],
    ['30d', undefined],
    ['', undefined],
    ['h', undefined],
    ['1h'.repeat(100), undefined],
  ])('%j as a duration', (text, ms) => expect(parseDuration(text)).toBe(ms))
})

describe('globs', () => {
  it.each<[string, string, boolean]>([
    ['*', '', true],
    ['*', 'a/b', true],
    ['**', 'a/b', true],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['[abc]', 'b', true],
    ['[!a-c]', 'd', true],
    ['[!a-c]', 'b', false],
    ['{a,b*}x', 'bcx', true],
    ['{a,b*}x', 'cx', false],
    ['a.c', 'abc', false],
    ['a+(b)|c$', 'a+(b)|c$', true],
    ['\\*', '*', true],
    ['\\*', 'a', false],
    ['a,b', 'a,b', true],
    ['a\nb', 'a\nb', true],
    ['a*c', 'a\nc', true],
  ])('%j on %j: %s', (pattern, text, matches) => expect(compileGlob(pattern)?.(text)).toBe(matches))

  it.each(['[', '[]', '{a', 'a}', 'a'.repeat(5000)])('%j is none', (pattern) =>
    expect(compileGlob(pattern)).toBeUndefined(),
  )

  it('take no long time', () => {
    const start = performance.now()
    expect(compileGlob(`${'*a'.repeat(50)}b`)?.('a'.repeat(50_000))).toBe(false)
    expect(performance.now() - start).toBeLessThan(5000)
  })
})

describe('JSON', () => {
  it.each<[string, readonly [string, string][]]>([
    ['{}', []],
    [
      ' { "a" : 1 , "b":[1,{"c":"}"}] , "a": "\\\\\\"," } ',
      [
        ['a', '1'],
        ['b', '[1,{"c":"}"}]'],
        ['a', '"\\\\\\","'],
      ],
    ],
    ['{"\\u0061":9007199254740993}', [['a', '9007199254740993']]],
    ['{"__proto__":{"x":1}}', [['__proto__', '{"x":1}']]],
  ])('members of %s', (json, members) => {
    expect(membersOf(json)?.map(({ name, text }) => [name, text])).toEqual(members)
  })

  it('items are as they are written', () => {
    expect(itemsOf(' [ 1.0 , "a,b" , [ ] , {"a":[2]} ] ')).toEqual(['1.0', '"a,b"', '[ ]', '{"a":[2]}'])
    expect(itemsOf('[]')).toEqual([])
    expect([itemsOf('{}'), membersOf('[]'), membersOf('"{"')]).toEqual([undefined, undefined, undefined])
  })

  it('fields are told apart as Go does', () => {
    expect(structOf('{"KeyID":1}')).toEqual(new Map([['keyid', '1']]))
    expect(structOf('{"\u017fi\u0067":1}')).toEqual(new Map([['sig', '1']]))
    expect(structOf('{"a":1,"a":2}')).toEqual(new Map([['a', '2']]))
    expect(structOf('{"a":1,"A":2}')).toContain('one field to Go')
  })

  it('is bounded', () => {
    expect(jsonProblem('['.repeat(1_000_000))).toContain('nested')
    expect(jsonProblem(`"${'['.repeat(1000)}"`)).toBeUndefined()
    const start = performance.now()
    expect(membersOf(`{${'"a":"\\\\\\\\",'.repeat(200_000)}"b":1}`)?.length).toBe(200_001)
    expect(membersOf(`{"a":"${'\\\\'.repeat(500_000)}"}`)?.length).toBe(1)
    expect(performance.now() - start).toBeLessThan(5000)
  })

  it.each<[string, string | undefined]>([
    ['"YQ=="', 'a'],
    ['"Y\\nQ=\\r\\n="', 'a'],
    ['"YQ"', undefined],
    ['"YR=="', 'a'],
    ['"_-8="', undefined],
    ['" YQ=="', undefined],
    ['null', ''],
    ['1', undefined],
  ])('base64 in %s', (json, text) => expect(bytesOf(json)?.toString('utf8')).toBe(text))
})

describe('trees', () => {
  const leaves = ['b', 'a', 'c'].map((path) => ({ path, digest: path.repeat(64).replace(/[^a-f]/g, 'a') }))

  it('tell how their leaves were made', () => {
    for (const encoding of ['digest', 'path-and-digest'] as const) {
      for (let count = 1; count <= 3; count++) {
        const some = leaves.slice(0, count)
        expect(encodingOf(some, rootOf(some, encoding))).toEqual({ encoding })
      }
    }
    expect(encodingOf([], rootOf([], 'digest'))).toEqual({ encoding: 'digest' })
    expect(encodingOf(leaves, rootOf([], 'digest'))).toContain('reconstruct to root')
  })

  it('are refused with a path twice or another hash', () => {
    const [one] = leaves
    expect(encodingOf([one!, one!], '')).toBe('a path is there twice')
    expect(encodingOf([{ path: 'a', digest: 'a' }], '')).toContain('no SHA-256')
  })
})

describe('digests of one file', () => {
  const set = (...entries: readonly [string, string][]): ReadonlyMap<string, string> => new Map(entries)
  it.each([
    [set(['sha256', 'a']), set(['sha256', 'a']), true, true],
    [set(['sha256', 'a'], ['sha1', 'b']), set(['sha256', 'a'], ['sha1', 'c']), false, false],
    [set(['sha256', 'a'], ['sha1', 'b']), set(['sha1', 'b']), false, true],
    [set(['sha1', 'b']), set(['sha1', 'b']), true, true],
    [set(), set(), false, false],
    [set(['sha256', 'a']), set(['sha1', 'b']), false, false],
  ])('%j %j', (one, other, cilock, witness) => {
    expect(sameFile(one, other, profiles.cilock)).toBe(cilock)
    expect(sameFile(one, other, profiles.witness)).toBe(witness)
  })
})

describe('modules of Rego', () => {
  it.each<[string, string | undefined]>([
    ['package a.b', 'data.a.b'],
    ['# package x\n\n  package a # y\n', 'data.a'],
    ['package a["b-c"].d\n', 'data.a["b-c"].d'],
    ['import x\npackage a', undefined],
    ['package a.b extra', undefined],
    ['', undefined],
  ])('%j', (text, reference) => expect(readModule('m', text).reference).toBe(reference))

  it('are read without strings and comments', () => {
    const module = readModule(
      'm',
      'package m\n# input.a deny\nx { input.b; y.input.c; "input.d"; `deny`; input["e"] }',
    )
    expect([...inputFields(module)]).toEqual(['b'])
    expect(hasDeny(module)).toBe(false)
    expect(hasDeny(readModule('m', 'package m\ndefault deny := []'))).toBe(true)
    expect(hasDeny(readModule('m', 'package m\ndenying { true }'))).toBe(false)
  })
})
