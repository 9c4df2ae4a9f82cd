import { createHash } from 'node:crypto'
import { type Collection, readPayload, type ReadStatement } from './collection.js'
import type { Profile } from './profile.js'
import { readEnvelope, type SignedEnvelope } from './signed-envelope.js'

/** Bytes that should be an envelope. */
export interface EvidenceSource {
  readonly bytes: Uint8Array
  /** A path or an address, for messages; two sources of one place are the same file named twice. */
  readonly where: string
  /** Somebody named it: it must be readable. What a search brought may be anything. */
  readonly origin: 'given' | 'found'
}

export interface Evidence {
  readonly envelope: SignedEnvelope
  readonly statement: ReadStatement
  /** Every place that it was found at. */
  readonly where: readonly string[]
  /** Of its bytes as they were read first, 64 hex digits. */
  readonly sha256: string
}

/** Evidence that is a collection. */
export interface CollectionEvidence extends Evidence {
  readonly collection: Collection
}

export interface ReadEvidence {
  /** By their ids, so that the order of the sources decides nothing. */
  readonly evidence: readonly Evidence[]
  /** Of sources that were named: nothing can be said while they cannot be read. */
  readonly problems: readonly string[]
  /** What was left out, and why. */
  readonly notes: readonly string[]
}

/** cilock writes `<outfile>.detection.json` beside an envelope. */
const sidecar = '.detection.json'
/** As much as is read of anything (docs: limits). */
const largestEnvelope = 192 * 1024 * 1024
const mostSources = 10_000

/** Reads envelopes; the same one from two places counts once. */
export function readEvidence(sources: readonly EvidenceSource[], profile: Profile): ReadEvidence {
  const found = new Map<string, { readonly one: Evidence; readonly where: string[] }>()
  const problems: string[] = []
  const notes: string[] = []
  const places = new Set<string>()
  if (sources.length > mostSources)
    problems.push(`expected at most ${mostSources} attestations, got ${sources.length}`)
  for (const { bytes, where, origin } of sources.slice(0, mostSources)) {
    if (where.endsWith(sidecar)) {
      notes.push(`${where}: left out: cilock's detection plan, no envelope`)
      continue
    }
    if (origin === 'given' && places.has(where)) {
      // As in both tools, where naming a file twice is an error.
      problems.push(`${where}: expected each attestation once, got it twice`)
      continue
    }
    places.add(where)
    const read = readOne(bytes, profile)
    if (typeof read === 'string') {
      if (origin === 'given') problems.push(`${where}: expected a DSSE envelope, got something else: ${read}`)
      else notes.push(`${where}: left out: ${read}`)
      continue
    }
    const before = found.get(read.envelope.id)
    if (before?.where.includes(where) === false) before.where.push(where)
    if (!before) found.set(read.envelope.id, { one: { ...read, where: [] }, where: [where] })
  }
  const evidence = [...found.values()].map(({ one, where }) => ({ ...one, where: where.sort() }))
  evidence.sort((a, b) => (a.envelope.id < b.envelope.id ? -1 : 1))
  return { evidence, problems, notes }
}

function readOne(bytes: Uint8Array, profile: Profile): Omit<Evidence, 'where'> | string {
  if (bytes.length > largestEnvelope) return `it has ${bytes.length} bytes, more than ${largestEnvelope}`
  const envelope = readEnvelope(bytes)
  if (typeof envelope === 'string') return envelope
  const statement = readPayload(envelope.payload, profile)
  if (typeof statement === 'string') return statement
  return { envelope, statement, sha256: createHash('sha256').update(bytes).digest('hex') }
}

/** Collections of a type that the profile accepts. */
export function collectionsOf(
  evidence: readonly Evidence[],
  profile: Profile,
): readonly CollectionEvidence[] {
  return evidence.flatMap((one) => {
    const { collection, predicateType } = one.statement
    return collection !== undefined && profile.collections.includes(predicateType)
      ? [{ ...one, collection }]
      : []
  })
}
