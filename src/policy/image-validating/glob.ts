import { RE2JS } from 're2js'

/** A glob of `matchImageReferences` (gobwas/glob without separators): `*` and `**` are anything, a slash too. */
export interface ImageGlob {
  readonly text: string
  readonly matches: (reference: string) => boolean
}

const longest = 1000
const mostAlternatives = 20

/**
 * Reads a glob: `*`, `?`, `[abc]`, `[!a-z]`, `{one,other}` and `\` before a letter that means itself. It becomes a
 * regular expression of RE2, so matching takes linear time.
 *
 * @returns a text that says what is wrong
 */
export function readImageGlob(text: string): ImageGlob | string {
  if (text.length > longest) return `longer than ${longest} characters`
  const translated = translate(text)
  if ('problem' in translated) return translated.problem
  const pattern = RE2JS.compile(`^(?:${translated.pattern})$`, RE2JS.DOTALL)
  return { text, matches: (reference) => pattern.matcher(reference).find() }
}

function translate(text: string): { readonly pattern: string } | { readonly problem: string } {
  let pattern = ''
  let open = 0
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] ?? ''
    if (letter === '\\') {
      at++
      if (at >= text.length) return { problem: 'unexpected end of input' }
      pattern += RE2JS.quote(text[at] ?? '')
    } else if (letter === '*') pattern += '.*'
    else if (letter === '?') pattern += '.'
    else if (letter === '[') {
      const end = text.indexOf(']', at + 1)
      const set = end < 0 ? undefined : readSet(text.slice(at + 1, end))
      if (set === undefined)
        return { problem: end < 0 ? 'unexpected end of input' : `an empty or illegal set at ${at + 1}` }
      pattern += set
      at = end
    } else if (letter === '{') {
      if (++open > mostAlternatives)
        return { problem: `more than ${mostAlternatives} alternatives in each other` }
      pattern += '(?:'
    } else if (letter === '}' && open > 0) {
      open--
      pattern += ')'
    } else pattern += letter === ',' && open > 0 ? '|' : RE2JS.quote(letter)
  }
  return open > 0 ? { problem: 'unexpected end of input' } : { pattern }
}

/** A range has one letter on each side of its dash; in a list the dash means itself. */
function readSet(body: string): string | undefined {
  const negated = body.startsWith('!')
  const letters = Array.from(negated ? body.slice(1) : body)
  const [low = '', dash, high = ''] = letters
  if (letters.length === 0) return undefined
  const isRange = letters.length === 3 && dash === '-'
  if (isRange && low > high) return undefined
  const inside = isRange ? `${escaped(low)}-${escaped(high)}` : letters.map(escaped).join('')
  return `[${negated ? '^' : ''}${inside}]`
}

function escaped(letter: string): string {
  return /[\\\]^[-]/.test(letter) ? `\\${letter}` : letter
}
