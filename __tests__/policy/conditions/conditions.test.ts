import { describe, expect, it, test } from 'vitest'
import { readConditions } from '../../../src/policy/conditions/condition.js'
import { type ConditionResult, evaluateConditions } from '../../../src/policy/conditions/evaluate.js'
import { usualLimits } from '../../../src/policy/jmespath/meter.js'
import { OpenPart } from '../../../src/policy/jmespath/stop.js'
import { now } from '../jmespath/ask.js'

const data = { uri: 'https://github.com/acme/app', n: 5, scan: new OpenPart('attestation scan') }

const yes = { key: '{{ n }}', operator: 'Equals', value: 5 }
const no = { key: '{{ n }}', operator: 'GreaterThan', value: 7, message: 'n is small' }
const lost = { key: '{{ nosuch.field }}', operator: 'Equals', value: 'x' }
const open = { key: '{{ scan.critical }}', operator: 'Equals', value: 0 }

function judge(given: unknown, substitution: 'whole' | 'each' = 'each'): ConditionResult {
  const read = readConditions(given)
  if (read.kind === 'wrong') throw new Error(JSON.stringify(read.problems))
  return evaluateConditions(read.blocks, { data, now, substitution })
}

function short(result: ConditionResult): string {
  return result.kind === 'open' ? `open ${result.possible.join(' ')}` : result.kind
}

describe('conditions', () => {
  test.each<[string, unknown, string, string]>([
    ['all', { all: [yes, yes] }, 'pass', 'pass'],
    ['all with one that fails', { all: [yes, no] }, 'fail', 'fail'],
    ['any', { any: [no, yes] }, 'pass', 'pass'],
    ['any of none', { any: [no, no] }, 'fail', 'fail'],
    ['an empty any', { any: [] }, 'fail', 'fail'],
    ['an empty all', { all: [] }, 'pass', 'pass'],
    ['nothing', [], 'pass', 'pass'],
    ['any and all', { any: [yes], all: [no] }, 'fail', 'fail'],
    ['blocks', [{ all: [yes] }, { any: [no, yes] }], 'pass', 'pass'],
    ['a block that fails', [{ all: [yes] }, { any: [no] }], 'fail', 'fail'],
    ['the old list', [yes, yes], 'pass', 'pass'],
    ['the old list with one that fails', [yes, no], 'fail', 'fail'],
    ['a missing field', { all: [lost] }, 'failed', 'failed'],
    ['a missing field behind what fails', { all: [no, lost] }, 'fail', 'failed'],
    ['a missing field behind what holds', { any: [yes, lost] }, 'pass', 'failed'],
    ['a missing field before what holds', { any: [lost, yes] }, 'failed', 'failed'],
    ['a missing field in a later block', [{ all: [no] }, { all: [lost] }], 'fail', 'failed'],
    ['an open part', { all: [open] }, 'open pass fail failed', 'open pass fail failed'],
    ['open and false', { all: [open, no] }, 'open fail failed', 'open fail failed'],
    ['false and open', { all: [no, open] }, 'fail', 'open fail failed'],
    ['true or open', { any: [yes, open] }, 'pass', 'open pass failed'],
    ['open or true', { any: [open, yes] }, 'open pass failed', 'open pass failed'],
    ['open or false', { any: [no, open] }, 'open pass fail failed', 'open pass fail failed'],
    ['open and missing', { all: [open, lost] }, 'open fail failed', 'failed'],
    ['open in a later block', [{ all: [no] }, { all: [open] }], 'fail', 'open fail failed'],
    ['any open and all false', { any: [open], all: [no] }, 'open fail failed', 'open fail failed'],
  ])('%s', (_, given, each, whole) => {
    expect(short(judge(given))).toBe(each)
    expect(short(judge(given, 'whole'))).toBe(whole)
  })

  it('says which condition decided', () => {
    expect(judge([{ all: [yes, no] }])).toEqual({
      kind: 'fail',
      message: 'the condition at /0/all/1 does not hold: "{{ n }}" (5) GreaterThan 7',
      messages: ['n is small'],
      decided: [{ path: '/0/all/1', key: '"{{ n }}"', operator: 'GreaterThan', value: '7', got: '5' }],
    })
    expect(judge([{ all: [lost] }], 'whole')).toEqual({
      kind: 'failed',
      code: 'not-found',
      path: '/0/all/0/key',
      message: 'at /0/all/0/key: "{{ nosuch.field }}": Unknown key "nosuch" in path',
    })
    expect(judge({ all: [open] })).toMatchObject({ kind: 'open', name: 'attestation scan' })
    expect(judge({ any: [no, { ...no, message: 'second' }] })).toMatchObject({
      messages: ['n is small', 'second'],
    })
    expect(judge({ all: [{ ...yes, message: 'n is {{ n }}' }] }, 'whole')).toEqual({
      kind: 'pass',
      messages: ['n is 5'],
    })
  })

  it('has variables anywhere in key and value', () => {
    const value = ['https://github.com/{{ nosuch || `"acme"` }}/*', '{{ uri }}']
    expect(judge({ all: [{ key: ['{{ uri }}'], operator: 'AllIn', value }] }).kind).toBe('pass')
    expect(judge({ all: [{ key: { a: '{{ n }}' }, operator: 'Equals', value: { a: 5 } }] }).kind).toBe('pass')
  })

  it('is bounded', () => {
    const read = readConditions({ all: Array(50).fill({ key: '{{ n }}', operator: 'Equals', value: 5 }) })
    if (read.kind === 'wrong') throw new Error('expected conditions')
    const options = { data, now, substitution: 'each', limits: { ...usualLimits, steps: 40 } } as const
    expect(evaluateConditions(read.blocks, options)).toMatchObject({ kind: 'failed', code: 'limit-exceeded' })
  })
})

describe('what is read', () => {
  test.each<[string, unknown, string]>([
    ['a text', 'x', ''],
    ['a block that is none', [1], '/0'],
    ['an unknown field of a block', [{ every: [] }], '/0/every'],
    ['no list', { all: yes }, '/all'],
    ['no condition', { all: ['x'] }, '/all/0'],
    ['an unknown operator', { all: [{ ...yes, operator: 'Like' }] }, '/all/0/operator'],
    ['an operator in small letters', { all: [{ ...yes, operator: 'equals' }] }, '/all/0/operator'],
    ['no operator', { all: [{ key: 1 }] }, '/all/0/operator'],
    ['a field too many', { all: [{ ...yes, values: 1 }] }, '/all/0/values'],
    ['a wrong expression', { all: [{ ...yes, key: '{{ a. }}' }] }, '/all/0/key'],
    ['a wrong expression within', { any: [{ ...yes, value: ['x', { y: '{{ a[ }}' }] }] }, '/any/0/value/1/y'],
    ['a message that is no text', { all: [{ ...yes, message: 1 }] }, '/all/0/message'],
    ['too many', { all: Array(2000).fill(yes) }, '/all/1000'],
  ])('%s is refused', (_, given, path) => {
    const read = readConditions(given)
    expect(read.kind === 'wrong' && read.problems.map((one) => one.path)).toEqual([path])
  })

  it('warns of deprecated operators', () => {
    const read = readConditions([
      { key: 1, operator: 'DurationLessThan', value: 2 },
      { key: 1, operator: 'In', value: [] },
    ])
    expect(read.kind === 'read' && read.warnings).toEqual([
      { path: '/0/operator', message: 'DurationLessThan is deprecated, use LessThan' },
      { path: '/1/operator', message: 'In is deprecated, use AllIn or AnyIn' },
    ])
  })
})
