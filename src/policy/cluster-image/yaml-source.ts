import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type Document,
  type Node,
} from 'yaml'
import { isNestedDeeper } from '../../kubernetes/yaml-depth.js'
import { readPlain } from './plain-scalar.js'
import type { PolicyNote } from './problem.js'
import type { YamlEntry, YamlMap, YamlNode } from './yaml-node.js'

/** Far above the 1.5 MiB that a cluster keeps of one object. */
const longestText = 4 * 1024 * 1024
/** Characters that build something in YAML, and ends of lines: what makes the library work. */
const building = /[[\]{},:?&*!%#|>\n\r-]/g
const mostBuilding = 60_000
const widestIndent = 1000
const mostDocuments = 1000
const mostNodes = 100_000
const mostAliases = 1000
const deepest = 100

/** The documents of a file, empty ones left out. */
export interface YamlSource {
  readonly documents: readonly YamlNode[]
  readonly problems: readonly PolicyNote[]
}

/**
 * Reads the documents of a YAML (or JSON) file with the line of each part. Every scalar is read as Kubernetes reads it
 * (see `readPlain`); a name that stands twice is a problem, since one of the two would be lost.
 */
export function readYaml(file: string, text: string): YamlSource {
  const refuse = (line: number, message: string): YamlSource => ({
    documents: [],
    problems: [{ file, line, field: '', message }],
  })
  if (text.length > longestText)
    return refuse(1, `longer than the ${longestText} characters read of a policy file`)
  const tooMuch = lineOfTooMuch(text)
  if (tooMuch !== undefined) return refuse(tooMuch, 'more YAML than policies have: split the file')
  const lines = new LineCounter()
  try {
    if (isNestedDeeper(text, deepest)) return refuse(1, `nested deeper than ${deepest} levels`)
    const documents = parseAllDocuments(text, {
      schema: 'failsafe',
      uniqueKeys: false,
      lineCounter: lines,
      logLevel: 'silent',
      prettyErrors: false,
    })
    if (!Array.isArray(documents)) return { documents: [], problems: [] }
    if (documents.length > mostDocuments) return refuse(1, `more than ${mostDocuments} documents in one file`)
    return readDocuments(file, documents, lines)
  } catch (error) {
    return refuse(1, `cannot be read as YAML: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function lineOfTooMuch(text: string): number | undefined {
  let count = 0
  let line = 1
  building.lastIndex = 0
  for (let found = building.exec(text); found !== null; found = building.exec(text)) {
    if (found[0] === '\n') line++
    if (++count > mostBuilding) return line
  }
  const wide = text.indexOf(' '.repeat(widestIndent))
  return wide < 0 ? undefined : text.slice(0, wide).split('\n').length
}

function readDocuments(file: string, documents: readonly Document[], lines: LineCounter): YamlSource {
  const problems: PolicyNote[] = []
  const found: YamlNode[] = []
  for (const document of documents) {
    const [error] = document.errors
    if (error) {
      const { line } = lines.linePos(error.pos[0])
      problems.push({ file, line, field: '', message: `no YAML: ${error.message}` })
      continue
    }
    if (document.contents === null) continue
    const walk = walker(file, lines, problems)
    const node = walk(document.contents, '', 0)
    if (node !== undefined && node.kind !== 'nothing') found.push(node)
  }
  return { documents: found, problems }
}

type Walk = (node: Node, field: string, depth: number) => YamlNode | undefined

/** @returns a walk that gives undefined for what it could not read, having said so in `problems` */
function walker(file: string, lines: LineCounter, problems: PolicyNote[]): Walk {
  let nodes = 0
  let aliases = 0
  let following = 0
  let given = false
  const anchors = new Map<string, Node>()
  const lineOf = (node: Node | null | undefined): number => lines.linePos(node?.range?.[0] ?? 0).line || 1
  const refuse = (line: number, field: string, message: string): YamlNode | undefined => {
    problems.push({ file, line, field, message })
    return undefined
  }
  const giveUp = (line: number, message: string): YamlNode | undefined => {
    if (!given) refuse(line, '', message)
    given = true
    return undefined
  }

  const walk: Walk = (node, field, depth) => {
    const line = lineOf(node)
    if (given) return undefined
    if (++nodes > mostNodes) return giveUp(line, `more than ${mostNodes} parts in one document`)
    if (depth > deepest) return giveUp(line, `nested deeper than ${deepest} levels`)
    if (isAlias(node)) {
      if (++aliases > mostAliases) return giveUp(line, `more than ${mostAliases} aliases in one document`)
      const target = anchors.get(node.source)
      if (target === undefined)
        return refuse(line, field, `no anchor "${node.source}" stands before its alias`)
      following++
      const read = walk(target, field, depth + 1)
      following--
      return read
    }
    // An alias means the last anchor of its name in the text, not one that is met again through another alias.
    if (node.anchor !== undefined && following === 0) anchors.set(node.anchor, node)
    if (isScalar(node)) return readScalar(node, line, field)
    if (isSeq<Node>(node)) {
      const items = node.items.map((item, index) => walk(item, `${field}[${index}]`, depth + 1))
      return { kind: 'list', line, items: items.filter((item) => item !== undefined) }
    }
    if (isMap<Node, Node | null>(node)) return readMap(node.items, line, field, depth)
    return refuse(line, field, 'expected a value')
  }

  function readScalar(
    node: Node & { value: unknown; source?: string; type?: string; tag?: string },
    line: number,
    field: string,
  ): YamlNode | undefined {
    const text = typeof node.value === 'string' ? node.value : ''
    if (node.tag !== undefined && !node.tag.startsWith('tag:yaml.org,2002:str') && node.tag !== '!') {
      return refuse(line, field, `expected a value without a tag, got ${node.tag}`)
    }
    const plain = (node.type === 'PLAIN' || node.type === undefined) && node.tag === undefined
    return plain ? { ...readPlain(text), line } : { kind: 'text', text, line }
  }

  function readMap(
    pairs: readonly { key: Node; value: Node | null }[],
    line: number,
    field: string,
    depth: number,
  ): YamlMap {
    const entries = new Map<string, YamlEntry>()
    const merged: YamlMap[] = []
    for (const { key, value } of pairs) {
      const at = lineOf(key)
      const named = isAlias(key)
        ? undefined
        : isScalar(key) && typeof key.value === 'string'
          ? key.value
          : undefined
      if (named === undefined) {
        refuse(at, field, 'expected a name before the colon, got something else')
        continue
      }
      const inside = field === '' ? named : `${field}.${named}`
      const read = value === null ? { kind: 'nothing' as const, line: at } : walk(value, inside, depth + 1)
      if (read === undefined) continue
      if (named === '<<' && isScalar(key) && key.type === 'PLAIN') {
        const parts = read.kind === 'list' ? read.items : [read]
        for (const part of parts) {
          if (part.kind === 'map') merged.push(part)
          else refuse(at, inside, 'expected an object to merge')
        }
      } else if (entries.has(named)) refuse(at, inside, `"${named}" stands here a second time`)
      else entries.set(named, { line: at, value: read })
    }
    // What stands in the object itself goes before what is merged into it.
    for (const { entries: more } of merged) {
      for (const [name, entry] of more) if (!entries.has(name)) entries.set(name, entry)
    }
    return { kind: 'map', line, entries }
  }
  return walk
}
