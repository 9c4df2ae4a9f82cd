import { parseEnvelope } from '../../evidence/dsse.js'
import type { Evidence } from '../../evidence/evidence.js'
import type { Call } from '../../network/call.js'
import type { Lookup } from '../../network/lookup.js'
import type { Envelopes } from '../../policy/part.js'
import { unwrapAttached, unwrapBundle } from '../../policy/witness/containers.js'
import type { EvidenceSource } from '../../policy/witness/evidence.js'
import type { Offer, Place, Resolved } from '../../stores/store.js'
import type { Problem } from '../../verdict/finding.js'

/** Type of a collection; what else may hold one is asked for by `builds`. */
const collectionType = 'https://aflock.ai/attestation-collection/v0.1'
/** Pieces that are read at the same time: each may be as large as the limit. */
const batch = 4
/** Most bytes of all pieces of an image. */
const mostBytes = 512 * 1024 * 1024

/** Envelopes beside an image, whoever signed them; what was read once is not read again. */
export function openAttached(
  place: Place,
  image: Promise<Lookup<Resolved>>,
  call: Call,
): (which: 'likely' | 'all') => Promise<Envelopes> {
  const { evidence } = place
  const none: Envelopes = { sources: [], problems: [] }
  // Records lie under the ids of their keys: no envelope is among them.
  if (evidence.byKey && evidence.attestationsByAnyone !== true) return async () => Promise.resolve(none)
  let looking: Promise<readonly Lookup<readonly Offer[]>[]> | undefined
  const read = new Map<Offer, Promise<Envelopes>>()
  let size = 0
  const readOne = async (offer: Offer): Promise<Envelopes> => {
    if (size > mostBytes) return { sources: [], problems: [tooMuch] }
    const reading = await offer.read()
    const sources = reading.evidence.flatMap(sourcesOf)
    for (const { bytes } of sources) size += bytes.length
    return { sources, problems: reading.problems }
  }
  return async (which) => {
    looking ??= Promise.all(
      evidence.look(image, call)({ keyId: '', predicateType: collectionType, builds: true }),
    )
    const listings = await looking
    const offers = listings.flatMap((one) => (one.kind === 'found' ? one.value : []))
    const chosen = offers.filter(({ rank }) => which === 'all' || rank < 3)
    const parts: Envelopes[] = []
    for (let at = 0; at < chosen.length; at += batch) {
      parts.push(
        ...(await Promise.all(
          chosen.slice(at, at + batch).map(async (offer) => {
            const before = read.get(offer) ?? readOne(offer)
            read.set(offer, before)
            return before
          }),
        )),
      )
    }
    return {
      sources: parts.flatMap(({ sources }) => sources),
      problems: [
        ...listings.flatMap((one) => (one.kind === 'failed' ? [one.problem] : [])),
        ...parts.flatMap(({ problems }) => problems),
      ],
    }
  }
}

const tooMuch: Problem = {
  code: 'limit-exceeded',
  service: 'registry',
  message: `more than ${mostBytes} bytes of attestations lie with the image`,
}

function sourcesOf(evidence: Evidence): readonly EvidenceSource[] {
  if (evidence.format !== 'dsse-envelope' && evidence.format !== 'sigstore-bundle') return []
  const { where } = evidence
  const bytes = unwrapBundle(evidence.bytes) ?? evidence.bytes
  const envelope = parseEnvelope(bytes)
  // What `cosign attest` was given may be an envelope itself.
  const inner = typeof envelope === 'string' ? undefined : unwrapAttached(envelope.payload)
  const outer: EvidenceSource = { bytes, where, origin: 'found' }
  return inner ? [outer, { bytes: inner, where: `${where} (inner)`, origin: 'found' }] : [outer]
}
