import { isList, isMap } from '../jmespath/value.js'

export type ReferredText =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'wrong'; readonly message: string }

/** At the beginning, or behind a sign other than a backslash; as far as the last `)` before a space. */
const reference = /(^|[^\\])\$\(([^ ]+)\)/g
const escaped = /\\(\$\([^ ]+\))/g
const comparators = ['>=', '<=', '>', '<', '!']
const mostReferences = 100

/**
 * Kyverno's references within a document: `$(../key)` is the text at that path, from the place where it stands or
 * from the root; `\$(…)` is none.
 */
export function resolveReferences(text: string, document: unknown, path: string): ReferredText {
  if (!text.includes('$(')) return { kind: 'text', text }
  let message: string | undefined
  let count = 0
  const refer = (whole: string, before: string, inner: string): string => {
    if (++count > mostReferences) message ??= `more than ${mostReferences} references`
    const operator = comparators.find((one) => inner.startsWith(one)) ?? ''
    const wanted = absolute(inner.slice(operator.length), path)
    const value = leafAt(document, wanted)
    if (typeof value === 'string') return `${before}${operator}${value}`
    if (typeof value === 'number' && operator !== '') return `${before}${operator}${value.toFixed(6)}`
    message ??= `expected a text at ${wanted.join('/')} for the reference $(${inner.slice(0, 100)}), got ${value === undefined ? 'nothing' : typeof value}`
    return whole
  }
  const referred = inWords(text, (word) => word.replace(reference, refer))
  if (message !== undefined) return { kind: 'wrong', message }
  return { kind: 'text', text: inWords(referred, (word) => word.replace(escaped, '$1')) }
}

/** No reference holds a space or goes on behind the last `)` of a word: so none is looked for there, again and again. */
function inWords(text: string, change: (word: string) => string): string {
  const words = text.split(' ').map((word) => {
    const end = word.lastIndexOf(')') + 1
    return change(word.slice(0, end)) + word.slice(end)
  })
  return words.join(' ')
}

function absolute(reference: string, from: string): readonly string[] {
  const parts: string[] = []
  for (const part of (reference.startsWith('/') ? reference : `${from}/${reference}`).split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts
}

function leafAt(document: unknown, path: readonly string[]): unknown {
  let value = document
  for (const part of path) {
    if (isList(value) && /^\d{1,9}$/.test(part)) value = value[Number(part)]
    else if (isMap(value) && Object.hasOwn(value, part)) value = value[part]
    else return undefined
  }
  return isList(value) || isMap(value) ? undefined : value
}
