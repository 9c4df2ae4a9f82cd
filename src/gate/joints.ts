import type { Facts, Joint } from '../policy/part.js'
import { type Finding, unknown } from '../verdict/finding.js'

/** Evaluates policies one after the other: one that breaks off keeps no other from being evaluated. */
export async function runJoints(
  joints: readonly Joint[],
  facts: Facts,
): Promise<ReadonlyMap<string, Finding>> {
  const findings = new Map<string, Finding>()
  for (const { id, evaluate } of joints) {
    if (findings.has(id)) continue
    try {
      findings.set(id, await evaluate(facts))
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      const message = `a policy broke off: ${why}`
      findings.set(id, unknown('policy', { code: 'internal-error', service: 'engine', message }))
    }
  }
  return findings
}
