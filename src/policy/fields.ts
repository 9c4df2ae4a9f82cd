import { describe, type Located, plain } from './located.js'
import { nearestName } from '../reference/nearest.js'
import type { Problem } from './problem.js'

/** A file being read: what is wrong with it gathers here, and reading goes on. */
export interface Reading {
  readonly file: string
  readonly problems: Problem[]
}

/** A field by its path, there or not. An explicit null is as good as absent, as for Kubernetes. */
export interface Place {
  readonly reading: Reading
  readonly path: string
  readonly line: number
  readonly node: Located | undefined
}

export function placeOf(reading: Reading, node: Located): Place {
  return { reading, path: '', line: node.line, node }
}

export function problemAt({ reading, path, line }: Place, message: string): void {
  reading.problems.push({ file: reading.file, line, field: path, message })
}

export function isThere(place: Place): boolean {
  return place.node !== undefined
}

/**
 * The fields of a mapping by their names. A name outside the list is a problem, told with the nearest right one; so is
 * anything else than a mapping. An absent mapping has absent fields.
 */
export function fieldsOf<const Name extends string>(
  place: Place,
  names: readonly Name[],
): (name: Name) => Place {
  const { reading, path, line, node } = place
  const at = (name: string): string => (path === '' ? name : `${path}.${name}`)
  if (node !== undefined && node.kind !== 'map') wrongType(place, 'a mapping')
  const entries = node?.kind === 'map' ? node.entries : undefined
  const known: readonly string[] = names
  for (const [name, entry] of entries ?? []) {
    if (known.includes(name)) continue
    const meant = nearestName(name, known)
    const hint = meant === undefined ? `expected ${listed(known)}` : `did you mean ${meant}?`
    problemAt({ ...place, line: entry.line, path: at(name) }, `unknown field ${at(name)}; ${hint}`)
  }
  return (name) => {
    const entry = entries?.get(name)
    const absent = entry === undefined || (entry.value.kind === 'scalar' && entry.value.value === null)
    return { reading, path: at(name), line: entry?.line ?? line, node: absent ? undefined : entry.value }
  }
}

/** Reports a field that is not there. @returns whether it is */
export function required(place: Place): boolean {
  if (place.node !== undefined) return true
  problemAt(place, `missing field ${place.path}`)
  return false
}

/** Reports when not exactly one of the fields is there. @returns the one */
export function exactlyOne(whole: Place, places: readonly Place[]): Place | undefined {
  const given = places.filter(isThere)
  if (given.length === 1) return given[0]
  const names = listed(places.map(({ path }) => path.slice(path.lastIndexOf('.') + 1)))
  const got =
    given.length === 0 ? 'none' : listed(given.map(({ path }) => path.slice(path.lastIndexOf('.') + 1)))
  problemAt(whole, `${whole.path}: expected exactly one of ${names}, got ${got}`)
  return undefined
}

export function readText(place: Place): string | undefined {
  const { node } = place
  if (node === undefined) return undefined
  if (node.kind === 'scalar' && typeof node.value === 'string') return node.value
  wrongType(place, 'a text')
  return undefined
}

export function readChoice<const Option extends string>(
  place: Place,
  options: readonly Option[],
): Option | undefined {
  const text = readText(place)
  if (text === undefined) return undefined
  const found = options.find((option) => option === text)
  if (found !== undefined) return found
  const meant = nearestName(text, options)
  problemAt(
    place,
    `${place.path}: expected ${listed(options, 'or')}, got ${JSON.stringify(text)}${meant === undefined ? '' : `; did you mean ${meant}?`}`,
  )
  return undefined
}

export function readFlag(place: Place): boolean | undefined {
  const { node } = place
  if (node === undefined) return undefined
  if (node.kind === 'scalar' && typeof node.value === 'boolean') return node.value
  wrongType(place, 'true or false')
  return undefined
}

export function readWhole(place: Place, least: number, most: number): number | undefined {
  const { node } = place
  if (node === undefined) return undefined
  if (node.kind !== 'scalar' || typeof node.value !== 'number' || !Number.isSafeInteger(node.value)) {
    wrongType(place, 'a whole number')
    return undefined
  }
  if (node.value >= least && node.value <= most) return node.value
  problemAt(place, `${place.path}: expected a number from ${least} to ${most}, got ${node.value}`)
  return undefined
}

/** The items of a list; nothing for an absent one. */
export function readList(place: Place): readonly Place[] {
  const { node, reading, path } = place
  if (node === undefined) return []
  if (node.kind !== 'list') {
    wrongType(place, 'a list')
    return []
  }
  return node.items.map((item, index) => ({
    reading,
    path: `${path}[${index}]`,
    line: item.line,
    node: item,
  }))
}

export function readTexts(place: Place): readonly string[] {
  return readList(place).flatMap((item) => readText(item) ?? [])
}

/** The members of a mapping with any names. */
export function readMembers(place: Place): readonly (readonly [string, Place])[] {
  const { node, reading, path } = place
  if (node === undefined) return []
  if (node.kind !== 'map') {
    wrongType(place, 'a mapping')
    return []
  }
  return [...node.entries].map(([name, { line, value }]) => [
    name,
    { reading, line, path: `${path}[${JSON.stringify(name)}]`, node: value },
  ])
}

export function readTextMap(place: Place): ReadonlyMap<string, string> {
  return new Map(
    readMembers(place).flatMap(([name, value]) => {
      const text = readText(value)
      return text === undefined ? [] : [[name, text] as const]
    }),
  )
}

/** The value as it is, for what another part reads; undefined when it is absent. */
export function readRaw({ node }: Place): unknown {
  return node === undefined ? undefined : plain(node)
}

function wrongType(place: Place, expected: string): void {
  const got = place.node ? describe(place.node) : 'nothing'
  problemAt(place, `${place.path || 'the document'}: expected ${expected}, got ${got}`)
}

export function listed(names: readonly string[], word = 'and'): string {
  const last = names.at(-1) ?? ''
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} ${word} ${last}`
}
