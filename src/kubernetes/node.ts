/** A value as JSON has it, and where in the text it stands. An alias is the node that it stands for. */
export type Node = ScalarNode | ListNode | MapNode

export type Path = readonly (string | number)[]

/** A place in a text, both counted from 1; a column is one UTF-16 unit. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** What is wrong with a text, and where. */
export interface Fault {
  readonly offset: number
  readonly message: string
}

export interface ScalarNode {
  readonly kind: 'scalar'
  readonly value: string | number | boolean | null
  readonly start: number
  /** Where more of its text would go: before a closing quote, after the last letter of a block. */
  readonly tail: number
}

export interface ListNode {
  readonly kind: 'list'
  readonly items: readonly Node[]
  readonly start: number
}

export interface MapNode {
  readonly kind: 'map'
  /** With merge keys (`<<`) already followed. A map, because a key may be `__proto__`. */
  readonly entries: ReadonlyMap<string, Node>
  readonly start: number
}

/** Where the names of a mapping stand; of merged ones where they stand themselves. */
export type Names = Map<MapNode, ReadonlyMap<string, number>>

/** The entry of a mapping; undefined too where the node is none. */
export function entry(node: Node | undefined, key: string): Node | undefined {
  return node?.kind === 'map' ? node.entries.get(key) : undefined
}

/** The text of a scalar that is one. */
export function textOf(node: Node | undefined): string | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined
}

/** The node at a path, if there is one. */
export function nodeAt(node: Node, path: Path): Node | undefined {
  return path.reduce<Node | undefined>(
    (at, step) => (at?.kind === 'list' ? at.items[Number(step)] : entry(at, String(step))),
    node,
  )
}

/** What a node is, for a message. */
export function nameOf(node: Node): string {
  if (node.kind !== 'scalar') return node.kind === 'map' ? 'a mapping' : 'a list'
  if (node.value === null) return 'nothing'
  return typeof node.value === 'string' ? 'a text' : `the ${typeof node.value} ${String(node.value)}`
}

/**
 * The plain JSON value of a tree. Parts that an alias repeats are one object in several places, so that it takes no
 * more room than the text; `__proto__` becomes a field like any other.
 */
export function plainValue(root: Node): unknown {
  const made = new Map<Node, unknown>()
  const make = (node: Node): unknown => {
    if (node.kind === 'scalar') return node.value
    if (!made.has(node)) {
      made.set(
        node,
        node.kind === 'list'
          ? node.items.map(make)
          : Object.fromEntries([...node.entries].map(([key, value]) => [key, make(value)])),
      )
    }
    return made.get(node)
  }
  return make(root)
}

/** The offsets at which the lines of a text begin. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0]
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1)
  return starts
}

export function positionAt(starts: readonly number[], offset: number): Position {
  let low = 0
  let high = starts.length
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 }
}
