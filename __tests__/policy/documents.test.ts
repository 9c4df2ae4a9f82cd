import { describe, expect, it } from 'vitest'
import { readDocuments } from '../../src/policy/documents.js'
import { type LocatedEntry, plain } from '../../src/policy/located.js'

const read = (text: string): unknown => {
  const { documents, problems } = readDocuments('p.yaml', text)
  return problems.length > 0
    ? problems.map(({ line, message }) => `${line}: ${message}`)
    : documents.map(plain)
}

describe('documents', () => {
  it.each([
    ['several, empty ones left out', '# only this\n---\na: 1\n---\n---\nb: 2\n', [{ a: 1 }, { b: 2 }]],
    ['JSON', '{"a":[1,"x",null,true]}', [{ a: [1, 'x', null, true] }]],
    [
      'aliases and merge keys',
      'a: &x {p: 1, q: 2}\nb: {<<: *x, q: 3}\nc: *x\n',
      [{ a: { p: 1, q: 2 }, b: { p: 1, q: 3 }, c: { p: 1, q: 2 } }],
    ],
    [
      'the first of merged ones counts',
      'a: &x {p: 1}\nb: &y {p: 2, q: 2}\nc: {<<: [*x, *y]}\n',
      [{ a: { p: 1 }, b: { p: 2, q: 2 }, c: { p: 1, q: 2 } }],
    ],
    ['an anchor that is given again', 'a: &x 1\nb: &x 2\nc: *x\n', [{ a: 1, b: 2, c: 2 }]],
    [
      'booleans of YAML 1.1, unless quoted',
      'a: [n, yes, On, "no", null, nope]\n',
      [{ a: [false, true, true, 'no', null, 'nope'] }],
    ],
    [
      'numbers of YAML 1.1, unless quoted',
      'a: [010, 0o17, 0x1f, 0b11, 1_000, +1e3, "010", 1:30]\n',
      [{ a: [8, 15, 31, 3, 1000, 1000, '010', '1:30'] }],
    ],
    ['keys that are no texts', '1: a\ntrue: b\n', [{ 1: 'a', true: 'b' }]],
    ['nothing', '', []],
  ])('%s', (_, text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  it.each([
    ['a key twice', 'a:\n  b: 1\n  b: 2\n', '3: expected each key once, got "b" again'],
    ['a key twice, once as a boolean is none', 'a: [1\n', '2:'],
    ['an alias to nothing', 'a: *x\n', '1:'],
    [
      'an alias to itself',
      'a: &x\n  b: *x\n',
      '2: expected an alias of an earlier anchor: *x contains itself',
    ],
    [
      'a tag that builds something',
      'a: !!binary aGk=\n',
      '1: expected no tag, got "tag:yaml.org,2002:binary"',
    ],
    ['a key that is a mapping', 'a: 1\n{b: 1}: 2\n', '2:'],
    ['what is no number of JSON', 'a: .inf\n', '1: expected a number that JSON has, got .inf'],
    ['<< of a text', 'a: {<<: x}\n', '1: expected the merge key (<<) to name mappings'],
  ])('%s is a problem with its line', (_, text, expected) => {
    const [first] = read(text) as readonly string[]
    expect(first?.startsWith(expected), String(first)).toBe(true)
  })

  it.each([
    ['lists 100,000 deep', '['.repeat(100_000)],
    ['mappings 100,000 deep', '{a: '.repeat(100_000)],
    ['blocks 500 deep', Array.from({ length: 500 }, (_, i) => `${' '.repeat(i)}k:\n`).join('')],
    [
      'a bomb of aliases',
      `a: &a0 [x]\n${Array.from({ length: 20 }, (_, i) => `b${i}: &a${i + 1} [${`*a${i},`.repeat(9)}]\n`).join('')}`,
    ],
    ['five megabytes', `a: ${'x'.repeat(5_000_000)}`],
    ['200,000 values', `[${'1,'.repeat(200_000)}]`],
    ['5,000 documents', '---\na: 1\n'.repeat(5000)],
  ])('%s end in a problem, soon', (_, text) => {
    const started = performance.now()
    const { documents, problems } = readDocuments('p.yaml', text)
    expect(documents).toEqual([])
    expect(problems.length).toBeGreaterThan(0)
    expect(performance.now() - started).toBeLessThan(5000)
  })

  it('remember where each part is written, and where a name that an alias or a merge repeats', () => {
    const text = 'a: &x\n  p: 1\nb:\n  <<: *x\n  q:\n    - 2\nc: *x\nd: n\n'
    const [document] = readDocuments('p.yaml', text).documents
    const entries = document?.kind === 'map' ? document.entries : new Map<string, LocatedEntry>()
    const lineOf = (name: string, inside?: string): unknown => {
      const found = entries.get(name)
      const value = found?.value
      return inside === undefined ? found?.line : value?.kind === 'map' && value.entries.get(inside)?.line
    }
    expect([lineOf('a'), lineOf('a', 'p'), lineOf('b'), lineOf('b', 'p'), lineOf('b', 'q')]).toEqual([
      1, 2, 3, 2, 5,
    ])
    expect([lineOf('c'), lineOf('c', 'p')]).toEqual([7, 2])
    expect(entries.get('c')?.value).toBe(entries.get('a')?.value)
    expect(entries.get('d')?.value).toEqual({ kind: 'scalar', line: 8, value: false, written: 'n' })
  })

  it('names of every object are names like any other', () => {
    const [document] = readDocuments('p.yaml', '__proto__: {a: 1}\nconstructor: 2\n').documents
    const value = plain(document!) as object
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor'])
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
  })
})
