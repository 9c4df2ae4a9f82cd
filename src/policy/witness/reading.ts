import { nearestName } from '../../reference/nearest.js'
import type { Problem } from '../problem.js'
import { folded, isNull, itemsOf, membersOf, textOf } from './json-text.js'

/** A policy being read: what is wrong with it gathers here, and reading goes on. */
export interface Reading {
  readonly file: string
  readonly problems: Problem[]
  /** What the tools pass over in silence. */
  readonly warnings: Problem[]
}

/** A value by its path; none, one, or several where a member is given more than once. */
export interface Spot {
  readonly reading: Reading
  readonly path: string
  readonly values: readonly string[]
}

export function problemAt({ reading, path }: Spot, message: string): void {
  reading.problems.push({ file: reading.file, line: 1, field: path, message: at(path, message) })
}

export function warnAt({ reading, path }: Spot, message: string): void {
  reading.warnings.push({ file: reading.file, line: 1, field: path, message: at(path, message) })
}

function at(path: string, message: string): string {
  return path === '' ? message : `${path}: ${message}`
}

export function isThere({ values }: Spot): boolean {
  return values.length > 0
}

/**
 * The fields of a struct. Go passes over names that it does not know: one near to a known name is a problem, for what it
 * asks for is silently not asked; others are warned of.
 *
 * @param strict every unknown name is a problem
 */
export function fieldsOf<const Name extends string>(
  spot: Spot,
  names: readonly Name[],
  strict = false,
): (name: Name) => Spot {
  const { reading, path } = spot
  const below = (name: string): string => (path === '' ? name : `${path}.${name}`)
  const found = new Map<string, string[]>()
  if (spot.values.length > 1) problemAt(spot, 'expected it once, got it twice')
  const known = new Map(names.map((name) => [folded(name), name as string]))
  for (const { name, text } of lastObject(spot) ?? []) {
    const field = known.get(folded(name))
    if (field === undefined) {
      const meant = nearestName(name, names)
      const where = { ...spot, path: below(name) }
      const hint = meant === undefined ? '' : `; did you mean ${meant}?`
      if (strict || (meant !== undefined && !name.startsWith('_'))) problemAt(where, `unknown field${hint}`)
      else warnAt(where, 'unknown field, which is passed over')
      continue
    }
    const values = found.get(field) ?? []
    if (values.length === 1) warnAt({ ...spot, path: below(field) }, 'it is given more than once')
    if (isNull(text)) continue
    found.set(field, [...values, text])
  }
  return (name) => ({ reading, path: below(name), values: found.get(name) ?? [] })
}

function lastObject(spot: Spot): ReturnType<typeof membersOf> {
  const text = spot.values.at(-1)
  if (text === undefined) return []
  const members = membersOf(text)
  if (members === undefined) problemAt(spot, 'expected an object')
  return members
}

/** A map by its names. Given twice its members are joined, as in Go; a member given twice is a problem. */
export function mapOf(spot: Spot): ReadonlyMap<string, Spot> {
  const found = new Map<string, Spot>()
  for (const text of spot.values) {
    const members = membersOf(text)
    if (members === undefined) problemAt(spot, 'expected an object')
    for (const member of members ?? []) {
      const below = { ...spot, path: `${spot.path}[${JSON.stringify(member.name)}]`, values: [member.text] }
      if (found.has(member.name)) problemAt(below, 'expected it once, got it twice')
      found.set(member.name, below)
    }
  }
  return found
}

/** The items of a list; none for an absent one. */
export function listOf(spot: Spot): readonly Spot[] {
  if (spot.values.length > 1) problemAt(spot, 'expected it once, got it twice')
  const text = spot.values.at(-1)
  if (text === undefined) return []
  const items = itemsOf(text)
  if (items === undefined) problemAt(spot, 'expected a list')
  return (items ?? []).map((item, index) => ({ ...spot, path: `${spot.path}[${index}]`, values: [item] }))
}

/** The text, the last one of several; `''` when there is none. */
export function stringOf(spot: Spot): string {
  const text = textOf(spot.values.at(-1))
  if (text === undefined) problemAt(spot, `expected a text, got ${kindOf(spot.values.at(-1) ?? '')}`)
  return text ?? ''
}

export function stringsOf(spot: Spot): readonly string[] {
  return listOf(spot).map(stringOf)
}

export function flagOf(spot: Spot): boolean | undefined {
  const text = spot.values.at(-1)?.trim()
  if (text === undefined) return undefined
  if (text === 'true' || text === 'false') return text === 'true'
  problemAt(spot, `expected true or false, got ${kindOf(text)}`)
  return undefined
}

function kindOf(json: string): string {
  switch (json.trim().charAt(0)) {
    case '{':
      return 'an object'
    case '[':
      return 'a list'
    case '"':
      return 'a text'
    default:
      return json.trim().slice(0, 40)
  }
}
