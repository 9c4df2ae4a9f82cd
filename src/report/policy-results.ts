import type { PolicyResult } from '../verdict/result.js'

/** What a rule can say, in the order in which Kyverno counts it. */
export const outcomes = ['pass', 'fail', 'warn', 'error', 'skip'] as const

export type Outcome = (typeof outcomes)[number]

export type Counts = Readonly<Record<Outcome, number>>

export function countOutcomes(rows: readonly Pick<PolicyResult, 'result'>[]): Counts {
  const counts = { pass: 0, fail: 0, warn: 0, error: 0, skip: 0 }
  for (const { result } of rows) counts[result]++
  return counts
}

/** `2 pass, 1 fail, 0 warn, 0 error, 1 skip` */
export function countsText(counts: Counts): string {
  return outcomes.map((outcome) => `${counts[outcome]} ${outcome}`).join(', ')
}

const byWeight: readonly Outcome[] = ['fail', 'error', 'warn', 'skip', 'pass']

/** What wants a reader first; what a list that is cut leaves out are passes. */
export function worstFirst<Row extends Pick<PolicyResult, 'result'>>(rows: readonly Row[]): readonly Row[] {
  return byWeight.flatMap((outcome) => rows.filter(({ result }) => result === outcome))
}
