import type { Finding } from '../verdict/finding.js'
import type { Signature } from '../verdict/result.js'

/**
 * What the checks of one piece of evidence established of its signer and its time, for reports. The certificate is
 * somebody's word only once it leads to a trusted authority.
 */
export function vouchedBy(findings: readonly Finding[]): Pick<Signature, 'identity' | 'times'> {
  const isMet = (check: string): boolean =>
    findings.some((finding) => finding.check === check && finding.status === 'met')
  const facts = findings.find(({ check }) => check === 'identity')?.facts
  const { identity: subject, issuer, ...claims } = facts ?? {}
  const times = (['log-entry', 'timestamp'] as const).flatMap((by) =>
    findings.flatMap(({ check, status, facts: { time: at } = {} }) =>
      check === by && status === 'met' && at !== undefined ? [{ at, by }] : [],
    ),
  )
  return {
    ...(subject !== undefined && issuer !== undefined && isMet('certificate')
      ? { identity: { subject, issuer, claims } }
      : {}),
    ...(times.length > 0 && { times }),
  }
}
