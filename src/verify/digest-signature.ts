import { constants, publicDecrypt } from 'node:crypto'
import type { PublicKey } from './public-key.js'
import type { SignatureOutcome } from './signature.js'

/** DigestInfo of SHA-256 up to the digest itself (RFC 8017, 9.2, note 1). */
const sha256Info = Buffer.from('3031300d060960864801650304020105000420', 'hex')

/**
 * Verifies a signature where only the SHA-256 of the message is known: Node verifies messages only. Ed25519 signs the
 * message itself, so nothing can be said about it here.
 */
export async function verifyDigestSignature(
  key: PublicKey,
  digest: Uint8Array,
  signature: Uint8Array,
): Promise<SignatureOutcome> {
  const invalid: SignatureOutcome = { kind: 'invalid', peerReason: 'invalid signature over the digest' }
  switch (key.type) {
    case 'ecdsa-p256':
    case 'ecdsa-p384':
    case 'ecdsa-p521':
      return (await verifyEcdsa(key, digest, signature)) ? { kind: 'valid', scheme: 'ecdsa-sha256' } : invalid
    case 'rsa':
      return verifyRsa(key, digest, signature) ? { kind: 'valid', scheme: 'rsa-pkcs1-sha256' } : invalid
    case 'ed25519':
      return {
        kind: 'invalid',
        peerReason: 'Ed25519 signs the artifact itself: give its file instead of its digest',
      }
  }
}

async function verifyEcdsa(
  { type, spki }: PublicKey,
  digest: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const { p256, p384, p521 } = await import('@noble/curves/nist.js')
  const curves = { 'ecdsa-p256': p256, 'ecdsa-p384': p384, 'ecdsa-p521': p521 }
  const curve = curves[type as keyof typeof curves]
  // An uncompressed point, which every admitted key has at its end.
  const point = spki.subarray(
    -(2 * { 'ecdsa-p256': 32, 'ecdsa-p384': 48, 'ecdsa-p521': 66 }[type as keyof typeof curves] + 1),
  )
  try {
    return curve.verify(signature, digest, point, { prehash: false, lowS: false, format: 'der' })
  } catch {
    return false
  }
}

function verifyRsa({ key }: PublicKey, digest: Uint8Array, signature: Uint8Array): boolean {
  try {
    const info = publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signature)
    return info.equals(Buffer.concat([sha256Info, digest]))
  } catch {
    return false
  }
}
