import { constants, publicDecrypt } from 'node:crypto'
import type { PublicKey } from './public-key.js'
import type { SignatureOutcome } from './signature.js'

/** DigestInfo of SHA-256 up to the digest itself (RFC 8017, 9.2, note 1). */
const sha256Info = Buffer.from('3031300d060960864801650304020105000420', 'hex')

/** `unclear`: the signature may be over another hash or of another scheme, which needs the artifact itself. */
export type DigestOutcome = SignatureOutcome | { readonly kind: 'unclear'; readonly reason: string }

/**
 * Verifies a signature where only the SHA-256 of the message is known: Node verifies messages only. Only P-256 signs
 * nothing but SHA-256, so only there a signature that does not verify is proven to be wrong.
 */
export async function verifyDigestSignature(
  key: PublicKey,
  digest: Uint8Array,
  signature: Uint8Array,
): Promise<DigestOutcome> {
  const unclear: DigestOutcome = {
    kind: 'unclear',
    reason: `a signature by a key of type ${key.type} cannot be verified over a SHA-256 digest alone: give the file`,
  }
  switch (key.type) {
    case 'ecdsa-p256':
    case 'ecdsa-p384':
    case 'ecdsa-p521':
      if (await verifyEcdsa(key, digest, signature)) return { kind: 'valid', scheme: 'ecdsa-sha256' }
      return key.type === 'ecdsa-p256'
        ? { kind: 'invalid', peerReason: 'invalid signature over the digest' }
        : unclear
    case 'rsa':
      return verifyRsa(key, digest, signature) ? { kind: 'valid', scheme: 'rsa-pkcs1-sha256' } : unclear
    case 'ed25519':
      return unclear
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
