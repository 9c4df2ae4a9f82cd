import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { judgeImage } from '../../src/gate/image.js'
import { failed } from '../../src/network/lookup.js'
import type { ImageResult } from '../../src/verdict/result.js'
import type { Threshold } from '../../src/verdict/request.js'
import { benchFor, memoryStore } from '../harness/bench.js'
import { digestOf, manifest, newKey, newRecord, signedImage } from '../harness/store.js'

const alice = newKey()
const bob = newKey()
const carol = newKey()
const dave = newKey()
const keys = [alice.publicPem, bob.publicPem, carol.publicPem] as const
const recordOf = (id: string): string => `manifests/app/v1/signatures/${id}.json`

// One of each kind: a good record, a forged one, one that cannot be read, and one that nobody asked for.
const objects = {
  ...signedImage(alice, 'bucket'),
  [recordOf(bob.id)]: newRecord(alice, 'bucket/app:v1', digestOf(manifest)),
  [recordOf(dave.id)]: newRecord(dave, 'bucket/app:v1', digestOf(manifest)),
}
const parts = ['manifests/app/v1/manifest.json', ...[alice, bob, carol].map(({ id }) => recordOf(id))]
const broken = recordOf(carol.id)

function permutations<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  if (items.length <= 1) return [items]
  return items.flatMap((item, at) => permutations(items.toSpliced(at, 1)).map((rest) => [item, ...rest]))
}

/** Lets parts go on one by one in a given order, as soon as all of them have come. */
function gateFor(order: readonly string[]): (part: string) => Promise<void> {
  const waiting = new Map<string, () => void>()
  const openInOrder = async (): Promise<void> => {
    for (const part of order) {
      waiting.get(part)?.()
      // More than one turn: what hangs on this part gets as far as it can before the next is let go.
      for (let turns = 0; turns < 5; turns++) await turn()
    }
  }
  return async (part) =>
    new Promise((resolve) => {
      waiting.set(part, resolve)
      if (waiting.size === order.length) void openInOrder()
    })
}

async function judgeReadingIn(order: readonly string[], require: Threshold): Promise<ImageResult> {
  const pass = gateFor(order)
  const store = memoryStore(objects, async (key) => {
    if (!order.includes(key)) return undefined
    await pass(key)
    if (key === broken) return failed('denied', 'no right to read it', 'storage')
    const text = store.objects.get(key) ?? ''
    return { kind: 'found', value: Buffer.from(text) }
  })
  return (await judgeImage('s3://bucket/app:v1', benchFor({ keys, store, require }))).result
}

async function judgeLoadingIn(order: readonly string[], require: Threshold): Promise<ImageResult> {
  const pass = gateFor(order)
  const store = memoryStore(objects, (key) =>
    key === broken ? Promise.resolve(failed('denied', 'no right to read it', 'storage')) : undefined,
  )
  const bench = benchFor({ keys, store, require })
  const load = async (reference: string): ReturnType<typeof bench.keyring.load> => {
    await pass(reference)
    return bench.keyring.load(reference)
  }
  return (await judgeImage('s3://bucket/app:v1', { ...bench, keyring: { ...bench.keyring, load } })).result
}

describe.each<[Threshold, string]>([
  ['all', 'rejected'],
  ['any', 'verified'],
  [2, 'undetermined'],
])('the answer to require: %s', (require, verdict) => {
  it('is the same, to the letter, in whatever order the reads end', async () => {
    const orders = permutations(parts)
    const answers = await Promise.all(orders.map((order) => judgeReadingIn(order, require)))
    expect(orders).toHaveLength(24)
    expect(answers[0]?.verdict).toBe(verdict)
    for (const answer of answers) expect(answer).toEqual(answers[0])
  })

  it('is the same, to the letter, in whatever order the keys load', async () => {
    const answers = await Promise.all(permutations(keys).map((order) => judgeLoadingIn(order, require)))
    expect(answers).toHaveLength(6)
    expect(answers[0]?.verdict).toBe(verdict)
    for (const answer of answers) expect(answer).toEqual(answers[0])
  })
})
