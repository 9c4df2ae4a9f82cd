import { printDecimal } from './print.js'

/**
 * Numbers and booleans as texts, for functions that take either. All digits of a number are kept, as in Kyverno from
 * 1.19 on; before, it lost those that a 32-bit float has no place for.
 */
export function scalarText(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return String(value)
  return typeof value === 'number' ? printDecimal(value) : undefined
}
