import { keyName } from '../keys/inline.js'
import { openJournal } from '../network/journal.js'
import { parseReference } from '../reference/parse.js'
import type { Digest } from '../reference/reference.js'
import { openStores } from '../stores/open.js'
import { signatureLimit } from '../stores/store.js'
import { describeCosign } from '../evidence/describe.js'
import type { CosignEvidence, Evidence, S3loEvidence } from '../evidence/evidence.js'
import { parseRecord } from '../evidence/s3lo-record.js'
import type { Finding, Problem } from '../verdict/finding.js'
import type { Patience, RegistryAccess } from '../verdict/request.js'
import { checkCosign } from '../verify/cosign.js'
import type { PublicKey } from '../verify/public-key.js'
import { checkRecord } from '../verify/record.js'
import { openKeyring, versionName } from './keyring.js'

export interface InspectRequest {
  readonly image: string
  /** Keys to check the found signatures with; none is fine. */
  readonly keys: readonly string[]
  readonly endpoint?: string
  readonly registry?: RegistryAccess
  readonly patience: Patience
}

/** A signature that lies beside an image. What it says of itself is a claim until a given key verified it. */
export interface FoundSignature {
  /** The id of the key in the record's name or of the key that verified it; empty where neither is known. */
  readonly keyId: string
  readonly where: string
  readonly format: Evidence['format']
  /** The predicate type of an attestation, as it says of itself. */
  readonly attests?: string
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
  const { endpoint, registry } = request
  const stores = openStores({ ...(endpoint !== undefined && { endpoint }), ...(registry && { registry }) })
  const place = await stores(reference)
  if ('code' in place) return failed(place)

  const { patience } = request
  const call = {
    signal: AbortSignal.timeout(patience.timeoutMs),
    retries: patience.retries,
    journal: openJournal(),
  }
  const keyring = openKeyring(request.keys, call)
  const image = place.images.resolve(call, 'manifest')
  const [resolved, listed, ...loaded] = await Promise.all([
    image,
    place.evidence.list(image, signatureLimit, call),
    ...request.keys.map(keyring.load),
  ])
  if (resolved.kind === 'failed') return failed(resolved.problem)
  if (resolved.kind === 'absent')
    return failed({
      code: 'not-found',
      service: reference.kind === 'registry' ? 'registry' : 'storage',
      message: resolved.message,
    })
  if (listed.kind === 'failed') return failed(listed.problem)
  const keys = new Map<string, GivenKey>()
  for (const one of loaded) {
    if (one.kind === 'failed') return failed(one.problem)
    for (const { key, version } of one.keys)
      keys.set(key.id, { reference: versionName(keyName(one.reference), version), key })
  }

  const { digest, manifest = new Uint8Array() } = resolved.value
  const signatures: FoundSignature[] = []
  for (const evidence of listed.kind === 'found' ? listed.value : []) {
    signatures.push(
      evidence.format === 's3lo-record'
        ? await inspectRecord(evidence, digest, keys)
        : await inspectCosign(evidence, digest, [...keys.values()]),
    )
  }
  return { kind: 'found', reference: request.image, digest, manifest, signatures }
}

interface GivenKey {
  readonly reference: string
  readonly key: PublicKey
}

async function inspectRecord(
  evidence: S3loEvidence,
  digest: Digest,
  keys: ReadonlyMap<string, GivenKey>,
): Promise<FoundSignature> {
  const { keyId, where, format, bytes, location } = evidence
  const parsed = parseRecord(bytes)
  if (parsed.kind === 'malformed') {
    return { keyId, where, format, status: 'unreadable', reason: parsed.reason }
  }
  const { keyRef, signedAt, schemaVersion } = parsed.record
  const claim = { keyId, where, format, keyRef, signedAt, schemaVersion }
  const known = keys.get(keyId)
  if (!known) return { ...claim, status: 'claimed' }
  const check = await checkRecord({ bytes, location, digest, key: known.key, where, keyRef: known.reference })
  const reason = whyNot(check.findings)
  return reason === undefined ? { ...claim, status: 'verified' } : { ...claim, status: 'invalid', reason }
}

/** Nothing in these formats names its key: it is verified when one of the given keys verifies it. */
async function inspectCosign(
  evidence: CosignEvidence,
  digest: Digest,
  keys: readonly GivenKey[],
): Promise<FoundSignature> {
  const { where, format } = evidence
  const said = describeCosign(evidence)
  if ('unreadable' in said) return { keyId: '', where, format, status: 'unreadable', reason: said.unreadable }
  const claim = { keyId: '', where, format, ...said }
  let reason: string | undefined
  for (const { key, reference } of keys) {
    const wanted = said.attests === undefined ? {} : { predicateType: said.attests }
    const check = await checkCosign(evidence, {
      key,
      keyRef: reference,
      digest,
      annotations: {},
      log: 'ignore',
      ...wanted,
    })
    if (check.kind === 'unrelated') continue
    const own = whyNot(check.findings)
    if (own === undefined) return { ...claim, keyId: key.id, keyRef: reference, status: 'verified' }
    // A key that does not verify it says nothing about it: another one made it.
    if (check.scheme !== undefined) reason = own
  }
  return reason === undefined ? { ...claim, status: 'claimed' } : { ...claim, status: 'invalid', reason }
}

function whyNot(findings: readonly Finding[]): string | undefined {
  const wrong = findings.find((finding) => finding.status !== 'met')
  return wrong?.peerReason ?? wrong?.message
}
