import type { Facts, Joint } from '../policy/part.js'
import { type Finding, unknown } from '../verdict/finding.js'
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
): Promise<ReadonlyMap<string, Finding>> {
  const findings = new Map<string, Finding>()
  for (const { id, evaluate } of joints) {
    if (findings.has(id)) continue
    if (signal?.aborted === true) break
    try {
      const finding = await (signal ? Promise.race([evaluate(facts), aborted(signal)]) : evaluate(facts))
      if (finding) findings.set(id, finding)
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      const message = `a policy broke off: ${why}`
      findings.set(id, unknown('policy', { code: 'internal-error', service: 'engine', message }))
    }
  }
  return findings
}
