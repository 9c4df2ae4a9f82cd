import { RE2JS } from 're2js'

/**
 * The globs of gobwas/glob without separators: `*`, `**`, `?`, `[abc]`, `[!a-c]`, `{a,b}`, backslash. Compiled to RE2,
 * so that no pattern takes more than linear time.
 *
 * @returns undefined when the pattern cannot be read
 */
export function compileGlob(pattern: string): ((text: string) => boolean) | undefined {
  if (pattern.length > longestPattern) return undefined
  const source = translate(pattern)
  if (source === undefined) return undefined
  try {
    const compiled = RE2JS.compile(source, RE2JS.DOTALL)
    return (text) => compiled.matches(text)
  } catch {
    return undefined
  }
}

const longestPattern = 4096
const special = /[.+^$|()[\]{}*?\\]/g

/** Whether a constraint is more than a literal text. */
export function isGlob(text: string): boolean {
  return /[*?{[]/.test(text)
}

function translate(pattern: string): string | undefined {
  let out = ''
  let depth = 0
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern.charAt(at)
    switch (char) {
      case '*':
        out += '.*'
        while (pattern.charAt(at + 1) === '*') at++
        break
      case '?':
        out += '.'
        break
      case '\\':
        at++
        out += pattern.charAt(at).replace(special, '\\$&')
        break
      case '{':
        depth++
        out += '(?:'
        break
      case '}':
        if (depth === 0) return undefined
        depth--
        out += ')'
        break
      case ',':
        out += depth > 0 ? '|' : ','
        break
      case '[': {
        const end = pattern.indexOf(']', at + 1)
        if (end < 0) return undefined
        const body = pattern.slice(at + 1, end)
        const negated = body.startsWith('!')
        const chars = (negated ? body.slice(1) : body).replace(/[[\]\\^]/g, '\\$&')
        if (chars === '') return undefined
        out += `[${negated ? '^' : ''}${chars}]`
        at = end
        break
      }
      default:
        out += char.replace(special, '\\$&')
    }
  }
  return depth === 0 ? out : undefined
}
