import { describeCosign } from '../evidence/describe.js'
import type { CosignEvidence, Evidence, S3loEvidence } from '../evidence/evidence.js'
import { parseRecord } from '../evidence/s3lo-record.js'
import { nameOfIdentity } from '../policy/inputs.js'
import type { Digest } from '../reference/reference.js'
import type { Finding } from '../verdict/finding.js'
import type { IdentityDemand, LogDemand } from '../verdict/request.js'
import type { Signature } from '../verdict/result.js'
import { companionsOf } from '../verify/companions.js'
import { checkCosign, checkKeyless } from '../verify/cosign.js'
import type { Vouching } from '../verify/keyless.js'
import type { PublicKey } from '../verify/public-key.js'
import { checkRecord } from '../verify/record.js'

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
  /** Whom its certificate names: a claim until it is verified. */
  readonly identity?: NonNullable<Signature['identity']>
  /** Why it does not verify or cannot be read. */
  readonly reason?: string
}

export interface GivenKey {
  readonly reference: string
  readonly key: PublicKey
}

/** Whom signatures are checked against; whoever is not given here is only claimed. */
export interface Given {
  readonly digest: Digest
  readonly keys: readonly GivenKey[]
  readonly identities: readonly IdentityDemand[]
  readonly log: LogDemand
  readonly vouching: () => Promise<Vouching>
}

/** An s3lo record names its key: it is checked with that one, if it was given. */
export async function inspectRecord(
  evidence: S3loEvidence,
  { digest, keys }: Given,
): Promise<FoundSignature> {
  const { keyId, where, format, bytes, location } = evidence
  const parsed = parseRecord(bytes)
  if (parsed.kind === 'malformed') {
    return { keyId, where, format, status: 'unreadable', reason: parsed.reason }
  }
  const { keyRef, signedAt, schemaVersion } = parsed.record
  const claim = { keyId, where, format, keyRef, signedAt, schemaVersion }
  const known = keys.find(({ key }) => key.id === keyId)
  if (!known) return { ...claim, status: 'claimed' }
  const check = await checkRecord({ bytes, location, digest, key: known.key, where, keyRef: known.reference })
  const reason = whyNot(check.findings)
  return reason === undefined ? { ...claim, status: 'verified' } : { ...claim, status: 'invalid', reason }
}

/** Nothing in these formats has to name its signer: verified is what one of those who were given verifies. */
export async function inspectCosign(evidence: CosignEvidence, given: Given): Promise<FoundSignature> {
  const { where, format } = evidence
  const said = describeCosign(evidence)
  if ('unreadable' in said) return { keyId: '', where, format, status: 'unreadable', reason: said.unreadable }
  const named = await identityIn(evidence)
  const claim = { keyId: '', where, format, ...said, ...(named && { identity: named }) }
  const demand = {
    digest: given.digest,
    annotations: {},
    ...(said.attests !== undefined && { predicateType: said.attests }),
  }
  let reason: string | undefined
  for (const { key, reference } of given.keys) {
    const check = await checkCosign(evidence, { ...demand, key, keyRef: reference, log: 'ignore' })
    if (check.kind === 'unrelated') continue
    const own = whyNot(check.findings)
    if (own === undefined) return { ...claim, keyId: key.id, keyRef: reference, status: 'verified' }
    // A key that does not verify it says nothing about it: another one made it.
    if (check.scheme !== undefined) reason = own
  }
  if (reason !== undefined) return { ...claim, status: 'invalid', reason }
  return named === undefined
    ? { ...claim, status: 'claimed' }
    : { ...claim, ...(await byIdentity(evidence, demand, given)) }
}

/** Of a certificate that was not asked for nothing is said, whether it would hold or not. */
async function byIdentity(
  evidence: CosignEvidence,
  demand: Pick<Parameters<typeof checkKeyless>[1], 'digest' | 'annotations' | 'predicateType'>,
  { identities, log, vouching }: Given,
): Promise<Pick<FoundSignature, 'status' | 'reason' | 'keyRef'>> {
  let answer: Pick<FoundSignature, 'status' | 'reason' | 'keyRef'> = { status: 'claimed' }
  for (const identity of identities) {
    const keyRef = nameOfIdentity(identity)
    const check = await checkKeyless(evidence, {
      ...demand,
      keyRef,
      log,
      vouching: { ...(await vouching()), identity },
    })
    if (check.kind === 'unrelated') continue
    const bad = check.findings.find(({ status }) => status === 'unmet' || status === 'unknown')
    if (bad === undefined) return { status: 'verified', keyRef }
    // Another signer than this one is nothing wrong, and what could not be found out proves nothing either way.
    if (bad.status === 'unknown') answer = { status: 'claimed', reason: bad.message }
    else if (bad.check !== 'identity') answer = { status: 'invalid', reason: bad.message }
  }
  return answer
}

/** Whom the certificate names: a claim, like all else that nobody verified. */
async function identityIn(
  evidence: CosignEvidence,
): Promise<NonNullable<FoundSignature['identity']> | undefined> {
  const companions = await companionsOf(evidence)
  if (typeof companions === 'string' || companions.certificate === undefined) return undefined
  const { claimedIdentity, claimsOf } = await import('../verify/identity.js')
  const identity = claimedIdentity(companions.certificate)
  // What cannot be read names nobody; whether it verifies is said elsewhere.
  if (identity === undefined) return undefined
  return { subject: identity.subjects.join(', '), issuer: identity.issuer, claims: claimsOf(identity) }
}

function whyNot(findings: readonly Finding[]): string | undefined {
  const wrong = findings.find(({ status }) => status === 'unmet' || status === 'unknown')
  return wrong?.peerReason ?? wrong?.message
}
