import { createHash } from 'node:crypto'
import { ByteStream, EXTENSION_OID_SCT, type X509Certificate, X509SCTExtension } from '@sigstore/core'
import type { TrustMaterial } from '@sigstore/verify'

/**
 * Whether a trusted log of certificates promised to write this one down (RFC 6962, 3.2 and 3.3): one promise that
 * verifies is enough. One by a log that nobody here knows counts for nothing and hides no other.
 */
export function isLogged(
  certificate: X509Certificate,
  issuer: X509Certificate,
  logs: TrustMaterial['ctlogs'],
): boolean {
  const clone = certificate.clone()
  const { extensions } = clone
  // Stryker disable next-line OptionalChaining: no extension is empty in a certificate that was read
  const extension = extensions.find((one) => one.subs[0]?.toOID() === EXTENSION_OID_SCT)
  if (extension === undefined) return false
  // What was promised is the certificate without the promises.
  extensions.splice(extensions.indexOf(extension), 1)
  const body = clone.tbsCertificate.toDER()
  const promised = new ByteStream()
  promised.appendView(createHash('sha256').update(issuer.publicKey).digest())
  promised.appendUint24(body.length)
  promised.appendView(body)
  return new X509SCTExtension(extension).signedCertificateTimestamps.some((promise) =>
    logs
      .filter(({ logID, validFor: { start, end } }) => {
        const time = promise.datetime
        return logID.equals(promise.logID) && start <= time && time <= end
      })
      .some(({ publicKey }) => verifies(() => promise.verify(promised.buffer, publicKey))),
  )
}

/** A promise of an algorithm that is not known throws: it is none, and the next one may be. */
function verifies(verify: () => boolean): boolean {
  try {
    return verify()
  } catch {
    return false
  }
}
