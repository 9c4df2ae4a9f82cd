import { type Document, isAlias, isMap, isScalar, type ParsedNode, type Scalar } from 'yaml'
import type { Limits } from './limits.js'
import {
  type Fault,
  type ListNode,
  type MapNode,
  type Names,
  nameOf,
  type Node,
  type ScalarNode,
} from './node.js'
import { readPlainScalar } from './scalar.js'

/** How many nodes may still be read of a text; shared by its documents. */
export interface Budget {
  nodes: number
  readonly limits: Limits
}

interface Reading {
  readonly text: string
  readonly budget: Budget
  readonly faults: Fault[]
  /** By the name of the anchor; null while the anchored node is being read. */
  readonly anchors: Map<string, Node | null>
  /** Of a node with all that aliases repeat in it. */
  readonly extents: Map<Node, Extent>
  readonly names: Names | undefined
  /** Entries that merge keys copied: each time anew, unlike what an alias repeats. */
  copied: number
}

interface Extent {
  readonly nodes: number
  readonly levels: number
}

const standard = 'tag:yaml.org,2002:'
const single: Extent = { nodes: 1, levels: 1 }
const mostFaults = 20

/**
 * The tree of a YAML document as Kubernetes' tools read it. What readers of YAML disagree on is a fault: a key twice,
 * a merge key after the key that it would replace (go-yaml v2 replaces, YAML says that it must not), tags.
 */
export function readTree(
  document: Document.Parsed,
  text: string,
  budget: Budget,
  names?: Names,
): Node | readonly Fault[] {
  const reading: Reading = {
    text,
    budget,
    faults: [],
    anchors: new Map(),
    extents: new Map(),
    names,
    copied: 0,
  }
  const root = readNode(reading, document.contents, document.range[0])
  if (reading.faults.length > 0) return reading.faults
  const { nodes, levels } = reading.extents.get(root) ?? single
  budget.nodes -= Math.max(nodes, reading.copied)
  if (budget.nodes < 0)
    return [{ offset: root.start, message: 'expected fewer nodes, got too many (aliases repeat them)' }]
  if (levels > budget.limits.levels)
    return [{ offset: root.start, message: `expected at most ${budget.limits.levels} levels, got ${levels}` }]
  return root
}

function fault(reading: Reading, offset: number, message: string): void {
  if (reading.faults.length < mostFaults) reading.faults.push({ offset, message })
}

function readNode(reading: Reading, node: ParsedNode | null, offset: number): Node {
  const nothing: ScalarNode = { kind: 'scalar', value: null, start: offset, tail: offset }
  if (node === null) return nothing
  if (isAlias(node)) {
    const target = reading.anchors.get(node.source)
    if (target) return target
    const why =
      target === null ? `*${node.source} contains itself` : `*${node.source} has no anchor before it`
    fault(reading, node.range[0], `expected an alias of an earlier anchor: ${why}`)
    return nothing
  }
  if (node.anchor !== undefined) reading.anchors.set(node.anchor, null)
  const read = isScalar(node)
    ? readScalar(reading, node)
    : isMap(node)
      ? readMap(reading, node.items, node.range[0], node.tag)
      : readList(reading, node.items, node.range[0], node.tag)
  if (node.anchor !== undefined) reading.anchors.set(node.anchor, read)
  return read
}

function readScalar(reading: Reading, scalar: Scalar.Parsed): ScalarNode {
  const { type, tag, range } = scalar
  // A block that ends with the text has no last line end for go-yaml, and one for the library.
  const isCut = type?.startsWith('BLOCK') && range[1] === reading.text.length && !reading.text.endsWith('\n')
  const source = isCut ? scalar.source.replace(/\n$/, '') : scalar.source
  const plain = type === 'PLAIN' && tag === undefined
  const typed = tag !== undefined && /:(?:null|bool|int|float)$/.test(tag) && tag.startsWith(standard)
  if (tag !== undefined && !typed && tag !== `${standard}str`) {
    fault(reading, range[0], `expected no tag, got ${JSON.stringify(tag)}, which readers of YAML disagree on`)
  }
  const value = plain || typed ? readPlainScalar(source) : source
  if (value === undefined) fault(reading, range[0], `expected a number that JSON has, got ${source}`)
  return { kind: 'scalar', value: value ?? null, start: range[0], tail: tailOf(reading.text, type, range) }
}

function tailOf(text: string, type: Scalar.Parsed['type'], range: Scalar.Parsed['range']): number {
  const [start, end] = range
  if (type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE') return end - 1
  if (type === 'PLAIN') return end
  let tail = end
  while (tail > start && /\s/.test(text.charAt(tail - 1))) tail--
  return tail
}

function readList(
  reading: Reading,
  items: readonly unknown[],
  start: number,
  tag: string | undefined,
): ListNode {
  if (tag !== undefined && tag !== `${standard}seq`) fault(reading, start, `expected a list, got ${tag}`)
  const list: ListNode = {
    kind: 'list',
    start,
    items: items.map((item) => readNode(reading, item as ParsedNode | null, start)),
  }
  measure(reading, list, list.items)
  return list
}

interface ReadPair {
  readonly key: ParsedNode
  readonly value: ParsedNode | null
}

function readMap(
  reading: Reading,
  pairs: readonly ReadPair[],
  start: number,
  tag: string | undefined,
): MapNode {
  if (tag !== undefined && tag !== `${standard}map`) fault(reading, start, `expected a mapping, got ${tag}`)
  const entries = new Map<string, Node>()
  const offsets = reading.names && new Map<string, number>()
  const early = new Set<string>()
  let merged: readonly MapNode[] | undefined
  for (const { key, value } of pairs) {
    if (isScalar(key) && key.source === '<<' && key.type === 'PLAIN' && key.tag === undefined) {
      if (merged) fault(reading, key.range[0], 'expected one merge key (<<), got a second one')
      merged = mergedMaps(reading, readNode(reading, value, key.range[1]))
      for (const name of entries.keys()) early.add(name)
      continue
    }
    const name = readKey(reading, key)
    if (name === undefined) continue
    const read = readNode(reading, value, key.range[1])
    if (entries.has(name))
      fault(reading, key.range[0], `expected each key once, got ${JSON.stringify(name)} again`)
    entries.set(name, read)
    offsets?.set(name, key.range[0])
  }
  // Of several merged mappings the first counts, and what stands in the mapping itself counts before them all.
  for (const map of merged ?? []) {
    for (const [name, node] of map.entries) {
      if (++reading.copied > reading.budget.limits.nodes) break
      const own = entries.get(name)
      if (own === undefined) {
        entries.set(name, node)
        offsets?.set(name, reading.names?.get(map)?.get(name) ?? node.start)
      } else if (early.has(name) && own !== node) {
        fault(
          reading,
          start,
          `expected the merge key (<<) before ${JSON.stringify(name)}, which it merges too: readers of YAML disagree which counts`,
        )
      }
    }
  }
  const map: MapNode = { kind: 'map', entries, start }
  if (reading.names && offsets) reading.names.set(map, offsets)
  measure(reading, map, entries.values())
  return map
}

/** The name of a key; other scalars become texts as for sigs.k8s.io/yaml. */
function readKey(reading: Reading, key: ParsedNode): string | undefined {
  const node = readNode(reading, key, 0)
  if (node.kind === 'scalar' && node.value !== null) return String(node.value)
  fault(reading, key.range[0], `expected a text as key, got ${nameOf(node)}`)
  return undefined
}

function mergedMaps(reading: Reading, node: Node): readonly MapNode[] {
  const all = node.kind === 'list' ? node.items : [node]
  const maps = all.filter((one) => one.kind === 'map')
  if (maps.length < all.length)
    fault(reading, node.start, 'expected the merge key (<<) to name mappings, got something else')
  return maps
}

function measure(reading: Reading, node: Node, parts: Iterable<Node>): void {
  let { nodes, levels } = single
  for (const part of parts) {
    const extent = reading.extents.get(part) ?? single
    nodes += extent.nodes
    levels = Math.max(levels, extent.levels + 1)
  }
  reading.extents.set(node, { nodes, levels })
}
