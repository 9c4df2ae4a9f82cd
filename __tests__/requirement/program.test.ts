import { describe, expect, it } from 'vitest'
import { evaluate } from '../../src/requirement/evaluate.js'
import { OpenQuestion, type Requirement } from '../../src/requirement/requirement.js'
import { type Finding, unknown } from '../../src/verdict/finding.js'
import { aside, completions, listsOf, no, open, yes } from '../harness/findings.js'

type Run = Extract<Requirement, { kind: 'program' }>['run']

/** A program over two signatures whose answers are these. */
function judge(run: Run, ...answers: readonly Finding[]): Finding {
  const program: Requirement = {
    kind: 'program',
    name: 'rule',
    needs: answers.map((_, index) => ({ kind: 'signed', by: { kind: 'key', reference: String(index) } })),
    run,
    denied: 'the rule says no',
  }
  return evaluate(program, {
    digest: '',
    signedBy: ({ by }) => answers[Number(by.reference)] ?? open,
    attestedBy: () => open,
  })
}

/** `or` as a language with Kleene's logic has it: an open side is absorbed by a true one, whichever comes first. */
const kleeneOr: Run = (answer) => {
  const opened: OpenQuestion[] = []
  for (const index of [0, 1]) {
    try {
      if (answer(index)) return true
    } catch (thrown) {
      if (!(thrown instanceof OpenQuestion)) throw thrown
      opened.push(thrown)
    }
  }
  if (opened[0]) throw opened[0]
  return false
}

describe('a program', () => {
  it('is met when it says yes and denied when it says no, with all its needs listed', () => {
    const both: Run = (answer) => answer(0) && answer(1)
    expect(judge(both, yes, yes)).toEqual({
      status: 'met',
      check: 'rule',
      message: 'the program says yes',
      children: [yes, yes],
    })
    expect(judge(both, yes, no)).toMatchObject({
      status: 'unmet',
      code: 'policy-denied',
      message: 'the rule says no',
      children: [yes, no],
    })
  })

  it('may turn an answer round: that a signature is missing can be what is demanded', () => {
    const not: Run = (answer) => !answer(0)
    expect(judge(not, no).status).toBe('met')
    expect(judge(not, yes).status).toBe('unmet')
    expect(judge(not, open).status).toBe('unknown')
  })

  it('is undetermined by the part that it needed and that is open', () => {
    const keyInvalid = unknown('key', { code: 'key-invalid', message: 'no such key' })
    expect(judge((answer) => answer(0), open)).toEqual({
      status: 'unknown',
      check: 'rule',
      code: 'timeout',
      service: 'storage',
      message: 'no answer',
      children: [open],
    })
    const finding = judge((answer) => answer(1), open, keyInvalid)
    expect(finding).toMatchObject({ status: 'unknown', code: 'key-invalid' })
    expect(finding).not.toHaveProperty('service')
  })

  it('does not care for an open part that it did not ask for', () => {
    expect(judge((answer) => answer(0) || answer(1), yes, open).status).toBe('met')
    expect(judge((answer) => answer(0) && answer(1), no, open).status).toBe('unmet')
  })

  it('gets no answer from a part that does not count or is not there', () => {
    for (const index of [0, 1, -1]) {
      const finding = judge((answer) => !answer(index), aside)
      expect(finding).toMatchObject({
        status: 'unknown',
        code: 'nothing-to-verify',
        message: `the program asks for part ${String(index)}, which does not count`,
      })
    }
  })

  it('that throws decides nothing', () => {
    const finding = judge(() => {
      throw new TypeError('x is not iterable')
    }, yes)
    expect(finding).toMatchObject({
      status: 'unknown',
      code: 'internal-error',
      service: 'engine',
      message: 'the program failed: x is not iterable',
      children: [yes],
    })
  })

  it('that only warns does not count', () => {
    const warned = evaluate(
      { kind: 'program', name: 'rule', needs: [], run: () => false, denied: 'no', enforcement: 'warn' },
      { digest: '', signedBy: () => open, attestedBy: () => open },
    )
    expect(warned).toMatchObject({ status: 'exempt', children: [{ status: 'unmet' }] })
  })
})

describe('an open part inside a program', () => {
  it('is absorbed as in Kleene logic, in either order', () => {
    expect(judge(kleeneOr, open, yes).status).toBe('met')
    expect(judge(kleeneOr, yes, open).status).toBe('met')
    expect(judge(kleeneOr, open, no).status).toBe('unknown')
    expect(judge(kleeneOr, no, open).status).toBe('unknown')
    expect(judge(kleeneOr, no, no).status).toBe('unmet')
  })

  it.each<[string, Run]>([
    ['and', (answer) => answer(0) && answer(1)],
    ['or', (answer) => answer(0) || answer(1)],
    ['xor', (answer) => answer(0) !== answer(1)],
    ['implies', (answer) => !answer(0) || answer(1)],
    ['or that absorbs', kleeneOr],
  ])('never decides what its answer could change: %s', (_, run) => {
    for (const answers of listsOf([yes, no, open], 2)) {
      const before = judge(run, ...answers).status
      if (before === 'unknown') expect(answers).toContain(open)
      else {
        for (const completed of completions(answers)) expect(judge(run, ...completed).status).toBe(before)
      }
    }
  })
})
