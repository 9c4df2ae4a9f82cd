import { isType } from './attestation-types.js'
import { backRefsOf, digestsOf } from './back-refs.js'
import { type Bench, byType, judgeCollection, type Verdict } from './collection-verdict.js'
import { comparable } from './digests.js'
import type { CollectionEvidence } from './evidence.js'
import type { ExternalResult } from './externals.js'
import type { Step } from './policy-model.js'
import { type Profile, searchRounds } from './profile.js'

export interface JudgedCollection {
  readonly evidence: CollectionEvidence
  readonly verdict: Verdict
}

/** What the search found for one step. */
export interface StepResult {
  readonly step: Step
  /** Those that were reached. */
  readonly judged: readonly JudgedCollection[]
  /** Collections of that name with all types: there, whether or not a known digest leads to them. */
  readonly candidates: readonly CollectionEvidence[]
  /** Collections of that name that lack a type. */
  readonly near: readonly CollectionEvidence[]
}

export interface SearchResult {
  readonly steps: readonly StepResult[]
  /** Every digest that led on, in the last round. */
  readonly digests: ReadonlySet<string>
}

/**
 * The search by subjects (policy/policy.go): a step's collections are those of its name with all its types, and of them
 * those with a known digest; whatever a passed one refers back to is known in the next round. By rounds, in an order
 * that no input decides, so that every order of evidence and steps comes to the same.
 */
export async function searchSteps(
  evidence: readonly CollectionEvidence[],
  externals: readonly ExternalResult[],
  seeds: ReadonlySet<string>,
  bench: Bench,
): Promise<SearchResult> {
  const { policy, profile } = bench
  const steps = inOrder(policy.steps)
  const candidates = new Map(steps.map((step) => [step.name, candidatesOf(step, evidence, profile)]))
  const judged = new Map<string, Map<string, JudgedCollection & { readonly around: string | undefined }>>(
    steps.map((step) => [step.name, new Map()]),
  )
  const passedOf = (name: string): readonly CollectionEvidence[] =>
    [...(judged.get(name)?.values() ?? [])].flatMap((one) =>
      one.verdict.kind === 'passed' ? [one.evidence] : [],
    )
  const digests = new Set(seeds)
  for (let round = 0; round < searchRounds; round++) {
    const known = new Set(digests)
    for (const step of steps) {
      const found = judged.get(step.name)
      const around = surroundings(step, passedOf, externals)
      for (const one of candidates.get(step.name) ?? []) {
        const before = found?.get(one.envelope.id)
        if (!found || !isReached(one, known, profile)) continue
        // Judged once, unless what its rules may see has changed.
        if (before && (before.verdict.kind === 'passed' || before.around === around)) continue
        found.set(one.envelope.id, {
          evidence: one,
          around,
          verdict: await judgeCollection(one, step, around, bench),
        })
      }
    }
    if (round === searchRounds - 1) break
    for (const step of steps) {
      for (const one of passedOf(step.name)) {
        for (const digest of digestsOf(backRefsOf(one, profile), profile)) digests.add(digest)
      }
    }
  }
  return {
    digests,
    steps: [...policy.steps.values()].map((step) => ({
      step,
      judged: [...(judged.get(step.name)?.values() ?? [])],
      candidates: candidates.get(step.name) ?? [],
      near: evidence.filter(
        (one) => one.collection.name === step.name && candidates.get(step.name)?.includes(one) !== true,
      ),
    })),
  }
}

function candidatesOf(
  step: Step,
  evidence: readonly CollectionEvidence[],
  profile: Profile,
): readonly CollectionEvidence[] {
  return evidence.filter(
    ({ collection }) =>
      collection.name === step.name &&
      step.attestations.every(({ type: wanted }) =>
        collection.attestations.some(({ type }) => isType(type, wanted, profile)),
      ),
  )
}

function isReached({ statement }: CollectionEvidence, known: ReadonlySet<string>, profile: Profile): boolean {
  return statement.subjects.some(({ digests }) => comparable(digests, profile).some((one) => known.has(one)))
}

/** JSON members of what the rules of a step may see beside an attestation; undefined: they see that alone. */
function surroundings(
  { attestationsFrom, externalFrom }: Step,
  passedOf: (name: string) => readonly CollectionEvidence[],
  externals: readonly ExternalResult[],
): string | undefined {
  if (attestationsFrom.length === 0 && externalFrom.length === 0) return undefined
  const object = (members: readonly (readonly [string, string])[]): string =>
    `{${members.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(',')}}`
  const steps = [...new Set(attestationsFrom)].flatMap((name) => {
    const passed = passedOf(name)
    const types = byType(passed.flatMap(({ collection }) => collection.attestations))
    return passed.length > 0 ? [[name, object([...types])] as const] : []
  })
  const predicates = [...new Set(externalFrom)].flatMap((name) => {
    const json = externals.find(({ external }) => external.name === name)?.predicate
    return json === undefined ? [] : [[name, json] as const]
  })
  const external = externalFrom.length > 0 ? `,"external":${object(predicates)}` : ''
  return `"steps":${object(steps)}${external}`
}

/** Steps after those whose attestations their rules see, otherwise by name. The policy has no circle of them. */
function inOrder(steps: ReadonlyMap<string, Step>): readonly Step[] {
  const ordered: Step[] = []
  const placed = new Set<string>()
  let rest = [...steps.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  while (rest.length > 0) {
    const ready = rest.filter(({ attestationsFrom }) => attestationsFrom.every((name) => placed.has(name)))
    const next = ready.length > 0 ? ready : rest
    for (const step of next) {
      placed.add(step.name)
      ordered.push(step)
    }
    rest = rest.filter(({ name }) => !placed.has(name))
  }
  return ordered
}
