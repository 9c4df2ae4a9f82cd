import { evaluate, type Evaluation } from '../jmespath/evaluate.js'
import type { Meter } from '../jmespath/meter.js'
import { parseExpression } from '../jmespath/parse.js'
import { printJson } from '../jmespath/print.js'
import { Stop } from '../jmespath/stop.js'
import type { Template } from './template.js'

/** What variables are worked out with. */
export interface Scope {
  /** The JSON context; parts that are not known yet are marked with OpenPart. */
  readonly data: unknown
  /** Milliseconds since 1970. */
  readonly now: number
  readonly meter: Meter
}

/**
 * The value of a text with variables: of any type when the text is one variable, else a text, in which values that
 * are no texts stand as JSON.
 *
 * A value is never searched for variables again, other than in Kyverno: there, data could make a policy work out
 * what it likes, or never end.
 */
export function fill(template: Template, scope: Scope): Evaluation {
  const [first] = template
  if (template.length === 1 && first?.kind === 'variable') return resolve(first, scope)
  const parts: string[] = []
  for (const piece of template) {
    if (piece.kind === 'text') {
      parts.push(piece.text)
      continue
    }
    const resolved = resolve(piece, scope)
    if (resolved.kind !== 'value') return resolved
    const text = asText(resolved.value, scope.meter)
    if (typeof text !== 'string') return text
    parts.push(text)
  }
  return { kind: 'value', value: parts.join('') }
}

function resolve(piece: Template[number] & { kind: 'variable' }, scope: Scope): Evaluation {
  if (piece.expression !== undefined) return evaluate(piece.expression, scope.data, scope)
  if (piece.written === '@') {
    return failed(
      'unsupported-function',
      '{{@}} is the place of a pattern in the resource, and there is none here',
    )
  }
  let text = ''
  for (const part of piece.inner) {
    if (part.kind === 'text') {
      text += part.text
      continue
    }
    const resolved = resolve(part, scope)
    if (resolved.kind !== 'value') return resolved
    const inserted = insertable(resolved.value, text, scope.meter)
    if (typeof inserted !== 'string') return inserted
    text += inserted
  }
  const read = parseExpression(text)
  return read.kind === 'failed' ? read : evaluate(read.expression, scope.data, scope)
}

function failed(code: 'unsupported-function' | 'invalid-value', message: string): Evaluation {
  return { kind: 'failed', code, message, at: 0 }
}

function asText(value: unknown, meter: Meter): string | Evaluation {
  try {
    if (typeof value !== 'string') return printJson(value, meter)
    meter.text(value.length)
    return value
  } catch (error) {
    if (error instanceof Stop) return { kind: 'failed', code: error.code, message: error.message, at: 0 }
    throw error
  }
}

const endsInBackslash = failed(
  'invalid-value',
  'a value that ends with a backslash cannot stand in a text or a literal',
)

/**
 * A value as it goes into an expression. Kyverno puts it in as it is, so that a quote in the data could end a text of
 * the policy and go on with an expression of its own; here it stays what it is, within the quotes it stands in.
 */
function insertable(value: unknown, before: string, meter: Meter): string | Evaluation {
  const text = asText(value, meter)
  if (typeof text !== 'string') return text
  switch (openQuote(before)) {
    case "'":
      return text.endsWith('\\') ? endsInBackslash : text.replaceAll("'", "\\'")
    case '"':
      return JSON.stringify(text).slice(1, -1)
    case '`':
      return text.endsWith('\\') ? endsInBackslash : text.replaceAll('`', '\\`')
    case '`"':
      return JSON.stringify(text).slice(1, -1).replaceAll('`', '\\`')
    case undefined:
      if (/^[A-Za-z0-9_.-]*$/.test(text)) return text
      return failed(
        'invalid-value',
        `expected a name or a number to put into an expression outside quotes, got ${JSON.stringify(text.slice(0, 100))}`,
      )
  }
}

/** In which quotes the end of an expression's beginning stands. */
function openQuote(text: string): "'" | '"' | '`' | '`"' | undefined {
  let open: "'" | '"' | '`' | '`"' | undefined
  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at)
    if (sign === '\\' && open !== undefined) {
      // In a raw string a backslash takes only a quote along.
      if (open !== "'" || text.charAt(at + 1) === "'") at++
    } else if (open === undefined) {
      if (sign === "'" || sign === '"' || sign === '`') open = sign
    } else if (open === '`"') {
      if (sign === '"') open = '`'
      else if (sign === '`') open = undefined
    } else if (sign === open) open = undefined
    else if (open === '`' && sign === '"') open = '`"'
  }
  return open
}
