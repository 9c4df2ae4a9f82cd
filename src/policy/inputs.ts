import type { Requirement, Signer } from '../requirement/requirement.js'
import { isProvenanceType } from '../evidence/provenance.js'
import { predicateTypeOf } from '../evidence/statement.js'
import type { Demand, IdentityDemand, Request, Signers } from '../verdict/request.js'
import type { StatementRule } from '../verify/statement-rule.js'

/**
 * The step's own inputs as one more policy, which covers every image.
 *
 * @param rule the policy about statements that the demand names
 */
export function compileInputs(
  request: Pick<Request, 'expectedDigest' | 'demand'> & { readonly signers: Signers },
  rule?: StatementRule,
): Requirement {
  const { keys, require } = request.signers
  // A key that is named twice is one signer: its one signature must not meet two demands.
  const signers: readonly Signer[] = [
    ...[...new Set(keys)].map((reference) => ({ kind: 'key' as const, reference })),
    ...(request.signers.identities ?? []).map((identity) => ({
      kind: 'identity' as const,
      reference: nameOfIdentity(identity),
      identity,
    })),
  ]
  const each = new Map(signers.map((by) => [`${by.kind} ${by.reference}`, by]))
  const signed = [...each.values()].map((by) => demandOf(by, request.demand ?? {}, rule))
  const signatures: Requirement =
    require === 'all'
      ? { kind: 'all', name: 'signed-by-all', of: signed }
      : require === 'any'
        ? { kind: 'any', name: 'signed-by-any', of: signed }
        : { kind: 'atLeast', name: `signed-by-${require}`, count: require, of: signed }
  if (request.expectedDigest === undefined) return signatures
  return {
    kind: 'all',
    name: 'inputs',
    of: [{ kind: 'digest', expected: request.expectedDigest }, signatures],
  }
}

/** What one signer must have made: a signature, attestations instead, or both. */
function demandOf(by: Signer, demand: Demand, rule: StatementRule | undefined): Requirement {
  const { annotations = {}, attestationTypes = [], requireSignature = false, provenance } = demand
  const signed: Requirement = {
    kind: 'signed',
    by,
    apart: true,
    ...(Object.keys(annotations).length > 0 && { annotations }),
  }
  if (attestationTypes.length === 0 && provenance === undefined) return signed
  const isProvenance = (type: string): boolean => isProvenanceType(predicateTypeOf(type))
  const attest = (type: string): Requirement => ({
    kind: 'attested',
    type,
    by,
    apart: true,
    ...(provenance && isProvenance(type) && { provenance }),
    ...(rule && { rule }),
  })
  const attested = attestationTypes.map(attest)
  // Whoever asks for a source means provenance of whichever version there is.
  if (provenance && !attestationTypes.some(isProvenance))
    attested.push({
      kind: 'any',
      name: 'provenance',
      of: ['slsaprovenance1', 'slsaprovenance'].map(attest),
      ...(rule?.over === 'every' && { over: 'every' as const }),
    })
  const of = requireSignature ? [signed, ...attested] : attested
  const [only, ...others] = of
  return only && others.length === 0 ? only : { kind: 'all', name: 'vouched-for', of }
}

/** An identity in one line, for reports. */
export function nameOfIdentity({
  subject,
  subjectRegexp,
  issuer,
  issuerRegexp,
  claims = {},
}: IdentityDemand): string {
  const who = subject ?? (subjectRegexp === undefined ? 'anybody' : `/${subjectRegexp}/`)
  const issuers = [issuer, issuerRegexp === undefined ? undefined : `/${issuerRegexp}/`].filter(
    (one) => one !== undefined,
  )
  const also = Object.entries(claims).map(([name, value]) => `${name} ${value}`)
  return [`${who} (issuer ${issuers.join(' and ')})`, ...also].join(', ')
}
