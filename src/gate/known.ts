import type { Lookup } from '../network/lookup.js'
import type { Digest, Reference } from '../reference/reference.js'
import { evaluate } from '../requirement/evaluate.js'
import { type Ask, askId } from '../requirement/leaves.js'
import type { Known, Requirement } from '../requirement/requirement.js'
import type { Resolved } from '../stores/store.js'
import { all } from '../verdict/algebra.js'
import { type Finding, met, type Problem, unknown } from '../verdict/finding.js'
import type { Bench } from './bench.js'
import { countOnce } from './count-once.js'
import type { Answered } from './signer.js'
import type { Trial } from './trial.js'

/** What the requirement comes to for the image and each of its manifests that is asked about. */
export function findingOf(
  reference: Reference,
  image: Lookup<Resolved>,
  trials: readonly Trial[],
  { requirement: demanded, asks }: Pick<Bench, 'requirement' | 'asks'>,
  answerOf: (trial: Trial, ask: Ask) => Answered | undefined,
  joint: Known['joint'],
): Finding {
  if (image.kind === 'failed') return unknown('image-found', image.problem)
  if (image.kind === 'absent') {
    const service = reference.kind === 'registry' ? 'registry' : 'storage'
    return unknown('image-found', { code: 'not-found', service, message: image.message })
  }
  const { digest, where } = image.value
  const parts = trials.map((trial) => {
    const finding = evaluate(demanded, knownOf(digest, trial, asks, answerOf, joint, open(reference)))
    return trial.subject.name === '' ? finding : all(`platform ${trial.subject.name}`, [finding])
  })
  // That the image is there, and as its reference says, proves nothing where nothing is demanded of it.
  if (parts.every((part) => part.status === 'exempt')) return all('image', parts)
  const bound = reference.digest === undefined ? [] : [judgeReference(reference.digest, digest)]
  return all('image', [met('image-found', `${digest} at ${where}`), ...bound, ...parts])
}

/** Why a question has no answer. */
export function open({ kind }: Reference): Problem {
  return {
    code: 'timeout',
    service: kind === 'registry' ? 'registry' : 'storage',
    message: 'no answer within the time for this image',
  }
}

/** The answers about one manifest, as the evaluator asks for them. */
export function knownOf(
  digest: Digest,
  trial: Trial,
  asks: readonly Ask[],
  answerOf: (trial: Trial, ask: Ask) => Answered | undefined,
  joint: Known['joint'],
  unanswered: Problem,
): Known {
  const own = (ask: Ask): Answered | undefined => answerOf(trial, ask)
  const counted = countOnce(asks, own)
  const answer = (ask: Ask): Finding =>
    counted.get(askId(ask)) ?? own(ask)?.finding ?? unknown(ask.kind, unanswered)
  return { digest, signedBy: answer, attestedBy: answer, ...(joint && { joint }) }
}

function judgeReference(expected: Digest, got: Digest): Finding {
  const none = (): Finding => unknown('reference', { code: 'internal-error', message: 'nobody asks here' })
  const requirement: Requirement = { kind: 'digest', expected }
  return evaluate(requirement, { digest: got, signedBy: none, attestedBy: none })
}
