const longestName = 64

/** The known name that a misspelt one most likely means; undefined when none is near. */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  const allowed = Math.max(1, Math.floor(name.length / 4))
  let best: string | undefined
  let closest = allowed + 1
  for (const candidate of known) {
    const distance = changes(name.toLowerCase(), candidate.toLowerCase())
    if (distance < closest) [best, closest] = [candidate, distance]
  }
  return best
}

/** How many letters must be put in, taken out or changed (Levenshtein), row by row. */
function changes(from: string, to: string): number {
  if (from.length > longestName || to.length > longestName) return Infinity
  let above = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let i = 1; i <= from.length; i++) {
    const row = [i]
    for (let j = 1; j <= to.length; j++) {
      const kept = (above[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1)
      row.push(Math.min(kept, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1))
    }
    above = row
  }
  return above[to.length] ?? Infinity
}
