import { setTimeout as delay } from 'node:timers/promises'
import type { Fact, Facts, Joint } from '../policy/part.js'
import { unknown } from '../verdict/finding.js'
import { aborted } from './waiting.js'

/**
 * Evaluates policies one after the other: one that breaks off keeps no other from being evaluated.
 *
 * @param signal ends the wait for those that have no answer by then: they stay unevaluated
 */
export async function runJoints(
  joints: readonly Joint[],
  facts: Facts,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, Fact>> {
  const answers = new Map<string, Fact>()
  for (const { id, evaluate } of joints) {
    if (answers.has(id)) continue
    if (signal?.aborted === true) break
    try {
      const answer = await (signal ? Promise.race([evaluate(facts), late(signal)]) : evaluate(facts))
      if (answer) answers.set(id, 'status' in answer ? { finding: answer, signatures: [] } : answer)
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      const message = `a policy broke off: ${why}`
      const broken = unknown('policy', { code: 'internal-error', service: 'engine', message })
      answers.set(id, { finding: broken, signatures: [] })
    }
  }
  return answers
}

/** Calls that are stopped say themselves what they were waiting for: whoever asked them may still tell. */
const settleMs = 500

async function late(signal: AbortSignal): Promise<undefined> {
  await aborted(signal)
  return delay(settleMs, undefined, { ref: false })
}
