import { any } from '../../verdict/algebra.js'
import { type Finding, type Problem, unknown, unmet } from '../../verdict/finding.js'
import { artifactsProblem } from './artifacts.js'
import { attestorOf, isType } from './attestation-types.js'
import type { CollectionEvidence } from './evidence.js'
import { describe } from './externals.js'
import { ociTarHint } from './image.js'
import type { Profile } from './profile.js'
import type { StepResult } from './steps.js'

export interface PassedCollection {
  readonly step: string
  readonly evidence: CollectionEvidence
  /** Key id of the functionary who signed it. */
  readonly signer: string
}

/** The finding of one step. */
export interface Part {
  readonly finding: Finding
  readonly reasons: readonly string[]
  readonly passed: readonly PassedCollection[]
}

/** The findings of the steps: those with a cause of their own first, then those that only follow. */
export function conclude(
  steps: readonly StepResult[],
  digests: ReadonlySet<string>,
  profile: Profile,
): readonly Part[] {
  const passed = new Map(
    steps.map(({ step, judged }) => [
      step.name,
      judged.flatMap(({ evidence, verdict }) => (verdict.kind === 'passed' ? [evidence] : [])),
    ]),
  )
  const mismatches = pruneArtifacts(steps, passed, profile)
  const isUnreached = ({ step, judged, candidates }: StepResult): boolean =>
    judged.length === 0 && candidates.length > 0 && !mismatches.has(step.name)
  const failed = steps.filter(({ step }) => passed.get(step.name)?.length === 0)
  const causes = failed.filter((one) => !isUnreached(one))
  const open = causes
    .flatMap(({ judged }) => judged)
    .flatMap(({ verdict }) => (verdict.kind === 'open' ? [verdict.problem] : []))[0]
  const partOf = (result: StepResult): Part => {
    const { name } = result.step
    const good = passed.get(name) ?? []
    const mismatch = mismatches.get(name)
    if (good.length > 0) return passedPart(result, good)
    if (mismatch) return mismatchPart(name, mismatch, steps, open)
    if (result.judged.length > 0) return rejectedPart(result)
    if (result.candidates.length === 0) return absentPart(result, profile)
    return causes.length > 0 ? consequence(name, causes, open) : unreachedPart(result, digests, profile)
  }
  const rank = (result: StepResult): number => {
    if (passed.get(result.step.name)?.length !== 0) return 2
    return isUnreached(result) && causes.length > 0 ? 1 : 0
  }
  return [...steps].sort((a, b) => rank(a) - rank(b)).map(partOf)
}

interface Mismatch {
  readonly reasons: readonly string[]
  /** The step before has nothing that passed: not this step's fault. */
  readonly follows: string | undefined
}

/**
 * Takes away what passed a step but does not continue the steps before it, until nothing more goes. Stricter than the
 * tools where a step has several collections: there one that fits vouches for those that don't.
 */
function pruneArtifacts(
  steps: readonly StepResult[],
  passed: Map<string, CollectionEvidence[]>,
  profile: Profile,
): ReadonlyMap<string, Mismatch> {
  const mismatches = new Map<string, Mismatch>()
  for (let changed = true; changed;) {
    changed = false
    for (const { step } of steps) {
      const before = passed.get(step.name) ?? []
      const reasons = new Set<string>()
      let follows: string | undefined
      const kept = before.filter(({ collection }) =>
        step.artifactsFrom.every((from) => {
          const earlier = passed.get(from) ?? []
          if (earlier.length === 0) follows ??= from
          return earlier.some((other) => {
            const problem = artifactsProblem(step.name, collection, from, other.collection, profile)
            if (problem !== undefined) reasons.add(problem)
            return problem === undefined
          })
        }),
      )
      if (kept.length === before.length) continue
      changed = true
      passed.set(step.name, kept)
      if (kept.length === 0) mismatches.set(step.name, { reasons: [...reasons], follows })
    }
  }
  return mismatches
}

function passedPart({ step, judged }: StepResult, good: readonly CollectionEvidence[]): Part {
  const children = judged.map(({ evidence, verdict }) =>
    verdict.kind === 'passed' && !good.includes(evidence)
      ? unmet(
          `step ${step.name}`,
          'digest-mismatch',
          `${evidence.where.join(', ')} does not continue the steps before it`,
        )
      : describe(`step ${step.name}`, evidence, verdict),
  )
  const whole = any(`step ${step.name}`, children)
  const encodings = new Set(
    good.flatMap(({ collection }) =>
      collection.trees.flatMap(({ encoding }) => (typeof encoding === 'object' ? encoding.encoding : [])),
    ),
  )
  return {
    finding: encodings.size === 0 ? whole : { ...whole, facts: { leaves: [...encodings].sort().join(', ') } },
    reasons: [],
    passed: judged.flatMap(({ evidence, verdict }) =>
      verdict.kind === 'passed' && good.includes(evidence)
        ? [{ step: step.name, evidence, signer: verdict.signer }]
        : [],
    ),
  }
}

function rejectedPart({ step, judged }: StepResult): Part {
  const children = judged.map(({ evidence, verdict }) => describe(`step ${step.name}`, evidence, verdict))
  const reasons = judged.flatMap(({ verdict }) =>
    'reasons' in verdict ? [`${step.name}: ${verdict.reasons.join(', - ')}`] : [],
  )
  const finding = any(`step ${step.name}`, children)
  return { finding: { ...finding, peerReason: reasons.join('\n') }, reasons, passed: [] }
}

function mismatchPart(
  name: string,
  { reasons, follows }: Mismatch,
  steps: readonly StepResult[],
  open: Problem | undefined,
): Part {
  if (reasons.length === 0 && follows !== undefined) {
    const other = steps.filter(({ step }) => step.name === follows)
    return consequence(name, other, open)
  }
  const why = `failed to verify artifacts for step ${name}: failed to verify artifacts: ${reasons.join('; ')}`
  const message = `step ${name}: expected materials that are the artifacts of the steps before it, got ${reasons.join('; ')}`
  return {
    finding: unmet(`step ${name}`, 'digest-mismatch', message, { peerReason: why }),
    reasons: [why],
    passed: [],
  }
}

const mostNamed = 10

/** The oci attestor reads docker's layout only, and leaves no word when it finds another. */
function hintOf(missing: readonly string[], products: Iterable<string>): string {
  const wantsOci = missing.some((type) => attestorOf(type) === 'oci/v0.1')
  return wantsOci && [...products].some((path) => path.endsWith('.tar')) ? `; ${ociTarHint}` : ''
}

/** What witness says of whatever it does not find. */
const witnessNothing = [
  'predicate type  is not a collection predicate type',
  'no verifiers present to validate against collection verifiers',
]

function absentPart({ step, near }: StepResult, profile: Profile): Part {
  const { name } = step
  const reasons =
    profile.name === 'witness' ? witnessNothing : [`no collection passed verification for step ${name}.`]
  const lacking = near.slice(0, mostNamed).map(({ where, collection }) => {
    const missing = step.attestations.flatMap(({ type }) =>
      collection.attestations.some((one) => isType(one.type, type, profile)) ? [] : [type],
    )
    return `one at ${where.join(', ')} without ${missing.join(', ')}${hintOf(missing, collection.products.keys())}`
  })
  const got = lacking.length === 0 ? 'none' : lacking.join('; ')
  const message = `step ${name}: expected a collection named ${name} with all attestations that the step demands, got ${got}`
  const finding = unmet(`step ${name}`, 'attestation-missing', message, { peerReason: reasons.join('\n') })
  return { finding, reasons, passed: [] }
}

function unreachedPart(
  { step: { name }, candidates }: StepResult,
  digests: ReadonlySet<string>,
  profile: Profile,
): Part {
  const listed = (texts: readonly string[]): string =>
    texts.slice(0, mostNamed).join(' ') +
    (texts.length > mostNamed ? ` and ${texts.length - mostNamed} more` : '')
  const subjects = listed(
    candidates.flatMap(({ statement }) => statement.subjects.map((subject) => subject.name)),
  )
  const known = listed([...digests])
  const reasons =
    profile.name === 'witness'
      ? witnessNothing
      : [
          `${name}: supplied artifact digest(s) [${known}] not present in any subject of step "${name}" collection. Subjects observed: [${subjects}]`,
        ]
  const sha1 = [...digests].some((digest) => digest.length === 40)
    ? '; digests of SHA-1 are not compared'
    : ''
  const hint = profile.subjectDigests === 'strong' ? sha1 : ''
  const message = `step ${name}: expected a collection about one of ${known}, got ${candidates.length} about others (${subjects})${hint}`
  const finding = unmet(`step ${name}`, 'attestation-missing', message, { peerReason: reasons.join('\n') })
  return { finding, reasons, passed: [] }
}

/** A step that nothing led to because another did not pass: said once, there. */
function consequence(name: string, causes: readonly StepResult[], open: Problem | undefined): Part {
  const others = causes.map(({ step }) => step.name).join(', ')
  const message = `step ${name}: not reached, as ${others} did not pass`
  const finding = open
    ? unknown(`step ${name}`, { ...open, message })
    : unmet(`step ${name}`, 'attestation-missing', message)
  return { finding, reasons: [], passed: [] }
}
