/**
 * JSON as Go's encoding/json reads it into structs, where JSON.parse is no substitute: numbers keep their digits,
 * members given twice are seen, names are told apart without regard to case.
 */
export interface TextMember {
  readonly name: string
  /** The value as it is written. */
  readonly text: string
}

/** Far beyond any policy or attestation; Go stops at 10 000. */
const deepest = 500

/** @returns what is wrong with a text as JSON, its nesting included; undefined for good JSON */
export function jsonProblem(text: string): string | undefined {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === quote) at = endOfString(text, at) - 1
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > deepest) return `it is nested more than ${deepest} levels deep`
    } else if (code === 0x7d || code === 0x5d) depth--
  }
  try {
    JSON.parse(text)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : 'it is no JSON'
  }
}

const quote = 0x22
const space = /[\t\n\r ]/y

/** After the closing quote; the text's end when there is none. */
function endOfString(text: string, start: number): number {
  let at = start + 1
  for (;;) {
    const close = text.indexOf('"', at)
    if (close < 0) return text.length
    let slashes = 0
    while (text.charCodeAt(close - 1 - slashes) === 0x5c && close - 1 - slashes > start) slashes++
    if (slashes % 2 === 0) return close + 1
    at = close + 1
  }
}

function skipSpace(text: string, start: number): number {
  let at = start
  for (; at < text.length; at++) {
    space.lastIndex = at
    if (!space.test(text)) break
  }
  return at
}

/** Where a value ends: at the comma or bracket after it. */
function endOfValue(text: string, start: number): number {
  let depth = 0
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === quote) at = endOfString(text, at) - 1
    else if (code === 0x7b || code === 0x5b) depth++
    else if (code === 0x7d || code === 0x5d) {
      if (depth === 0) return at
      depth--
    } else if (code === 0x2c && depth === 0) return at
  }
  return text.length
}

/** The members of a text that is known to be JSON, in order, duplicates included; undefined when it is no object. */
export function membersOf(json: string): readonly TextMember[] | undefined {
  const text = json.trim()
  if (!text.startsWith('{')) return undefined
  const members: TextMember[] = []
  let at = skipSpace(text, 1)
  while (text.charCodeAt(at) === quote) {
    const named = endOfString(text, at)
    const name = JSON.parse(text.slice(at, named)) as string
    const start = skipSpace(text, skipSpace(text, named) + 1)
    const end = endOfValue(text, start)
    members.push({ name, text: text.slice(start, end).trimEnd() })
    at = skipSpace(text, end + 1)
  }
  return members
}

/** The items of a text that is known to be JSON; undefined when it is no list. */
export function itemsOf(json: string): readonly string[] | undefined {
  const text = json.trim()
  if (!text.startsWith('[')) return undefined
  const items: string[] = []
  let at = skipSpace(text, 1)
  while (at < text.length - 1) {
    const end = endOfValue(text, at)
    items.push(text.slice(at, end).trimEnd())
    at = skipSpace(text, end + 1)
  }
  return items
}

/** A name as Go compares it: without regard to case, the long s and the sign for Kelvin included. */
export function folded(name: string): string {
  return name.replaceAll('\u017f', 's').replaceAll('\u212a', 'k').toLowerCase()
}

/**
 * The fields of a struct as Go would read them; the last of several wins. Two spellings of one field are a problem:
 * which of them counts is more than a reader of the file can see.
 *
 * @returns a text that says what is wrong
 */
export function structOf(json: string): ReadonlyMap<string, string> | string {
  if (isNull(json)) return new Map()
  const members = membersOf(json)
  if (members === undefined) return 'expected an object'
  const fields = new Map<string, string>()
  const spelt = new Map<string, string>()
  for (const { name, text } of members) {
    const key = folded(name)
    const before = spelt.get(key)
    if (before !== undefined && before !== name) {
      return `${JSON.stringify(before)} and ${JSON.stringify(name)} are one field to Go: expected it once`
    }
    spelt.set(key, name)
    fields.set(key, text)
  }
  return fields
}

export function isNull(json: string): boolean {
  return json.trim() === 'null'
}

/** A text, `''` for null or nothing; undefined for anything else. */
export function textOf(json: string | undefined): string | undefined {
  if (json === undefined || isNull(json)) return ''
  const value: unknown = json.trim().startsWith('"') ? JSON.parse(json) : undefined
  return typeof value === 'string' ? value : undefined
}

/** Without groups: an engine that counts them runs out of stack over some megabytes. */
const standardBase64 = /^[A-Za-z0-9+/]*={0,2}$/

/** Bytes in standard base64 with padding, line breaks allowed, as Go reads []byte; undefined for anything else. */
export function bytesOf(json: string | undefined): Buffer | undefined {
  const text = textOf(json)?.replace(/[\r\n]+/g, '')
  if (text === undefined || text.length % 4 !== 0 || !standardBase64.test(text)) return undefined
  return Buffer.from(text, 'base64')
}
