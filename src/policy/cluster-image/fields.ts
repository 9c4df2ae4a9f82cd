import type { Located, LocatedMap } from '../located.js'
import { nearestName } from '../../reference/nearest.js'
import type { PolicyNote } from '../problem.js'

/** What is said of a file while it is read. */
export interface Reading {
  readonly file: string
  readonly problems: PolicyNote[]
  readonly warnings: PolicyNote[]
}

/** An object of a policy whose names are all known. */
export interface Fields {
  readonly reading: Reading
  /** How one would write it: `spec.authorities[0]`; empty for the document. */
  readonly path: string
  readonly node: LocatedMap
}

/** An element of a list, and how one would write it. */
export interface Item {
  readonly path: string
  readonly node: Located
}

export function startReading(file: string): Reading {
  return { file, problems: [], warnings: [] }
}

/** Opens an object; every name that is not known is a problem, with the known one that it most likely means. */
export function openFields(
  reading: Reading,
  { node, path }: Item,
  known: readonly string[],
): Fields | undefined {
  if (node.kind !== 'map') {
    reading.problems.push({
      file: reading.file,
      line: node.line,
      field: path,
      message: `expected an object, got ${nameOfKind(node)}`,
    })
    return undefined
  }
  for (const [name, { line }] of node.entries) {
    if (known.includes(name)) continue
    const nearest = nearestName(name, known)
    reading.problems.push({
      file: reading.file,
      line,
      field: within(path, name),
      message: `unknown field "${name}"${nearest === undefined ? `: expected one of ${known.join(', ')}` : `; did you mean "${nearest}"?`}`,
      ...(nearest !== undefined && { nearest }),
      peerReason: `unable to unmarshal: json: unknown field ${JSON.stringify(name)}`,
    })
  }
  return { reading, path, node }
}

/** Opens a resource of a cluster, as the apiserver keeps it. */
export function openResource(reading: Reading, node: Located): Fields | undefined {
  return openFields(reading, { node, path: '' }, ['apiVersion', 'kind', 'metadata', 'spec', 'status'])
}

/** The value of a field; `key:` without a value is as good as no field. */
export function valueOf({ node }: Fields, name: string): Located | undefined {
  const value = node.entries.get(name)?.value
  return value?.kind === 'scalar' && value.value === null ? undefined : value
}

export function has(fields: Fields, name: string): boolean {
  return valueOf(fields, name) !== undefined
}

export function objectOf(fields: Fields, name: string, known: readonly string[]): Fields | undefined {
  const node = valueOf(fields, name)
  return node && openFields(fields.reading, { node, path: within(fields.path, name) }, known)
}

/** An empty text is as good as none, as in the peers that these documents are written for. */
export function textOf(fields: Fields, name: string): string | undefined {
  const value = scalarOf(fields, name, 'text')
  return typeof value === 'string' && value !== '' ? value : undefined
}

export function flagOf(fields: Fields, name: string): boolean | undefined {
  const value = scalarOf(fields, name, 'flag')
  return typeof value === 'boolean' ? value : undefined
}

export function listOf(fields: Fields, name: string): readonly Item[] {
  const value = ofKind(fields, name, 'list')
  const path = within(fields.path, name)
  return value?.kind === 'list' ? value.items.map((node, index) => ({ node, path: `${path}[${index}]` })) : []
}

/** A list of texts; what else stands in it is a problem. */
export function textsOf(fields: Fields, name: string): readonly string[] {
  return listOf(fields, name).flatMap(({ node, path }) => {
    if (kindOf(node) === 'text') return [textIn(node)]
    fields.reading.problems.push(wrongKind(fields.reading.file, path, 'text', node))
    return []
  })
}

/** An object whose values are all texts: labels, say. */
export function textMapOf(fields: Fields, name: string): ReadonlyMap<string, string> {
  const value = ofKind(fields, name, 'map')
  const texts = new Map<string, string>()
  if (value?.kind !== 'map') return texts
  for (const [key, { value: node }] of value.entries) {
    if (kindOf(node) === 'text') texts.set(key, textIn(node))
    else
      fields.reading.problems.push(
        wrongKind(fields.reading.file, within(within(fields.path, name), key), 'text', node),
      )
  }
  return texts
}

type Kind = 'text' | 'flag' | 'number' | 'nothing' | 'list' | 'map'

function kindOf(node: Located): Kind {
  if (node.kind !== 'scalar') return node.kind
  if (node.value === null) return 'nothing'
  return typeof node.value === 'string' ? 'text' : typeof node.value === 'boolean' ? 'flag' : 'number'
}

function textIn(node: Located): string {
  return node.kind === 'scalar' && typeof node.value === 'string' ? node.value : ''
}

function scalarOf(
  fields: Fields,
  name: string,
  kind: 'text' | 'flag',
): string | number | boolean | null | undefined {
  const value = ofKind(fields, name, kind)
  return value?.kind === 'scalar' ? value.value : undefined
}

function ofKind(fields: Fields, name: string, kind: Kind): Located | undefined {
  const value = valueOf(fields, name)
  if (value === undefined || kindOf(value) === kind) return value
  fields.reading.problems.push(wrongKind(fields.reading.file, within(fields.path, name), kind, value))
  return undefined
}

const names: Readonly<Record<Kind, string>> = {
  text: 'a text',
  flag: 'a boolean',
  number: 'a number',
  nothing: 'nothing',
  list: 'a list',
  map: 'an object',
}

function nameOfKind(node: Located): string {
  return names[kindOf(node)]
}

function wrongKind(file: string, field: string, kind: Kind, node: Located): PolicyNote {
  const got = kindOf(node)
  const quote = kind === 'text' && (got === 'flag' || got === 'number') ? ': put it in quotes' : ''
  return {
    file,
    line: node.line,
    field,
    message: `expected ${kind === 'flag' ? 'true or false' : names[kind]}, got ${nameOfKind(node)}${quote}`,
  }
}

interface Said {
  readonly message: string
  readonly peerReason?: string
}

/** Says what is wrong with a field, or with the object itself. */
export function refuse(fields: Fields, name: string | undefined, said: Said): void {
  fields.reading.problems.push(note(fields, name, said))
}

/** Says what its author should know of a field that is in order. */
export function warn(fields: Fields, name: string | undefined, said: Said): void {
  fields.reading.warnings.push(note(fields, name, said))
}

function note({ reading, path, node }: Fields, name: string | undefined, said: Said): PolicyNote {
  const line = (name === undefined ? undefined : node.entries.get(name)?.line) ?? node.line
  return { file: reading.file, line, field: name === undefined ? path : within(path, name), ...said }
}

export function lineOf({ node }: Fields, name: string): number {
  return node.entries.get(name)?.line ?? node.line
}

export function within(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}
