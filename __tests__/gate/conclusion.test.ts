import { describe, expect, it } from 'vitest'
import { concludeAll } from '../../src/gate/conclusion.js'
import type { JudgedImage } from '../../src/gate/judged.js'
import type { PlacedPart, Plan, Target } from '../../src/gate/target.js'
import { evaluate } from '../../src/requirement/evaluate.js'
import type { Requirement } from '../../src/requirement/requirement.js'
import { type Finding, met, unknown, unmet } from '../../src/verdict/finding.js'
import { failureOf, type PolicyResult, verdictOf } from '../../src/verdict/result.js'

const signed: Requirement = { kind: 'signed', by: { kind: 'key', reference: 'k' } }
const pass: Requirement = {
  kind: 'decide',
  name: 'authority a',
  verdict: 'met',
  message: 'admitted by static policy',
}
const deny: Requirement = {
  kind: 'decide',
  name: 'authority b',
  verdict: 'policy-denied',
  message: 'disallowed',
}
const reference = 'r.example/app:v1'
const resource = { kind: 'Pod', namespace: 'shop', name: 'app' }

const part = (requirement: Requirement, more: Partial<PlacedPart> = {}): PlacedPart => ({
  policy: 'p',
  rule: 'r',
  requirement,
  ...more,
})
const warn = (requirement: Requirement): Requirement =>
  ({ ...requirement, enforcement: 'warn' }) as Requirement

/** An image about which `finding` was found out. */
function judged(finding: Finding, requirement: Requirement): JudgedImage {
  const findingOf = (one: Requirement): Finding =>
    evaluate(one, { digest: '', signedBy: () => finding, attestedBy: () => finding })
  const whole = findingOf(requirement)
  const result = {
    reference,
    digest: 'sha256:1',
    pinned: null,
    verdict: verdictOf(whole),
    failure: failureOf(whole),
    signatures: [],
    finding: whole,
    attempts: [],
  }
  return {
    result,
    warnings: [],
    facts: { of: () => undefined, digestOf: () => 'sha256:1', finding: findingOf },
    findingOf,
    conclude: async () => Promise.resolve(result),
  }
}

async function rows(
  finding: Finding,
  parts: readonly PlacedPart[],
  skipped: readonly PolicyResult[] = [],
): Promise<readonly PolicyResult[]> {
  const requirement: Requirement = { kind: 'all', name: 'policies', of: parts.map((one) => one.requirement) }
  const target: Target = { reference, requirement, parts, origins: [], allowed: false }
  const plan: Plan = {
    targets: [target],
    manifests: [],
    places: [],
    skipped,
    policyFiles: [],
    warnings: [],
    problems: [],
  }
  return (await concludeAll(plan, [judged(finding, requirement)], undefined)).policies
}

const yes = met('signed', 'signed by k')
const no = unmet('signed', 'unsigned', 'expected a signature by k, got none')
const open = unknown('signed', { code: 'unreachable', service: 'registry', message: 'connection refused' })

describe('rows of a report', () => {
  it.each<[string, Finding, Requirement, string, string]>([
    ['proven', yes, signed, 'pass', `verified ${reference}`],
    ['proven false', no, signed, 'fail', 'expected a signature by k, got none'],
    ['not found out', open, signed, 'error', 'connection refused'],
    ['proven false, only a warning', no, warn(signed), 'warn', 'expected a signature by k, got none'],
    ['not found out, only a warning', open, warn(signed), 'warn', 'connection refused'],
    ['proven, only a warning', yes, warn(signed), 'pass', `verified ${reference}`],
    [
      'left out',
      yes,
      { kind: 'exempt', name: 'e', reason: 'preconditions not met' },
      'skip',
      'preconditions not met',
    ],
    ['static, whatever was found out', open, pass, 'pass', 'admitted by static policy'],
    ['static, denied', yes, deny, 'fail', 'disallowed'],
    ['static, denied, only a warning', yes, warn(deny), 'warn', 'disallowed'],
    [
      'any of static and signed: nothing was verified',
      no,
      { kind: 'any', name: 'a', of: [signed, pass] },
      'pass',
      'admitted by static policy',
    ],
    [
      'all of static and signed',
      yes,
      { kind: 'all', name: 'a', of: [pass, signed] },
      'pass',
      `verified ${reference}`,
    ],
    [
      'all of static and signed: the one that fails says why',
      no,
      { kind: 'all', name: 'a', of: [pass, signed] },
      'fail',
      'expected a signature by k, got none',
    ],
    [
      'what is open',
      yes,
      { kind: 'open', name: 'o', problem: { code: 'unsupported', message: 'not here' } },
      'error',
      'not here',
    ],
    [
      'deep inside',
      no,
      { kind: 'all', name: 'a', of: [{ kind: 'any', name: 'b', of: [signed] }] },
      'fail',
      'expected a signature by k, got none',
    ],
  ])('%s', async (_, finding, requirement, result, message) => {
    expect(await rows(finding, [part(requirement, { resource })])).toEqual([
      { policy: 'p', rule: 'r', resource, image: reference, result, message },
    ])
  })

  it('each part says its own, and what was left out comes first', async () => {
    const skipped: PolicyResult = {
      policy: 's',
      rule: 'r',
      image: reference,
      result: 'skip',
      message: 'left out',
    }
    const parts = [part(signed, { policy: 'a' }), part(deny, { policy: 'b' }), part(pass, { policy: 'c' })]
    const said = await rows(yes, parts, [skipped])
    expect(said.map(({ policy, result }) => `${policy} ${result}`)).toEqual([
      's skip',
      'a pass',
      'b fail',
      'c pass',
    ])
    expect(said.some((row) => 'resource' in row)).toBe(false)
  })
})
