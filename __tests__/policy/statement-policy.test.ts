import { describe, expect, it } from 'vitest'
import type { Answer, Question } from '../../src/engine/question.js'
import { compileStatementPolicy, type StatementPolicy } from '../../src/policy/statement-policy.js'
import type { Problem } from '../../src/verdict/finding.js'
import type { StatementRule } from '../../src/verify/statement-rule.js'

const statement = { payload: Buffer.from('{"predicate":1}'), predicateType: 't', where: 'here' }
const rego = [{ name: 'a.rego', text: 'package signature' }]
const cue = [{ name: 'b.cue', text: 'a: 1' }]
const loaded: Answer = { kind: 'answered', results: [] }
const saying = (value: unknown, more: object = {}): Answer => ({
  kind: 'answered',
  results: [{ values: [{ defined: true, value, ...more }] }],
})
const failed: Answer = {
  kind: 'failed',
  problem: { code: 'timeout', service: 'engine', message: 'too slow' },
}
const refused = (...codes: readonly string[]): Answer => ({
  kind: 'refused',
  faults: codes.map((code) => ({ code, message: 'why', file: 'a.rego', row: 3, column: 1 })),
})

/** A rule whose engine answers like that: when it is asked whether the policy loads, and about a statement. */
function ruleOf(
  policy: StatementPolicy | Problem,
  loads: (question: Question) => Answer,
  judges: (question: Question) => Answer = () => saying(true),
): { readonly rule: StatementRule; readonly asked: Question[] } {
  const asked: Question[] = []
  const rule = compileStatementPolicy(
    'id',
    async () => Promise.resolve(policy),
    async (question) => {
      asked.push(question)
      return Promise.resolve(question.inputs.length === 0 ? loads(question) : judges(question))
    },
  )
  return { rule, asked }
}

describe('a policy about statements', () => {
  it('asks cosign’s question of the statement as it was signed, once it is known to load', async () => {
    const { rule, asked } = ruleOf({ rego, cue: [] }, () => loaded)
    expect(await rule.judge(statement)).toMatchObject({ status: 'met', check: 'attestation-policy' })
    expect(asked).toEqual([
      {
        language: 'rego',
        files: rego,
        inputs: [],
        rego: { version: 'v0', queries: ['data.signature.allow'], strict: false },
      },
      {
        language: 'rego',
        files: rego,
        inputs: ['{"predicate":1}'],
        rego: { version: 'v0', queries: ['data.signature.allow'], strict: false },
      },
    ])
  })

  it('is loaded once, however many ask', async () => {
    const { rule, asked } = ruleOf(
      { rego, cue },
      () => loaded,
      ({ language }) => (language === 'rego' ? saying(true) : { kind: 'answered', results: [{}] }),
    )
    const findings = await Promise.all([
      rule.problem(),
      rule.problem(),
      rule.judge(statement),
      rule.judge(statement),
    ])
    expect(findings).toMatchObject([undefined, undefined, { status: 'met' }, { status: 'met' }])
    expect(asked.filter(({ inputs }) => inputs.length === 0)).toHaveLength(2)
    expect(asked.filter(({ inputs }) => inputs.length === 1)).toHaveLength(4)
  })

  it('asks CUE to leave nothing open', async () => {
    const { rule, asked } = ruleOf(
      { rego: [], cue },
      () => loaded,
      () => ({ kind: 'answered', results: [{}] }),
    )
    expect(await rule.judge(statement)).toMatchObject({ status: 'met' })
    expect(asked.map((question) => question.language === 'cue' && question.cue)).toEqual([
      { concrete: true },
      { concrete: true },
    ])
  })

  it('reads v1 only where v0 does not parse at all', async () => {
    const versionsOf = async (loads: (version: string) => Answer): Promise<readonly unknown[]> => {
      const { rule, asked } = ruleOf({ rego, cue: [] }, (question) =>
        loads(question.language === 'rego' ? question.rego.version : ''),
      )
      const problem = await rule.problem()
      return [...asked.map((one) => one.language === 'rego' && one.rego.version), problem?.message]
    }
    const parse = refused('rego_parse_error', 'rego_parse_error')
    expect(await versionsOf(() => loaded)).toEqual(['v0', undefined])
    expect(await versionsOf((version) => (version === 'v0' ? parse : loaded))).toEqual([
      'v0',
      'v1',
      undefined,
    ])
    // What is wrong in both is told as v0 has it.
    expect(await versionsOf((version) => (version === 'v0' ? parse : refused('rego_type_error')))).toEqual([
      'v0',
      'v1',
      expect.stringContaining('rego_parse_error'),
    ])
    const mixed = refused('rego_parse_error', 'rego_type_error')
    expect(await versionsOf(() => mixed)).toEqual([
      'v0',
      expect.stringContaining('a.rego:3:1: rego_type_error'),
    ])
    expect(await versionsOf((version) => (version === 'v0' ? parse : failed))).toEqual([
      'v0',
      'v1',
      'too slow',
    ])
  })

  it.each<[string, Answer, string, RegExp]>([
    ['true', saying(true), 'met', /is true$/],
    [
      'true for an error that was read as undefined',
      saying(true, { swallowed: [{ code: 'eval_builtin_error', message: 'x' }] }),
      'met',
      /1 errors? of builtins? .* first eval_builtin_error: x/,
    ],
    ['false', saying(false), 'policy-denied', /got false/],
    ['"true"', saying('true'), 'policy-denied', /got "true"/],
    ['1', saying(1), 'policy-denied', /got 1/],
    ['null', saying(null), 'policy-denied', /got null/],
    ['a set with true', saying([true]), 'policy-denied', /got \[true\]/],
    [
      'undefined',
      { kind: 'answered', results: [{ values: [{ defined: false, value: null }] }] },
      'policy-denied',
      /got undefined/,
    ],
    [
      'undefined that says true',
      { kind: 'answered', results: [{ values: [{ defined: false, value: true }] }] },
      'policy-denied',
      /got undefined/,
    ],
    ['nothing', { kind: 'answered', results: [{}] }, 'policy-invalid', /does not come to an answer/],
    ['no result', { kind: 'answered', results: [] }, 'policy-invalid', /does not come to an answer/],
    [
      'a fault beside true',
      {
        kind: 'answered',
        results: [{ values: [{ defined: true, value: true }], faults: [{ code: 'eval_x', message: 'm' }] }],
      },
      'policy-invalid',
      /eval_x: m/,
    ],
    [
      'a refusal',
      refused('rego_type_error'),
      'policy-invalid',
      /does not load: a\.rego:3:1: rego_type_error: why/,
    ],
    ['a failure', failed, 'timeout', /too slow/],
  ])('in Rego %s', async (_, answer, code, message) => {
    const finding = await ruleOf(
      { rego, cue: [] },
      () => loaded,
      () => answer,
    ).rule.judge(statement)
    expect('code' in finding ? finding.code : finding.status).toBe(code)
    expect(finding.message).toMatch(message)
  })

  it.each<[string, readonly string[], string]>([
    ['nothing', [], 'met'],
    ['a contradiction', ['cue_unmet'], 'policy-denied'],
    ['several', ['cue_unmet', 'cue_unmet', 'cue_unmet', 'cue_unmet', 'cue_unmet'], 'policy-denied'],
    ['an input that is none', ['input_invalid'], 'policy-invalid'],
    ['something new', ['cue_unmet', 'cue_other'], 'policy-invalid'],
  ])('CUE finds %s', async (_, codes, wanted) => {
    const faults = codes.map((code) => ({ code, message: 'why' }))
    const answer: Answer = { kind: 'answered', results: [faults.length > 0 ? { faults } : {}] }
    const finding = await ruleOf(
      { rego: [], cue },
      () => loaded,
      () => answer,
    ).rule.judge(statement)
    expect('code' in finding ? finding.code : finding.status).toBe(wanted)
    if (codes.length === 5) expect(finding.message).toMatch(/ and 2 more$/)
  })

  it('in both languages both must say yes, and one that says no decides', async () => {
    const both = async (inRego: Answer, inCue: Answer): Promise<string> => {
      const judges = ({ language }: Question): Answer => (language === 'rego' ? inRego : inCue)
      const finding = await ruleOf({ rego, cue }, () => loaded, judges).rule.judge(statement)
      return 'code' in finding ? finding.code : finding.status
    }
    const yes: Answer = { kind: 'answered', results: [{}] }
    const no: Answer = { kind: 'answered', results: [{ faults: [{ code: 'cue_unmet', message: 'm' }] }] }
    expect(await both(saying(true), yes)).toBe('met')
    expect(await both(saying(true), no)).toBe('policy-denied')
    expect(await both(saying(false), yes)).toBe('policy-denied')
    expect(await both(failed, yes)).toBe('timeout')
    expect(await both(failed, no)).toBe('policy-denied')
    expect(await both(saying(false), failed)).toBe('policy-denied')
  })

  it('that could not be read is asked nothing', async () => {
    const problem: Problem = { code: 'policy-invalid', message: 'policy not found: x' }
    const { rule, asked } = ruleOf(problem, () => loaded)
    expect(await rule.problem()).toEqual(problem)
    expect(await rule.judge(statement)).toMatchObject({ status: 'unknown', ...problem })
    expect(asked).toEqual([])
  })
})
