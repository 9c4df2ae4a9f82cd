import { all, any } from '../../verdict/algebra.js'
import { type Finding, type Problem, unknown, unmet } from '../../verdict/finding.js'
import { artifactsProblem } from './artifacts.js'
import type { Bench } from './collection-verdict.js'
import { type CollectionEvidence, collectionsOf, type EvidenceSource, readEvidence } from './evidence.js'
import { describe, judgeExternal } from './externals.js'
import type { Moment } from './go-time.js'
import type { ImageDigests } from './image.js'
import { rootOf } from './merkle.js'
import type { WitnessPolicy } from './policy.js'
import type { Profile } from './profile.js'
import { type Ask, askOnce } from './rules.js'
import { searchSteps, type StepResult } from './steps.js'

export interface EvaluationRequest {
  readonly policy: WitnessPolicy
  readonly envelopes: readonly EvidenceSource[]
  /** Digests to begin with, with or without the name of an algorithm before a colon. */
  readonly subjects: readonly string[]
  readonly profile: Profile
  readonly now: Moment
  readonly ask: Ask
  /** For the tutorial's rule about what cosign signed. */
  readonly image?: ImageDigests
  /** Digests that evidence was searched by; undefined: there is nowhere to search. */
  readonly searched?: ReadonlySet<string>
  /** Evidence that could not be fetched: what is missing may be in it. */
  readonly missing?: Problem
}

export interface PassedCollection {
  readonly step: string
  readonly evidence: CollectionEvidence
}

export type Evaluation =
  /** Search for evidence by these, add it to the envelopes and them to what was searched by, and ask again. */
  | { readonly kind: 'wants'; readonly digests: readonly string[] }
  | {
      readonly kind: 'judged'
      readonly finding: Finding
      /** In the tool's words, the first cause first; what only follows from it is left out. */
      readonly reasons: readonly string[]
      /** Collections that the verdict rests on. */
      readonly passed: readonly PassedCollection[]
      readonly notes: readonly string[]
    }

const check = 'build-policy'
/** cilock asks for so many digits at least. */
const subjectForm = /^(?:[0-9A-Za-z+.-]{1,32}:)?((?:[0-9A-Fa-f]{2}){16,64})$/
const emptyTree = rootOf([], 'digest')
const mostWanted = 1000

/** Judges signed collections by a policy that was opened (attestation/policy/policy.go, Verify). */
export async function evaluateWitness(request: EvaluationRequest): Promise<Evaluation> {
  const { policy, profile, now, image, searched } = request
  const read = readEvidence(request.envelopes, profile)
  const { evidence, notes } = read
  const seeds = readSubjects(request.subjects)
  if (typeof seeds === 'string') {
    const finding = unknown(check, { code: 'input-invalid', message: seeds })
    return { kind: 'judged', finding, reasons: [seeds], passed: [], notes }
  }
  const bench: Bench = { policy, profile, now, ask: askOnce(request.ask), image }
  const collections = collectionsOf(evidence, profile)
  const bridged = profile.leafBridge ? new Set([...seeds, ...rootsAround(seeds, collections)]) : seeds
  const unread = read.problems.map((message): Problem => ({ code: 'input-invalid', message }))
  const missing = unread[0] ?? request.missing

  const externals = []
  for (const external of policy.externals.values()) {
    externals.push(await judgeExternal(external, evidence, bridged, bench))
  }
  const found = await searchSteps(collections, externals, bridged, bench)
  const parts = conclude(found.steps, found.digests, profile)
  const children = [
    ...unread.map((problem) => unknown('evidence-read', problem)),
    ...externals.map(({ finding }) => withDoubt(finding, missing)),
    ...parts.map(({ finding }) => withDoubt(finding, missing)),
  ]
  const finding = all(check, children)
  if (finding.status !== 'met' && searched !== undefined) {
    const wanted = [...found.digests].filter((digest) => !searched.has(digest) && digest !== emptyTree)
    if (wanted.length > 0) return { kind: 'wants', digests: wanted.sort().slice(0, mostWanted) }
  }
  const reasons = [
    ...read.problems,
    ...externals.flatMap((one) => one.reasons),
    ...parts.flatMap((one) => one.reasons),
  ]
  return { kind: 'judged', finding, reasons, passed: parts.flatMap((one) => one.passed), notes }
}

/** @returns a text that says what is wrong */
function readSubjects(subjects: readonly string[]): ReadonlySet<string> | string {
  if (subjects.length === 0) return 'at least one subject is required: the digest of the image or of a file'
  const seeds = new Set<string>()
  for (const subject of subjects) {
    const [, hex] = subject.length < 200 ? (subjectForm.exec(subject) ?? []) : []
    if (hex === undefined) {
      return `invalid subject digest ${JSON.stringify(subject.slice(0, 200))}: must be a hex-encoded hash (e.g. sha256:abc123...)`
    }
    seeds.add(hex)
  }
  return seeds
}

/** The roots of trees that a seed is a leaf of: cilock's bridge from a file to the collection that lists it. */
function rootsAround(
  seeds: ReadonlySet<string>,
  collections: readonly CollectionEvidence[],
): readonly string[] {
  return collections.flatMap(({ collection }) =>
    collection.trees.flatMap(({ root, leaves, encoding }) =>
      typeof encoding === 'object' && leaves?.some(({ digest }) => seeds.has(digest)) === true ? [root] : [],
    ),
  )
}

/** What was not fetched or read might change what is missing or denied, never what is met. */
function withDoubt(finding: Finding, missing: Problem | undefined): Finding {
  return finding.status === 'unmet' && missing
    ? unknown(finding.check, missing, { children: [finding] })
    : finding
}

interface Part {
  readonly finding: Finding
  readonly reasons: readonly string[]
  readonly passed: readonly PassedCollection[]
}

/** The findings of the steps: those with a cause of their own first, then those that only follow. */
function conclude(
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
    if (result.candidates.length === 0) return absentPart(name, profile)
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
    passed: good.map((evidence) => ({ step: step.name, evidence })),
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

/** What witness says of whatever it does not find. */
const witnessNothing = [
  'predicate type  is not a collection predicate type',
  'no verifiers present to validate against collection verifiers',
]

function absentPart(name: string, profile: Profile): Part {
  const reasons =
    profile.name === 'witness' ? witnessNothing : [`no collection passed verification for step ${name}.`]
  const message = `step ${name}: expected a collection named ${name} with all attestations that the step demands, got none`
  const finding = unmet(`step ${name}`, 'attestation-missing', message, { peerReason: reasons.join('\n') })
  return { finding, reasons, passed: [] }
}

const mostNamed = 10

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
