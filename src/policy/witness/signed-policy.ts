import { all } from '../../verdict/algebra.js'
import { type Finding, met, unknown, unmet } from '../../verdict/finding.js'
import type { PublicKey } from '../../verify/public-key.js'
import { type Problem, problemText } from '../problem.js'
import { type Certificate, readCertificates } from './certificate.js'
import { type CertificateConstraint, constraintProblems, type Roots } from './constraint.js'
import { goTime, type Moment } from './go-time.js'
import { readPolicy } from './policy.js'
import type { WitnessPolicy } from './policy-model.js'
import { verifyingKey } from './policy-key.js'
import type { Profile } from './profile.js'
import { readEnvelope } from './signed-envelope.js'
import { type Signer, signersOf, type Verifiers } from './signers.js'

/** Who must have signed a policy by certificate; what is undefined was not given. */
export interface PolicySigner {
  readonly commonName?: string | undefined
  readonly dnsNames?: readonly string[] | undefined
  readonly emails?: readonly string[] | undefined
  readonly organizations?: readonly string[] | undefined
  readonly uris?: readonly string[] | undefined
  /** Fulcio's claims by the name of the field in Go; `Issuer` has a default in cilock, and `''` is none. */
  readonly extensions?: ReadonlyMap<string, string> | undefined
}

/** A file with certificates, for messages by its name. */
export interface CertificateFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** What a policy's signature is held against. */
export interface PolicyTrust {
  readonly keys: readonly PublicKey[]
  readonly roots: readonly CertificateFile[]
  readonly intermediates: readonly CertificateFile[]
  /** Certificates of authorities for timestamps, one authority a file. */
  readonly authorities: readonly CertificateFile[]
  readonly signer: PolicySigner
}

export interface PolicyRequest {
  readonly bytes: Uint8Array
  readonly where: string
  readonly trust: PolicyTrust
  readonly profile: Profile
  readonly now: Moment
}

export type OpenedPolicy =
  | {
      readonly kind: 'policy'
      readonly policy: WitnessPolicy
      readonly finding: Finding
      readonly warnings: readonly Problem[]
    }
  | { readonly kind: 'refused'; readonly finding: Finding; readonly warnings: readonly Problem[] }

const check = 'policy-signed'
const payloadTypes = ['https://witness.testifysec.com/policy/v0.1', 'https://aflock.ai/policy/v0.1']

/**
 * Opens a signed policy (policysig/policysig.go): its signature by one of the keys, or by a certificate of the
 * authorities whose owner was named; then its fields, then its expiry. Nothing in it is read before it is verified.
 */
export function openPolicy({ bytes, where, trust, profile, now }: PolicyRequest): OpenedPolicy {
  const refused = (finding: Finding, warnings: readonly Problem[] = []): OpenedPolicy => ({
    kind: 'refused',
    finding,
    warnings,
  })
  const verifiers = verifiersOf(trust, profile)
  if (typeof verifiers === 'string')
    return refused(unknown(check, { code: 'input-invalid', message: verifiers }))
  const envelope = readEnvelope(bytes)
  if (typeof envelope === 'string') {
    const message = `${where}: expected a signed policy in a DSSE envelope, got something else: ${envelope}`
    return refused(unknown(check, { code: 'policy-invalid', message }))
  }
  const signed = signersOf(envelope, verifiers, profile, now)
  if (signed.kind === 'unsigned') {
    const peerReason = `failed to verify policy signature: could not verify policy: ${signed.reason}`
    const message = `${where}: expected a signature by ${whoOf(verifiers)}, got none that verifies`
    return refused(unmet(check, 'policy-untrusted', message, { peerReason }))
  }
  const signer = signed.signers.find((one) => isDemanded(one, trust.signer, verifiers, profile))
  if (!signer) return refused(unnamed(signed.signers, where, profile))
  const signedBy = met(check, `${where} is signed by ${signer.keyId}`, {
    facts: { policySigner: signer.keyId },
  })

  const { policy, problems, warnings: read } = readPolicy(envelope.payload, where, profile)
  const warnings = [...read]
  if (!payloadTypes.includes(envelope.payloadType)) {
    const message = `expected the payload type ${payloadTypes.join(' or ')}, got ${JSON.stringify(envelope.payloadType)}`
    warnings.push({ file: where, line: 1, field: 'payloadType', message })
  }
  if (!policy) {
    const which = problems.slice(0, mostShown).map(problemText).join('; ')
    const more = problems.length > mostShown ? ` and ${problems.length - mostShown} more` : ''
    const message = `the policy cannot be used: ${which}${more}`
    const peerReason = `failed to verify policy: ${problems[0]?.message ?? ''}`
    return refused(unknown('policy-read', { code: 'policy-invalid', message }, { peerReason }), warnings)
  }
  if (now > policy.expires) {
    const peerReason = `failed to verify policy: policy expired on ${goTime(policy.expires)}`
    const message = `${where}: expected a policy that has not expired, got one that expired on ${goTime(policy.expires)}`
    return refused(unmet('policy-current', 'policy-expired', message, { peerReason }), warnings)
  }
  const current = met('policy-current', `${where} expires on ${goTime(policy.expires)}`)
  return { kind: 'policy', policy, finding: all('policy', [signedBy, current]), warnings }
}

const mostShown = 5

function verifiersOf(trust: PolicyTrust, profile: Profile): Verifiers | string {
  const read = (files: readonly CertificateFile[]): readonly (readonly Certificate[])[] | string => {
    const lists: (readonly Certificate[])[] = []
    for (const { name, bytes } of files) {
      const list = readCertificates(bytes)
      if (typeof list === 'string') return `${name}: ${list}`
      lists.push(profile.authorityFile === 'first' ? list.slice(0, 1) : list)
    }
    return lists
  }
  const [roots, between, authorities] = [trust.roots, trust.intermediates, trust.authorities].map(read)
  for (const one of [roots, between, authorities]) if (typeof one === 'string') return one
  const own = (roots as readonly (readonly Certificate[])[]).flat()
  const selfIssued =
    profile.authorityFile === 'first' ? own : own.filter((one) => one.subject.equals(one.issuer))
  const rest = own.filter((one) => !selfIssued.includes(one))
  const keys = trust.keys.flatMap(({ key }) => {
    const one = verifyingKey(key)
    return typeof one === 'string' ? [] : [one]
  })
  if (keys.length === 0 && own.length === 0)
    return 'expected policy-key or policy-ca-roots for a signed policy, got neither'
  return {
    keys,
    roots: selfIssued,
    intermediates: [...rest, ...(between as readonly (readonly Certificate[])[]).flat()],
    authorities: (authorities as readonly (readonly Certificate[])[]).map((anchors) => ({ anchors })),
  }
}

function whoOf({ keys, roots }: Verifiers): string {
  const names = keys.map(({ keyId }) => `key ${keyId}`)
  if (roots.length > 0) names.push('a certificate of policy-ca-roots')
  return names.join(' or ')
}

function unnamed(signers: readonly Signer[], where: string, profile: Profile): Finding {
  const certified = signers.find((one) => one.kind === 'certificate')
  const identity = certified ? identityOf(certified.certificate) : 'none'
  const peerReason =
    profile.name === 'cilock'
      ? `failed to verify policy signature: policy signature verified against a trusted CA root, but the signer identity matched no configured policy verifier. signer identity: ${identity}`
      : 'failed to verify policy signature: no policy verifiers passed verification'
  const message = `${where}: expected a policy signed by the demanded identity (policy-commonname, policy-emails, policy-uris …), got one signed by ${identity}`
  return unmet(check, 'policy-untrusted', message, { peerReason })
}

function identityOf({ commonName, emails, uris, dnsNames }: Certificate): string {
  const parts = [
    ...uris.map((one) => `uri=${one}`),
    ...emails.map((one) => `email=${one}`),
    ...dnsNames.map((one) => `dns=${one}`),
  ]
  return parts.length > 0 ? parts.join(' ') : `cn=${commonName}`
}

function isDemanded(
  signer: Signer,
  demand: PolicySigner,
  { roots, intermediates }: Verifiers,
  profile: Profile,
): boolean {
  if (signer.kind === 'key') return true
  const constraint = constraintOf(demand, signer.certificate, profile)
  if (!constraint) return false
  const named: Roots = new Map(roots.map((root, index) => [String(index), { root, intermediates }]))
  return constraintProblems(signer, constraint, named, profile).length === 0
}

/** The demand as a functionary; undefined when nothing is demanded, which no certificate meets in cilock. */
function constraintOf(
  { commonName, dnsNames, emails, organizations, uris, extensions }: PolicySigner,
  certificate: Certificate,
  profile: Profile,
): CertificateConstraint | undefined {
  const { unset, issuer } = profile.policySigner
  const claims = new Map([['Issuer', issuer], ...(extensions ?? [])])
  const common = { roots: ['*'], extensions: claims, policyOids: [] }
  if (unset === 'any') {
    return {
      ...common,
      commonName: commonName ?? '*',
      dnsNames: dnsNames ?? ['*'],
      emails: emails ?? ['*'],
      organizations: organizations ?? ['*'],
      uris: uris ?? ['*'],
    }
  }
  const lists = [dnsNames, emails, organizations, uris].map((list) =>
    (list ?? []).filter((one) => one !== ''),
  )
  const claimed = [...claims.values()].some((value) => value !== '')
  const pinned = (commonName ?? '') !== '' || lists.some((list) => list.length > 0) || claimed
  if (!pinned) return undefined
  const concrete = (list: readonly string[] = []): boolean =>
    list.length > 0 && list.every((one) => !/[*?{[]/.test(one))
  const anyName = (commonName ?? '') === '' && (concrete(emails) || concrete(uris))
  // An empty list of names is any when the certificate has none of them.
  const relaxed = (list: readonly string[] = [], got: readonly string[]): readonly string[] =>
    list.length === 0 && got.length === 0 ? ['*'] : list
  return {
    ...common,
    commonName: anyName ? '*' : (commonName ?? ''),
    dnsNames: relaxed(dnsNames, certificate.dnsNames),
    emails: relaxed(emails, certificate.emails),
    organizations: relaxed(organizations, certificate.organizations),
    uris: relaxed(uris, certificate.uris),
  }
}
