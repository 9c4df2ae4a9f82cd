import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { keywords, mismatch, type Schema } from '../../src/fleet/schema.js'

const schema = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, '../../schema/verify-result.schema.json'), 'utf8'),
) as Schema

/** Every word that a schema uses; names of properties and definitions are none. */
function wordsOf(value: unknown, isNames = false): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => wordsOf(item))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, part]) => [
    ...(isNames ? [] : [name]),
    ...(['const', 'enum', 'required', 'type'].includes(name) && !isNames
      ? []
      : wordsOf(part, !isNames && (name === 'properties' || name === '$defs'))),
  ])
}

describe('the schema of the result document', () => {
  it('has no word that is passed over', () => {
    expect([...new Set(wordsOf(schema))].filter((word) => !keywords.has(word))).toEqual([])
  })
})

const nested = (depth: number): unknown => (depth === 0 ? {} : { in: nested(depth - 1) })

describe('a value', () => {
  const recursive: Schema = {
    $ref: '#/$defs/node',
    $defs: { node: { type: 'object', properties: { in: { $ref: '#/$defs/node' } } } },
  }
  const cases: readonly (readonly [Schema, unknown])[] = [
    [{ type: 'object', required: ['a'] }, { a: 1 }],
    [{ type: 'object', required: ['a'] }, {}],
    [{ type: 'object', required: ['constructor'] }, {}],
    [{ properties: { a: { type: 'string' } }, additionalProperties: false }, { a: 'x' }],
    [{ properties: { a: { type: 'string' } }, additionalProperties: false }, { b: 'x' }],
    [{ properties: { a: { type: 'string' } }, additionalProperties: false }, JSON.parse('{"__proto__":1}')],
    [{ properties: { a: false } }, { a: 1 }],
    [{ properties: { a: false } }, {}],
    [{ additionalProperties: { type: 'string' } }, { a: 1 }],
    [{ type: ['string', 'null'] }, null],
    [{ type: ['string', 'null'] }, 1],
    [{ type: 'integer', minimum: 1 }, 0],
    [{ type: 'integer', minimum: 1 }, 1.5],
    [{ type: 'integer', minimum: 1 }, 2],
    [{ type: 'array', items: { type: 'number' }, minItems: 1 }, [1]],
    [{ type: 'array', items: { type: 'number' }, minItems: 1 }, ['1']],
    [{ type: 'array', items: { type: 'number' }, minItems: 1 }, []],
    [{ enum: ['a', 'b'] }, 'c'],
    [{ const: 1 }, 1],
    [{ const: 1 }, '1'],
    [{ type: 'string', pattern: '^[0-9a-f]{4}$' }, 'abcd'],
    [{ type: 'string', pattern: '^[0-9a-f]{4}$' }, 'abcde'],
    [{ type: 'string', maxLength: 2 }, '😀😀'],
    [{ type: 'string', maxLength: 2 }, 'abc'],
    [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, null],
    [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, 3],
    [{ oneOf: [{ type: 'number' }, { type: 'integer' }] }, 3],
    [{ oneOf: [{ type: 'number' }, { type: 'integer' }] }, 3.5],
    [{ allOf: [{ minimum: 1 }, { type: 'integer' }] }, 0],
    [{ if: { const: 1 }, then: { type: 'string' }, else: { type: 'string' } }, 1],
    [{ if: { type: 'string' }, then: { const: 'a' } }, 'b'],
    [{ if: { type: 'string' }, then: { const: 'a' } }, 3],
    [recursive, nested(20)],
    [recursive, { in: { in: 1 } }],
  ]
  it.each(cases)('held against %j: %j comes to what ajv says', (one, value) => {
    const validate = new Ajv2020({ strict: false, ownProperties: true }).compile(one)
    expect(mismatch(value, one) === undefined).toBe(validate(value))
  })

  it('that is nested without end is refused, and breaks nothing', () => {
    expect(mismatch(nested(5000), recursive)).toContain('nested too deeply')
  })
})
