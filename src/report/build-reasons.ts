import type { Finding } from '../verdict/finding.js'
import { decidingPart, type ImageResult } from '../verdict/result.js'

const mostReasons = 10

/** What else a build policy does not find, step by step and in its order; the leading failure is said elsewhere. */
export function furtherReasons({ finding, failure }: ImageResult): readonly string[] {
  const messages = partsOf(finding, 'build-policy')
    .flatMap(({ children = [] }) => children)
    .flatMap((step) =>
      step.status === 'unmet' || step.status === 'unknown' ? [decidingPart(step).message] : [],
    )
  return [...new Set(messages)].filter((message) => message !== failure?.message).slice(0, mostReasons)
}

/** By which attestation and digest each platform of an image is bound to its build. */
export function bindingsOf({ finding }: ImageResult): readonly string[] {
  const bound = partsOf(finding, 'image-bound').flatMap(({ status, facts, children = [] }) =>
    status === 'met' ? [facts, ...children.map((one) => (one.status === 'met' ? one.facts : undefined))] : [],
  )
  return bound.flatMap((facts) => {
    const { step, boundBy } = facts ?? {}
    return step === undefined || boundBy === undefined ? [] : [`step ${step}, ${boundBy}`]
  })
}

function partsOf(finding: Finding, check: string): readonly Finding[] {
  if (finding.check === check) return [finding]
  return (finding.children ?? []).flatMap((child) => partsOf(child, check))
}
