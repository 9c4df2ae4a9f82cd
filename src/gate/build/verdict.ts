import type { Answer, Question } from '../../engine/question.js'
import type { BuildFacts, Envelopes, Fact } from '../../policy/part.js'
import type { PassedCollection } from '../../policy/witness/conclude.js'
import { correlateImage, isOfAnother } from '../../policy/witness/correlate.js'
import { type Evaluation, evaluateWitness } from '../../policy/witness/evaluate.js'
import { type ImageDigests, seedsOf } from '../../policy/witness/image.js'
import type { WitnessPolicy } from '../../policy/witness/policy-model.js'
import type { Profile } from '../../policy/witness/profile.js'
import { askOnce } from '../../policy/witness/rules.js'
import { all } from '../../verdict/algebra.js'
import { exempt, type Finding, type Problem, unknown } from '../../verdict/finding.js'
import type { Signature } from '../../verdict/result.js'

/** A policy about builds, and what is held against it for every image. */
export interface BuildMatter {
  readonly policy: WitnessPolicy
  /** That it is signed and holds. */
  readonly signed: Finding
  readonly profile: Profile
  /** Evidence that was named. */
  readonly given: Envelopes
  /** Digests to begin with, beside those of the image; with or without the name of an algorithm. */
  readonly subjects: readonly string[]
  readonly ask: (question: Question) => Promise<Answer>
  readonly now: Date
}

/** Searches in a store of attestations: by the seeds, and twice by what was found (policy/policy.go: three rounds). */
const mostSearches = 3

/** Whether an image was built as a policy says; evidence that may still appear is waited for. */
export async function judgeBuild(matter: BuildMatter, built: BuildFacts): Promise<Fact> {
  const image = await built.digests?.()
  if (image && 'code' in image) return { finding: unknown('build', image), signatures: [] }
  // One memory for all searches of an image: a rule that does not end is asked once.
  const once = { ...matter, ask: askOnce(matter.ask) }
  for (;;) {
    const fact = await judgeOnce(once, image, built)
    const { finding } = fact
    const mayAppear = finding.status === 'unmet' && finding.code === 'attestation-missing'
    if (!mayAppear || !(await built.again())) return fact
  }
}

/**
 * By what was named, then by what a store of attestations and the image's own registry hold. What is met with less is
 * not looked for further, as more evidence could only have it met once more; but a policy with optional statements is
 * denied by one that is there and bad, so there all is read first.
 */
async function judgeOnce(
  matter: BuildMatter,
  image: ImageDigests | undefined,
  built: BuildFacts,
): Promise<Fact> {
  const { policy, given } = matter
  const subjects = [...(image ? seedsOf(image) : []), ...matter.subjects]
  const gathered = [given]
  const searched = new Set<string>()
  const search = async (digests: readonly string[]): Promise<Envelopes> => {
    for (const digest of digests) searched.add(digest)
    return (await built.search?.(digests)) ?? { sources: [], problems: [] }
  }
  const judge = async (): Promise<Fact> => {
    for (let searches = 1; ; searches++) {
      const [missing] = gathered.flatMap(({ problems }) => problems)
      const evaluation = await evaluateWitness({
        policy,
        subjects,
        envelopes: gathered.flatMap(({ sources }) => sources),
        profile: matter.profile,
        now: matter.now.getTime(),
        ask: matter.ask,
        ...(image && { image }),
        ...(built.search && searched.size > 0 && searches < mostSearches && { searched }),
        ...(missing && { missing }),
      })
      if (evaluation.kind === 'judged') return factOf(matter, evaluation, image, missing)
      gathered.push(await search(evaluation.digests))
    }
  }

  const isOptional = [...policy.externals.values()].some(({ required }) => !required)
  if (!isOptional && given.sources.length > 0) {
    const first = await judge()
    if (first.finding.status === 'met') return first
  }
  const [likely, found] = await Promise.all([built.attached('likely'), search(subjects.map(bareOf))])
  gathered.push(found)
  const beside = gathered.push(likely) - 1
  const second = await judge()
  if (!isOptional && second.finding.status === 'met') return second
  const whole = await built.attached('all')
  if (countOf(whole) === countOf(likely)) return second
  gathered[beside] = whole
  return judge()
}

function bareOf(subject: string): string {
  return subject.slice(subject.indexOf(':') + 1)
}

function countOf({ sources, problems }: Envelopes): number {
  return sources.length + problems.length
}

function factOf(
  { policy, signed }: BuildMatter,
  { finding, reasons, passed }: Extract<Evaluation, { kind: 'judged' }>,
  image: ImageDigests | undefined,
  missing: Problem | undefined,
): Fact {
  const parts = [signed, finding]
  if (image && policy.steps.size > 0) parts.push(boundTo(image, finding, passed, missing))
  const whole = all('build', parts)
  return {
    finding: reasons.length > 0 ? { ...whole, peerReason: reasons.join('\n') } : whole,
    signatures: passed
      .filter(({ evidence }) => !image || !isOfAnother(evidence.collection, image))
      .map((one) => signatureOf(one, policy.file)),
  }
}

/** Only what a policy passed can bind an image to it; while that is open, nothing is said of it. */
function boundTo(
  image: ImageDigests,
  { status }: Finding,
  passed: readonly PassedCollection[],
  missing: Problem | undefined,
): Finding {
  if (status !== 'met') return exempt('image-bound', 'not looked at: the policy is not met')
  const bound = correlateImage(image, passed)
  // What could not be read might be what binds it.
  return bound.status === 'unmet' && missing ? unknown(bound.check, missing, { children: [bound] }) : bound
}

function signatureOf({ evidence, signer }: PassedCollection, file: string): Signature {
  return {
    format: 'dsse-envelope',
    where: evidence.where.join(', '),
    verified: true,
    keyRef: `functionary of ${file}`,
    // A policy may call a key by its place in a key service.
    keyId: /^[0-9a-f]{64}$/.test(signer) ? signer : '',
    attests: evidence.statement.predicateType,
    sha256: evidence.sha256,
    claimed: {},
  }
}
