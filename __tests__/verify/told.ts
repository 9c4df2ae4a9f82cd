import type { Finding } from '../../src/verdict/finding.js'
import type { CosignCheck } from '../../src/verify/demand.js'

/** Findings as somebody reads them, a line each: `unmet signature-invalid (signature-valid) expected …`. */
export function told(findings: readonly Finding[]): readonly string[] {
  return findings.flatMap((finding) => {
    const { status, code, check, message, peerReason, facts, nearMisses = [] } = finding
    return [
      [status, code, `(${check})`, message].filter((part) => part !== undefined).join(' '),
      ...(peerReason === undefined ? [] : [`  peer: ${peerReason}`]),
      ...Object.entries(facts ?? {}).map(([name, value]) => `  ${name}: ${value}`),
      ...nearMisses.map((miss) => `  near: ${miss.message}`),
    ]
  })
}

/** The same of a check. */
export function toldOf(check: CosignCheck): readonly string[] {
  return check.kind === 'unrelated' ? [`unrelated: ${check.what}`] : told(check.findings)
}
