import { isObject } from '../evidence/json.js'

/** As much of JSON Schema (draft 2020-12) as the schema of the result document uses; a test holds it to that. */
export interface Schema {
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly pattern?: string
  readonly maxLength?: number
  readonly minimum?: number
  readonly format?: string
  readonly properties?: Readonly<Record<string, Schema | boolean>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | Schema
  readonly items?: Schema
  readonly minItems?: number
  readonly $ref?: string
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly if?: Schema
  readonly then?: Schema
  readonly else?: Schema
  readonly $defs?: Readonly<Record<string, Schema>>
}

/** What `Schema` knows, and words that demand nothing. */
export const keywords: ReadonlySet<string> = new Set(
  `type const enum pattern maxLength minimum format properties required additionalProperties items minItems $ref anyOf
  oneOf allOf if then else $defs description title $schema`.split(/\s+/),
)

const deepest = 200
const dateTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/

/** @returns where and why a value is not as its schema says; undefined when it is */
export function mismatch(
  value: unknown,
  schema: Schema,
  root = schema,
  at = '',
  depth = 0,
): string | undefined {
  const wrong = (why: string): string => `${at === '' ? 'the document' : at}: ${why}`
  if (depth > deepest) return wrong('nested too deeply')
  const under = (part: unknown, own: Schema, name = at): string | undefined =>
    mismatch(part, own, root, name, depth + 1)

  if (schema.$ref !== undefined) {
    const target = root.$defs?.[schema.$ref.replace('#/$defs/', '')]
    const why = target ? under(value, target) : wrong(`no such definition: ${schema.$ref}`)
    if (why !== undefined) return why
  }
  if (schema.type !== undefined && ![schema.type].flat().some((type) => isOf(value, type)))
    return wrong(`expected ${[schema.type].flat().join(' or ')}`)
  if ('const' in schema && value !== schema.const) return wrong(`expected ${JSON.stringify(schema.const)}`)
  if (schema.enum && !schema.enum.includes(value)) return wrong('expected another value')
  if (typeof value === 'string') {
    if (schema.pattern !== undefined && !new RegExp(schema.pattern, 'u').test(value))
      return wrong('expected another form')
    if (schema.maxLength !== undefined && Array.from(value).length > schema.maxLength)
      return wrong('too long')
    if (schema.format === 'date-time' && !dateTime.test(value)) return wrong('expected a date and time')
  }
  if (typeof value === 'number' && schema.minimum !== undefined && value < schema.minimum)
    return wrong(`expected at least ${schema.minimum}`)
  if (Array.isArray(value)) {
    if (value.length < (schema.minItems ?? 0)) return wrong('too few items')
    const { items } = schema
    if (items)
      for (const [index, item] of value.entries()) {
        const why = under(item, items, `${at}[${index}]`)
        if (why !== undefined) return why
      }
  }
  if (isObject(value)) {
    const absent = schema.required?.find((name) => !Object.hasOwn(value, name))
    if (absent !== undefined) return wrong(`no ${absent}`)
    for (const [name, part] of Object.entries(value)) {
      const own =
        schema.properties && Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined
      const further = own ?? schema.additionalProperties
      if (further === false) return wrong(`unexpected ${JSON.stringify(name.slice(0, 100))}`)
      const why =
        typeof further === 'object' ? under(part, further, `${at}.${name.slice(0, 100)}`) : undefined
      if (why !== undefined) return why
    }
  }
  return inParts(value, schema, under)
}

function inParts(
  value: unknown,
  schema: Schema,
  under: (value: unknown, schema: Schema) => string | undefined,
): string | undefined {
  const fits = (one: Schema): boolean => under(value, one) === undefined
  if (schema.anyOf?.some(fits) === false) {
    return under(value, schema.anyOf[0] ?? {}) ?? 'none of what it may be'
  }
  if (schema.oneOf && schema.oneOf.filter(fits).length !== 1)
    return under(value, schema.oneOf[0] ?? {}) ?? 'ambiguous'
  for (const one of schema.allOf ?? []) {
    const why = under(value, one)
    if (why !== undefined) return why
  }
  if (!schema.if) return undefined
  const next = fits(schema.if) ? schema.then : schema.else
  return next && under(value, next)
}

function isOf(value: unknown, type: string): boolean {
  switch (type) {
    case 'object':
      return isObject(value)
    case 'array':
      return Array.isArray(value)
    case 'null':
      return value === null
    case 'integer':
      return Number.isSafeInteger(value)
    case 'number':
      return typeof value === 'number'
    case 'string':
      return typeof value === 'string'
    case 'boolean':
      return typeof value === 'boolean'
    default:
      return false
  }
}
