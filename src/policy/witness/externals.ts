import { any } from '../../verdict/algebra.js'
import { exempt, type Finding, met, unknown, unmet } from '../../verdict/finding.js'
import { type Bench, checkSigners, type Verdict } from './collection-verdict.js'
import { comparable } from './digests.js'
import type { Evidence } from './evidence.js'
import type { External } from './policy-model.js'
import { rule } from './rules.js'

export interface ExternalResult {
  readonly external: External
  readonly finding: Finding
  readonly reasons: readonly string[]
  /** JSON of the first predicate that passed. */
  readonly predicate: string | undefined
}

/**
 * Judges a demanded statement of another tool (policy/external.go): found by its predicate type and the seeds alone,
 * signed by a functionary, and passed by the rules, which see its predicate.
 */
export async function judgeExternal(
  external: External,
  evidence: readonly Evidence[],
  seeds: ReadonlySet<string>,
  bench: Bench,
): Promise<ExternalResult> {
  const { name, rules, required } = external
  const what = `external attestation "${name}" (predicateType=${rules.type})`
  const check = `external ${name}`
  const candidates = evidence.filter(
    ({ statement }) =>
      statement.predicateType === rules.type &&
      statement.subjects.some(({ digests }) =>
        comparable(digests, bench.profile).some((one) => seeds.has(one)),
      ),
  )
  if (candidates.length === 0) {
    const message = `expected an attestation of type ${rules.type} about the image, got none`
    if (!required)
      return {
        external,
        reasons: [],
        predicate: undefined,
        finding: exempt(check, `${message}; it is optional`),
      }
    const reason = `failed to verify policy: required ${what} not found`
    const finding = unmet(check, 'attestation-missing', message, { peerReason: reason })
    return { external, reasons: [reason], predicate: undefined, finding }
  }
  const judged: { readonly one: Evidence; readonly verdict: Verdict }[] = []
  for (const one of candidates) judged.push({ one, verdict: await judge(one, external, bench) })
  const passed = judged.find(({ verdict }) => verdict.kind === 'passed')
  const children = judged.map(({ one, verdict }) => describe(check, one, verdict))
  const whole = any(check, children)
  if (passed) return { external, reasons: [], predicate: passed.one.statement.predicate, finding: whole }
  const why = judged.flatMap(({ verdict }) => ('reasons' in verdict ? verdict.reasons : [])).join('; ')
  const which = required ? `required ${what}` : what
  const reason = `failed to verify policy: ${which} rejected by all ${candidates.length} matching envelopes: ${why}`
  return { external, reasons: [reason], predicate: undefined, finding: { ...whole, peerReason: reason } }
}

async function judge(
  one: Evidence,
  { name, functionaries, rules }: External,
  bench: Bench,
): Promise<Verdict> {
  const signed = checkSigners(one, functionaries, `external attestation "${name}"`, bench)
  if (signed.kind !== 'matched') return signed
  const ruling = await rule(rules, rules.type, one.statement.predicate, bench.ask, bench.profile)
  if (ruling.kind === 'passed') return { kind: 'passed', signer: signed.signers[0]?.keyId ?? '' }
  return ruling.kind === 'open'
    ? { kind: 'open', problem: ruling.problem, reasons: [ruling.reason] }
    : { kind: 'rejected', code: 'policy-denied', reasons: [ruling.reason] }
}

/** One envelope in the report. */
export function describe(check: string, { where }: Evidence, verdict: Verdict): Finding {
  const place = where.join(', ')
  switch (verdict.kind) {
    case 'passed':
      return met(check, `${place} passes, signed by ${verdict.signer}`, {
        facts: { where: place, signer: verdict.signer },
      })
    case 'rejected': {
      const reason = verdict.reasons.join(', - ')
      return unmet(check, verdict.code, `${place}: ${reason}`, {
        peerReason: reason,
        facts: { where: place },
      })
    }
    case 'open':
      return unknown(check, verdict.problem, {
        peerReason: verdict.reasons.join(', - '),
        facts: { where: place },
      })
  }
}
