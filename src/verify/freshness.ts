import { type Finding, met, unmet } from '../verdict/finding.js'

const second = 1000
const hour = 3600 * second
const day = 24 * hour

/**
 * Whether a signature was made lately, by the earliest time that is proven for it. Claims do not count: whoever wrote
 * them could have written any.
 *
 * @param times proven times; none: nothing is proven
 */
export function judgeAge(times: readonly Date[], maxAgeMs: number, now: Date, where: string): Finding {
  const [earliest] = [...times].sort((a, b) => a.getTime() - b.getTime())
  if (earliest === undefined) return ageless(maxAgeMs, where)
  const at = earliest.toISOString()
  return now.getTime() - earliest.getTime() <= maxAgeMs
    ? met('freshness', `the signature at ${where} is of ${at}, at most ${spell(maxAgeMs)} ago`)
    : unmet('freshness', 'policy-denied', `${wanted(maxAgeMs, where)}, got one of ${at}`)
}

/** What evidence without any proven time comes to. */
export function ageless(maxAgeMs: number, where: string): Finding {
  const message = `${wanted(maxAgeMs, where)}, got one for which no time is proven`
  return unmet('freshness', 'timestamp-invalid', message)
}

function wanted(maxAgeMs: number, where: string): string {
  return `expected a signature that is proven to be at most ${spell(maxAgeMs)} old at ${where}`
}

/** In the largest unit that says it whole. */
function spell(ms: number): string {
  if (ms % day === 0) return `${ms / day}d`
  return ms % hour === 0 ? `${ms / hour}h` : `${ms / second}s`
}
