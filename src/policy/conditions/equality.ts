import type { Meter } from '../jmespath/meter.js'
import { parseFloatText } from '../jmespath/float.js'
import { compareQuantities, parseQuantity } from '../jmespath/quantity.js'
import { areEqual, isList, isMap } from '../jmespath/value.js'
import { matchesWildcard } from '../jmespath/wildcard.js'
import { durationPair } from './duration-pair.js'

/**
 * Equals, of Kyverno (operator/equal.go): texts as durations, then as quantities, then with the value as a wildcard;
 * a number and a text by number; anything else by type and content.
 *
 * @returns undefined for a key that has no equal and no unequal: null
 */
export function isEqual(key: unknown, value: unknown, meter: Meter): boolean | undefined {
  if (typeof key === 'string') return isEqualText(key, value, meter)
  if (typeof key === 'number') {
    if (typeof value === 'string') return parseFloatText(value) === key
    return value === key
  }
  if (typeof key === 'boolean') return value === key
  if (isList(key)) return isList(value) && areEqual(key, value, meter)
  if (isMap(key)) return isMap(value) && areEqual(key, value, meter)
  return undefined
}

function isEqualText(key: string, value: unknown, meter: Meter): boolean {
  const durations = durationPair(key, value)
  if (durations !== undefined) return durations[0] === durations[1]
  if (typeof value !== 'string') return false
  const quantity = parseQuantity(key)
  if (quantity !== undefined) {
    const other = parseQuantity(value)
    return other !== undefined && compareQuantities(quantity, other) === 0
  }
  return matchesWildcard(value, key, meter)
}
