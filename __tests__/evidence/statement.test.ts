import { describe, expect, it } from 'vitest'
import {
  isShortName,
  parseStatement,
  predicateTypeOf,
  shortNameOf,
  type Statement,
  subjectOf,
} from '../../src/evidence/statement.js'

const hex = 'ab'.repeat(32)
const digest = `sha256:${hex}`
const parse = (value: unknown): Statement | string =>
  parseStatement(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)))
function statementOf(value: unknown): Statement {
  const statement = parse(value)
  if (typeof statement === 'string') throw new Error(statement)
  return statement
}
const about = (...subject: unknown[]): Statement => statementOf({ subject })

describe('a statement', () => {
  it('has a type, subjects and a predicate', () => {
    const subject = [{ name: 'app', digest: { sha256: hex, sha1: 'ff' }, annotations: { team: 'x' } }]
    const predicate = { builder: { id: 'x' } }
    expect(parse({ _type: 'any', subject, predicateType: 'https://example/type', predicate })).toEqual({
      predicateType: 'https://example/type',
      subjects: subject,
      predicate,
    })
  })

  it('of which nothing is there is an empty one: it proves nothing', () => {
    expect(parse({})).toEqual({ predicateType: '', subjects: [], predicate: undefined })
    expect(parse({ predicateType: 7, predicate: 'SPDXVersion: SPDX-2.3' })).toEqual({
      predicateType: '',
      subjects: [],
      predicate: undefined,
    })
  })

  it.each([
    ['text', 'hello', 'the payload is no JSON object'],
    ['nothing', '', 'the payload is no JSON object'],
    ['a list', '[]', 'the payload is no JSON object'],
    ['braces without end', '{"a":'.repeat(100_000), 'the payload is no JSON object'],
    ['subjects that are null', { subject: null }, 'its subject is no list'],
    ['subjects that are one object', { subject: { digest: { sha256: hex } } }, 'its subject is no list'],
    ['a subject that is null', { subject: [null] }, 'a subject in it is no object'],
    [
      'a null beside a good one',
      { subject: [{ digest: { sha256: hex } }, null] },
      'a subject in it is no object',
    ],
    ['a subject that is a text', { subject: [hex] }, 'a subject in it is no object'],
    ['a subject that is a list', { subject: [[hex]] }, 'a subject in it is no object'],
  ])('is none in %s', (_, value, reason) => {
    expect(parse(value)).toBe(reason)
  })

  it('has 1024 subjects at most', () => {
    const subjects = (count: number): object => ({ subject: Array.from({ length: count }, () => ({})) })
    expect(statementOf(subjects(1024)).subjects).toHaveLength(1024)
    expect(parse(subjects(1025))).toBe('it has 1025 subjects, more than 1024')
  })

  it('of great depth is none', () => {
    const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`
    const text = (depth: number): string =>
      `{"subject":[{"digest":{"sha256":"${hex}"}}],"predicate":{"b":${nested(depth)}}}`
    expect(subjectOf(statementOf(text(900)), digest)).toBeDefined()
    expect(parse(text(100_000))).toBe('the payload is no JSON object')
  })

  it('keeps what is no text out of digests and annotations', () => {
    const subject = { digest: { sha256: 7, sha512: ['x'] }, annotations: { a: 'x', b: 7, c: null } }
    expect(about(subject).subjects).toEqual([{ name: '', digest: {}, annotations: { a: 'x' } }])
    expect(about({ digest: hex, annotations: 'x' }).subjects).toEqual([
      { name: '', digest: {}, annotations: {} },
    ])
  })
})

describe('the subject that is the image', () => {
  it('is the first one with its digest', () => {
    const other = { digest: { sha256: 'cd'.repeat(32) } }
    const found = subjectOf(
      about(other, { name: 'a', digest: { sha256: hex } }, { name: 'b', digest: { sha256: hex } }),
      digest,
    )
    expect(found?.name).toBe('a')
  })

  it.each([
    ['in capitals', { sha256: hex.toUpperCase() }],
    ['cut off', { sha256: hex.slice(0, -1) }],
    ['with more after it', { sha256: `${hex}00` }],
    ['with its algorithm', { sha256: digest }],
    ['under sha512 only', { sha512: hex }],
    ['under sha256 in capitals', { SHA256: hex }],
    ['empty', { sha256: '' }],
    ['inherited', { ['__proto__']: { sha256: hex } }],
  ])('is not one whose digest is %s', (_, given) => {
    const text = JSON.stringify({ subject: [{ digest: Object.fromEntries(Object.entries(given)) }] })
    expect(subjectOf(statementOf(text), digest)).toBeUndefined()
  })

  it('is not found through a member called __proto__', () => {
    const text = `{"subject":[{"digest":{"__proto__":{"sha256":"${hex}"}}},{"__proto__":{"digest":{"sha256":"${hex}"}}}]}`
    expect(subjectOf(statementOf(text), digest)).toBeUndefined()
  })

  it('is none where there are none', () => {
    expect(subjectOf(about(), digest)).toBeUndefined()
  })
})

describe('short names of predicate types', () => {
  it.each([
    ['slsaprovenance', 'https://slsa.dev/provenance/v0.2'],
    ['slsaprovenance1', 'https://slsa.dev/provenance/v1'],
    ['spdx', 'https://spdx.dev/Document'],
    ['spdxjson', 'https://spdx.dev/Document'],
    ['cyclonedx', 'https://cyclonedx.org/bom'],
    ['vuln', 'https://cosign.sigstore.dev/attestation/vuln/v1'],
    ['custom', 'https://cosign.sigstore.dev/attestation/v1'],
  ])('%s means %s', (name, type) => {
    expect(predicateTypeOf(name)).toBe(type)
    expect(isShortName(name)).toBe(true)
  })

  it.each(['https://example/type', 'SPDX', '', 'constructor', '__proto__'])('%j is a type itself', (name) => {
    expect(predicateTypeOf(name)).toBe(name)
    expect(isShortName(name)).toBe(false)
  })
})

describe('the name of a predicate type', () => {
  it.each([
    ['https://slsa.dev/provenance/v0.2', 'slsaprovenance02'],
    ['https://slsa.dev/provenance/v1', 'slsaprovenance1'],
    ['https://spdx.dev/Document', 'spdxjson'],
    ['https://cyclonedx.org/bom', 'cyclonedx'],
    ['https://example.com/x', 'https://example.com/x'],
    ['', ''],
  ])('%s is %s, and means it', (type, name) => {
    expect(shortNameOf(type)).toBe(name)
    expect(predicateTypeOf(name)).toBe(type)
  })
})
