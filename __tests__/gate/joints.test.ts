import { describe, expect, it } from 'vitest'
import { runJoints } from '../../src/gate/joints.js'
import type { Facts, Joint } from '../../src/policy/part.js'
import { met } from '../../src/verdict/finding.js'

const facts: Facts = { of: () => undefined, digestOf: () => undefined, finding: () => met('x', '') }
const never: Joint = { id: 'never', evaluate: async () => new Promise(() => undefined) }
const good: Joint = { id: 'good', evaluate: async () => Promise.resolve(met('good', 'yes')) }
const thrown: Joint = {
  id: 'thrown',
  evaluate: async () => Promise.reject(new Error('no such field')),
}

describe('policies that are evaluated by themselves', () => {
  it('one that breaks off is unknown, and keeps no other', async () => {
    const findings = await runJoints([thrown, good], facts)
    expect(findings.get('thrown')?.finding).toMatchObject({
      status: 'unknown',
      code: 'internal-error',
      service: 'engine',
    })
    expect(findings.get('thrown')?.finding.message).toContain('no such field')
    expect(findings.get('good')?.finding.status).toBe('met')
  })

  it('each is evaluated once', async () => {
    let times = 0
    const counted: Joint = { id: 'one', evaluate: async () => Promise.resolve(met('one', String(++times))) }
    const findings = await runJoints([counted, counted], facts)
    expect([times, findings.size]).toEqual([1, 1])
  })

  it('one without end ends with the time, and stays open with those behind it', async () => {
    const findings = await runJoints([good, never, { ...good, id: 'behind' }], facts, AbortSignal.timeout(50))
    expect([...findings.keys()]).toEqual(['good'])
    expect((await runJoints([good], facts, AbortSignal.abort())).size).toBe(0)
  })
})
