import { foldName } from './go-string.js'
import { isObject, type JsonObject } from './json.js'

/** One piece of a layer: 64 hex digits and bytes, unpacked and packed. */
export interface Chunk {
  /** SHA-256 of what it unpacks to, and its name in the store. */
  readonly digest: string
  readonly size: number
  readonly compressedSize: number
}

/**
 * How s3lo 3 puts a chunked layer together: each chunk is one zstd frame, and the frames in their order are the layer.
 * Nothing in it is signed. Source: s3lo 3.0, pkg/chunkstore/chunkstore.go, Recipe.
 */
export interface Recipe {
  /** SHA-256 of the unpacked layer, 64 hex digits: the diff id in the image's configuration. */
  readonly layer: string
  readonly size: number
  /** SHA-256 of the frames in their order, 64 hex digits: the digest in the image's manifest. */
  readonly compressedDigest: string
  readonly compressedSize: number
  readonly chunks: readonly Chunk[]
}

export type ParsedRecipe = { kind: 'recipe'; recipe: Recipe } | { kind: 'malformed'; reason: string }

const names = ['layer', 'size', 'compressedDigest', 'compressedSize', 'chunks']
const chunkNames = ['digest', 'size', 'compressedSize']

/** As names of chunks and layers become parts of paths, nothing else will do. */
export function isHexDigest(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
}

/**
 * Reads a recipe, stricter than s3lo does: whatever two readers could take for two recipes is malformed. Sizes are from
 * 1 to 2^53 - 1, and those of the chunks add up to those of the layer.
 */
export function parseRecipe(bytes: Uint8Array): ParsedRecipe {
  const object = readUnambiguously(bytes)
  if (object === undefined) return malformed('it is no JSON object, or can be read in two ways')
  const { layer, size, compressedDigest, compressedSize, chunks } = object
  const alias = otherSpelling(object, names)
  if (alias !== undefined) return malformed(`${JSON.stringify(alias)} is no spelling of a field`)
  if (!isHexDigest(layer)) return malformed(expected('layer', '64 lower-case hex digits', layer))
  if (!isSize(size)) return malformed(expected('size', 'bytes', size))
  if (!isHexDigest(compressedDigest))
    return malformed(expected('compressedDigest', '64 lower-case hex digits', compressedDigest))
  if (!isSize(compressedSize)) return malformed(expected('compressedSize', 'bytes', compressedSize))
  if (!Array.isArray(chunks) || chunks.length === 0)
    return malformed(expected('chunks', 'a list with a chunk in it', chunks))
  const read: Chunk[] = []
  for (const [index, item] of (chunks as readonly unknown[]).entries()) {
    const chunk = readChunk(item)
    if (typeof chunk === 'string') return malformed(`chunk ${index + 1}: ${chunk}`)
    read.push(chunk)
  }
  const sum = (of: 'size' | 'compressedSize'): number => read.reduce((all, chunk) => all + chunk[of], 0)
  if (sum('size') !== size) return malformed(`size: its chunks add up to ${sum('size')}, got ${size}`)
  if (sum('compressedSize') !== compressedSize)
    return malformed(`compressedSize: its chunks add up to ${sum('compressedSize')}, got ${compressedSize}`)
  return { kind: 'recipe', recipe: { layer, size, compressedDigest, compressedSize, chunks: read } }
}

function readChunk(item: unknown): Chunk | string {
  if (!isObject(item)) return 'expected an object'
  const { digest, size, compressedSize } = item
  const alias = otherSpelling(item, chunkNames)
  if (alias !== undefined) return `${JSON.stringify(alias)} is no spelling of a field`
  if (!isHexDigest(digest)) return expected('digest', '64 lower-case hex digits', digest)
  if (!isSize(size)) return expected('size', 'bytes', size)
  if (!isSize(compressedSize)) return expected('compressedSize', 'bytes', compressedSize)
  return { digest, size, compressedSize }
}

/**
 * Go takes names without regard to case and the last of several; JSON.parse hides duplicates. So a recipe counts only
 * if writing what was read gives the text again, white space aside: each name once, nothing escaped, plain numbers.
 */
function readUnambiguously(bytes: Uint8Array): JsonObject | undefined {
  try {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')
    const value: unknown = JSON.parse(text)
    return isObject(value) && JSON.stringify(value) === text.replace(/[ \t\r\n]/g, '') ? value : undefined
  } catch {
    return undefined
  }
}

/** @returns a name that Go takes for one of these although it is spelled otherwise */
function otherSpelling(object: JsonObject, known: readonly string[]): string | undefined {
  const folded = new Set(known.map(foldName))
  return Object.keys(object).find((name) => !known.includes(name) && folded.has(foldName(name)))
}

function isSize(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1
}

function malformed(reason: string): ParsedRecipe {
  return { kind: 'malformed', reason }
}

const longestShown = 80

function expected(name: string, what: string, got: unknown): string {
  const text = got === undefined ? 'nothing' : JSON.stringify(got)
  return `${name}: expected ${what}, got ${text.length > longestShown ? `${text.slice(0, longestShown)}…` : text}`
}
