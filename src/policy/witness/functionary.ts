import { type CertificateConstraint, constraintProblems, type Roots } from './constraint.js'
import type { Profile } from './profile.js'
import type { Signer } from './signers.js'

/** Who may speak for a step; its `type` decides nothing in either tool. */
export interface Functionary {
  readonly publicKeyId: string
  /** Undefined: the field is not there. */
  readonly constraint: CertificateConstraint | undefined
}

/** Nothing given: no certificate meets it. */
const nothing: CertificateConstraint = {
  commonName: '',
  dnsNames: [],
  emails: [],
  organizations: [],
  uris: [],
  roots: [],
  extensions: new Map(),
  policyOids: [],
}

/**
 * Whether a signer is this functionary (policy/step.go).
 *
 * @returns in the tool's words why not; undefined when it is
 */
export function mismatchOf(
  signer: Signer,
  { publicKeyId, constraint }: Functionary,
  roots: Roots,
  profile: Profile,
): string | undefined {
  const who = `verifier with ID ${signer.keyId}`
  const failed = (problems: readonly string[]): string =>
    `cert failed constraints check: [${problems.map((one) => JSON.stringify(one)).join(' ')}]`
  if (publicKeyId !== '' && publicKeyId === signer.keyId) {
    if (!profile.constraintBesideKeyId || constraint === undefined) return undefined
    if (signer.kind !== 'certificate') {
      return `${who} matched PublicKeyID but sets an X.509 CertConstraint it cannot satisfy (not an x509 verifier) (#6266)`
    }
    const problems = constraintProblems(signer, constraint, roots, profile)
    return problems.length === 0
      ? undefined
      : `${who} matched PublicKeyID but failed its certificate constraint: ${failed(problems)}`
  }
  if (signer.kind !== 'certificate') return `${who} is not a public key verifier or a x509 verifier`
  const wanted = constraint ?? nothing
  if (wanted.roots.length === 0)
    return `${who} is an x509 verifier, but no trusted roots provided in functionary`
  const problems = constraintProblems(signer, wanted, roots, profile)
  return problems.length === 0 ? undefined : `${who} doesn't meet certificate constraint: ${failed(problems)}`
}
