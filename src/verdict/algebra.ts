import { classOf, classOrder } from './codes.js'
import { type Finding, met, type Unknown, unknown, type Unmet, unmet } from './finding.js'

/**
 * Findings compose as Kleene's strong logic: a composed finding is met or unmet only when no answer to its unknown
 * children could change it. So a finding that is decided stays decided as more answers arrive.
 */
export function all(check: string, children: readonly Finding[]): Finding {
  return atLeast(check, counted(children).length, children)
}

/** @param need how many children must be met, from 1: fewer would be a vacuous pass */
export function atLeast(check: string, need: number, children: readonly Finding[]): Finding {
  if (need < 1) return nothingToVerify(check, children)
  const counting = counted(children)
  const proven = counting.filter((child) => child.status === 'met').length
  const open = counting.filter((child) => child.status === 'unknown')
  const tally = `${String(proven)} of ${String(counting.length)} proven, ${String(need)} needed`
  if (proven >= need) return met(check, tally, { children })
  // An unmet child does not speak for an undecided whole: the unknown that holds it open does.
  const holding = proven + open.length >= need ? leadingFailure(open) : undefined
  if (holding) {
    const { code, service } = holding
    return unknown(check, { code, message: tally, ...(service && { service }) }, { children })
  }
  const refused = counting.filter((child) => child.status === 'unmet')
  const [lead] = need < counting.length ? withEvidence(refused) : refused
  // Fewer children than needed and none of them false: nobody could meet such a demand.
  if (lead === undefined) return nothingToVerify(check, children)
  return unmet(check, lead.code, tally, { children })
}

export function any(check: string, children: readonly Finding[]): Finding {
  return atLeast(check, 1, children)
}

function counted(children: readonly Finding[]): readonly Finding[] {
  return children.filter((child) => child.status !== 'exempt')
}

/** Where one of several would do, an attestation that is there and refused says more than another that is not there. */
function withEvidence(refused: readonly Unmet[]): readonly Unmet[] {
  const there = refused.filter(({ code }) => code !== 'attestation-missing')
  return there.length > 0 ? there : refused
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
export function leadingFailure<One extends Finding>(
  findings: readonly One[],
): Extract<One, Unmet | Unknown> | undefined {
  const failed = findings.filter(hasFailed)
  for (const wanted of classOrder) {
    const first = failed.find((finding) => classOf(finding.code) === wanted)
    if (first) return first
  }
  return undefined
}

function hasFailed<One extends Finding>(finding: One): finding is Extract<One, Unmet | Unknown> {
  return finding.status === 'unmet' || finding.status === 'unknown'
}
