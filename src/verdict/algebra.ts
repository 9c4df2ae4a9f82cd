import { classOf, classOrder } from './codes.js'
import { type Finding, met, type Unknown, unknown, type Unmet, unmet } from './finding.js'

/**
 * Findings compose as Kleene's strong logic: a composed finding is met or unmet only when no answer to its unknown
 * children could change it. So a finding that is decided stays decided as more answers arrive.
 */
export function all(check: string, children: readonly Finding[]): Finding {
  const counting = children.filter((child) => child.status !== 'exempt')
  if (counting.length === 0) return nothingToVerify(check, children)
  return compose(check, children, counting, counting.length)
}

/** @param need how many children must be met, from 1 */
export function atLeast(check: string, need: number, children: readonly Finding[]): Finding {
  const counting = children.filter((child) => child.status !== 'exempt')
  if (counting.length === 0 || need < 1) return nothingToVerify(check, children)
  return compose(check, children, counting, need)
}

export function any(check: string, children: readonly Finding[]): Finding {
  return atLeast(check, 1, children)
}

function compose(
  check: string,
  children: readonly Finding[],
  counting: readonly Finding[],
  need: number,
): Finding {
  const proven = counting.filter((child) => child.status === 'met').length
  const open = counting.filter((child) => child.status === 'unknown').length
  const tally = `${String(proven)} of ${String(counting.length)} proven, ${String(need)} needed`
  if (proven >= need) return met(check, tally, { children })
  if (proven + open >= need) {
    // An unmet child does not speak for an undecided whole: the unknown that holds it open does.
    const lead = leadingFailure(counting.filter((child) => child.status === 'unknown'))
    if (lead?.status !== 'unknown') return nothingToVerify(check, children)
    const { code, service } = lead
    return unknown(check, { code, message: tally, ...(service && { service }) }, { children })
  }
  const lead = leadingFailure(need < counting.length ? withEvidence(counting) : counting)
  // Fewer children than needed and none of them false: nobody could meet such a demand.
  if (lead?.status !== 'unmet') return nothingToVerify(check, children)
  return unmet(check, lead.code, tally, { children })
}

/** Where one of several would do, an attestation that is there and refused says more than another that is not there. */
function withEvidence(failed: readonly Finding[]): readonly Finding[] {
  const there = failed.filter((child) => child.status !== 'unmet' || child.code !== 'attestation-missing')
  return there.some((child) => child.status === 'unmet') ? there : failed
}

function nothingToVerify(check: string, children: readonly Finding[]): Finding {
  return unknown(
    check,
    { code: 'nothing-to-verify', message: 'nothing that counts is demanded here; nothing was proven' },
    { children },
  )
}

/**
 * The failure that speaks for several findings: the highest class, then input order.
 *
 * @returns undefined when none failed
 */
export function leadingFailure(findings: readonly Finding[]): Unmet | Unknown | undefined {
  const failed = findings.filter((finding) => finding.status === 'unmet' || finding.status === 'unknown')
  for (const wanted of classOrder) {
    const first = failed.find((finding) => classOf(finding.code) === wanted)
    if (first) return first
  }
  return undefined
}
