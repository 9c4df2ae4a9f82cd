import { OpenQuestion } from '../../requirement/requirement.js'
import { evaluateOne, type ImageLists, type PolicyAnswer } from './evaluate.js'
import { type Evidence, newEvidence } from './evidence.js'
import type { Host } from './host.js'
import type { ImageValidatingPolicy } from './model.js'
import type { PolicyResource } from './resource.js'

/**
 * What all policies say of one resource (or JSON document), in their order. An image that one policy verified is
 * verified for the others too: `required` is decided at the end, over what all of them did.
 */
export function answersOf(
  policies: readonly ImageValidatingPolicy[],
  subject: { readonly resource: PolicyResource } | { readonly json: unknown },
  lists: ImageLists,
  host: Host,
): readonly PolicyAnswer[] {
  const evidence = newEvidence()
  const answers = policies.map((policy) => ({
    policy,
    answer: evaluateOne(policy, subject, lists, host, evidence),
  }))
  const isOpen = answers.some(({ answer }) => answer.result === 'open')
  return answers.map(({ policy, answer }) =>
    policy.required ? withRequired(answer, evidence, isOpen) : answer,
  )
}

function withRequired(answer: PolicyAnswer, evidence: Evidence, isOpen: boolean): PolicyAnswer {
  if (answer.result !== 'pass') return answer
  let question: OpenQuestion | undefined
  for (const image of answer.images) {
    const state = evidence.of(image)
    if (state instanceof OpenQuestion) question ??= state
    else if (state === 'failed' && !isOpen) {
      return {
        ...answer,
        result: 'fail',
        message: `image ${image} failed signature or attestation verification`,
      }
    } else if (state === 'untried' && !isOpen) {
      const message = `image ${image} is not verified: no policy performed a signature or attestation check on it`
      return { ...answer, result: 'fail', message }
    } else if (state !== 'verified') {
      // A policy that is not decided may still verify it.
      question ??= new OpenQuestion({
        code: 'nothing-to-verify',
        message: `whether ${image} is verified depends on a policy that is not decided`,
      })
    }
  }
  if (question === undefined) return answer
  return { result: 'open', policy: answer.policy, rule: answer.rule, problem: question.problem }
}
