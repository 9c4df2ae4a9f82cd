import { describe, expect, it } from 'vitest'
import { boundRule } from '../../src/gate/bounded-rule.js'
import { met } from '../../src/verdict/finding.js'
import type { StatementRule } from '../../src/verify/statement-rule.js'

const statement = { payload: Buffer.from('{}'), predicateType: 't', where: 'here' }
const quick: StatementRule = {
  id: 'quick',
  over: 'every',
  problem: async () => Promise.resolve(undefined),
  judge: async () => Promise.resolve(met('rule', 'yes')),
}
const hanging: StatementRule = {
  ...quick,
  problem: async () => new Promise(() => undefined),
  judge: async () => new Promise(() => undefined),
}
const late = { code: 'timeout', service: 'engine' }

describe('a rule within the time of an image', () => {
  it('is the rule while there is time', async () => {
    const rule = boundRule(quick, new AbortController().signal)
    expect(rule).toMatchObject({ id: 'quick', over: 'every' })
    expect(await rule.problem()).toBeUndefined()
    expect(await rule.judge(statement)).toMatchObject({ status: 'met' })
  })

  it('is unknown when the time is over, and names the engine', async () => {
    const ends = new AbortController()
    const rule = boundRule(hanging, ends.signal)
    const answers = Promise.all([rule.problem(), rule.judge(statement)])
    ends.abort()
    expect(await answers).toMatchObject([late, { status: 'unknown', ...late }])
    expect(await rule.problem()).toMatchObject(late)
  })

  it('that throws still throws', async () => {
    const broken = { ...quick, judge: async () => Promise.reject(new Error('broken')) }
    await expect(boundRule(broken, new AbortController().signal).judge(statement)).rejects.toThrow('broken')
  })
})
