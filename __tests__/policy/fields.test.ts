import { describe, expect, it } from 'vitest'
import { readDocuments } from '../../src/policy/documents.js'
import {
  exactlyOne,
  fieldsOf,
  type Place,
  placeOf,
  readChoice,
  readFlag,
  readList,
  readRaw,
  readText,
  readTextMap,
  readTexts,
  readWhole,
  required,
} from '../../src/policy/fields.js'
import { nearestName } from '../../src/reference/nearest.js'
import { type Problem, problemText } from '../../src/policy/problem.js'

const open = (text: string): { readonly place: Place; readonly problems: readonly Problem[] } => {
  const problems: Problem[] = []
  const { documents } = readDocuments('p.yaml', text)
  return { place: placeOf({ file: 'p.yaml', problems }, documents[0]!), problems }
}

describe('the fields of a mapping', () => {
  it('that are unknown are told with line, path and the nearest right one', () => {
    const { place, problems } = open('spec:\n  rules:\n  - imageRefs: [a]\n    zzz: 1\n')
    const [rule] = readList(fieldsOf(fieldsOf(place, ['spec'])('spec'), ['rules'])('rules'))
    fieldsOf(rule!, ['imageReferences', 'key'])
    expect(problems.map(problemText)).toEqual([
      'p.yaml:3: unknown field spec.rules[0].imageRefs; did you mean imageReferences?',
      'p.yaml:4: unknown field spec.rules[0].zzz; expected imageReferences and key',
    ])
    expect(problems[0]).toMatchObject({ field: 'spec.rules[0].imageRefs', line: 3 })
  })

  it.each([
    ['text', readText, 'a: 1', 'expected a text, got the number 1'],
    [
      'text',
      readText,
      'a: n',
      'expected a text, got false (YAML 1.1 reads n so: quote it if a text is meant)',
    ],
    ['text', readText, 'a: {}', 'expected a text, got a mapping'],
    ['flag', readFlag, 'a: "true"', 'expected true or false, got the text "true"'],
    [
      'number',
      (place: Place) => readWhole(place, 1, 3),
      'a: 1.5',
      'expected a whole number, got the number 1.5',
    ],
    ['number', (place: Place) => readWhole(place, 1, 3), 'a: 4', 'expected a number from 1 to 3, got 4'],
    ['list', readTexts, 'a: x', 'expected a list, got the text "x"'],
    ['mapping', readTextMap, 'a: [x]', 'expected a mapping, got a list'],
    ['mapping', (place: Place) => fieldsOf(place, ['b']), 'a: x', 'expected a mapping, got the text "x"'],
    [
      'choice',
      (place: Place) => readChoice(place, ['Audit', 'Enforce']),
      'a: Enfroce',
      'expected Audit or Enforce, got "Enfroce"; did you mean Enforce?',
    ],
  ])('of another type than %s are problems', (_, read, text, message) => {
    const { place, problems } = open(`${text}\n`)
    read(fieldsOf(place, ['a'])('a'))
    expect(problems.map(problemText)).toEqual([`p.yaml:1: a: ${message}`])
  })

  it('inside lists and mappings are named', () => {
    const { place, problems } = open('a: [x, 1]\nb: {c: 2, d: e}\n')
    const at = fieldsOf(place, ['a', 'b'])
    expect(readTexts(at('a'))).toEqual(['x'])
    expect([...readTextMap(at('b'))]).toEqual([['d', 'e']])
    expect(problems.map(({ field }) => field)).toEqual(['a[1]', 'b["c"]'])
  })

  it('that are null are absent, and absent ones are no problem until they are required', () => {
    const { place, problems } = open('a: null\n')
    const at = fieldsOf(place, ['a', 'b'])
    for (const read of [readText, readFlag, readRaw]) expect(read(at('a'))).toBeUndefined()
    expect(readList(at('b'))).toEqual([])
    expect(problems).toEqual([])
    expect(required(at('a'))).toBe(false)
    expect(problems.map(problemText)).toEqual(['p.yaml:1: missing field a'])
  })

  it('of which exactly one may be there', () => {
    for (const [text, got] of [
      ['x: 1', 'none'],
      ['a: 1\nb: 2', 'a and b'],
      ['b: 2', undefined],
    ] as const) {
      const { place, problems } = open(text)
      const at = fieldsOf(place, ['a', 'b', 'x'])
      const one = exactlyOne({ ...place, path: 'here' }, [at('a'), at('b')])
      expect(one?.path).toBe(got === undefined ? 'b' : undefined)
      expect(problems.map(({ message }) => message)).toEqual(
        got === undefined ? [] : [`here: expected exactly one of a and b, got ${got}`],
      )
    }
  })

  it('with the names of every object are unknown like any other', () => {
    const { place, problems } = open('__proto__: 1\nconstructor: 2\n')
    const at = fieldsOf(place, ['toString', 'a'])
    expect(readText(at('toString'))).toBeUndefined()
    expect(problems).toHaveLength(2)
  })
})

describe('the nearest name', () => {
  const known = ['imageReferences', 'attestors', 'attestations', 'mutateDigest', 'required']
  it.each([
    ['imageRefs', 'imageReferences'],
    ['imageReference', 'imageReferences'],
    ['attestor', 'attestors'],
    ['Required', 'required'],
    ['mutatedigest', 'mutateDigest'],
    ['xyz', undefined],
    ['x'.repeat(10_000), undefined],
  ])('of %s', (name, expected) => {
    expect(nearestName(name, known)).toBe(expected)
  })
})
