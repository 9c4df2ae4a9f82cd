import { parseJson } from './json-text.js'
import { Stop } from './stop.js'

export type Token = { readonly at: number } & (
  | { readonly kind: 'name'; readonly text: string; readonly quoted: boolean }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'literal'; readonly value: unknown }
  | { readonly kind: 'sign'; readonly text: string }
  | { readonly kind: 'end' }
)

const letter = /[A-Za-z_]/
const word = /[A-Za-z0-9_]*/y
const integer = /-?[0-9]+/y
const signs = ['[?', '[]', '||', '&&', '==', '!=', '<=', '>=', ...Array.from('.*[](){},:|&!<>@')]

/**
 * The tokens of an expression (the JMESPath grammar of 2015, with Go's lexer where that is stricter: a raw string
 * ends at the first quote that has no backslash before it, and a literal must be JSON).
 */
export function readTokens(text: string): readonly Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const sign = text.charAt(at)
    if (' \t\n\r'.includes(sign)) {
      at++
      continue
    }
    const start = at
    if (letter.test(sign)) {
      const name = match(word, text, at)
      tokens.push({ kind: 'name', text: name, quoted: false, at })
      at += name.length
    } else if (/[0-9-]/.test(sign)) {
      const digits = match(integer, text, at)
      if (digits === '') throw new Stop('syntax', 'expected a digit after "-"', at)
      const value = Number(digits)
      if (!Number.isSafeInteger(value)) throw new Stop('syntax', `the index ${digits} is too large`, at)
      tokens.push({ kind: 'number', value, at })
      at += digits.length
    } else if (sign === '"') {
      const end = closing(text, at, '"')
      tokens.push({ kind: 'name', text: unquote(text.slice(at, end), at), quoted: true, at: start })
      at = end
    } else if (sign === "'") {
      const end = closingRaw(text, at)
      tokens.push({ kind: 'literal', value: text.slice(at + 1, end - 1).replaceAll("\\'", "'"), at: start })
      at = end
    } else if (sign === '`') {
      const end = closing(text, at, '`')
      tokens.push({ kind: 'literal', value: readLiteral(text.slice(at + 1, end - 1), at), at: start })
      at = end
    } else {
      const found = signs.find((one) => text.startsWith(one, start))
      if (found === undefined) throw new Stop('syntax', `unexpected ${JSON.stringify(sign)}`, at)
      tokens.push({ kind: 'sign', text: found, at })
      at += found.length
    }
  }
  tokens.push({ kind: 'end', at: text.length })
  return tokens
}

function match(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? ''
}

/** Behind the end of what `mark` opens; a backslash takes the sign after it along. */
function closing(text: string, start: number, mark: string): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text.charAt(at) === '\\') at++
    else if (text.charAt(at) === mark) return at + 1
  }
  throw new Stop('syntax', `no closing ${mark}`, start)
}

/** In a raw string only a quote can be escaped: a backslash before anything else is itself. */
function closingRaw(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text.charAt(at) === "'" && text.charAt(at - 1) !== '\\') return at + 1
  }
  throw new Stop('syntax', "no closing '", start)
}

function unquote(text: string, at: number): string {
  const value = parseJson(text)
  if (value.kind === 'parsed' && typeof value.value === 'string') return value.value
  throw new Stop('syntax', 'expected a quoted name with the escapes of JSON', at)
}

function readLiteral(text: string, at: number): unknown {
  const value = parseJson(text.replaceAll('\\`', '`').trim())
  if (value.kind === 'parsed') return value.value
  throw new Stop('syntax', `expected JSON between the backticks: ${value.message}`, at)
}
