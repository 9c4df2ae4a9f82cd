/** A wildcard pattern of Kyverno (`*` any text, `?` one character) as RE2 that means the same, anchored. */
export function wildcardAsRe2(pattern: string): string {
  const parts = Array.from(pattern).map((letter) => {
    if (letter === '*') return '.*'
    if (letter === '?') return '.'
    return /[A-Za-z0-9_]/.test(letter) ? letter : `\\x{${letter.codePointAt(0)?.toString(16) ?? '0'}}`
  })
  return `(?s)\\A${parts.join('')}\\z`
}
