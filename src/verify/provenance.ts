import { readSourceUri } from '../evidence/git-source.js'
import { readProvenance } from '../evidence/provenance.js'
import type { Statement } from '../evidence/statement.js'
import { type Finding, met, unmet } from '../verdict/finding.js'
import type { ProvenanceDemand } from '../verdict/request.js'
import type { Provenance } from '../verdict/statement-summary.js'
import { claimedIdentity, claimsOf } from './identity.js'

/**
 * Whether provenance says what is demanded of it: the questions of slsa-verifier (its README, options), each a finding
 * of its own.
 *
 * @param certificate of the signer, where there is one: what it says of the source must agree, whatever the statement
 *   says; it is itself held against the trusted root elsewhere
 */
export function checkProvenance(
  { predicateType, predicate }: Statement,
  demand: ProvenanceDemand,
  certificate: Uint8Array | undefined,
  where: string,
): readonly Finding[] {
  const read = readProvenance(predicateType, predicate)
  if (read === undefined)
    return [denied('provenance', `provenance that says how the image was built`, 'none', where)]
  if (read.inconsistent !== undefined)
    return [denied('provenance', 'provenance that agrees with itself', read.inconsistent, where)]
  const { sourceUri, sourceBranch, sourceTag, builderId } = demand
  return [
    ...(sourceUri === undefined
      ? []
      : [checkSource(read, sourceUri, where), ...checkClaims(certificate, sourceUri, where)]),
    ...(sourceBranch === undefined ? [] : [checkBranch(read, sourceBranch, where)]),
    ...(sourceTag === undefined ? [] : [checkTag(read, sourceTag, where)]),
    ...(builderId === undefined ? [] : [checkBuilder(read, builderId, where)]),
  ]
}

/** Lists of what a build fetched: what stands in them alone was not declared to be the source. */
const fetched: ReadonlySet<string> = new Set(['materials', 'resolvedDependencies'])
/** It lists the source first, and writes what it declares elsewhere (slsa-verifier, slsaprovenance). */
const listsSourceFirst = 'https://github.com/slsa-framework/slsa-github-generator/'

function checkSource(provenance: Provenance, wanted: string, where: string): Finding {
  const { source, sourceField = '', builder = '' } = provenance
  const repository = readSourceUri(wanted)?.repository
  if (fetched.has(sourceField) && !builder.startsWith(listsSourceFirst))
    return denied('provenance-source', `a declared source ${wanted}`, `one that was only fetched`, where)
  if (repository !== undefined && source?.repository === repository)
    return met('provenance-source', `built from ${repository}, says the provenance at ${where}`)
  return denied('provenance-source', `the source ${wanted}`, source?.uri, where)
}

/** A signer may write into a statement what it likes, but not into its certificate. */
function checkClaims(certificate: Uint8Array | undefined, wanted: string, where: string): readonly Finding[] {
  if (certificate === undefined) return []
  const identity = claimedIdentity(certificate)
  if (identity === undefined) {
    const message = `expected a certificate that says whom it was given to at ${where}, got one that cannot be read`
    return [unmet('certificate-source', 'certificate-untrusted', message)]
  }
  const claims = claimsOf(identity)
  const older = claims['github-workflow-repository']
  const claimed =
    claims['source-repository-uri'] ?? (older === undefined ? undefined : `https://github.com/${older}`)
  if (claimed === undefined) return []
  if (readSourceUri(claimed)?.repository === readSourceUri(wanted)?.repository)
    return [met('certificate-source', `the certificate at ${where} was given to ${claimed}`)]
  const message = `expected a signer that built ${wanted} at ${where}, got one of ${claimed}`
  return [unmet('certificate-source', 'identity-mismatch', message)]
}

/** Of a build of a tag, the branch that the tag was on, where the provenance says it. */
function checkBranch({ source, baseRef }: Provenance, wanted: string, where: string): Finding {
  const got = source?.ref?.startsWith('refs/tags/') === true ? baseRef : source?.ref
  if (got === `refs/heads/${wanted}`)
    return met('provenance-branch', `built from the branch ${wanted}, says the provenance at ${where}`)
  return denied('provenance-branch', `the branch ${wanted}`, got ?? source?.ref, where)
}

function checkTag({ source }: Provenance, wanted: string, where: string): Finding {
  if (source?.ref === `refs/tags/${wanted}`)
    return met('provenance-tag', `built from the tag ${wanted}, says the provenance at ${where}`)
  return denied('provenance-tag', `the tag ${wanted}`, source?.ref, where)
}

/** A builder that is named without a ref may be of any ref, as for slsa-verifier. */
function checkBuilder({ builder }: Provenance, wanted: string, where: string): Finding {
  const isOfAnyRef = !wanted.includes('@') && builder?.startsWith(`${wanted}@`) === true
  if (builder !== undefined && (builder === wanted || isOfAnyRef))
    return met('provenance-builder', `built by ${builder}, says the provenance at ${where}`)
  return denied('provenance-builder', `the builder ${wanted}`, builder, where)
}

function denied(check: string, expected: string, got: string | undefined, where: string): Finding {
  return unmet(check, 'policy-denied', `expected ${expected} at ${where}, got ${got ?? 'none'}`)
}
