import type { RFC3161Timestamp, X509Certificate } from '@sigstore/core'
import type { TrustMaterial } from '@sigstore/verify'

type Authority = TrustMaterial['timestampAuthorities'][number]

/**
 * The authorities that may have made a timestamp: those whose own certificate it names, and that may be asked for one.
 *
 * @returns a text that says why the one it names may not; an empty list where it names none
 */
export function authoritiesOf(
  { signerSerialNumber, signerIssuer }: RFC3161Timestamp,
  known: readonly Authority[],
): readonly Authority[] | string {
  const named = known.filter(
    ({ certChain: [own] }) =>
      own?.serialNumber.equals(signerSerialNumber) === true && own.issuer.equals(signerIssuer),
  )
  const judged = named.map((authority) => [authority, whyUnfit(authority)] as const)
  const fit = judged.filter(([, why]) => why === undefined).map(([authority]) => authority)
  return fit.length === 0 ? (judged[0]?.[1] ?? []) : fit
}

/**
 * A certificate for timestamps is for nothing else, says so critically, and issues no others (RFC 3161, 2.3); where the
 * authorities between it and the root say what they are for, timestamps are among it (timestamp-authority,
 * pkg/verification).
 */
function whyUnfit({ certChain: [own, ...above] }: Authority): string | undefined {
  if (own === undefined) return undefined
  const usages = usagesOf(own)
  if (usages.length !== 1 || usages[0] !== timeStamping)
    return 'the certificate of the authority is not for timestamps alone'
  if (own.extension(extendedKeyUsage)?.critical !== true)
    return 'the certificate of the authority does not say critically that it is for timestamps'
  if (own.extBasicConstraints?.isCA === true)
    return 'the certificate of the authority is one that issues others'
  const between = above.slice(0, -1).map(usagesOf)
  if (between.some((some) => some.length > 0 && !some.includes(timeStamping) && !some.includes(anyUsage)))
    return 'an authority above that of the timestamp is not for timestamps'
  return undefined
}

const extendedKeyUsage = '2.5.29.37'
const timeStamping = '1.3.6.1.5.5.7.3.8'
const anyUsage = '2.5.29.37.0'

/** Identifiers of the extended key usages (RFC 5280, 4.2.1.12), all of them; none where there is no such extension. */
function usagesOf(certificate: X509Certificate): readonly string[] {
  const [list] = certificate.extension(extendedKeyUsage)?.valueObj.subs ?? []
  return list?.subs.map((one) => one.toOID()) ?? []
}
