import type { RFC3161Timestamp } from '@sigstore/core'
import type { TrustMaterial } from '@sigstore/verify'
import { extendedKeyUsage, timeStamping, usagesOf, whyNoPath } from './certificate-path.js'

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
 * A certificate for timestamps is for nothing else, says so critically, and issues no others (RFC 3161, 2.3;
 * timestamp-authority, pkg/verification).
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
  return whyNoPath([own, ...above], timeStamping)
}
