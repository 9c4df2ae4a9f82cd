/** A value of JSON that remembers the line it was written in. Aliases share their value: it is a graph, not a tree. */
export type Located = LocatedMap | LocatedList | LocatedScalar

export interface LocatedMap {
  readonly kind: 'map'
  readonly line: number
  readonly entries: ReadonlyMap<string, LocatedEntry>
}

export interface LocatedEntry {
  /** Where the name stands; its value may begin further down. */
  readonly line: number
  readonly value: Located
}

export interface LocatedList {
  readonly kind: 'list'
  readonly line: number
  readonly items: readonly Located[]
}

export interface LocatedScalar {
  readonly kind: 'scalar'
  readonly line: number
  readonly value: string | number | boolean | null
  /** As it is written, where YAML 1.1 reads another value than the letters say (`n`, `on`). */
  readonly written?: string
}

/** The value without its lines. `__proto__` becomes a member like any other. */
export function plain(located: Located): unknown {
  switch (located.kind) {
    case 'map':
      return Object.fromEntries([...located.entries].map(([name, { value }]) => [name, plain(value)]))
    case 'list':
      return located.items.map(plain)
    case 'scalar':
      return located.value
  }
}

/** What a value is, in words for a message. */
export function describe(located: Located): string {
  if (located.kind !== 'scalar') return located.kind === 'map' ? 'a mapping' : 'a list'
  const { value, written } = located
  if (value === null) return 'nothing'
  if (written !== undefined)
    return `${String(value)} (YAML 1.1 reads ${written} so: quote it if a text is meant)`
  if (typeof value !== 'string') return `the ${typeof value} ${String(value)}`
  return `the text ${JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value)}`
}

/** The text of a member of a document, `kind` for one; undefined where it has none. */
export function topText(document: Located, name: string): string | undefined {
  const value = document.kind === 'map' ? document.entries.get(name)?.value : undefined
  return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined
}
