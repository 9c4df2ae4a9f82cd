import { isObject, type JsonObject, listField, objectField, textField, texts } from '../evidence/json.js'
import { readJson } from './json-text.js'
import { manifestLimits, mostCharacters } from './limits.js'
import {
  entry,
  type Fault,
  lineStarts,
  type ListNode,
  type MapNode,
  nameOf,
  type Node,
  nodeAt,
  type Path,
  plainValue,
  type Position,
  positionAt,
  textOf,
} from './node.js'
import { type ReadDocument, readYaml } from './yaml-text.js'

/** A Kubernetes resource of a manifest; an item of a `List` is one of its own. */
export interface Resource extends Position {
  readonly file: string
  readonly apiVersion: string
  readonly kind: string
  /** Undefined when the manifest names none: whoever applies it decides. */
  readonly namespace?: string
  readonly name?: string
  readonly generateName?: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: JsonObject
  readonly node: MapNode
  /** The document that it stands in: a whole `List`, where it is an item of one. */
  readonly root: Node
  /** Of the text, for positions. */
  readonly lines: readonly number[]
}

/** What stands in a manifest and is no resource that could be checked. */
export type ManifestProblem = Position & { readonly file: string; readonly message: string } & (
    | { readonly kind: 'unreadable' }
    /** Read, but without kind or apiVersion; a policy may still look at the plain value. */
    | { readonly kind: 'no-resource'; readonly value: unknown }
  )

export interface Manifest {
  readonly file: string
  readonly text: string
  readonly resources: readonly Resource[]
  readonly problems: readonly ManifestProblem[]
  /** Each document that was read, in order. */
  readonly roots: readonly Node[]
}

/**
 * Reads a manifest as Kubernetes' tools do: YAML with several documents, JSON with one or several, `List` and its
 * typed kin flattened. All that is not empty becomes a resource or a problem; one bad document hides no other.
 *
 * @param file its name, for messages only
 */
export function parseManifest(file: string, text: string): Manifest {
  const lines = lineStarts(text)
  const found: Found = { file, lines, template: text.includes('{{'), resources: [], problems: [] }
  if (text.length > mostCharacters) {
    unreadable(found, {
      offset: 0,
      message: `expected at most ${mostCharacters} characters, got ${text.length}`,
    })
    return { file, text, resources: [], problems: found.problems, roots: [] }
  }
  const documents = readDocuments(file, text)
  const roots: Node[] = []
  if (!Array.isArray(documents)) unreadable(found, documents as Fault)
  else
    for (const document of documents as readonly ReadDocument[]) {
      if ('faults' in document) for (const fault of document.faults) unreadable(found, fault)
      else {
        roots.push(document.root)
        collect(found, document.root, document.root, plainValue(document.root), undefined)
      }
    }
  return { file, text, resources: found.resources, problems: found.problems, roots }
}

/** Where a part of a resource stands: at an alias, the anchor that it stands for. */
export function positionOf(resource: Resource, path: Path): Position | undefined {
  const node = nodeAt(resource.node, path)
  return node === undefined ? undefined : positionAt(resource.lines, node.start)
}

interface Found {
  readonly file: string
  readonly lines: readonly number[]
  readonly template: boolean
  readonly resources: Resource[]
  readonly problems: ManifestProblem[]
}

function readDocuments(file: string, text: string): readonly ReadDocument[] | Fault {
  if (/^\uFEFF?\s*[[{]/.test(text)) {
    const read = readJson(text)
    if (!('message' in read)) return read.map((root) => ({ root }))
    if (read.isJson || /\.json$/i.test(file)) return read
  }
  return readYaml(text)
}

function unreadable({ file, lines, template, problems }: Found, { offset, message }: Fault): void {
  const hint = template ? ' (the file has {{ in it: render a template before it is checked)' : ''
  problems.push({ kind: 'unreadable', file, ...positionAt(lines, offset), message: `${message}${hint}` })
}

/** @param list kind and apiVersion of the list that it is an item of, for items that leave them out */
function collect(
  found: Found,
  root: Node,
  node: Node,
  object: unknown,
  list: { readonly kind: string; readonly apiVersion: string } | undefined,
): void {
  const { file, lines } = found
  const position = positionAt(lines, node.start)
  const given = { kind: entry(node, 'kind'), apiVersion: entry(node, 'apiVersion') }
  const kind = given.kind === undefined ? (list?.kind ?? '') : (textOf(given.kind) ?? '')
  const apiVersion =
    given.apiVersion === undefined ? (list?.apiVersion ?? '') : (textOf(given.apiVersion) ?? '')
  if (node.kind !== 'map' || !isObject(object) || kind === '' || apiVersion === '') {
    const lacks = [kind === '' ? 'no kind' : '', apiVersion === '' ? 'no apiVersion' : ''].filter(
      (one) => one,
    )
    const got = node.kind === 'map' ? lacks.join(' and ') : nameOf(node)
    const message = `expected a Kubernetes resource with kind and apiVersion, got ${got}`
    found.problems.push({ kind: 'no-resource', file, ...position, message, value: object })
    return
  }
  const value = given.kind && given.apiVersion ? object : { ...object, apiVersion, kind }
  const items = entry(node, 'items')
  if (items?.kind === 'list') {
    collectItems(found, root, items, listField(value, 'items') ?? [], kind, apiVersion)
    if (kind.endsWith('List')) return
  } else if (kind === 'List') {
    unreadable(found, { offset: node.start, message: 'expected a List with a list of items, got none' })
    return
  }
  const metadata = objectField(value, 'metadata')
  const namespace = textField(metadata, 'namespace')
  const name = textField(metadata, 'name')
  const generateName = textField(metadata, 'generateName')
  found.resources.push({
    file,
    ...position,
    apiVersion,
    kind,
    labels: texts(objectField(metadata, 'labels')),
    value,
    node,
    root,
    lines,
    ...(namespace !== undefined && namespace !== '' && { namespace }),
    ...(name !== undefined && name !== '' && { name }),
    ...(generateName !== undefined && generateName !== '' && { generateName }),
  })
}

/**
 * `kubectl` takes whatever has `items` for a list of resources. A typed list may leave out what its items are; `List`
 * itself says nothing of them, and of another kind only such items count as are resources by themselves.
 */
function collectItems(
  found: Found,
  root: Node,
  { items }: ListNode,
  values: readonly unknown[],
  kind: string,
  apiVersion: string,
): void {
  const isTyped = kind.endsWith('List') && kind !== 'List'
  const list = isTyped ? { kind: kind.slice(0, -'List'.length), apiVersion } : undefined
  for (const [index, item] of items.entries()) {
    if (!kind.endsWith('List') && textOf(entry(item, 'kind')) === undefined) continue
    if (found.resources.length + found.problems.length >= manifestLimits.documents) {
      unreadable(found, {
        offset: item.start,
        message: `expected at most ${manifestLimits.documents} resources, got more`,
      })
      return
    }
    collect(found, root, item, values[index], list)
  }
}
