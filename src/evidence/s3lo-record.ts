import { scanJson, type JsonValue } from './go-json.js'
import { foldName, readString } from './go-string.js'

/**
 * A signature record as s3lo 3 writes and reads it (schema 2). Nothing here is proven: only `schemaVersion`,
 * `digest` and `signature` enter verification, the rest are claims of whoever wrote the file.
 */
export interface S3loRecord {
  /** Beyond 2^53 the nearest number, which is never 2. */
  schemaVersion: number
  digest: string
  keyRef: string
  keyID: string
  algorithm: string
  /** Standard base64, padded. */
  signature: string
  /** RFC 3339 when s3lo wrote it. A claim, not a proven time. */
  signedAt: string
}

/** `schemaVersionText` is the exact decimal, as messages show it; `reason` is Go's error text alone. */
export type ParsedRecord =
  { kind: 'record'; record: S3loRecord; schemaVersionText: string } | { kind: 'malformed'; reason: string }

/** Names of records in the folder `signatures`: the key id that s3lo gives the signer's key. */
export const recordName = /^[0-9a-f]{16}\.json$/

const textFields = ['digest', 'keyRef', 'keyID', 'algorithm', 'signature', 'signedAt'] as const
const fields = new Map([...textFields, 'schemaVersion' as const].map((name) => [foldName(name), name]))

/**
 * Reads a record exactly as Go's json.Unmarshal reads it into s3lo's struct: syntax over the whole input first,
 * names without regard to case, the last duplicate wins, null changes nothing, unknown members are passed over,
 * and of several type errors the first is reported.
 */
export function parseRecord(bytes: Uint8Array): ParsedRecord {
  const scanned = scanJson(bytes)
  if (scanned.kind === 'invalid') return { kind: 'malformed', reason: scanned.reason }
  const outermost = scanned.value.kind
  if (outermost !== 'object' && outermost !== 'null') {
    return malformed(`${outermost} into Go value of type image.SignatureRecord`)
  }
  const record: S3loRecord = {
    schemaVersion: 0,
    digest: '',
    keyRef: '',
    keyID: '',
    algorithm: '',
    signature: '',
    signedAt: '',
  }
  let version = 0n
  for (const { key, value } of scanned.members) {
    const name = fields.get(foldName(readString(bytes, key.start, key.end)))
    if (name === undefined || value.kind === 'null') continue
    const field = `Go struct field SignatureRecord.${name} of type`
    if (name === 'schemaVersion') {
      const integer = readInteger(bytes, value)
      if (integer === undefined) return malformed(`${describeNumber(bytes, value)} into ${field} int`)
      version = integer
    } else {
      if (value.kind !== 'string') return malformed(`${value.kind} into ${field} string`)
      record[name] = readString(bytes, value.start, value.end)
    }
  }
  record.schemaVersion = Number(version)
  return { kind: 'record', record, schemaVersionText: version.toString() }
}

function malformed(what: string): ParsedRecord {
  return { kind: 'malformed', reason: `json: cannot unmarshal ${what}` }
}

/** Go shows the literal of a number only where a number was in order. */
function describeNumber(bytes: Uint8Array, value: JsonValue): string {
  return value.kind === 'number' ? `number ${readAscii(bytes, value)}` : value.kind
}

/** The 64-bit integer that a token spells without fraction, exponent or quotes, as Go's strconv.ParseInt. */
function readInteger(bytes: Uint8Array, value: JsonValue): bigint | undefined {
  const longest = '-9223372036854775808'.length
  if (value.end - value.start > longest) return undefined
  const text = readAscii(bytes, value)
  if (!/^-?\d+$/.test(text)) return undefined
  const integer = BigInt(text)
  return BigInt.asIntN(64, integer) === integer ? integer : undefined
}

function readAscii(bytes: Uint8Array, value: JsonValue): string {
  return new TextDecoder().decode(bytes.subarray(value.start, value.end))
}

/** Where an image lies, as it enters the signed bytes: for local stores `bucket` is the root as it was typed. */
export interface Location {
  bucket: string
  image: string
  tag: string
}

/**
 * The bytes that s3lo signs (schema 2): three lines, each ended by one LF. `digest` is `sha256:` and 64 hex.
 * Source: s3lo 3.0, pkg/ref/parse.go, SigningPayload.
 */
export function recordPayload(location: Location, digest: string): Uint8Array {
  const { bucket, image, tag } = location
  return new TextEncoder().encode(`s3lo-signature-v2\n${bucket}/${image}:${tag}\n${digest}\n`)
}

/** What releases before 3 signed (schema 1): the digest alone, wherever the image lies. */
export function unboundPayload(digest: string): Uint8Array {
  return new TextEncoder().encode(`${digest}\n`)
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const usual = /^[A-Za-z0-9+/]*={0,2}$/
const sextets = new Map(Array.from(alphabet, (letter, value) => [letter, value] as const))

/**
 * Decodes standard base64 as Go's StdEncoding: CR and LF count for nothing, padding is demanded, left-over bits
 * are ignored. `illegalAt` is the offset that Go's CorruptInputError names.
 */
export function decodeBase64(text: string): Uint8Array | { illegalAt: number } {
  // What everybody writes; a bill of materials is millions of letters long.
  if (text.length % 4 === 0 && usual.test(text)) return Uint8Array.from(Buffer.from(text, 'base64'))
  const bytes = new Uint8Array(Math.ceil((text.length * 3) / 4))
  let length = 0
  let bits = 0
  let letters = 0
  const skipLines = (from: number): number => {
    let at = from
    while (text[at] === '\n' || text[at] === '\r') at += 1
    return at
  }
  for (let at = skipLines(0); at < text.length; at = skipLines(at + 1)) {
    const letter = text.charAt(at)
    const value = sextets.get(letter)
    if (value !== undefined) {
      bits = ((bits << 6) | value) & 0xffff
      letters = (letters + 1) % 4
      if (letters !== 1) bytes[length++] = bits >> (6 - 2 * ((letters + 3) % 4))
      continue
    }
    if (letter !== '=' || letters < 2) return { illegalAt: at }
    let end = at
    if (letters === 2) {
      end = skipLines(at + 1)
      if (end === text.length) return { illegalAt: end }
      if (text[end] !== '=') return { illegalAt: end - 1 }
    }
    end = skipLines(end + 1)
    return end < text.length ? { illegalAt: end } : bytes.subarray(0, length)
  }
  return letters === 0 ? bytes.subarray(0, length) : { illegalAt: text.length - letters }
}
