import { parseJson } from '../jmespath/json-text.js'
import type { Meter } from '../jmespath/meter.js'
import { printPlain } from '../jmespath/print.js'
import { isList } from '../jmespath/value.js'
import { matchesWildcard } from '../jmespath/wildcard.js'
import { isInside, isOutside, parseRange, type Range } from './range.js'

/** What a key may be in: texts that are also wildcards, or a range. */
type Members =
  | { readonly kind: 'texts'; readonly texts: readonly string[]; readonly isExact: boolean }
  | { readonly kind: 'range'; readonly range: Range }

export type Membership = 'any-in' | 'all-in' | 'any-not-in' | 'all-not-in'

/**
 * AnyIn, AllIn, AnyNotIn and AllNotIn of Kyverno (operator/{any,all}{,not}in.go). A value is a list, a text that is a
 * wildcard, a range such as `1-10`, a list as JSON in a text, or itself the only member. Wildcards count on both
 * sides. Where key or value is of no type that can be in something, no operator holds, the negative ones neither.
 */
export function isMember(how: Membership, key: unknown, value: unknown, meter: Meter): boolean {
  if (isList(key)) {
    const keys = key.map((one) => printPlain(one, meter))
    // Kyverno's own table: a list is asked about a value that is one number or boolean.
    const given = how === 'any-not-in' && isScalar(value) ? [value] : value
    const [only] = keys
    if (typeof given === 'string' && keys.length === 1 && only === given)
      return how === 'any-in' || how === 'all-in'
    const members = membersOf(given, meter)
    return members !== undefined && holdsFor(how, keys, members, meter)
  }
  if (typeof key !== 'string' && !isScalar(key)) return false
  const text = printPlain(key, meter)
  const isIn = isTextIn(text, value, meter)
  if (isIn === undefined) return false
  return how === 'any-in' || how === 'all-in' ? isIn : !isIn
}

function isScalar(value: unknown): value is number | boolean {
  return typeof value === 'number' || typeof value === 'boolean'
}

/** For one key; the members of a list in JSON are no wildcards then. */
function isTextIn(key: string, value: unknown, meter: Meter): boolean | undefined {
  if (typeof value === 'string' && matchesWildcard(value, key, meter)) return true
  const members = membersOf(value, meter)
  if (members === undefined) return undefined
  return isIn(
    key,
    typeof value === 'string' && members.kind === 'texts' ? { ...members, isExact: true } : members,
    meter,
  )
}

function membersOf(value: unknown, meter: Meter): Members | undefined {
  if (isList(value))
    return { kind: 'texts', texts: value.map((one) => printPlain(one, meter)), isExact: false }
  if (typeof value !== 'string') return undefined
  const range = parseRange(value)
  if (range !== undefined) return { kind: 'range', range }
  meter.text(value.length)
  const read = parseJson(value)
  if (read.kind === 'wrong') return { kind: 'texts', texts: [value], isExact: false }
  // JSON that is no list of texts, as `64`: Kyverno takes the value for one of a wrong type.
  if (!isList(read.value)) return undefined
  const texts = read.value.filter((one) => typeof one === 'string')
  return texts.length === read.value.length ? { kind: 'texts', texts, isExact: false } : undefined
}

function isIn(key: string, members: Members, meter: Meter): boolean {
  if (members.kind === 'range') return isInside(key, members.range)
  return members.texts.some((one) => {
    meter.step()
    if (members.isExact) return key === one
    return matchesWildcard(one, key, meter) || matchesWildcard(key, one, meter)
  })
}

function holdsFor(how: Membership, keys: readonly string[], members: Members, meter: Meter): boolean {
  switch (how) {
    case 'any-in':
      return keys.some((key) => isIn(key, members, meter))
    case 'all-in':
      return keys.every((key) => isIn(key, members, meter))
    case 'any-not-in':
      return keys.some((key) =>
        members.kind === 'range' ? isOutside(key, members.range) : !isIn(key, members, meter),
      )
    case 'all-not-in':
      return !keys.some((key) => isIn(key, members, meter))
  }
}

/** The deprecated In and NotIn: a list of keys by equality, all of them; one key as above, a text only as JSON. */
export function isMemberOld(key: unknown, value: unknown, isNegative: boolean, meter: Meter): boolean {
  if (isList(key)) {
    if (!key.every((one) => typeof one === 'string')) return false
    if (typeof value === 'string' && key.length === 1 && key[0] === value) return !isNegative
    const members = textsOf(value, meter)
    if (members === undefined) return false
    const known = new Set(members)
    return key.every((one) => known.has(one)) !== isNegative
  }
  if (typeof key !== 'string' && typeof key !== 'number') return false
  const text = printPlain(key, meter)
  if (isList(value)) return isTextIn(text, value, meter) !== isNegative
  if (typeof value !== 'string') return false
  if (matchesWildcard(value, text, meter)) return !isNegative
  const members = textsOf(value, meter)
  return members !== undefined && members.includes(text) !== isNegative
}

function textsOf(value: unknown, meter: Meter): readonly string[] | undefined {
  let list = value
  if (typeof value === 'string') {
    meter.text(value.length)
    const read = parseJson(value)
    list = read.kind === 'parsed' ? read.value : undefined
  }
  if (!isList(list)) return undefined
  const texts = list.filter((one) => typeof one === 'string')
  return texts.length === list.length ? texts : undefined
}
