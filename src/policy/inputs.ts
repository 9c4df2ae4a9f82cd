import type { Requirement } from '../requirement/requirement.js'
import type { Demand, Request } from '../verdict/request.js'

/** The step's own inputs as one more policy, which covers every image. */
export function compileInputs(request: Pick<Request, 'signers' | 'expectedDigest' | 'demand'>): Requirement {
  const { keys, require } = request.signers
  // A key that is named twice is one signer: its one signature must not meet two demands.
  const signed = [...new Set(keys)].map((reference) => demandOf(reference, request.demand ?? {}))
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
function demandOf(reference: string, demand: Demand): Requirement {
  const { annotations = {}, attestationTypes = [], requireSignature = false } = demand
  const by = { kind: 'key' as const, reference }
  const signed: Requirement = {
    kind: 'signed',
    by,
    ...(Object.keys(annotations).length > 0 && { annotations }),
  }
  if (attestationTypes.length === 0) return signed
  const attested = attestationTypes.map((type): Requirement => ({ kind: 'attested', type, by }))
  const of = requireSignature ? [signed, ...attested] : attested
  const [only, ...others] = of
  return only && others.length === 0 ? only : { kind: 'all', name: 'vouched-for', of }
}
