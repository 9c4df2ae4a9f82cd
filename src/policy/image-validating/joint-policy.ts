import { createHash } from 'node:crypto'
import { isObject } from '../../evidence/json.js'
import { asksOf } from '../../requirement/leaves.js'
import { OpenQuestion, type Requirement } from '../../requirement/requirement.js'
import { exempt, type Finding, met, unknown, unmet } from '../../verdict/finding.js'
import type { Facts, Joint, Part } from '../part.js'
import { answersOf } from './answers.js'
import { demandOf } from './attestor-demand.js'
import type { ImageLists, PolicyAnswer } from './evaluate.js'
import { exceptionFor, type ExpressionException } from './exception.js'
import type { Host } from './host.js'
import type { Attestation, Attestor, ImageValidatingPolicy } from './model.js'
import type { PolicyResource } from './resource.js'

export type Subject = { readonly resource: PolicyResource } | { readonly json: unknown }

/** What the policies demand of the images of one resource. */
export interface CoveredByExpressions {
  /** By image, as it is written. */
  readonly parts: ReadonlyMap<string, readonly Part[]>
  readonly warnings: readonly string[]
  /** Exceptions of which it is not known whether they hold. */
  readonly problems: readonly string[]
  /** Policies that are not about the resource. */
  readonly none: readonly { readonly policy: string; readonly reason: string }[]
}

/** Statements of one type about one image, by how many the evaluations grow. */
const mostStatements = 20

/**
 * Policies in CEL are evaluated twice as they are looked at: as if everybody had signed and as if nobody had. What they
 * ask for then is asked of the images, and once it is known they are evaluated for good. An image's part waits for that.
 *
 * @param referenceOf how an image is called that is written so
 */
export function coverByExpressions(
  given: readonly ImageValidatingPolicy[],
  exceptions: readonly ExpressionException[],
  subject: Subject,
  lists: ImageLists,
  referenceOf: (image: string) => string,
): CoveredByExpressions {
  const none: { policy: string; reason: string }[] = []
  const problems: string[] = []
  const object = 'json' in subject ? subject.json : subject.resource.object
  const policies = given.filter((policy) => {
    const exempted = exceptionFor(exceptions, policy, object)
    if (exempted === undefined) return true
    if (typeof exempted === 'string')
      none.push({ policy: policy.name, reason: `rule is skipped due to policy exception ${exempted}` })
    else problems.push(exempted.problem)
    return typeof exempted !== 'string'
  })
  const needs = new Map<string, Map<string, Requirement>>()
  const note = (image: string, requirement: Requirement): void => {
    const own = needs.get(image) ?? new Map<string, Requirement>()
    own.set(JSON.stringify(requirement), requirement)
    needs.set(image, own)
  }
  const everybody = answersOf(
    policies,
    subject,
    lists,
    trying(note, (attestors) => attestors.length),
  )
  const nobody = answersOf(
    policies,
    subject,
    lists,
    trying(note, () => 0),
  )
  const warnings: string[] = []
  const parts = new Map<string, Part[]>()
  const all = [...new Set([...lists.values()].flat())]
  const evaluated = onceFor(policies, subject, lists, referenceOf)
  for (const [index, policy] of policies.entries()) {
    const [first, second] = [everybody[index], nobody[index]]
    if (!first || !second) continue
    if (first.result === 'none' && second.result === 'none') {
      none.push({ policy: first.policy, reason: first.reason })
      continue
    }
    const images = imagesOf(first) ?? imagesOf(second) ?? all
    if (images.length === 0) {
      warnings.push(
        `policy ${first.policy} (${policy.file}:${policy.line}): none of its images is in the resource: Kyverno calls that a pass, and nothing is checked`,
      )
    }
    const id = createHash('sha256')
      .update(JSON.stringify([policy.file, policy.line, policy.name, subject, [...lists]]))
      .digest('hex')
    const joint: Joint = {
      id,
      across: true,
      evaluate: async (facts) => Promise.resolve(findingOf(policy, evaluated(facts)[index])),
    }
    for (const image of images) {
      const requirement: Requirement = {
        kind: 'joint',
        name: `ImageValidatingPolicy ${policy.name}`,
        id,
        needs: [...(needs.get(image)?.values() ?? [])],
      }
      parts.set(image, [
        ...(parts.get(image) ?? []),
        { policy: policy.name, rule: policy.name, requirement, joints: [joint] },
      ])
    }
  }
  return { parts, warnings, problems, none }
}

function imagesOf(answer: PolicyAnswer): readonly string[] | undefined {
  return 'images' in answer ? answer.images : undefined
}

/** A world in which so many of the attestors have signed; it notes what is asked. */
function trying(
  note: (image: string, requirement: Requirement) => void,
  count: (attestors: readonly Attestor[]) => number,
): Host {
  return {
    verifyImageSignatures: (image, attestors) => {
      for (const attestor of attestors) note(image, demandOf(attestor))
      return count(attestors)
    },
    verifyAttestationSignatures: (image, attestation, attestors) => {
      for (const attestor of attestors) note(image, demandOf(attestor, attestation))
      return count(attestors)
    },
    extractPayload: () => {
      throw new OpenQuestion({ code: 'nothing-to-verify', message: 'no statement was looked at yet' })
    },
    getImageData: () => ({}),
  }
}

/** All policies of a resource are evaluated together, once. */
function onceFor(
  policies: readonly ImageValidatingPolicy[],
  subject: Subject,
  lists: ImageLists,
  referenceOf: (image: string) => string,
): (facts: Facts) => readonly PolicyAnswer[] {
  let known: readonly PolicyAnswer[] | undefined
  return (facts) => {
    if (known) return known
    const counts = { statements: 1 }
    known = answersOf(policies, subject, lists, knowing(facts, referenceOf, 0, counts))
    // Of several statements of a type Kyverno looks at one of them: here every one must do.
    for (let pick = 1; pick < Math.min(counts.statements, mostStatements); pick++) {
      const other = answersOf(policies, subject, lists, knowing(facts, referenceOf, pick, counts))
      known = known.map((answer, index) => worse(answer, other[index]))
    }
    return known
  }
}

const order = ['pass', 'none', 'open', 'error', 'fail']

function worse(one: PolicyAnswer, other: PolicyAnswer | undefined): PolicyAnswer {
  return other && order.indexOf(other.result) > order.indexOf(one.result) ? other : one
}

/** The world as it was found. */
function knowing(
  facts: Facts,
  referenceOf: (image: string) => string,
  pick: number,
  counts: { statements: number },
): Host {
  const holds = (image: string, requirement: Requirement): boolean => {
    const finding = facts.finding(requirement, referenceOf(image))
    if (finding.status === 'met') return true
    if (finding.status === 'unmet') return false
    throw new OpenQuestion(
      finding.status === 'unknown'
        ? {
            code: finding.code,
            message: finding.message,
            ...(finding.service && { service: finding.service }),
          }
        : { code: 'not-found', service: 'registry', message: finding.message },
    )
  }
  const types = new Map<string, Requirement[]>()
  const key = (image: string, { type }: Attestation): string => JSON.stringify([image, type])
  return {
    verifyImageSignatures: (image, attestors) =>
      attestors.filter((attestor) => holds(image, demandOf(attestor))).length,
    verifyAttestationSignatures: (image, attestation, attestors) => {
      const demands = attestors.map((attestor) => demandOf(attestor, attestation))
      types.set(key(image, attestation), [...(types.get(key(image, attestation)) ?? []), ...demands])
      return demands.filter((demand) => holds(image, demand)).length
    },
    extractPayload: (image, attestation) => {
      const found = (types.get(key(image, attestation)) ?? [])
        .flatMap((demand) => asksOf(demand))
        .flatMap((ask) => facts.of(ask, referenceOf(image))?.signatures ?? [])
        .filter(({ verified }) => verified)
      const statements = [...new Map(found.map((one) => [one.where, one])).values()]
      counts.statements = Math.max(counts.statements, statements.length)
      const chosen = statements[pick % Math.max(statements.length, 1)]
      const statement = statementOf(chosen?.payload?.envelope ?? '')
      if (statement !== undefined) return statement
      throw new OpenQuestion({
        code: 'nothing-to-verify',
        message: `no statement of ${attestation.type} can be read`,
      })
    },
    getImageData: (image) => {
      const digest = facts.digestOf(referenceOf(image))
      return digest === undefined ? {} : { image, digest }
    },
  }
}

function statementOf(envelope: string): unknown {
  try {
    const parsed: unknown = JSON.parse(envelope)
    const payload = isObject(parsed) ? parsed['payload'] : undefined
    return typeof payload === 'string' ? JSON.parse(Buffer.from(payload, 'base64').toString()) : undefined
  } catch {
    return undefined
  }
}

function findingOf(policy: ImageValidatingPolicy, answer: PolicyAnswer | undefined): Finding {
  const name = `ImageValidatingPolicy ${policy.name}`
  switch (answer?.result) {
    case undefined:
      return unknown(name, {
        code: 'internal-error',
        service: 'engine',
        message: 'the policy was not evaluated',
      })
    case 'none':
      return exempt(name, answer.reason)
    case 'pass':
      return answer.images.length === 0
        ? exempt(name, 'none of its images is here')
        : met(name, answer.message)
    case 'fail':
      return unmet(name, 'policy-denied', `${name}: ${answer.message}`, { peerReason: answer.message })
    case 'error':
      return unknown(name, { code: 'policy-invalid', message: `${name}: ${answer.message}` })
    case 'open':
      return unknown(name, answer.problem)
  }
}
