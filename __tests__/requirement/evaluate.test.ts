import { describe, expect, it } from 'vitest'
import { evaluate } from '../../src/requirement/evaluate.js'
import type { Known, Requirement } from '../../src/requirement/requirement.js'
import { type Finding, unknown, unmet } from '../../src/verdict/finding.js'
import { aside, completions, listsOf, no, open, yes } from '../harness/findings.js'

const digest = `sha256:${'ab'.repeat(32)}`

/** What is known when these are the answers for the signers `0`, `1`, `2`, … */
function knowing(answers: readonly Finding[]): Known {
  return { digest, signedBy: ({ by }) => answers[Number(by.reference)] ?? open, attestedBy: () => open }
}

const signed = (index: number): Requirement => ({
  kind: 'signed',
  by: { kind: 'key', reference: String(index) },
})
const three = [signed(0), signed(1), signed(2)]
const denied = unmet('attested', 'policy-denied', 'the policy says no')
const absent = unmet('attested', 'attestation-missing', 'there is none')

describe('a tree', () => {
  it.each([
    ['all', [yes, yes, yes], 'met'],
    ['all', [yes, open, yes], 'unknown'],
    ['all', [yes, open, no], 'unmet'],
    ['all', [aside, aside, aside], 'unknown'],
    ['any', [no, open, yes], 'met'],
    ['any', [no, open, no], 'unknown'],
    ['any', [no, no, no], 'unmet'],
  ] as const)('%s of %o is %s', (kind, answers, status) => {
    expect(evaluate({ kind, name: 'tree', of: three }, knowing(answers)).status).toBe(status)
  })

  it.each([
    [[yes, yes, open], 'met'],
    [[yes, no, open], 'unknown'],
    [[no, no, open], 'unmet'],
  ] as const)('at least two of %o is %s', (answers, status) => {
    const requirement: Requirement = { kind: 'atLeast', name: 'two', count: 2, of: three }
    expect(evaluate(requirement, knowing(answers)).status).toBe(status)
  })

  it.each([
    [[yes, absent, absent], 'met'],
    [[absent, yes, denied], 'policy-denied'],
    [[denied, yes, open], 'policy-denied'],
    [[yes, absent, open], 'unknown'],
    [[absent, absent, no], 'unmet'],
    [[yes, aside, no], 'met'],
  ] as const)('any of %o, over every statement, is %s', (answers, wanted) => {
    const requirement: Requirement = { kind: 'any', name: 'types', over: 'every', of: three }
    const finding = evaluate(requirement, knowing(answers))
    expect([finding.status, 'code' in finding && finding.code]).toContain(wanted)
  })

  it('of types, over every statement, is denied in the words of the one that denies', () => {
    const requirement: Requirement = { kind: 'any', name: 'types', over: 'every', of: three }
    expect(evaluate(requirement, knowing([yes, denied, open]))).toEqual({
      status: 'unmet',
      code: 'policy-denied',
      check: 'types',
      message: 'the policy says no',
      children: [yes, denied, open],
    })
  })

  it('of types, over every statement, is open as its first open part is', () => {
    const requirement: Requirement = { kind: 'any', name: 'types', over: 'every', of: three }
    const keyInvalid = unknown('key', { code: 'key-invalid', message: 'no such key' })
    expect(evaluate(requirement, knowing([absent, open, keyInvalid]))).toEqual({
      status: 'unknown',
      code: 'timeout',
      service: 'storage',
      check: 'types',
      message: 'no answer',
      children: [absent, open, keyInvalid],
    })
    expect(evaluate(requirement, knowing([absent, keyInvalid, open]))).toEqual({
      status: 'unknown',
      code: 'key-invalid',
      check: 'types',
      message: 'no such key',
      children: [absent, keyInvalid, open],
    })
  })

  it('holds a tree within a tree', () => {
    const requirement: Requirement = {
      kind: 'all',
      name: 'outer',
      of: [
        { kind: 'digest', expected: digest },
        { kind: 'any', name: 'inner', of: [signed(0), signed(1)] },
      ],
    }
    const finding = evaluate(requirement, knowing([no, yes]))
    expect(finding).toMatchObject({ status: 'met', check: 'outer', children: [{}, { check: 'inner' }] })
  })
})

describe('the leaves', () => {
  it('a signature is what was found out about its signer, untouched', () => {
    for (const answer of [yes, no, open, aside]) expect(evaluate(signed(0), knowing([answer]))).toBe(answer)
  })

  it('an attestation is what was found out about it, untouched', () => {
    const attested: Requirement = { kind: 'attested', type: 'spdx', by: { kind: 'key', reference: 'a' } }
    for (const answer of [yes, no, open, aside])
      expect(evaluate(attested, { ...knowing([]), attestedBy: () => answer })).toBe(answer)
  })

  it('what nobody here can find out is open, for the reason it has', () => {
    const problem = { code: 'unsupported', message: 'no such engine' } as const
    expect(evaluate({ kind: 'open', name: 'rule', problem }, knowing([]))).toEqual({
      status: 'unknown',
      check: 'rule',
      ...problem,
    })
  })

  it('a digest is met by the same digest and by nothing else', () => {
    expect(evaluate({ kind: 'digest', expected: digest }, knowing([]))).toEqual({
      status: 'met',
      check: 'expected-digest',
      message: `the image is ${digest}, as expected`,
    })
    const other = `sha256:${'ac'.repeat(32)}`
    for (const expected of [other, digest.toUpperCase(), digest.slice(7), `${digest}\n`, '']) {
      const finding = evaluate({ kind: 'digest', expected }, knowing([]))
      expect(finding).toMatchObject({ status: 'unmet', code: 'digest-mismatch' })
      expect(finding.message).toContain(`expected the image to be ${expected}, got ${digest}`)
    }
  })

  it('a static rule says what it says', () => {
    const rule = { kind: 'decide', name: 'static', message: 'as written' } as const
    expect(evaluate({ ...rule, verdict: 'met' }, knowing([]))).toMatchObject({
      status: 'met',
      message: 'as written',
    })
    expect(evaluate({ ...rule, verdict: 'policy-denied' }, knowing([]))).toMatchObject({
      status: 'unmet',
      code: 'policy-denied',
      message: 'as written',
    })
  })

  it('an exemption is neutral and keeps its reason', () => {
    const finding = evaluate({ kind: 'exempt', name: 'exception', reason: 'until May' }, knowing([]))
    expect(finding).toMatchObject({ status: 'exempt', check: 'exception', message: 'until May' })
  })
})

describe('what a policy says that is evaluated by itself', () => {
  const joint: Requirement = { kind: 'joint', name: 'rule', id: '7', needs: three }

  it('is what it came to, by its id', () => {
    for (const answer of [yes, no, open, aside]) {
      const finding = evaluate(joint, { ...knowing([]), joint: (id) => (id === '7' ? answer : undefined) })
      expect(finding).toBe(answer)
    }
  })

  it('is open until then, and where nobody evaluates: what it needs decides nothing', () => {
    const unevaluated = {
      status: 'unknown',
      code: 'timeout',
      service: 'engine',
      check: 'rule',
      message: 'the policy was not evaluated within the time for the image',
    }
    expect(evaluate(joint, { ...knowing([no]), joint: () => undefined })).toEqual(unevaluated)
    expect(evaluate(joint, knowing([yes, yes, yes]))).toEqual(unevaluated)
  })
})

describe('a requirement that only warns', () => {
  it('does not count where it does not hold, and shows what it came to', () => {
    for (const answer of [no, open]) {
      const requirement: Requirement = { kind: 'all', name: 'soft', of: [signed(0)], enforcement: 'warn' }
      const finding = evaluate(requirement, knowing([answer]))
      expect(finding).toMatchObject({ status: 'exempt', children: [{ status: answer.status }] })
      expect(finding.message).toMatch(/^only a warning: /)
    }
  })

  it('that holds is a proof like any other', () => {
    const soft: Requirement = { ...signed(0), enforcement: 'warn' } as Requirement
    expect(evaluate({ kind: 'all', name: 'hard', of: [soft] }, knowing([yes])).status).toBe('met')
  })

  it('leaves nothing to verify when it is all there is and does not hold', () => {
    const soft: Requirement = { ...signed(0), enforcement: 'warn' } as Requirement
    for (const answer of [no, open]) {
      const finding = evaluate({ kind: 'all', name: 'hard', of: [soft] }, knowing([answer]))
      expect(finding).toMatchObject({ status: 'unknown', code: 'nothing-to-verify' })
    }
  })

  it('rejects nothing beside one that counts', () => {
    const soft: Requirement = { ...signed(0), enforcement: 'warn' } as Requirement
    const both: Requirement = { kind: 'all', name: 'both', of: [soft, signed(1)] }
    expect(evaluate(both, knowing([no, yes])).status).toBe('met')
    expect(evaluate(both, knowing([yes, no])).status).toBe('unmet')
  })
})

describe('answers that come in later', () => {
  const shapes: readonly Requirement[] = [
    { kind: 'all', name: 'all', of: three },
    { kind: 'any', name: 'any', of: three },
    { kind: 'atLeast', name: 'two', count: 2, of: three },
    { kind: 'all', name: 'nested', of: [signed(0), { kind: 'any', name: 'or', of: [signed(1), signed(2)] }] },
    {
      kind: 'any',
      name: 'nested',
      of: [signed(0), { kind: 'all', name: 'and', of: [signed(1), signed(2)] }],
    },
  ]

  it.each(shapes.map((shape, index) => [index, shape] as const))(
    'never change what is decided (shape %i)',
    (_, requirement) => {
      for (const answers of listsOf([yes, no, open], 3)) {
        const before = evaluate(requirement, knowing(answers)).status
        const after = completions(answers).map((one) => evaluate(requirement, knowing(one)).status)
        if (before === 'unknown') expect(new Set(after)).toEqual(new Set(['met', 'unmet']))
        else expect(new Set(after)).toEqual(new Set([before]))
      }
    },
  )

  it('turn neither an outage nor a missing signature into a pass when they are taken away again', () => {
    for (const requirement of shapes) {
      for (const answers of listsOf([yes, no, open], 3)) {
        if (evaluate(requirement, knowing(answers)).status === 'met') continue
        for (let at = 0; at < answers.length; at++) {
          const blocked = answers.with(at, open)
          expect(evaluate(requirement, knowing(blocked)).status).not.toBe('met')
        }
      }
    }
  })
})
