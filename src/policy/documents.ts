import {
  Composer,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node,
  Parser,
  type Scalar,
} from 'yaml'
import type { Located, LocatedEntry } from './located.js'
import type { Problem } from './problem.js'

/** Policies of a whole company fit; the parser takes linear time for it. */
const longestText = 1024 * 1024
const deepest = 60
/** What the parser keeps open for so many levels: some for each. */
const mostOpen = 4 * deepest
/** With every alias written out. */
const mostValues = 100_000
const mostDocuments = 1000

/** The booleans of YAML 1.1, which Kubernetes' own reader (sigs.k8s.io/yaml) still knows. */
const oldTrue = /^(?:y|Y|yes|Yes|YES|on|On|ON)$/
const oldFalse = /^(?:n|N|no|No|NO|off|Off|OFF)$/
const plainTags = new Set(
  ['str', 'int', 'float', 'bool', 'null', 'map', 'seq'].map((tag) => `tag:yaml.org,2002:${tag}`),
)

export interface Documents {
  /** Empty ones left out. */
  readonly documents: readonly Located[]
  readonly problems: readonly Problem[]
}

/** Reads the documents of a YAML (or JSON) text with their lines. A text with a problem has no documents. */
export function readDocuments(file: string, text: string): Documents {
  const problems: Problem[] = []
  const report = (line: number, message: string): void => {
    problems.push({ file, line, field: '', message })
  }
  if (text.length > longestText) {
    report(1, `expected at most ${longestText} characters, got ${text.length}`)
    return { documents: [], problems }
  }
  const lines = new LineCounter()
  try {
    const list = composed(text, lines)
    if (list.length > mostDocuments)
      report(1, `expected at most ${mostDocuments} documents, got ${list.length}`)
    const documents: Located[] = []
    for (const document of list.slice(0, mostDocuments)) {
      for (const { pos, message } of document.errors.slice(0, 1)) report(lines.linePos(pos[0]).line, message)
      if (document.errors.length > 0 || document.contents === null) continue
      const converted = convert(document.contents, lines, report)
      if (converted !== undefined && !(converted.kind === 'scalar' && converted.value === null))
        documents.push(converted)
    }
    return problems.length > 0 ? { documents: [], problems } : { documents, problems }
  } catch (cause) {
    if (cause instanceof Unusable) report(cause.line, cause.message)
    else
      report(
        1,
        `no YAML that can be read: ${cause instanceof Error ? cause.message.slice(0, 200) : 'unknown cause'}`,
      )
    return { documents: [], problems }
  }
}

/** Depth is watched token by token: the library nests as deep as the text does, and takes all memory for it. */
function composed(text: string, lines: LineCounter): readonly Document[] {
  // Keys are compared here, by name: the library compares them pairwise.
  const composer = new Composer({ logLevel: 'silent', prettyErrors: false, uniqueKeys: false })
  const parser = new Parser(lines.addNewLine)
  const documents: Document[] = []
  lines.addNewLine(0)
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) documents.push(...composer.next(token))
    if (parser.stack.length > mostOpen)
      throw new Unusable(lines.linePos(parser.offset).line, `expected at most ${deepest} levels of nesting`)
  }
  for (const token of parser.end()) documents.push(...composer.next(token))
  documents.push(...composer.end(false, text.length))
  return documents
}

/** What stops the conversion of a document. */
class Unusable extends Error {
  readonly line: number
  constructor(line: number, message: string) {
    super(message)
    this.line = line
  }
}

function convert(
  root: Node,
  lines: LineCounter,
  report: (line: number, message: string) => void,
): Located | undefined {
  const anchors = new Map<string, Located>()
  let values = 0
  const lineOf = (node: unknown, otherwise: number): number => {
    const range = (node as { range?: readonly [number, number, number] | null } | null)?.range
    return range ? lines.linePos(range[0]).line : otherwise
  }

  const read = (node: unknown, depth: number, above: number): Located => {
    const line = lineOf(node, above)
    if (depth > deepest) throw new Unusable(line, `expected at most ${deepest} levels of nesting`)
    const located = readNode(node, depth, line)
    if (located.size > mostValues)
      throw new Unusable(line, `expected at most ${mostValues} values, aliases included`)
    if (!isAlias(node)) {
      const anchor = (node as { anchor?: string } | null)?.anchor
      if (anchor !== undefined) anchors.set(anchor, located)
    }
    return located
  }

  const readNode = (node: unknown, depth: number, line: number): Located => {
    if (++values > mostValues) throw new Unusable(line, `expected at most ${mostValues} values`)
    if (node === null || node === undefined) return { kind: 'scalar', line, size: 1, value: null }
    if (isAlias(node)) {
      const target = anchors.get(node.source)
      if (target === undefined) throw new Unusable(line, `the alias *${node.source} means nothing above it`)
      return target
    }
    const tag = (node as { tag?: string }).tag
    if (tag !== undefined && !plainTags.has(tag)) throw new Unusable(line, `the tag ${tag} is not supported`)
    if (isScalar(node)) return readScalar(node, line)
    if (isSeq(node)) {
      const items = node.items.map((item) => read(item, depth + 1, line))
      return { kind: 'list', line, items, size: sizeOf(items) }
    }
    if (!isMap(node)) throw new Unusable(line, 'expected a mapping, a list or a value')
    const entries = new Map<string, LocatedEntry>()
    const merged: Located[] = []
    for (const { key, value } of node.items) {
      const keyLine = lineOf(key, line)
      const name = isScalar(key) ? keyOf(key) : undefined
      if (name === undefined) throw new Unusable(keyLine, 'expected a name for each member of a mapping')
      const located = read(value, depth + 1, keyLine)
      if (name === '<<' && isScalar(key) && key.type === 'PLAIN') {
        merged.push(...(located.kind === 'list' ? located.items : [located]))
      } else if (entries.has(name)) {
        report(keyLine, `the key ${JSON.stringify(name)} is given twice in one mapping`)
      } else entries.set(name, { line: keyLine, value: located })
    }
    for (const other of merged) {
      if (other.kind !== 'map') throw new Unusable(line, 'expected << to name mappings')
      for (const [name, entry] of other.entries) if (!entries.has(name)) entries.set(name, entry)
    }
    return { kind: 'map', line, entries, size: sizeOf([...entries.values()].map(({ value }) => value)) }
  }

  try {
    return read(root, 0, 1)
  } catch (cause) {
    if (!(cause instanceof Unusable)) throw cause
    report(cause.line, cause.message)
    return undefined
  }
}

function sizeOf(parts: readonly Located[]): number {
  return parts.reduce((sum, { size }) => sum + size, 1)
}

function keyOf({ value, source }: Scalar): string | undefined {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return source ?? String(value)
  return undefined
}

function readScalar({ value, type, source }: Scalar, line: number): Located {
  const scalar = { kind: 'scalar', line, size: 1 } as const
  if (typeof value === 'string' && type === 'PLAIN') {
    if (oldTrue.test(value)) return { ...scalar, value: true, written: value }
    if (oldFalse.test(value)) return { ...scalar, value: false, written: value }
  }
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new Unusable(line, `${source ?? String(value)} is no number of JSON`)
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return { ...scalar, value }
  throw new Unusable(line, 'expected a text, a number, true, false or null')
}
