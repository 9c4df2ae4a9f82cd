import { all } from '../../verdict/algebra.js'
import { type Finding, type Problem, unknown } from '../../verdict/finding.js'
import type { Bench } from './collection-verdict.js'
import { conclude, type PassedCollection } from './conclude.js'
import { type CollectionEvidence, collectionsOf, type EvidenceSource, readEvidence } from './evidence.js'
import { judgeExternal } from './externals.js'
import type { Moment } from './go-time.js'
import type { ImageDigests } from './image.js'
import { rootOf } from './merkle.js'
import type { WitnessPolicy } from './policy-model.js'
import type { Profile } from './profile.js'
import { type Ask, askOnce } from './rules.js'
import { searchSteps } from './steps.js'

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

/** What was not fetched or read might change what is missing or denied, or optional and not there; never what is met. */
function withDoubt(finding: Finding, missing: Problem | undefined): Finding {
  return (finding.status === 'unmet' || finding.status === 'exempt') && missing
    ? unknown(finding.check, missing, { children: [finding] })
    : finding
}
