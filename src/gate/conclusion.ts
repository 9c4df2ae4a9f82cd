import type { Facts } from '../policy/part.js'
import { evaluate } from '../requirement/evaluate.js'
import type { Finding } from '../verdict/finding.js'
import type { ImageResult, PolicyResult } from '../verdict/result.js'
import type { Outside } from './outside.js'
import type { JudgedImage } from './judged.js'
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
    for (const [id, { finding }] of await runJoints(
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
    policies.push(...rowsOf(target, one, joint))
  }
  return { images, policies }
}

/** What each rule says to one image. */
export function rowsOf(
  target: Target,
  one: Pick<JudgedImage, 'findingOf'>,
  joint: (id: string) => Finding | undefined,
): readonly PolicyResult[] {
  return target.parts.map((part) => {
    const alone = decidedAlone(part)
    return rowOf(part, target, alone ?? one.findingOf(part.requirement, joint), alone !== undefined)
  })
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

/** What a static rule says, whatever became of the image; undefined: it takes more than the rule. */
function decidedAlone({ requirement }: PlacedPart): Finding | undefined {
  const unasked = (): Finding => unjudged
  const finding = evaluate(requirement, { digest: '', signedBy: unasked, attestedBy: unasked })
  const [warning] = finding.status === 'exempt' ? (finding.children ?? []) : []
  return (warning ?? finding).status === 'unknown' ? undefined : finding
}

/** The result of a rule in the terms that Kyverno's reports have. */
function rowOf(
  { policy, rule, resource }: PlacedPart,
  { reference }: Target,
  finding: Finding,
  isStatic: boolean,
): PolicyResult {
  const [warning] = finding.status === 'exempt' ? (finding.children ?? []) : []
  const said = deepest(warning ?? finding)
  const row = (result: PolicyResult['result'], message: string): PolicyResult => ({
    policy,
    rule,
    ...(resource && { resource }),
    image: reference,
    result,
    message,
  })
  switch (finding.status) {
    case 'met':
      // Nothing was verified of what a static rule admits.
      return row('pass', isStatic ? said : `verified ${reference}`)
    case 'unmet':
      return row('fail', said)
    case 'unknown':
      return row('error', said)
    case 'exempt':
      return warning ? row('warn', said) : row('skip', finding.message)
  }
}

/** The words of the part that decided. */
function deepest(finding: Finding): string {
  const code = 'code' in finding ? finding.code : undefined
  const same = (finding.children ?? []).find(
    (child) => child.status === finding.status && (!('code' in child) || child.code === code),
  )
  return same ? deepest(same) : finding.message
}
