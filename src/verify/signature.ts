import { constants, createHash, verify, type VerifyKeyObjectInput } from 'node:crypto'
import { readEcdsaSignature } from './ecdsa-encoding.js'
import type { PublicKey } from './public-key.js'

/** `scheme` names what verified, such as `ecdsa-sha256`; `peerReason` is the text of sigstore's library. */
export type SignatureOutcome = { kind: 'valid'; scheme: string } | { kind: 'invalid'; peerReason: string }

/** As long as the largest RSA modulus that is accepted; every other signature is shorter. */
export const largestSignatureBytes = 2048

const hashes = {
  // s3lo verifies everything with SHA-256; its signing side, cosign and KMS take the curve's own hash.
  'ecdsa-p256': ['sha256'],
  'ecdsa-p384': ['sha384', 'sha256'],
  'ecdsa-p521': ['sha512', 'sha256'],
  rsa: ['sha256', 'sha384', 'sha512'],
} as const

const ed25519SignatureBytes = 64
const ed25519KeyBytes = 32

/**
 * Verifies a signature by whatever real signers make with a key of this type: ECDSA in DER or IEEE P1363 with the
 * curve's hash or SHA-256, RSA PKCS#1 v1.5 and PSS (salt as long as the hash), Ed25519 pure, prehashed (RFC 8032,
 * 5.1.7) and pure over the SHA-256 of the message (Vault). Hostile bytes are `invalid`, never an exception.
 */
export async function verifySignature(
  key: PublicKey,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<SignatureOutcome> {
  switch (key.type) {
    case 'ecdsa-p256':
    case 'ecdsa-p384':
    case 'ecdsa-p521':
      return verifyEcdsa(key, hashes[key.type], message, signature)
    case 'rsa':
      return verifyRsa(key, message, signature)
    case 'ed25519':
      return verifyEd25519(key, message, signature)
  }
}

function invalid(peerReason: string): SignatureOutcome {
  return { kind: 'invalid', peerReason }
}

function verifyEcdsa(
  key: PublicKey,
  names: readonly string[],
  message: Uint8Array,
  signature: Uint8Array,
): SignatureOutcome {
  const found = readEcdsaSignature(signature)
  if (found.form === 'neither') return invalid('ecdsa: Invalid IEEE_P1363 encoded bytes')
  if (found.der.length <= largestSignatureBytes) {
    const input: VerifyKeyObjectInput = { key: key.key, dsaEncoding: 'der' }
    const hash = names.find((name) => verify(name, message, input, found.der))
    if (hash !== undefined) return { kind: 'valid', scheme: `ecdsa-${hash}` }
  }
  const form = found.form === 'der' ? 'ASN.1' : 'IEEE_P1363'
  return invalid(`invalid signature when validating ${form} encoded signature`)
}

function verifyRsa(key: PublicKey, message: Uint8Array, signature: Uint8Array): SignatureOutcome {
  if (signature.length <= largestSignatureBytes) {
    const pkcs1: VerifyKeyObjectInput = { key: key.key, padding: constants.RSA_PKCS1_PADDING }
    const pss: VerifyKeyObjectInput = {
      key: key.key,
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
    }
    const schemes = [
      { name: 'rsa-pkcs1', input: pkcs1 },
      { name: 'rsa-pss', input: pss },
    ]
    for (const { name, input } of schemes) {
      const hash = hashes.rsa.find((candidate) => verify(candidate, message, input, signature))
      if (hash !== undefined) return { kind: 'valid', scheme: `${name}-${hash}` }
    }
  }
  return invalid('crypto/rsa: verification error')
}

async function verifyEd25519(
  key: PublicKey,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<SignatureOutcome> {
  if (signature.length === ed25519SignatureBytes) {
    if (verify(null, message, key.key, signature)) return { kind: 'valid', scheme: 'ed25519' }
    const sha256 = createHash('sha256').update(message).digest()
    if (verify(null, sha256, key.key, signature)) return { kind: 'valid', scheme: 'ed25519-sha256' }
    // Node has no Ed25519ph; most runs need none, so it is loaded only here.
    const { ed25519ph } = await import('@noble/curves/ed25519.js')
    const point = key.spki.subarray(-ed25519KeyBytes)
    // zip215 admits encodings of points that RFC 8032 and Go do not.
    if (ed25519ph.verify(signature, message, point, { zip215: false })) {
      return { kind: 'valid', scheme: 'ed25519ph' }
    }
  }
  return invalid('failed to verify signature')
}
