import type { X509Certificate } from '@sigstore/core'
import { whyOutside } from './name-constraints.js'

/** Extended key usages (RFC 5280, 4.2.1.12). */
export const codeSigning = '1.3.6.1.5.5.7.3.3'
export const timeStamping = '1.3.6.1.5.5.7.3.8'
export const anyUsage = '2.5.29.37.0'
export const extendedKeyUsage = '2.5.29.37'

/**
 * Extensions that are looked at, or say nothing about who may sign: key identifiers, usages, names and their
 * constraints, basic constraints, where lists of revoked certificates lie, policies, where the authority is found.
 */
const known: ReadonlySet<string> = new Set([
  ...['14', '15', '17', '19', '30', '31', '32', '35', '37'].map((last) => `2.5.29.${last}`),
  '1.3.6.1.5.5.7.1.1',
])

/**
 * Why a path leads nowhere though each certificate on it is signed by the next: an authority that is for something else
 * issues nothing for this usage, none certifies names that it may not, and what is critical and unknown is refused (RFC
 * 5280, 4.2 and 6.1; as Go's crypto/x509, which cosign asks).
 *
 * @param path the certificate first, what is trusted last
 * @throws where an extension cannot be read
 */
export function whyNoPath(path: readonly X509Certificate[], usage: string): string | undefined {
  for (const certificate of path) {
    const critical = unknownCritical(certificate)
    if (critical !== undefined)
      return `a certificate on the way has the critical extension ${critical}, which is not known`
  }
  if (path.slice(1).some((authority) => !mayLeadTo(authority, usage)))
    return 'an authority above the certificate issues none for this use'
  for (const [index, authority] of path.entries())
    for (const below of path.slice(0, index)) {
      const why = whyOutside(authority, below)
      if (why !== undefined) return why
    }
  return undefined
}

/** The identifier of an extension that is critical and that nobody here looks at. */
export function unknownCritical({ extensions }: X509Certificate): string | undefined {
  return extensions
    .filter(({ subs }) => subs.length === 3 && subs[1]?.toBoolean() === true)
    .map(({ subs }) => subs[0]?.toOID() ?? '')
    .find((id) => !known.has(id))
}

function mayLeadTo(authority: X509Certificate, usage: string): boolean {
  const usages = usagesOf(authority)
  return usages.length === 0 || usages.includes(usage) || usages.includes(anyUsage)
}

/** Identifiers of the extended key usages, all of them; none where there is no such extension. */
export function usagesOf(certificate: X509Certificate): readonly string[] {
  const [list] = certificate.extension(extendedKeyUsage)?.valueObj.subs ?? []
  return list?.subs.map((one) => one.toOID()) ?? []
}
