import { type Expression, parseExpression } from '../jmespath/parse.js'

/** A text of a policy with its variables: what stands as it is, and what is worked out. */
export type Template = readonly Piece[]

export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  /** `{{ … }}`. An expression with variables of its own can be parsed only when they are known. */
  | {
      readonly kind: 'variable'
      /** As written, for messages. */
      readonly written: string
      readonly inner: Template
      readonly expression?: Expression
    }

export type ReadTemplate =
  | { readonly kind: 'read'; readonly template: Template }
  | { readonly kind: 'wrong'; readonly message: string }

const longest = 100_000
const mostVariables = 1000
const deepest = 20
/** Stands in a text for a variable that was found; nobody writes these signs. */
const opening = '\ue000'
const closing = '\ue001'

/**
 * Finds the variables of a text as Kyverno does: the innermost first, so that one may stand in another; a single pair
 * of braces may stand in one (a hash); `\{{ x }}` is none, and is `{{ x }}` in the end.
 *
 * An expression that is wrong is told at once, not when it is reached.
 */
export function readTemplate(text: string): ReadTemplate {
  if (!text.includes('{{')) return { kind: 'read', template: text === '' ? [] : [{ kind: 'text', text }] }
  if (text.length > longest) return { kind: 'wrong', message: `a text longer than ${longest} characters` }
  if (/[\ue000\ue001]/.test(text)) return { kind: 'wrong', message: 'signs of the private use area (U+E000)' }
  const found: Piece[] = []
  let rest = text
  for (let pass = 0; ; pass++) {
    const next = replaceInnermost(rest, found)
    if (typeof next !== 'string') return next
    if (next === rest) break
    if (pass === deepest) return { kind: 'wrong', message: `variables nested deeper than ${deepest}` }
    rest = next
  }
  return { kind: 'read', template: pieces(rest, found, true) }
}

/** Whether a text has a variable. */
export function hasVariables(text: string): boolean {
  const read = readTemplate(text)
  return read.kind === 'wrong' || read.template.some(({ kind }) => kind === 'variable')
}

function replaceInnermost(text: string, found: Piece[]): string | { kind: 'wrong'; message: string } {
  const parts: string[] = []
  let done = 0
  for (let at = text.indexOf('{{'); at >= 0; at = text.indexOf('{{', at)) {
    const end = text.charAt(at - 1) === '\\' ? undefined : endOfVariable(text, at)
    if (end === undefined) {
      at++
      continue
    }
    const variable = readVariable(text.slice(at, end), found)
    if (variable.kind === 'wrong') return variable
    if (found.push(variable.piece) > mostVariables)
      return { kind: 'wrong', message: `more than ${mostVariables} variables` }
    parts.push(text.slice(done, at), `${opening}${found.length - 1}${closing}`)
    done = at = end
  }
  parts.push(text.slice(done))
  return parts.join('')
}

/** Behind the `}}` of a variable that begins here; single braces in it must be pairs, and not nest. */
function endOfVariable(text: string, start: number): number | undefined {
  for (let at = start + 2; at < text.length; at++) {
    const sign = text.charAt(at)
    if (sign === '}') return text.charAt(at + 1) === '}' ? at + 2 : undefined
    if (sign !== '{') continue
    const pair = /[{}]/g
    pair.lastIndex = at + 1
    const close = pair.exec(text)
    if (close?.[0] !== '}') return undefined
    at = close.index
  }
  return undefined
}

function readVariable(
  text: string,
  found: readonly Piece[],
): { kind: 'found'; piece: Piece } | { kind: 'wrong'; message: string } {
  // `{{-` asks that the value is not searched for variables again, which it never is here.
  const bare = text.slice(2, -2).replace(/^-/, '').trim()
  const inner = pieces(bare, found, false)
  const written = writtenAs(inner)
  if (inner.some(({ kind }) => kind === 'variable') || written === '@')
    return { kind: 'found', piece: { kind: 'variable', written, inner } }
  const read = parseExpression(written)
  if (read.kind === 'failed') {
    return {
      kind: 'wrong',
      message: `in {{ ${written} }} at ${read.at}: ${read.message}`,
    }
  }
  return { kind: 'found', piece: { kind: 'variable', written, inner, expression: read.expression } }
}

function pieces(text: string, found: readonly Piece[], isOutermost: boolean): Template {
  return text
    .split(/\ue000(\d+)\ue001/)
    .map((part, index): Piece | undefined =>
      index % 2 === 1
        ? found[Number(part)]
        : { kind: 'text', text: isOutermost ? withoutEscapes(part) : part },
    )
    .filter((piece) => piece !== undefined)
    .filter((piece) => piece.kind === 'variable' || piece.text !== '')
}

/** The backslash goes where what it stands before would have been a variable. */
function withoutEscapes(text: string): string {
  const parts: string[] = []
  let done = 0
  for (let at = text.indexOf('\\{{'); at >= 0; at = text.indexOf('\\{{', at + 1)) {
    const end = endOfVariable(text, at + 1)
    if (end === undefined) continue
    parts.push(text.slice(done, at), text.slice(at + 1, end))
    done = end
    at = end - 1
  }
  parts.push(text.slice(done))
  return parts.join('')
}

export function writtenAs(template: Template): string {
  return template.map((piece) => (piece.kind === 'text' ? piece.text : `{{ ${piece.written} }}`)).join('')
}
