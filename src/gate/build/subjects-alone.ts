import type { Facts } from '../../policy/part.js'
import { evaluate } from '../../requirement/evaluate.js'
import type { Known, Requirement } from '../../requirement/requirement.js'
import { all } from '../../verdict/algebra.js'
import { type Finding, unknown } from '../../verdict/finding.js'
import { failureOf, type ImageResult, verdictOf } from '../../verdict/result.js'
import type { Call } from '../../network/call.js'
import type { Bench } from '../bench.js'
import { openBuilt } from './facts.js'
import type { Judged } from '../judged.js'
import { runJoints } from '../joints.js'

/** Judges digests without an image: policies about builds say what they are of. */
export async function judgeSubjects(name: string, bench: Bench, call: Call): Promise<Judged> {
  const unasked = (): Finding =>
    unknown('subjects', { code: 'unsupported', message: 'without an image nothing can have signed it' })
  const known = (joint: Known['joint']): Known => ({
    digest: '',
    signedBy: unasked,
    attestedBy: unasked,
    ...(joint && { joint }),
  })
  const facts: Facts = {
    of: () => undefined,
    digestOf: () => undefined,
    finding: (requirement) => evaluate(requirement, known(undefined)),
    built: openBuilt(undefined, bench, call),
  }
  const answers = await runJoints(bench.joints ?? [], facts, call.signal)
  const jointOf = (id: string): Finding | undefined => answers.get(id)?.finding
  const findingOf = (requirement: Requirement): Finding => evaluate(requirement, known(jointOf))
  const finding = all('subjects', [findingOf(bench.requirement)])
  const result: ImageResult = {
    reference: name,
    digest: null,
    pinned: null,
    verdict: verdictOf(finding),
    failure: failureOf(finding),
    signatures: [...answers.values()].flatMap(({ signatures }) => signatures),
    finding,
    attempts: call.journal.attempts(),
  }
  return { result, facts, findingOf, conclude: async () => Promise.resolve(result) }
}
