import { describe, expect, it } from 'vitest'
import { judgeImage } from '../../src/gate/image.js'
import { failed } from '../../src/network/lookup.js'
import { benchFor, memoryStore, never, testClock } from '../harness/bench.js'
import { digestOf, manifest, newKey, newRecord, signedImage } from '../harness/store.js'

const alice = newKey()
const bob = newKey()
const image = 's3://bucket/app:v1'
const manifestKey = 'manifests/app/v1/manifest.json'
const recordOf = (id: string): string => `manifests/app/v1/signatures/${id}.json`
const signed = signedImage(alice, 'bucket')
const record = signed[recordOf(alice.id)] ?? ''
const unsigned = { [manifestKey]: manifest }
const minutes = { waitMs: 300_000 }

describe('evidence that appears later', () => {
  it('is waited for, and read again until it is there', async () => {
    const store = memoryStore(unsigned)
    const clock = testClock((pause) => {
      if (pause === 3) store.objects.set(recordOf(alice.id), record)
    })
    const bench = benchFor({ keys: [alice.publicPem], store, patience: minutes, clock })
    const { result } = await judgeImage(image, bench)
    expect(result.verdict).toBe('verified')
    expect(clock.pauses).toHaveLength(3)
  })

  it('is asked for ever less often, at least every 15 seconds, and never beyond the wait', async () => {
    const clock = testClock()
    const bench = benchFor({
      keys: [alice.publicPem],
      store: memoryStore(unsigned),
      patience: { waitMs: 60_000 },
      clock,
    })
    const { result } = await judgeImage(image, bench)
    expect(result).toMatchObject({ verdict: 'rejected', failure: { code: 'unsigned' } })
    expect(clock.pauses).toEqual([1000, 2000, 4000, 8000, 15_000, 15_000, 15_000])
  })

  it('is not waited for unless that was asked for', async () => {
    const clock = testClock()
    const store = memoryStore(unsigned)
    const { result } = await judgeImage(image, benchFor({ keys: [alice.publicPem], store, clock }))
    expect(result.verdict).toBe('rejected')
    expect(clock.pauses).toEqual([])
  })

  it('is evidence for the digest that was resolved at first: an image moved meanwhile is not judged instead', async () => {
    const store = memoryStore(unsigned)
    const moved = manifest.replace('"size":2', '"size":3')
    const clock = testClock(() => {
      store.objects.set(manifestKey, moved)
      store.objects.set(recordOf(alice.id), newRecord(alice, 'bucket/app:v1', digestOf(moved)))
    })
    const bench = benchFor({ keys: [alice.publicPem], store, patience: minutes, clock })
    const { result } = await judgeImage(image, bench)
    expect(result).toMatchObject({
      verdict: 'rejected',
      digest: digestOf(manifest),
      failure: { code: 'digest-mismatch' },
    })
    expect(store.reads.filter((key) => key === manifestKey)).toHaveLength(1)
  })
})

describe('what is not there yet', () => {
  it('alone is asked for again: what was found stays found', async () => {
    const store = memoryStore(signed)
    const clock = testClock((pause) => {
      if (pause === 2)
        store.objects.set(recordOf(bob.id), newRecord(bob, 'bucket/app:v1', digestOf(manifest)))
    })
    const bench = benchFor({ keys: [alice.publicPem, bob.publicPem], store, patience: minutes, clock })
    const { result } = await judgeImage(image, bench)
    expect(result.verdict).toBe('verified')
    expect(store.reads.filter((key) => key === recordOf(alice.id))).toHaveLength(1)
    expect(store.reads.filter((key) => key === recordOf(bob.id))).toHaveLength(3)
  })

  it.each([
    ['met already', { require: 'any' as const, objects: signed }, 'verified'],
    [
      'rejected whatever comes',
      { objects: { ...unsigned, [recordOf(alice.id)]: newRecord(bob, 'bucket/app:v1', digestOf(manifest)) } },
      'rejected',
    ],
  ])('is not waited for where the image is %s', async (_, { objects, ...how }, verdict) => {
    const clock = testClock()
    const keys = [alice.publicPem, bob.publicPem] as const
    const bench = benchFor({ keys, store: memoryStore(objects), patience: minutes, clock, ...how })
    const { result } = await judgeImage(image, bench)
    expect(result.verdict).toBe(verdict)
    expect(clock.pauses).toEqual([])
  })

  it('is not waited for where the digest is not the demanded one', async () => {
    const clock = testClock()
    const bench = benchFor({
      keys: [alice.publicPem],
      store: memoryStore(unsigned),
      patience: minutes,
      clock,
    })
    const { result } = await judgeImage(`${image}@sha256:${'0'.repeat(64)}`, bench)
    expect(result).toMatchObject({ verdict: 'rejected', failure: { code: 'digest-mismatch' } })
    expect(clock.pauses).toEqual([])
  })
})

describe('what waiting is not for', () => {
  it.each([
    ['the image itself', memoryStore({}), 'not-found'],
    [
      'a store that failed',
      memoryStore(unsigned, (key) =>
        key === recordOf(alice.id) ? Promise.resolve(failed('denied', 'no right', 'storage')) : undefined,
      ),
      'denied',
    ],
  ])('%s', async (_, store, code) => {
    const clock = testClock()
    const bench = benchFor({ keys: [alice.publicPem], store, patience: minutes, clock })
    const { result } = await judgeImage(image, bench)
    expect(result).toMatchObject({ verdict: 'undetermined', failure: { code } })
    expect(clock.pauses).toEqual([])
  })
})

describe('a call that hangs', () => {
  it('does not keep evidence that appears later from being found', async () => {
    const store = memoryStore(unsigned, (key) => (key === recordOf(bob.id) ? never : undefined))
    const clock = testClock((pause) => {
      if (pause === 2) store.objects.set(recordOf(alice.id), record)
    })
    const keys = [bob.publicPem, alice.publicPem] as const
    const bench = benchFor({ keys, store, require: 'any', patience: minutes, clock })
    const { result } = await judgeImage(image, bench)
    expect(result.verdict).toBe('verified')
    expect(store.reads.filter((key) => key === recordOf(bob.id))).toHaveLength(1)
  })
})
