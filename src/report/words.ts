import type { FailureClass } from '../verdict/codes.js'
import type { Failure, Result, Verdict } from '../verdict/result.js'

/** The verdict in two words for a title: which of the three, and what kind of failure. */
export function title(verdict: Verdict, failure: Failure | null): string {
  if (verdict === 'verified') return 'Verified'
  if (verdict === 'rejected') return 'Rejected: supply chain'
  return failure?.class === 'configuration' ? 'Undetermined: configuration' : 'Undetermined: infrastructure'
}

const turns: Readonly<Record<FailureClass, string>> = {
  'supply-chain': 'The owner of the image: something about the image or its signature is wrong.',
  infrastructure: 'The owner of the pipeline: a service did not answer, so nothing is known about the image.',
  configuration:
    'The owner of the pipeline: this step is set up wrongly, so nothing is known about the image.',
}

/** Whose turn it is, in one sentence. */
export function turn(failure: Failure | null): string {
  return failure ? turns[failure.class] : 'Nobody: the image may be promoted.'
}

/** One sentence about the whole run. */
export function message({
  verdict,
  failure,
  images,
}: Pick<Result, 'verdict' | 'failure' | 'images'>): string {
  if (failure === null) {
    const [only, ...others] = images
    return only && others.length === 0
      ? `${only.reference} is verified: ${String(only.digest)}`
      : `all ${images.length} images are verified`
  }
  const about = images.length > 1 ? images.find((image) => image.failure?.code === failure.code) : undefined
  return about ? `${verdict}: ${about.reference}: ${failure.message}` : `${verdict}: ${failure.message}`
}
