import { keyName } from '../keys/inline.js'
import { openJournal } from '../network/journal.js'
import { parseReference } from '../reference/parse.js'
import type { Digest } from '../reference/reference.js'
import { openStores } from '../stores/open.js'
import { signatureLimit } from '../stores/store.js'
import { parseRecord } from '../evidence/s3lo-record.js'
import type { Problem } from '../verdict/finding.js'
import type { Patience } from '../verdict/request.js'
import type { PublicKey } from '../verify/public-key.js'
import { checkRecord } from '../verify/record.js'
import { openKeyring } from './keyring.js'

export interface InspectRequest {
  readonly image: string
  /** Keys to check the found signatures with; none is fine. */
  readonly keys: readonly string[]
  readonly endpoint?: string
  readonly patience: Patience
}

/** A signature that lies beside an image. What it says of itself is a claim until a given key verified it. */
export interface FoundSignature {
  readonly keyId: string
  readonly where: string
  /** `unreadable`: no record; `claimed`: no given key is its key; `verified` and `invalid`: checked with that key. */
  readonly status: 'verified' | 'invalid' | 'claimed' | 'unreadable'
  readonly keyRef?: string
  readonly signedAt?: string
  readonly schemaVersion?: number
  /** Why it does not verify or cannot be read. */
  readonly reason?: string
}

export type Inspection =
  | {
      readonly kind: 'found'
      readonly reference: string
      readonly digest: Digest
      readonly manifest: Uint8Array
      readonly signatures: readonly FoundSignature[]
    }
  | { readonly kind: 'failed'; readonly problem: Problem }

/** Lists every signature beside an image, and checks those whose key was given. */
export async function inspectImage(request: InspectRequest): Promise<Inspection> {
  const failed = (problem: Problem): Inspection => ({ kind: 'failed', problem })
  const reference = parseReference(request.image)
  if (reference.kind === 'unreadable') {
    return failed({
      code: 'reference-invalid',
      message: `invalid reference "${request.image}": ${reference.reason}`,
    })
  }
  const place = await openStores(request.endpoint === undefined ? {} : { endpoint: request.endpoint })(
    reference,
  )
  if ('code' in place) return failed(place)

  const { patience } = request
  const call = {
    signal: AbortSignal.timeout(patience.timeoutMs),
    retries: patience.retries,
    journal: openJournal(),
  }
  const keyring = openKeyring(request.keys, call)
  const image = place.images.resolve(call)
  const [resolved, listed, ...loaded] = await Promise.all([
    image,
    place.evidence.list(image, signatureLimit, call),
    ...request.keys.map(keyring.load),
  ])
  if (resolved.kind === 'failed') return failed(resolved.problem)
  if (resolved.kind === 'absent')
    return failed({ code: 'not-found', service: 'storage', message: resolved.message })
  if (listed.kind === 'failed') return failed(listed.problem)
  const keys = new Map<string, { reference: string; key: PublicKey }>()
  for (const one of loaded) {
    if (one.kind === 'failed') return failed(one.problem)
    keys.set(one.key.id, { reference: keyName(one.reference), key: one.key })
  }

  const { digest, manifest } = resolved.value
  const signatures: FoundSignature[] = []
  for (const { keyId, where, bytes, location } of listed.kind === 'found' ? listed.value : []) {
    const parsed = parseRecord(bytes)
    if (parsed.kind === 'malformed') {
      signatures.push({ keyId, where, status: 'unreadable', reason: parsed.reason })
      continue
    }
    const { keyRef, signedAt, schemaVersion } = parsed.record
    const claim = { keyId, where, keyRef, signedAt, schemaVersion }
    const known = keys.get(keyId)
    if (!known) {
      signatures.push({ ...claim, status: 'claimed' })
      continue
    }
    const check = await checkRecord({
      bytes,
      location,
      digest,
      key: known.key,
      where,
      keyRef: known.reference,
    })
    const wrong = check.findings.find((finding) => finding.status !== 'met')
    const reason = wrong?.peerReason ?? wrong?.message
    signatures.push(
      reason === undefined ? { ...claim, status: 'verified' } : { ...claim, status: 'invalid', reason },
    )
  }
  return { kind: 'found', reference: request.image, digest, manifest, signatures }
}
