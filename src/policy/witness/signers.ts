import { constants, type KeyObject, verify } from 'node:crypto'
import { codeSigning } from '../../verify/certificate-path.js'
import { anchorsOf, type Certificate, readCertificates } from './certificate.js'
import type { Moment } from './go-time.js'
import type { Profile } from './profile.js'
import type { EnvelopeSignature, SignedEnvelope } from './signed-envelope.js'
import { type StampAuthority, timeOfToken } from './stamp.js'

/** A key that signatures are tried with, by the id that both tools give it. */
export interface VerifyingKey {
  readonly keyId: string
  readonly key: KeyObject
}

/** Whom the signatures of envelopes are held against. */
export interface Verifiers {
  readonly keys: readonly VerifyingKey[]
  readonly roots: readonly Certificate[]
  readonly intermediates: readonly Certificate[]
  readonly authorities: readonly StampAuthority[]
}

/** Whoever made a signature that verifies. */
export type Signer =
  | { readonly kind: 'key'; readonly keyId: string; readonly times: readonly Moment[] }
  | {
      readonly kind: 'certificate'
      readonly keyId: string
      readonly certificate: Certificate
      /** Certificates that lay beside it. */
      readonly beside: readonly Certificate[]
      /** When it is proven to have been made. */
      readonly times: readonly Moment[]
      /** When its chain holds: these times, or now. */
      readonly validAt: readonly Moment[]
    }

export type Signers =
  | { readonly kind: 'signed'; readonly signers: readonly Signer[] }
  /** In the words of the tools. */
  | { readonly kind: 'unsigned'; readonly reason: string }

/** Tries every verifier on every signature (dsse/verify.go); one that verifies is enough. */
export function signersOf(
  envelope: SignedEnvelope,
  verifiers: Verifiers,
  profile: Profile,
  now: Moment,
): Signers {
  if (envelope.signatures.length === 0) return { kind: 'unsigned', reason: 'no signatures in dsse envelope' }
  const signers: Signer[] = []
  const errors = new Map<string, string>()
  for (const signature of envelope.signatures) {
    const certified = signerByCertificate(envelope, signature, verifiers, profile, now)
    if (certified.kind === 'signer') signers.push(certified.signer)
    if (certified.kind === 'failed') errors.set(certified.keyId, certified.reason)
    if (certified.kind === 'unreadable' && !profile.keysDespiteBadCertificate) continue
    for (const { keyId, key } of verifiers.keys) {
      if (isSigned(key, envelope.message, signature.signature, profile)) {
        signers.push({ kind: 'key', keyId, times: [] })
      } else {
        errors.set(
          keyId,
          key.asymmetricKeyType === 'rsa' ? 'crypto/rsa: verification error' : 'verification failed',
        )
      }
    }
  }
  if (signers.length > 0) return { kind: 'signed', signers }
  const tried = [...errors].map(([keyId, reason]) => `${keyId}: ${reason}`).join(' ')
  return {
    kind: 'unsigned',
    reason: `no valid signatures for the provided verifiers found for keyids: ${tried}`.trimEnd(),
  }
}

type Certified =
  | { readonly kind: 'none' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'failed'; readonly keyId: string; readonly reason: string }
  | { readonly kind: 'signer'; readonly signer: Signer }

function signerByCertificate(
  { message }: SignedEnvelope,
  { signature, certificate: pem, intermediates, tokens }: EnvelopeSignature,
  { roots, intermediates: known, authorities }: Verifiers,
  profile: Profile,
  now: Moment,
): Certified {
  if (pem === undefined) return { kind: 'none' }
  const read = readCertificates(pem)
  const [certificate] = typeof read === 'string' ? [] : read
  if (!certificate) return { kind: 'unreadable' }
  const { keyId } = certificate
  const beside = intermediates.flatMap((one) => {
    const listed = readCertificates(one)
    return typeof listed === 'string' ? [] : listed.slice(0, 1)
  })
  const holds = (at: Moment): boolean =>
    typeof anchorsOf(certificate, [...beside, ...known], roots, at, usageOf(profile)) !== 'string'
  if (authorities.length === 0) {
    if (profile.withoutAuthority === 'reject') {
      const reason =
        'cert-based signature rejected: no trusted timestamp verifier configured and current-time fallback not enabled (proof-of-signing-time required)'
      return { kind: 'failed', keyId, reason }
    }
    const good = isSigned(certificate.node.publicKey, message, signature, profile) && holds(now)
    if (!good) return { kind: 'failed', keyId, reason: 'verification failed' }
    return {
      kind: 'signer',
      signer: { kind: 'certificate', keyId, certificate, beside, times: [], validAt: [now] },
    }
  }
  const proven = tokens.flatMap((token) =>
    authorities.flatMap((authority) => {
      const time = timeOfToken(token, signature, authority, profile)
      return typeof time === 'string' ? [] : [time]
    }),
  )
  if (proven.length === 0) return { kind: 'none' }
  const times = isSigned(certificate.node.publicKey, message, signature, profile) ? proven.filter(holds) : []
  if (times.length === 0) return { kind: 'failed', keyId, reason: 'no valid timestamps found' }
  return {
    kind: 'signer',
    signer: { kind: 'certificate', keyId, certificate, beside, times, validAt: times },
  }
}

export function usageOf(profile: Profile): string | undefined {
  return profile.leafUsage === 'code-signing' ? codeSigning : undefined
}

/** As long as the largest modulus that OpenSSL computes with. */
const longestSignature = 2048

/** The schemes of both tools (cryptoutil): SHA-256 throughout, ECDSA in DER, RSA-PSS with a salt of any length. */
function isSigned(key: KeyObject, message: Uint8Array, signature: Uint8Array, profile: Profile): boolean {
  if (signature.length === 0 || signature.length > longestSignature) return false
  const type = key.asymmetricKeyType
  try {
    if (type === 'ed25519') return verify(null, message, key, signature)
    if (type === 'ec') return verify('sha256', message, { key, dsaEncoding: 'der' }, signature)
    if (type !== 'rsa') return false
    const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO }
    if (verify('sha256', message, { key, ...pss }, signature)) return true
    const older = { key, padding: constants.RSA_PKCS1_PADDING }
    return profile.rsaPkcs1 && verify('sha256', message, older, signature)
  } catch {
    return false
  }
}
