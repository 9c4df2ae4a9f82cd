import { createHash } from 'node:crypto'
import { isObject, listField, objectField, readObject, textField } from '../../evidence/json.js'
import type { EvidenceSource } from './evidence.js'

export interface ReadContainer {
  readonly sources: readonly EvidenceSource[]
  readonly problems: readonly string[]
}

const mostLines = 100_000
const newline = 0x0a

/** The envelopes of a `.jsonl` file, one a line. */
export function readLines(bytes: Uint8Array, where: string, origin: EvidenceSource['origin']): ReadContainer {
  const sources: EvidenceSource[] = []
  let line = 1
  for (let start = 0; start < bytes.length; line++) {
    const found = bytes.indexOf(newline, start)
    const end = found < 0 ? bytes.length : found
    const part = bytes.subarray(start, end)
    if (part.some((byte) => byte > 0x20)) sources.push({ bytes: part, where: `${where}:${line}`, origin })
    if (sources.length > mostLines)
      return { sources: [], problems: [`${where}: more than ${mostLines} lines`] }
    start = end + 1
  }
  return sources.length > 0
    ? { sources, problems: [] }
    : { sources, problems: [`${where}: it holds no envelope`] }
}

/**
 * The envelopes of a cilock bundle (rookery, attestation/bundle): a tar with `bundle.json`, which lists them by their
 * SHA-256, and `attestations.jsonl`.
 *
 * @param tar without its gzip
 */
export function readBundle(tar: Uint8Array, where: string): ReadContainer {
  const failed = (problem: string): ReadContainer => ({ sources: [], problems: [`${where}: ${problem}`] })
  const files = readTar(tar)
  if (typeof files === 'string') return failed(`expected a cilock bundle: ${files}`)
  const [lines, index] = [files.get('attestations.jsonl'), files.get('bundle.json')]
  const listed = index && listField(readObject(index), 'envelopes')
  if (!lines || !listed)
    return failed('expected a cilock bundle with bundle.json and attestations.jsonl, got another archive')
  const read = readLines(lines, where, 'given')
  const got = read.sources.map(({ bytes }) => createHash('sha256').update(bytes).digest('hex'))
  const held = new Set(got)
  const wanted = listed.map((one) => (isObject(one) ? (textField(one, 'sha256') ?? '') : ''))
  if (wanted.length === 0)
    return failed('it lists no envelope: cilock writes such a bundle for a subject that it does not find')
  const absent = wanted.find((one) => !held.has(one))
  if (absent !== undefined)
    return failed(`expected the envelope ${absent} that bundle.json lists, got none of that digest`)
  if (got.length !== wanted.length) return failed(`expected ${wanted.length} envelopes, got ${got.length}`)
  return read
}

const block = 512
const mostFiles = 100

/** @returns a text that says what is wrong */
function readTar(tar: Uint8Array): ReadonlyMap<string, Uint8Array> | string {
  const files = new Map<string, Uint8Array>()
  const bytes = Buffer.from(tar.buffer, tar.byteOffset, tar.length)
  for (let at = 0; at + block <= bytes.length;) {
    const header = bytes.subarray(at, at + block)
    if (header.every((byte) => byte === 0)) break
    const text = (start: number, end: number): string =>
      header.subarray(start, end).toString('latin1').replace(/\0.*$/s, '').trim()
    const size = text(124, 136)
    if (!/^[0-7]{1,11}$/.test(size) || text(257, 262) !== 'ustar') return 'it is no tar'
    const end = at + block + parseInt(size, 8)
    if (end > bytes.length) return 'it is cut off'
    const name = text(0, 100)
    if (files.has(name)) return `${name} is in it twice`
    if (files.size === mostFiles) return `more than ${mostFiles} files are in it`
    files.set(name, bytes.subarray(at + block, end))
    at = block * Math.ceil(end / block)
  }
  return files
}

/**
 * The envelope inside a statement that `cosign attest` made of an envelope's file: the predicate itself, or the text of
 * its `Data` under cosign's custom type. What counts is the signature of the inner one; undefined for others.
 */
export function unwrapAttached(payload: Uint8Array): Uint8Array | undefined {
  const statement = readObject(payload)
  const predicate = objectField(statement, 'predicate')
  const isEnvelope = (value: typeof predicate): boolean =>
    textField(value, 'payload') !== undefined && listField(value, 'signatures') !== undefined
  if (isEnvelope(predicate)) return Buffer.from(JSON.stringify(predicate))
  const data = textField(predicate, 'Data')
  const inner = data === undefined ? undefined : Buffer.from(data)
  return inner && isEnvelope(readObject(inner)) ? inner : undefined
}

/** The envelope inside a sigstore bundle; undefined for what is no bundle of one. */
export function unwrapBundle(bytes: Uint8Array): Uint8Array | undefined {
  const bundle = readObject(bytes)
  if (textField(bundle, 'mediaType')?.startsWith('application/vnd.dev.sigstore.bundle') !== true)
    return undefined
  const envelope = objectField(bundle, 'dsseEnvelope')
  return envelope && Buffer.from(JSON.stringify(envelope))
}

/** Whether a file looks like a signed policy: an envelope, which policies of clusters never are. */
export function isSignedDocument(bytes: Uint8Array): boolean {
  const object = readObject(bytes)
  return textField(object, 'payload') !== undefined && listField(object, 'signatures') !== undefined
}
