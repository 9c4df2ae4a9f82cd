import type { UnmetCode } from '../../verdict/codes.js'
import type { Problem } from '../../verdict/finding.js'
import { isType } from './attestation-types.js'
import type { Attestation } from './collection.js'
import type { CollectionEvidence, Evidence } from './evidence.js'
import { type Functionary, mismatchOf } from './functionary.js'
import { type Moment, rfc3339 } from './go-time.js'
import type { ImageDigests } from './image.js'
import type { Step, TimestampConstraint, WitnessPolicy } from './policy-model.js'
import type { Profile } from './profile.js'
import { type Ask, rule } from './rules.js'
import { type Signer, signersOf } from './signers.js'
import { subjectMatchPackage, withSubjectMatch } from './subject-match.js'

/** What a step says of one envelope. */
export type Verdict =
  | { readonly kind: 'passed'; readonly signer: string }
  /** In the tool's words, the first cause first. */
  | { readonly kind: 'rejected'; readonly code: UnmetCode; readonly reasons: readonly string[] }
  | { readonly kind: 'open'; readonly problem: Problem; readonly reasons: readonly string[] }

/** What everything is judged by. */
export interface Bench {
  readonly policy: WitnessPolicy
  readonly profile: Profile
  readonly now: Moment
  readonly ask: Ask
  readonly image: ImageDigests | undefined
}

/** Whether an envelope is signed by one of the functionaries. */
export function checkSigners(
  { envelope }: Evidence,
  functionaries: readonly Functionary[],
  /** `step docker-build`, `external attestation "scan"`. */
  whose: string,
  { policy, profile, now }: Bench,
): { readonly kind: 'matched'; readonly signers: readonly Signer[] } | Exclude<Verdict, { kind: 'passed' }> {
  const intermediates = [...policy.roots.values()].flatMap((root) => root.intermediates)
  const roots = [...policy.roots.values()].map(({ root }) => root)
  const { keys, authorities } = policy
  const signed = signersOf(envelope, { keys, roots, intermediates, authorities }, profile, now)
  if (signed.kind === 'unsigned') {
    const none = 'no verifiers present to validate against collection verifiers'
    const more = profile.name === 'cilock' ? ` failed to verify envelope: ${signed.reason}` : ''
    return { kind: 'rejected', code: 'attestation-invalid', reasons: [none + more] }
  }
  const matched: Signer[] = []
  const mismatches = new Set<string>()
  const isStep = whose.startsWith('step ')
  for (const signer of signed.signers) {
    for (const functionary of functionaries) {
      const mismatch = mismatchOf(signer, functionary, policy.roots, profile)
      if (mismatch === undefined) matched.push(signer)
      else if (isStep)
        mismatches.add(
          `failed to validate functionary of KeyID ${functionary.publicKeyId} in ${whose}: ${mismatch}`,
        )
      else mismatches.add(mismatch)
    }
  }
  if (matched.length > 0) return { kind: 'matched', signers: matched }
  const certified = signed.signers.some(({ kind }) => kind === 'certificate')
  const which = isStep && profile.name === 'cilock' ? 'matched the' : 'matched with'
  const why = profile.name === 'cilock' && mismatches.size > 0 ? `: ${[...mismatches].join('; ')}` : ''
  return {
    kind: 'rejected',
    code: certified ? 'identity-mismatch' : 'key-mismatch',
    reasons: [`no verifiers ${which} allowed functionaries for ${whose}${why}`],
  }
}

/**
 * Whether a collection proves a step (policy/step.go): its signer, its time, the leaves of its trees, and what the rules
 * say of its attestations.
 *
 * @param around JSON of what other steps and externals say, for rules that may see it
 */
export async function judgeCollection(
  evidence: CollectionEvidence,
  step: Step,
  around: string | undefined,
  bench: Bench,
): Promise<Verdict> {
  const { profile, now } = bench
  const signed = checkSigners(evidence, step.functionaries, `step ${step.name}`, bench)
  if (signed.kind !== 'matched') return signed
  const late = step.timestamps && timestampProblem(signed.signers, step.timestamps, now)
  if (late !== undefined) {
    const reason = `timestamp constraint failed for step ${step.name}: ${late}`
    return { kind: 'rejected', code: 'timestamp-invalid', reasons: [reason] }
  }
  for (const { encoding } of evidence.collection.trees) {
    if (typeof encoding !== 'string') continue
    const reason = `step ${step.name} inline leaves: ${encoding}`
    return { kind: 'rejected', code: 'attestation-invalid', reasons: [reason] }
  }
  if (step.attestations.length === 0 && profile.noAttestations === 'reject') {
    const reason = `step "${step.name}" declares no required attestations; a gate with no requirements rejects all collections (fail closed)`
    return { kind: 'rejected', code: 'policy-denied', reasons: [reason] }
  }
  return judgeAttestations(evidence, step, around, bench, signed.signers[0]?.keyId ?? '')
}

async function judgeAttestations(
  { collection }: CollectionEvidence,
  step: Step,
  around: string | undefined,
  { profile, ask, image }: Bench,
  signer: string,
): Promise<Verdict> {
  const denials: string[] = []
  const absent: string[] = []
  const unclear: string[] = []
  let open: Problem | undefined
  for (const rules of step.attestations) {
    const found = collection.attestations.filter(({ type }) => isType(type, rules.type, profile))
    if (found.length === 0)
      absent.push(`missing attestation in collection for step ${step.name}: ${rules.type}`)
    for (const attestation of profile.duplicateTypes === 'last' ? found.slice(-1) : found) {
      const matches = rules.modules.some(({ reference }) => reference === subjectMatchPackage)
      const json = image && matches ? withSubjectMatch(attestation, image) : attestation.json
      const input = around === undefined ? json : `{"attestation":${json},${around}}`
      const ruling = await rule(rules, attestation.type, input, ask, profile)
      if (ruling.kind === 'denied') denials.push(ruling.reason)
      if (ruling.kind !== 'open') continue
      unclear.push(ruling.reason)
      open ??= ruling.problem
    }
  }
  // What is denied stays denied, whatever the rules that came to no answer would say.
  if (denials.length > 0) return { kind: 'rejected', code: 'policy-denied', reasons: [...denials, ...absent] }
  if (absent.length > 0) return { kind: 'rejected', code: 'attestation-missing', reasons: absent }
  if (open) return { kind: 'open', problem: open, reasons: unclear }
  return { kind: 'passed', signer }
}

function timestampProblem(
  signers: readonly Signer[],
  { notBefore, notAfter, maxAgeMs }: TimestampConstraint,
  now: Moment,
): string | undefined {
  const [earliest] = signers.flatMap(({ times }) => times).sort((a, b) => a - b)
  if (earliest === undefined) {
    return 'step requires a timestampConstraint but the collection carries no verified RFC3161 TSA timestamp; untimestamped evidence cannot satisfy a time constraint (fail-closed)'
  }
  const which = `verified TSA timestamp ${rfc3339(earliest)}`
  if (notBefore !== undefined && earliest < notBefore)
    return `${which} is before the policy's notBefore bound ${rfc3339(notBefore)}`
  if (notAfter !== undefined && earliest > notAfter)
    return `${which} is after the policy's notAfter bound ${rfc3339(notAfter)}`
  if (maxAgeMs !== undefined && now - earliest > maxAgeMs)
    return `${which} is older than the policy's maxAge of ${maxAgeMs / 3_600_000}h`
  return undefined
}

/** The first attestation of each type, for rules of other steps. */
export function byType(attestations: readonly Attestation[]): ReadonlyMap<string, string> {
  const first = new Map<string, string>()
  for (const { type, json } of attestations) if (!first.has(type)) first.set(type, json)
  return first
}
