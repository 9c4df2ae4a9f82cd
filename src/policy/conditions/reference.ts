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
  const referred = text.replace(reference, (whole, before: string, inner: string) => {
    if (++count > mostReferences) message ??= `more than ${mostReferences} references`
    const operator = comparators.find((one) => inner.startsWith(one)) ?? ''
    const wanted = absolute(inner.slice(operator.length), path)
    const value = leafAt(document, wanted)
    if (typeof value === 'string') return `${before}${operator}${value}`
    if (typeof value === 'number' && operator !== '') return `${before}${operator}${value.toFixed(6)}`
    message ??= `expected a text at ${wanted.join('/')} for the reference $(${inner.slice(0, 100)}), got ${value === undefined ? 'nothing' : typeof value}`
    return whole
  })
  if (message !== undefined) return { kind: 'wrong', message }
  return { kind: 'text', text: referred.replace(escaped, '$1') }
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
