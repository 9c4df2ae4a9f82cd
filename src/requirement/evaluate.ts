import { all, any, atLeast } from '../verdict/algebra.js'
import { exempt, type Finding, met, type Problem, unknown, unmet } from '../verdict/finding.js'
import { type Known, OpenQuestion, type Requirement } from './requirement.js'

/**
 * What a requirement comes to on what is known so far. Pure and monotone: a finding that is met or unmet stays so,
 * whatever the leaves that were unknown turn out to be.
 */
export function evaluate(requirement: Requirement, known: Known): Finding {
  const finding = judge(requirement, known)
  if (requirement.enforcement !== 'warn') return finding
  // What holds anyway is no warning.
  if (finding.status === 'met') return finding
  return exempt(finding.check, `only a warning: ${finding.message}`, { children: [finding] })
}

function judge(requirement: Requirement, known: Known): Finding {
  const each = (of: readonly Requirement[]): readonly Finding[] => of.map((part) => evaluate(part, known))
  switch (requirement.kind) {
    case 'all':
      return all(requirement.name, each(requirement.of))
    case 'any':
      return requirement.over === 'every'
        ? anyUndenied(requirement.name, each(requirement.of))
        : any(requirement.name, each(requirement.of))
    case 'atLeast':
      return atLeast(requirement.name, requirement.count, each(requirement.of))
    case 'signed':
      return known.signedBy(requirement)
    case 'attested':
      return known.attestedBy(requirement)
    case 'digest':
      return judgeDigest(requirement.expected, known.digest)
    case 'decide':
      return requirement.verdict === 'met'
        ? met(requirement.name, requirement.message)
        : unmet(requirement.name, requirement.verdict, requirement.message)
    case 'exempt':
      return exempt(requirement.name, requirement.reason)
    case 'open':
      return unknown(requirement.name, requirement.problem)
    case 'joint':
      return known.joint?.(requirement.id) ?? unknown(requirement.name, unevaluated)
    case 'program':
      return runProgram(requirement, each(requirement.needs))
  }
}

const unevaluated: Problem = {
  code: 'timeout',
  service: 'engine',
  message: 'the policy was not evaluated within the time for the image',
}

/** Any will do, unless a policy denies another; one that is open may be denied yet. */
function anyUndenied(name: string, parts: readonly Finding[]): Finding {
  const denied = parts.find(({ code }) => code === 'policy-denied')
  if (denied) return unmet(name, 'policy-denied', denied.message, { children: parts })
  const [open] = parts.filter((part) => part.status === 'unknown')
  if (open === undefined) return any(name, parts)
  const { code, message, service } = open
  return unknown(name, { code, message, ...(service && { service }) }, { children: parts })
}

function judgeDigest(expected: string, got: string): Finding {
  const check = 'expected-digest'
  if (expected === got) return met(check, `the image is ${got}, as expected`)
  return unmet(check, 'digest-mismatch', `expected the image to be ${expected}, got ${got}`)
}

function runProgram(program: Extract<Requirement, { kind: 'program' }>, needs: readonly Finding[]): Finding {
  const answer = (index: number): boolean => {
    const need = needs[index]
    if (need?.status === 'met') return true
    if (need?.status === 'unmet') return false
    throw new OpenQuestion(
      need?.status === 'unknown'
        ? { code: need.code, message: need.message, ...(need.service && { service: need.service }) }
        : { code: 'nothing-to-verify', message: `the program asks for part ${index}, which does not count` },
    )
  }
  try {
    return program.run(answer)
      ? met(program.name, 'the program says yes', { children: needs })
      : unmet(program.name, 'policy-denied', program.denied, { children: needs })
  } catch (thrown) {
    if (thrown instanceof OpenQuestion) return unknown(program.name, thrown.problem, { children: needs })
    const message = `the program failed: ${thrown instanceof Error ? thrown.message : String(thrown)}`
    return unknown(program.name, { code: 'internal-error', service: 'engine', message }, { children: needs })
  }
}
