import { createHash, X509Certificate } from 'node:crypto'

/**
 * The key that a certificate is for: SHA-256 over its SubjectPublicKeyInfo, 64 hex digits. Nothing else in it is looked
 * at.
 *
 * @returns undefined when the text is no certificate
 */
export function certificateKey(pem: string): string | undefined {
  try {
    const spki = new X509Certificate(pem).publicKey.export({ format: 'der', type: 'spki' })
    return createHash('sha256').update(spki).digest('hex')
  } catch {
    return undefined
  }
}
