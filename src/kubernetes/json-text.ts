import { manifestLimits } from './limits.js'

const { documents: mostDocuments, levels: mostLevels, nodes: mostNodes } = manifestLimits
import type { Fault, ListNode, MapNode, Node, ScalarNode } from './node.js'

/** What is wrong with a JSON text; one that is no JSON at all may still be YAML. */
export interface JsonFault extends Fault {
  readonly isJson: boolean
}

interface Reading {
  readonly text: string
  at: number
  nodes: number
  fault?: JsonFault
}

const literal = /(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)(?![\w.+-])/y
const space = /[ \t\r\n]*/y

/** The documents of a JSON text: one, or several one after another, as `kubectl` takes them. */
export function readJson(text: string): readonly Node[] | JsonFault {
  const reading: Reading = { text, at: text.startsWith('\uFEFF') ? 1 : 0, nodes: 0 }
  const documents: Node[] = []
  for (skip(reading); reading.at < text.length; skip(reading)) {
    if (documents.length === mostDocuments)
      return {
        offset: reading.at,
        isJson: true,
        message: `expected at most ${mostDocuments} documents, got more`,
      }
    const node = readValue(reading, 1)
    if (reading.fault) return reading.fault
    documents.push(node)
  }
  return documents
}

function skip(reading: Reading): string {
  space.lastIndex = reading.at
  space.exec(reading.text)
  reading.at = space.lastIndex
  return reading.text.charAt(reading.at)
}

function refuse(reading: Reading, message: string, isJson = false, offset = reading.at): ScalarNode {
  reading.fault ??= { offset, message, isJson }
  return { kind: 'scalar', value: null, start: offset, tail: offset }
}

function refuseHere(reading: Reading, expected: string): ScalarNode {
  const got = reading.text.charAt(reading.at)
  return refuse(
    reading,
    `expected ${expected}, got ${got === '' ? 'the end of the text' : JSON.stringify(got)}`,
  )
}

function readValue(reading: Reading, level: number): Node {
  const first = skip(reading)
  if (level > mostLevels) return refuse(reading, `expected at most ${mostLevels} levels, got more`, true)
  if (++reading.nodes > mostNodes)
    return refuse(reading, `expected at most ${mostNodes} nodes, got more`, true)
  if (first === '{') return readMap(reading, level)
  if (first === '[') return readList(reading, level)
  if (first === '"') return readText(reading)
  literal.lastIndex = reading.at
  const found = literal.exec(reading.text)
  if (!found) return refuseHere(reading, 'a JSON value')
  const start = reading.at
  reading.at = literal.lastIndex
  return { kind: 'scalar', value: JSON.parse(found[0]) as number | boolean | null, start, tail: reading.at }
}

function readText(reading: Reading): ScalarNode {
  const start = reading.at
  let end = start + 1
  while (end < reading.text.length && reading.text.charAt(end) !== '"') {
    end += reading.text.charAt(end) === '\\' ? 2 : 1
  }
  try {
    const value = JSON.parse(reading.text.slice(start, end + 1)) as string
    reading.at = end + 1
    return { kind: 'scalar', value, start, tail: end }
  } catch {
    return refuse(reading, 'expected a JSON text, got one with wrong characters or without an end')
  }
}

function readList(reading: Reading, level: number): ListNode {
  const start = reading.at++
  const items: Node[] = []
  if (skip(reading) === ']') reading.at++
  else
    do items.push(readValue(reading, level + 1))
    while (goesOn(reading, ']'))
  return { kind: 'list', items, start }
}

function readMap(reading: Reading, level: number): MapNode {
  const start = reading.at++
  const entries = new Map<string, Node>()
  if (skip(reading) === '}') reading.at++
  else
    do readEntry(reading, entries, level)
    while (goesOn(reading, '}'))
  return { kind: 'map', entries, start }
}

function readEntry(reading: Reading, entries: Map<string, Node>, level: number): void {
  if (skip(reading) !== '"') {
    refuseHere(reading, 'a key in double quotes')
    return
  }
  const key = readText(reading)
  if (reading.fault) return
  const name = String(key.value)
  if (entries.has(name)) {
    refuse(reading, `expected each key once, got ${JSON.stringify(name)} again`, true, key.start)
    return
  }
  if (skip(reading) !== ':') {
    refuseHere(reading, 'a colon')
    return
  }
  reading.at++
  entries.set(name, readValue(reading, level + 1))
}

/** Whether another member follows; ends the collection where none does. */
function goesOn(reading: Reading, close: string): boolean {
  if (reading.fault) return false
  const next = skip(reading)
  if (next !== ',' && next !== close) refuseHere(reading, `a comma or ${close}`)
  else reading.at++
  return next === ','
}
