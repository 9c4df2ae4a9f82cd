import { inSeconds, parseDuration } from '../jmespath/duration.js'

/**
 * Key and value in seconds, where at least one is a text such as `1h` and the other is one too or a number, which
 * counts whole seconds (operator/operator.go, parseDuration). The text `0` alone makes nothing a duration.
 */
export function durationPair(key: unknown, value: unknown): readonly [number, number] | undefined {
  const left = durationText(key)
  const right = durationText(value)
  if (left === undefined && right === undefined) return undefined
  const one = left ?? wholeSeconds(key)
  const other = right ?? wholeSeconds(value)
  return one === undefined || other === undefined ? undefined : [one, other]
}

function durationText(value: unknown): number | undefined {
  if (typeof value !== 'string' || value === '0') return undefined
  const duration = parseDuration(value)
  return duration === undefined ? undefined : inSeconds(duration)
}

export function wholeSeconds(value: unknown): number | undefined {
  return typeof value === 'number' ? Math.trunc(value) : undefined
}
