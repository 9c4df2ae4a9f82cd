import { createHash, type Hash } from 'node:crypto'
import { type Chunk, parseRecipe, type Recipe } from '../evidence/recipe.js'
import type { Digest } from '../reference/reference.js'
import type { ChunkedLayers } from '../stores/store.js'
import { type Finding, unknown, unmet } from '../verdict/finding.js'
import { canUnpack, unpackFrame } from './frame.js'
import { type Listed, measure, type Reader, unread } from './part.js'

/** Most bytes of a chunk, packed and unpacked: twice the largest that s3lo makes. */
export const chunkLimit = 32 * 1024 * 1024
/** Most bytes that a layer unpacks to. */
export const unpackedLimit = 64 * 1024 ** 3
/** Chunks of a layer that are asked for ahead of the one that is checked. */
const ahead = 4

/** A layer that is kept in pieces. */
export interface Chunked {
  readonly layer: Listed
  readonly recipe: { readonly bytes: Uint8Array; readonly where: string }
  readonly chunked: ChunkedLayers
  /** What the signed configurations call the unpacked layer. */
  readonly diffIds: readonly string[]
}

/** What a chunked layer came to. `skipped`: enough went wrong, here or before. */
export interface JudgedChunks {
  readonly findings: readonly Finding[]
  readonly skipped?: true
}

/**
 * Proves that putting a chunked layer together, as s3lo does, gives the layer that was signed. Nothing in the recipe is
 * signed: its frames in their order must have the digest in the manifest, each must unpack to the content that it is
 * named for, and all together to the layer that the configuration names.
 */
export async function judgeChunked(given: Chunked, reader: Reader): Promise<JudgedChunks> {
  const { layer, diffIds } = given
  const { where } = given.recipe
  const parsed = parseRecipe(given.recipe.bytes)
  if (parsed.kind === 'malformed')
    return one(reader, wrong(where, `expected a recipe of ${layer.digest}: ${parsed.reason}`))
  const { recipe } = parsed
  const { size = recipe.compressedSize } = layer.descriptor
  if (`sha256:${recipe.compressedDigest}` !== layer.digest)
    return one(
      reader,
      wrong(where, `expected the recipe of ${layer.digest}, got that of sha256:${recipe.compressedDigest}`),
    )
  if (recipe.compressedSize !== size)
    return one(reader, wrong(where, `expected a layer of ${size} bytes, got one of ${recipe.compressedSize}`))
  const named = diffIds.find((diffId) => diffId !== `sha256:${recipe.layer}`)
  if (named !== undefined) {
    const message = `expected to lead to the layer that the configuration names, ${named}, got sha256:${recipe.layer}`
    return one(reader, wrong(where, message))
  }
  const large = recipe.chunks.find((chunk) => Math.max(chunk.size, chunk.compressedSize) > chunkLimit)
  if (large !== undefined || recipe.size > unpackedLimit) {
    const message = large
      ? `recipe ${where}: chunk ${large.digest} is larger than ${chunkLimit} bytes`
      : `recipe ${where}: the layer unpacks to more than ${unpackedLimit} bytes`
    return one(reader, unknown('recipe', { code: 'limit-exceeded', service: reader.service, message }))
  }
  return judgeChunks(given, recipe, reader)
}

/** The hashes of a layer, fed in order; of no use once a piece of it is missing. */
interface Assembly {
  readonly packed: Hash
  readonly unpacked: Hash
  whole: boolean
}

async function judgeChunks(given: Chunked, recipe: Recipe, reader: Reader): Promise<JudgedChunks> {
  const { layer } = given
  const { where } = given.recipe
  const assembly: Assembly = { packed: createHash('sha256'), unpacked: createHash('sha256'), whole: true }
  const findings: Finding[] = []
  const started: Promise<void>[] = []
  let before = Promise.resolve()
  for (const chunk of recipe.chunks) {
    const previous = before
    // A turn lasts until the chunk is checked, so that what was read and waits for its turn is bounded too. The chunks of
    // a layer take their turns in order: the one that others wait for always has one before them.
    const checked = reader.turns(async () => {
      const isEnough = reader.troubles.isEnough()
      const packed = isEnough ? undefined : await readChunk(chunk, given, reader)
      await previous
      if (packed === undefined) {
        assembly.whole = false
        return
      }
      const found = 'check' in packed ? packed : await checkChunk(chunk, packed, assembly)
      if (found === undefined) return
      if (found.status === 'unmet' || 'check' in packed) assembly.whole = false
      findings.push(reader.troubles.note(found))
    })
    before = checked
    started.push(checked)
    if (started.length >= ahead) await started.shift()
  }
  await before
  if (!assembly.whole) return { findings, ...(reader.troubles.isEnough() && { skipped: true }) }
  const packed = assembly.packed.digest('hex')
  if (`sha256:${packed}` !== layer.digest) {
    const message = `expected its ${recipe.chunks.length} chunks to be ${layer.digest} in their order, got sha256:${packed}`
    return { findings: [...findings, ...one(reader, wrong(where, message)).findings] }
  }
  if (!canUnpack()) {
    const message = `recipe ${where}: unpacking its chunks needs Node 22.15 or newer, this is ${process.version}; packed they are what was signed`
    return one(reader, unknown('recipe', { code: 'unsupported', message }))
  }
  const unpacked = assembly.unpacked.digest('hex')
  if (findings.length === 0 && unpacked !== recipe.layer)
    return one(reader, wrong(where, `expected to unpack to sha256:${recipe.layer}, got sha256:${unpacked}`))
  return { findings }
}

/** A chunk as it is packed: as long as its recipe says, and held whole. */
async function readChunk(
  { digest, compressedSize }: Chunk,
  { chunked: { chunk }, recipe }: Chunked,
  { call }: Reader,
): Promise<{ readonly where: string; readonly bytes: Uint8Array } | Finding> {
  const name = `sha256:${digest}`
  const { answer, measured } = await measure(compressedSize, async (open) =>
    chunk(digest, compressedSize, open, call),
  )
  if (answer.kind === 'failed') return unread('chunk', name, answer.problem)
  if (answer.kind === 'absent') {
    const message = `chunk ${name}: ${recipe.where} names it, but ${answer.message}`
    return unmet('chunk', 'digest-mismatch', message, { facts: { where: recipe.where } })
  }
  const { where, whole } = answer.value
  const { size, bytes } = measured()
  if (whole && size === compressedSize) return { where, bytes }
  const got = whole ? String(size) : 'more'
  return unmet(
    'chunk',
    'digest-mismatch',
    `chunk ${where}: expected ${compressedSize} packed bytes, got ${got}`,
  )
}

async function checkChunk(
  { digest, size }: Chunk,
  { where, bytes }: { readonly where: string; readonly bytes: Uint8Array },
  assembly: Assembly,
): Promise<Finding | undefined> {
  assembly.packed.update(bytes)
  if (!canUnpack()) return undefined
  const expected = `expected to unpack to sha256:${digest} (${size} bytes)`
  const hash = createHash('sha256')
  let got = 0
  const unpacked = await unpackFrame(bytes, size, (piece) => {
    got += piece.length
    hash.update(piece)
    assembly.unpacked.update(piece)
  })
  const refuse = (what: string): Finding =>
    unmet('chunk', 'digest-mismatch', `chunk ${where}: ${expected}, got ${what}`, { facts: { where } })
  if (unpacked.kind === 'broken') return refuse(`what cannot be unpacked: ${unpacked.reason}`)
  if (unpacked.kind === 'longer') return refuse(`more than ${size} bytes`)
  if (unpacked.kind === 'trailing') {
    // s3lo writes one frame; others may follow, and s3lo would unpack them too.
    const message = `chunk ${where}: holds more than one zstd frame, which this version does not read`
    return unknown('chunk', { code: 'unsupported', message })
  }
  const digestGot: Digest = `sha256:${hash.digest('hex')}`
  return digestGot === `sha256:${digest}` && got === size ? undefined : refuse(`${digestGot} (${got} bytes)`)
}

function wrong(where: string, message: string): Finding {
  return unmet('recipe', 'digest-mismatch', `recipe ${where}: ${message}`, { facts: { where } })
}

function one({ troubles }: Reader, finding: Finding): JudgedChunks {
  return { findings: [troubles.note(finding)] }
}
