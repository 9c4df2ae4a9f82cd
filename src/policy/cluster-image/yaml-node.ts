import type { Scalar } from './plain-scalar.js'

/** YAML with the line of each part, aliases resolved. Lines count from 1. */
export type YamlNode =
  | (Scalar & { readonly line: number })
  | { readonly kind: 'list'; readonly line: number; readonly items: readonly YamlNode[] }
  | { readonly kind: 'map'; readonly line: number; readonly entries: ReadonlyMap<string, YamlEntry> }

export interface YamlEntry {
  /** Where the name stands. */
  readonly line: number
  readonly value: YamlNode
}

export type YamlMap = Extract<YamlNode, { kind: 'map' }>

const kinds: Readonly<Record<YamlNode['kind'], string>> = {
  text: 'a text',
  flag: 'a boolean',
  number: 'a number',
  nothing: 'nothing',
  list: 'a list',
  map: 'an object',
}

export function nameOfKind(node: YamlNode): string {
  return kinds[node.kind]
}

/**
 * The same as plain values. Objects have no prototype: names come from outside, and `__proto__` is one like any other.
 */
export function plainValue(node: YamlNode): unknown {
  switch (node.kind) {
    case 'text':
      return node.text
    case 'flag':
      return node.flag
    case 'number':
      return node.number
    case 'nothing':
      return null
    case 'list':
      return node.items.map(plainValue)
    case 'map': {
      const object = Object.create(null) as Record<string, unknown>
      for (const [name, { value }] of node.entries) object[name] = plainValue(value)
      return object
    }
  }
}
