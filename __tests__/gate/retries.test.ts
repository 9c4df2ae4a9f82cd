import { describe, expect, it } from 'vitest'
import { judgeImage } from '../../src/gate/image.js'
import { type Answer, ask } from '../../src/network/call.js'
import { absent, failed, found } from '../../src/network/lookup.js'
import type { ImageResult } from '../../src/verdict/result.js'
import { benchFor, memoryStore } from '../harness/bench.js'
import { manifest, newKey, signedImage } from '../harness/store.js'

const alice = newKey()
const manifestKey = 'manifests/app/v1/manifest.json'
const soon = { retryAfterMs: 1 }
const down: Answer<never> = { ...failed('server-error', 'answered 503', 'storage'), ...soon }
const limited: Answer<never> = { ...failed('rate-limited', 'answered 429', 'storage'), ...soon }
const denied = failed('denied', 'answered 403', 'storage')
const there = found<Uint8Array>(Buffer.from(manifest))

/** An image whose manifest is answered for with these, one by one, and then with the manifest. */
async function judge(
  retries: number,
  ...answers: readonly Answer<Uint8Array>[]
): Promise<{ result: ImageResult; asked: number }> {
  let asked = 0
  const store = memoryStore(signedImage(alice, 'bucket'), (key, call) =>
    key === manifestKey
      ? ask('GET manifest', 'storage', call, async () => Promise.resolve(answers[asked++] ?? there))
      : undefined,
  )
  const bench = benchFor({ keys: [alice.publicPem], store, patience: { retries } })
  const { result } = await judgeImage('s3://bucket/app:v1', bench)
  return { result, asked }
}

describe('a service that fails for a moment', () => {
  it('is asked again, and the report tells how often and why', async () => {
    const { result, asked } = await judge(3, down, limited)
    expect(result.verdict).toBe('verified')
    expect(asked).toBe(3)
    expect(result.attempts).toEqual([
      { call: 'GET manifest', attempt: 2, ended: 'server-error: answered 503' },
      { call: 'GET manifest', attempt: 3, ended: 'rate-limited: answered 429' },
    ])
  })

  it('is asked as often as was said, and then the answer is that it failed', async () => {
    for (const retries of [0, 1, 2]) {
      const { result, asked } = await judge(retries, down, down, down, down)
      expect(asked).toBe(retries + 1)
      expect(result).toMatchObject({
        verdict: 'undetermined',
        digest: null,
        failure: { class: 'infrastructure', code: 'server-error', service: 'storage' },
      })
      expect(result.attempts).toHaveLength(retries)
    }
  })
})

describe('a failure that does not pass', () => {
  it.each([
    ['a refused right', denied, 'denied'],
    ['an absence', absent('object not found'), 'not-found'],
    ['a wrong answer', failed('response-invalid', 'a login page', 'storage'), 'response-invalid'],
  ])('is not asked about again: %s', async (_, answer, code) => {
    const { result, asked } = await judge(3, answer)
    expect(asked).toBe(1)
    expect(result).toMatchObject({ verdict: 'undetermined', failure: { code }, attempts: [] })
  })
})
