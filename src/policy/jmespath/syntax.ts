export type Comparator = '==' | '!=' | '<' | '<=' | '>' | '>='

interface At {
  /** Where in the text it begins. */
  readonly at: number
  /** How many levels it has: bounded by the parser, so that walking it needs no bound of its own. */
  readonly depth: number
}

/** An expression as parsed. A projection applies `each` to every element and drops what is null. */
export type Node = At &
  (
    | { readonly kind: 'current' }
    | { readonly kind: 'field'; readonly name: string }
    | { readonly kind: 'index'; readonly index: number }
    | {
        readonly kind: 'slice'
        readonly start: number | undefined
        readonly stop: number | undefined
        readonly step: number
      }
    | { readonly kind: 'chain'; readonly left: Node; readonly right: Node }
    | { readonly kind: 'elements'; readonly left: Node; readonly each: Node }
    | { readonly kind: 'members'; readonly left: Node; readonly each: Node }
    | { readonly kind: 'flatten'; readonly left: Node }
    | { readonly kind: 'filter'; readonly left: Node; readonly condition: Node; readonly each: Node }
    | { readonly kind: 'compare'; readonly by: Comparator; readonly left: Node; readonly right: Node }
    | { readonly kind: 'or'; readonly left: Node; readonly right: Node }
    | { readonly kind: 'and'; readonly left: Node; readonly right: Node }
    | { readonly kind: 'not'; readonly of: Node }
    | { readonly kind: 'pipe'; readonly left: Node; readonly right: Node }
    | { readonly kind: 'list'; readonly of: readonly Node[] }
    | { readonly kind: 'hash'; readonly of: readonly (readonly [name: string, value: Node])[] }
    | { readonly kind: 'literal'; readonly value: unknown }
    | { readonly kind: 'call'; readonly name: string; readonly of: readonly Node[] }
    | { readonly kind: 'reference'; readonly to: Node }
  )

/** A node that has not been measured yet. */
export type Bare = Node extends infer One ? (One extends unknown ? Omit<One, 'depth'> : never) : never
