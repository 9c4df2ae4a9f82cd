import { inSeconds, parseDuration } from '../jmespath/duration.js'
import { parseFloatText } from '../jmespath/float.js'
import { compareQuantities, parseQuantity } from '../jmespath/quantity.js'
import { compareVersions, parseVersion } from '../jmespath/semver.js'
import { durationPair, wholeSeconds } from './duration-pair.js'

export type Order = -1 | 0 | 1

/**
 * How a key stands to a value (operator/numeric.go): as durations, as quantities when both are texts, as numbers, and
 * at last as versions.
 *
 * @returns undefined for what cannot be compared: no order holds then
 */
export function orderOf(key: unknown, value: unknown): Order | undefined {
  const durations = durationPair(key, value)
  if (durations !== undefined) return order(...durations)
  if (typeof key === 'number') {
    const other = numberOf(value)
    return other === undefined ? undefined : order(key, other)
  }
  if (typeof key !== 'string') return undefined
  const quantity = parseQuantity(key)
  const otherQuantity = typeof value === 'string' ? parseQuantity(value) : undefined
  if (quantity !== undefined && otherQuantity !== undefined) return compareQuantities(quantity, otherQuantity)
  const number = parseFloatText(key)
  if (number !== undefined) {
    const other = numberOf(value)
    return other === undefined ? undefined : order(number, other)
  }
  const version = parseVersion(key)
  const otherVersion = typeof value === 'string' ? parseVersion(value) : undefined
  return version === undefined || otherVersion === undefined
    ? undefined
    : compareVersions(version, otherVersion)
}

/** For the deprecated Duration operators: texts must be durations, numbers are whole seconds. */
export function durationOrder(key: unknown, value: unknown): Order | undefined {
  const left = seconds(key)
  const right = seconds(value)
  return left === undefined || right === undefined ? undefined : order(left, right)
}

function seconds(value: unknown): number | undefined {
  if (typeof value !== 'string') return wholeSeconds(value)
  const duration = parseDuration(value)
  return duration === undefined ? undefined : inSeconds(duration)
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : typeof value === 'string' ? parseFloatText(value) : undefined
}

function order(one: number, other: number): Order | undefined {
  if (Number.isNaN(one) || Number.isNaN(other)) return undefined
  return one === other ? 0 : one < other ? -1 : 1
}
