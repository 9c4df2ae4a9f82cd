import type { Limits } from '../kubernetes/limits.js'
import { lineStarts, type MapNode, type Names, type Node, positionAt } from '../kubernetes/node.js'
import { type ReadDocument, readYaml } from '../kubernetes/yaml-text.js'
import type { Located, LocatedEntry } from './located.js'
import type { Problem } from './problem.js'

/** Far above the 1.5 MiB that a cluster keeps of one object. */
const longestText = 4 * 1024 * 1024
/** Policies of a whole company fit. */
const limits: Limits = { documents: 1000, nodes: 100_000, levels: 200, lexemes: 400_000 }

export interface Documents {
  /** Empty ones left out. */
  readonly documents: readonly Located[]
  readonly problems: readonly Problem[]
}

/**
 * Reads the documents of a policy file (YAML or JSON) as Kubernetes' tools do, with their lines. A text with a problem
 * has no documents.
 */
export function readDocuments(file: string, text: string): Documents {
  const refuse = (line: number, message: string): Problem => ({ file, line, field: '', message })
  if (text.length > longestText) {
    const message = `expected at most ${longestText} characters, got ${text.length}`
    return { documents: [], problems: [refuse(1, message)] }
  }
  const starts = lineStarts(text)
  const lineAt = (offset: number): number => positionAt(starts, offset).line
  const names: Names = new Map()
  const read = readYaml(text, limits, names)
  const all: readonly ReadDocument[] = 'message' in read ? [{ faults: [read] }] : read
  const problems = all.flatMap((one) => ('faults' in one ? one.faults : []))
  if (problems.length > 0)
    return { documents: [], problems: problems.map(({ offset, message }) => refuse(lineAt(offset), message)) }
  const locate = locator(text, names, lineAt)
  return { documents: all.flatMap((one) => ('root' in one ? [locate(one.root)] : [])), problems: [] }
}

/** What an alias repeats is one value in several places, here as in the tree. */
function locator(text: string, names: Names, lineAt: (offset: number) => number): (node: Node) => Located {
  const made = new Map<Node, Located>()
  const entriesOf = (node: MapNode): ReadonlyMap<string, LocatedEntry> => {
    const offsets = names.get(node)
    return new Map(
      [...node.entries].map(([name, value]) => [
        name,
        { line: lineAt(offsets?.get(name) ?? value.start), value: locate(value) },
      ]),
    )
  }
  const make = (node: Node): Located => {
    const line = lineAt(node.start)
    if (node.kind === 'map') return { kind: 'map', line, entries: entriesOf(node) }
    if (node.kind === 'list') return { kind: 'list', line, items: node.items.map(locate) }
    const written = text.slice(node.start, node.tail)
    const isOdd = typeof node.value === 'boolean' && !/^(?:true|false)$/i.test(written)
    return { kind: 'scalar', line, value: node.value, ...(isOdd && { written }) }
  }
  const locate = (node: Node): Located => {
    const known = made.get(node) ?? make(node)
    made.set(node, known)
    return known
  }
  return locate
}
