import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decide, type Result } from '../../src/library.js'
import { type Blocked, type CaseRegistry, keyedCases, openCaseRegistry } from '../harness/cosign-cases.js'

const usualWays: readonly Blocked[] = [404, 403, 500, 'dropped']
const refused = keyedCases.filter(({ ours }) => ours === 'rejected' || ours === 'undetermined')
const accepted = keyedCases.filter(({ ours }) => ours === 'verified')

// In cosign, blocking one call makes some of these verified: less evidence may never prove more.
describe.runIf(keyedCases.length > 0)('an image that does not pass, with one call blocked', () => {
  let registry: CaseRegistry
  beforeAll(async () => {
    registry = await openCaseRegistry()
  })
  afterAll(async () => registry.stop())

  const run = async (
    one: (typeof keyedCases)[number],
    block?: readonly [string, Blocked],
  ): Promise<{ verdict: Result['verdict']; requests: readonly string[] }> => {
    let verdict: Result['verdict'] = 'undetermined'
    const requests = await registry.during(block, async () => {
      verdict = (await decide(registry.request(one))).verdict
    })
    return { verdict, requests }
  }

  it.each(refused.map((one) => [one.id, one] as const))('%s', async (_, one) => {
    const { verdict, requests } = await run(one)
    expect(verdict).toBe(one.ours)
    expect(requests.length).toBeGreaterThan(0)
    for (const request of requests) {
      for (const how of usualWays) {
        const { verdict: got, requests: asked } = await run(one, [request, how])
        expect(asked, 'the block was met').toContain(request)
        expect(got, `${request} answered ${how}`).not.toBe('verified')
        // What was not proven false with everything there is not proven false with less.
        if (one.ours === 'undetermined') expect(got, `${request} answered ${how}`).toBe('undetermined')
      }
    }
  })

  it('is told from one that passes', async () => {
    expect(accepted.length).toBeGreaterThan(0)
    for (const one of accepted) expect((await run(one)).verdict, one.id).toBe('verified')
  })

  // An outage is no rejection: only what the registry itself calls absent may turn a good image into an unsigned one.
  it.each(accepted.map((one) => [one.id, one] as const))(
    '%s is not rejected by an outage',
    async (_, one) => {
      const { requests } = await run(one)
      for (const request of requests) {
        for (const how of [403, 500, 'dropped'] as const) {
          const { verdict } = await run(one, [request, how])
          expect(verdict, `${request} answered ${how}`).not.toBe('rejected')
        }
      }
    },
  )
})
