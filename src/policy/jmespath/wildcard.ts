import type { Meter } from './meter.js'

/**
 * Kyverno's wildcards (ext/wildcard): `*` is any run of characters, `/` included, `?` exactly one; all else is
 * itself, the case counts, and the whole text must match. Goes back to the last star only, so never exponential.
 */
export function matchesWildcard(pattern: string, text: string, meter?: Meter): boolean {
  const signs = Array.from(pattern)
  const characters = Array.from(text)
  let at = 0
  let next = 0
  let star = -1
  let resumed = 0
  while (next < characters.length) {
    meter?.step()
    const sign = signs[at]
    if (sign === '*') {
      star = at++
      resumed = next
    } else if (sign !== undefined && (sign === '?' || sign === characters[next])) {
      at++
      next++
    } else if (star >= 0) {
      at = star + 1
      next = ++resumed
    } else return false
  }
  while (signs[at] === '*') at++
  return at === signs.length
}
