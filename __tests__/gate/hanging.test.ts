import { describe, expect, it } from 'vitest'
import { judgeImage } from '../../src/gate/image.js'
import { compileInputs } from '../../src/policy/inputs.js'
import { asksOf } from '../../src/requirement/leaves.js'
import type { Threshold } from '../../src/verdict/request.js'
import { benchFor, type Instead, memoryStore, never } from '../harness/bench.js'
import { digestOf, manifest, newKey, newRecord, signedImage } from '../harness/store.js'

const alice = newKey()
const bob = newKey()
const image = 's3://bucket/app:v1'
const manifestKey = 'manifests/app/v1/manifest.json'
const recordOf = (id: string): string => `manifests/app/v1/signatures/${id}.json`
const signed = signedImage(alice, 'bucket')
const forged = { ...signed, [recordOf(alice.id)]: newRecord(bob, 'bucket/app:v1', digestOf(manifest)) }
const keys = [alice.publicPem, bob.publicPem] as const
const hangingOn =
  (wanted: string): Instead =>
  (key) =>
    key === wanted ? never : undefined

describe('one part of several that never answers', () => {
  const bobHangs = hangingOn(recordOf(bob.id))

  it('does not delay an image that is verified without it', async () => {
    // Nothing but the pass itself can end this in time: the limit is an hour.
    const patience = { timeoutMs: 3_600_000 }
    const bench = benchFor({ keys, store: memoryStore(signed, bobHangs), require: 'any', patience })
    const { result } = await judgeImage(image, bench)
    expect(result).toMatchObject({ verdict: 'verified', failure: null })
    expect(result.signatures).toHaveLength(1)
  })

  it.each<[string, Threshold, Readonly<Record<string, string>>, string, string]>([
    ['is no pass where it is needed', 'all', signed, 'undetermined', 'timeout'],
    ['is no rejection where it could have met the demand', 'any', forged, 'undetermined', 'timeout'],
    ['does not hide what is proven false', 'all', forged, 'rejected', 'signature-invalid'],
  ])('%s', async (_, require, objects, verdict, code) => {
    const store = memoryStore(objects, bobHangs)
    const bench = benchFor({ keys, store, require, patience: { timeoutMs: 200 } })
    const { result } = await judgeImage(image, bench)
    expect(result).toMatchObject({ verdict, failure: { code } })
    expect(result.digest).toBe(digestOf(manifest))
  })
})

describe('a key that never loads', () => {
  const withHangingKey = (require: Threshold): ReturnType<typeof benchFor> => {
    const bench = benchFor({
      keys: [alice.publicPem],
      store: memoryStore(signed),
      patience: { timeoutMs: 200 },
    })
    const { keyring } = bench
    const requirement = compileInputs({ signers: { keys: ['hangs', alice.publicPem], require } })
    return {
      ...bench,
      requirement,
      asks: asksOf(requirement),
      keyring: {
        ...keyring,
        load: async (reference) => (reference === 'hangs' ? never : keyring.load(reference)),
      },
    }
  }

  it('does not stand in the way of a good one', async () => {
    const { result } = await judgeImage(image, withHangingKey('any'))
    expect(result.verdict).toBe('verified')
  })

  it('leaves open what was asked of it', async () => {
    const { result } = await judgeImage(image, withHangingKey('all'))
    expect(result).toMatchObject({
      verdict: 'undetermined',
      failure: { class: 'infrastructure', code: 'timeout' },
    })
  })
})

describe('an image that never resolves', () => {
  it('is undetermined when its time is over, and nothing is handed on', async () => {
    const store = memoryStore(signed, hangingOn(manifestKey))
    const bench = benchFor({ keys, store, patience: { timeoutMs: 200 } })
    const { result } = await judgeImage(image, bench)
    expect(result).toMatchObject({
      verdict: 'undetermined',
      digest: null,
      pinned: null,
      failure: { class: 'infrastructure', code: 'timeout', service: 'storage' },
    })
    expect(result.failure?.message).toBe(`${image}: no answer within the time for this image`)
  })

  it('says which call hung, where that call knows', async () => {
    const said = 'GET memory:x: no answer, as the store is asleep'
    const store = memoryStore(signed, (key, { signal }) => {
      if (key !== manifestKey) return undefined
      const problem = { code: 'timeout', service: 'storage', message: said } as const
      return new Promise((resolve) => {
        signal.addEventListener('abort', () => setTimeout(() => resolve({ kind: 'failed', problem }), 20))
      })
    })
    const { result } = await judgeImage(image, benchFor({ keys, store, patience: { timeoutMs: 200 } }))
    expect(result.failure?.message).toBe(said)
  })
})

describe('calls that hang', () => {
  it('are stopped once the image is decided', async () => {
    const stopped: string[] = []
    const store = memoryStore(signed, (key, { signal }) => {
      if (key !== recordOf(bob.id)) return undefined
      signal.addEventListener('abort', () => stopped.push(key))
      return never
    })
    await judgeImage(image, benchFor({ keys, store, require: 'any' }))
    expect(stopped).toEqual([recordOf(bob.id)])
  })
})

describe('a part that breaks', () => {
  it('is an internal error, never a verdict', async () => {
    for (const broken of [manifestKey, recordOf(alice.id)]) {
      const store = memoryStore(signed, (key) =>
        key === broken ? Promise.reject(new Error('a defect')) : undefined,
      )
      const { result } = await judgeImage(image, benchFor({ keys: [alice.publicPem], store }))
      expect(result).toMatchObject({
        verdict: 'undetermined',
        failure: { class: 'infrastructure', code: 'internal-error', message: 'while judging: a defect' },
      })
    }
  })

  it('is the store as well as what is in it', async () => {
    const bench = benchFor({ keys, store: memoryStore(signed) })
    const { result } = await judgeImage(image, {
      ...bench,
      stores: async () => Promise.reject(new Error('no store')),
    })
    expect(result).toMatchObject({ verdict: 'undetermined', failure: { code: 'internal-error' } })
  })
})

describe('an image of which nothing is demanded', () => {
  it('is not verified, not even when its digest is as its reference says', async () => {
    const requirement = { kind: 'exempt', name: 'exception', reason: 'until May' } as const
    const bench = { ...benchFor({ keys, store: memoryStore(signed) }), requirement }
    for (const reference of [image, `${image}@${digestOf(manifest)}`]) {
      const { result } = await judgeImage(reference, bench)
      expect(result).toMatchObject({ verdict: 'undetermined', failure: { code: 'nothing-to-verify' } })
    }
  })
})
