/** Longer patterns are a problem where a policy is read. */
export const longestPattern = 1024

export function hasWildcard(text: string): boolean {
  return text.includes('*') || text.includes('?')
}

/**
 * Kyverno's wildcards (go-wildcard v1.0.3): `*` is any run of characters, none and `/` included, `?` exactly one; all
 * else is literal, capitals count, and the whole text must match. Takes at most pattern times text steps.
 */
export function matchesWildcard(pattern: string, text: string): boolean {
  if (!hasWildcard(pattern)) return pattern === text
  const wanted = Array.from(pattern)
  const got = Array.from(text)
  let at = 0
  let next = 0
  // The last star seen, and how far the text had come: where to go back to.
  let star = -1
  let resume = 0
  while (next < got.length) {
    if (wanted[at] === '*') {
      star = at++
      resume = next
    } else if (at < wanted.length && (wanted[at] === '?' || wanted[at] === got[next])) {
      at++
      next++
    } else if (star >= 0) {
      at = star + 1
      next = ++resume
    } else return false
  }
  while (wanted[at] === '*') at++
  return at === wanted.length
}

export function matchesAny(patterns: readonly string[], text: string): boolean {
  return patterns.some((pattern) => matchesWildcard(pattern, text))
}
