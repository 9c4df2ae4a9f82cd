import { type FailureCode } from '../jmespath/stop.js'
import { isList, isMap } from '../jmespath/value.js'
import { fill, type Scope } from './fill.js'
import { resolveReferences } from './reference.js'
import { readTemplate } from './template.js'

export type Substitution =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'failed'; readonly code: FailureCode; readonly message: string; readonly path: string }
  | { readonly kind: 'open'; readonly name: string; readonly path: string }

const deepest = 100

/**
 * A JSON document with the variables in all its texts and names worked out, after its references `$(…)`. It ends at
 * the first that cannot be; what failed comes before what is open, wherever each stands, for it fails whatever the
 * open part turns out to be.
 */
export function substitute(document: unknown, scope: Scope): Substitution {
  let open: Substitution | undefined
  const walk = (value: unknown, path: string, depth: number): Substitution => {
    if (depth > deepest) return wrong('limit-exceeded', `nested deeper than ${deepest}`, path)
    if (typeof value === 'string') {
      const result = substituteText(value, document, path, scope)
      if (result.kind === 'open') open ??= result
      return result.kind === 'open' ? { kind: 'value', value: null } : result
    }
    if (isList(value)) {
      const elements: unknown[] = []
      for (const [index, element] of value.entries()) {
        const result = walk(element, `${path}/${index}`, depth + 1)
        if (result.kind !== 'value') return result
        elements.push(result.value)
      }
      return { kind: 'value', value: elements }
    }
    if (!isMap(value)) return { kind: 'value', value }
    const entries: [string, unknown][] = []
    for (const [name, member] of Object.entries(value)) {
      const key = walk(name, `${path}/${name}`, depth + 1)
      if (key.kind !== 'value') return key
      const result = walk(member, `${path}/${name}`, depth + 1)
      if (result.kind !== 'value') return result
      if (typeof key.value !== 'string' && open === undefined)
        return wrong('type', `expected a text as a name, got ${typeof key.value}`, `${path}/${name}`)
      entries.push([typeof key.value === 'string' ? key.value : name, result.value])
    }
    return { kind: 'value', value: Object.fromEntries(entries) }
  }
  const result = walk(document, '', 0)
  return result.kind === 'value' && open !== undefined ? open : result
}

function substituteText(text: string, document: unknown, path: string, scope: Scope): Substitution {
  const referred = resolveReferences(text, document, path)
  if (referred.kind === 'wrong') return wrong('not-found', referred.message, path)
  const read = readTemplate(referred.text)
  if (read.kind === 'wrong') return wrong('syntax', read.message, path)
  const filled = fill(read.template, scope)
  switch (filled.kind) {
    case 'value':
      return read.template.length === 0 ? { kind: 'value', value: '' } : filled
    case 'open':
      return { kind: 'open', name: filled.name, path }
    case 'failed':
      return wrong(filled.code, `${JSON.stringify(text.slice(0, 200))}: ${filled.message}`, path)
  }
}

function wrong(code: FailureCode, message: string, path: string): Substitution {
  return { kind: 'failed', code, message, path }
}
