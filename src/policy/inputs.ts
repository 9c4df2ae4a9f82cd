import type { Requirement } from '../requirement/requirement.js'
import type { Request } from '../verdict/request.js'

/** The step's own inputs as one more policy, which covers every image. */
export function compileInputs(request: Pick<Request, 'signers' | 'expectedDigest'>): Requirement {
  const { keys, require } = request.signers
  // A key that is named twice is one signer: its one signature must not meet two demands.
  const signed: readonly Requirement[] = [...new Set(keys)].map((reference) => ({
    kind: 'signed',
    by: { kind: 'key', reference },
  }))
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
