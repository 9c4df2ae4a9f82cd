const longest = 64

/** The known name that a misspelt one most likely means; undefined when none is near. */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  const typed = name.toLowerCase()
  const allowed = Math.max(1, Math.floor(name.length / 3))
  let best: { name: string; distance: number } | undefined
  for (const candidate of known) {
    const wanted = candidate.toLowerCase()
    const distance = Math.min(distanceOf(typed, wanted), isShortened(typed, wanted) ? allowed : Infinity)
    if (distance <= allowed && distance < (best?.distance ?? Infinity)) best = { name: candidate, distance }
  }
  return best?.name
}

/** People shorten the last word of a long name: imageRefs for imageReferences. */
function isShortened(typed: string, wanted: string): boolean {
  const stem = typed.replace(/s$/, '')
  return typed.length > 4 && typed.length <= longest && wanted.startsWith(stem) && wanted[stem.length] !== '-'
}

/** Levenshtein's distance, by the row; texts longer than any name count as far. */
function distanceOf(a: string, b: string): number {
  if (a.length > longest || b.length > longest) return Infinity
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? Infinity
}
