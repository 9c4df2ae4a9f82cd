import type { Facts } from '../policy/part.js'
import type { Finding } from '../verdict/finding.js'
import type { ImageResult, PolicyResult } from '../verdict/result.js'
import type { Outside } from './outside.js'
import type { JudgedImage } from './image.js'
import { runJoints } from './joints.js'
import { type PlacedPart, type Plan, type Target, withPlace } from './target.js'

/** Evaluates the policies over several images, closes every image, and tells what each rule says to each. */
export async function concludeAll(
  plan: Plan,
  judged: readonly JudgedImage[],
  decided: Outside['decided'],
): Promise<{ readonly images: readonly ImageResult[]; readonly policies: readonly PolicyResult[] }> {
  const across = plan.targets.flatMap((target, index) =>
    target.parts.flatMap((part) =>
      (part.joints ?? []).filter((joint) => joint.across).map((joint) => ({ joint, index })),
    ),
  )
  const byReference = new Map(plan.targets.map(({ reference }, index) => [reference, index]))
  const findings = new Map<string, Finding>()
  for (const { joint, index } of across)
    for (const [id, finding] of await runJoints(
      findings.has(joint.id) ? [] : [joint],
      factsOf(judged, byReference, index),
    ))
      findings.set(id, finding)
  const joint = (id: string): Finding | undefined => findings.get(id)

  const images: ImageResult[] = []
  const policies: PolicyResult[] = [...plan.skipped]
  for (const [index, target] of plan.targets.entries()) {
    const one = judged[index]
    if (!one) continue
    const waited = target.parts.some((part) => part.joints?.some((each) => each.across))
    const closed = waited ? await one.conclude(joint) : one.result
    const result = withPlace(closed, target)
    if (waited) decided?.(result)
    images.push(result)
    policies.push(
      ...target.parts.map((part) => rowOf(part, target, one.findingOf(part.requirement, joint), result)),
    )
  }
  return { images, policies }
}

function factsOf(
  judged: readonly JudgedImage[],
  byReference: ReadonlyMap<string, number>,
  own: number,
): Facts {
  const of = (image: string | undefined): JudgedImage | undefined =>
    judged[image === undefined ? own : (byReference.get(image) ?? -1)]
  return {
    of: (ask, image) => of(image)?.facts.of(ask),
    digestOf: (image) => of(image)?.facts.digestOf(),
    finding: (requirement, image) => of(image)?.facts.finding(requirement) ?? unjudged,
  }
}

const unjudged: Finding = {
  status: 'unknown',
  check: 'image',
  code: 'internal-error',
  message: 'the image was not judged',
}

/** The result of a rule in the terms that Kyverno's reports have. */
function rowOf(
  { policy, rule, resource }: PlacedPart,
  { reference }: Target,
  finding: Finding,
  image: ImageResult,
): PolicyResult {
  const warned = finding.status === 'exempt' && (finding.children?.length ?? 0) > 0
  const result =
    finding.status === 'met'
      ? 'pass'
      : finding.status === 'unmet'
        ? 'fail'
        : finding.status === 'unknown'
          ? 'error'
          : warned
            ? 'warn'
            : 'skip'
  const failure = image.failure?.message
  const message =
    result === 'pass'
      ? `verified ${reference}`
      : result === 'fail' || result === 'error'
        ? (deepest(finding) ?? failure ?? finding.message)
        : finding.message
  return { policy, rule, ...(resource && { resource }), image: reference, result, message }
}

/** The words of the part that decided. */
function deepest(finding: Finding): string | undefined {
  if (finding.status !== 'unmet' && finding.status !== 'unknown') return undefined
  const { status, code } = finding
  const same = (finding.children ?? []).find(
    (child) => child.status === status && 'code' in child && child.code === code,
  )
  return same ? deepest(same) : finding.message
}
