import type { Evidence } from '../evidence/evidence.js'
import { parseRecord } from '../evidence/s3lo-record.js'
import type { Call } from '../network/call.js'
import type { Lookup } from '../network/lookup.js'
import type { Place, Resolved } from '../stores/store.js'
import type { NearMiss } from '../verdict/finding.js'
import type { Keyring } from './keyring.js'
import { aborted } from './waiting.js'

/** Near misses only explain: they get little time and room. */
const nearMissMs = 5000
const mostNearMisses = 10

/** Who signed instead, where evidence lies under the ids of keys and only that of the keys asked for was seen. */
export async function findNearMisses(
  place: Place,
  image: Promise<Lookup<Resolved>>,
  keyring: Keyring,
  call: Call,
): Promise<readonly NearMiss[]> {
  const signal = AbortSignal.any([call.signal, AbortSignal.timeout(nearMissMs)])
  const asked = new Set(keyring.loaded().map(({ id }) => id))
  const listed = await Promise.race([
    place.evidence.list(image, mostNearMisses, { ...call, signal, retries: 0 }).catch(() => undefined),
    aborted(signal),
  ])
  // No near miss is no answer either way: what could not be listed is simply not mentioned.
  if (listed?.kind !== 'found') return []
  return listed.value.flatMap((evidence) => nearMiss(evidence, asked))
}

function nearMiss(evidence: Evidence, asked: ReadonlySet<string>): readonly NearMiss[] {
  if (evidence.format !== 's3lo-record' || asked.has(evidence.keyId)) return []
  const { keyId, bytes } = evidence
  const parsed = parseRecord(bytes)
  const claim =
    parsed.kind === 'record' && parsed.record.keyRef !== '' ? `, which it calls ${parsed.record.keyRef}` : ''
  const message = `a record claims a signature by key ${keyId}${claim}; you asked for ${[...asked].join(', ')}`
  return [{ message }]
}
