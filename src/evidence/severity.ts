import type { Severity } from '../verdict/statement-summary.js'

const words: ReadonlyMap<string, Severity> = new Map([
  ['critical', 'critical'],
  ['high', 'high'],
  ['important', 'high'],
  ['medium', 'medium'],
  ['moderate', 'medium'],
  ['low', 'low'],
  ['negligible', 'negligible'],
  ['none', 'negligible'],
])

/** From worst to best; the first that is reached counts (CVSS 3.1, qualitative severity rating scale). */
const ratings: readonly (readonly [number, Severity])[] = [
  [9, 'critical'],
  [7, 'high'],
  [4, 'medium'],
  [0.1, 'low'],
  [0, 'negligible'],
]

const scoreForm = /^\d{1,2}(?:\.\d{1,3})?$/

/** A severity in words or as a CVSS score from 0 to 10; anything else is unknown, never harmless. */
export function severityOf(value: unknown): Severity {
  if (typeof value === 'number') return ofScore(value)
  return typeof value === 'string' && scoreForm.test(value) ? ofScore(Number(value)) : severityOfWord(value)
}

/** A severity in words alone. */
export function severityOfWord(value: unknown): Severity {
  return (typeof value === 'string' ? words.get(value.toLowerCase()) : undefined) ?? 'unknown'
}

function ofScore(score: number): Severity {
  return score > 10 ? 'unknown' : (ratings.find(([least]) => score >= least)?.[1] ?? 'unknown')
}

const order: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'negligible']

/** Of several ratings the worst that is known. */
export function worstOf(ratings: readonly Severity[]): Severity {
  return order.find((one) => ratings.includes(one)) ?? 'unknown'
}
