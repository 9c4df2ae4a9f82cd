import { describe, expect, it } from 'vitest'
import { judgeImage } from '../../src/gate/image.js'
import { failed } from '../../src/network/lookup.js'
import type { ImageResult } from '../../src/verdict/result.js'
import { benchFor, memoryStore, type MemoryStore, never } from '../harness/bench.js'
import { digestOf, manifest, newKey, newRecord, signedImage } from '../harness/store.js'

const alice = newKey()
const bob = newKey()
const recordOf = (id: string): string => `manifests/app/v1/signatures/${id}.json`
const signedByAlice = signedImage(alice, 'bucket')

async function judge(
  store: MemoryStore,
  keys: readonly [string, ...string[]] = [bob.publicPem],
): Promise<ImageResult> {
  return (await judgeImage('s3://bucket/app:v1', benchFor({ keys, store }))).result
}

describe('a signature by another key', () => {
  it('is mentioned when the demanded one is missing, with what it claims and what was asked for', async () => {
    const result = await judge(memoryStore(signedByAlice))
    expect(result).toMatchObject({ verdict: 'rejected', failure: { code: 'unsigned' } })
    expect(result.finding.nearMisses).toEqual([
      {
        message: `a record claims a signature by key ${alice.id}, which it calls release.key; you asked for ${bob.id}`,
      },
    ])
  })

  it('counts for nothing, and is not among the signatures', async () => {
    const result = await judge(memoryStore(signedByAlice))
    expect(result.signatures).toEqual([])
  })

  it('is mentioned by its file name alone where it is no record', async () => {
    const result = await judge(memoryStore({ ...signedByAlice, [recordOf(alice.id)]: 'not a record' }))
    expect(result.finding.nearMisses).toEqual([
      { message: `a record claims a signature by key ${alice.id}; you asked for ${bob.id}` },
    ])
  })

  it('is not mentioned where the image is verified, nor where a wrong record is the reason', async () => {
    const record = newRecord(bob, 'bucket/app:v1', digestOf(manifest))
    const both = { ...signedByAlice, [recordOf(bob.id)]: record }
    expect(await judge(memoryStore(both))).toMatchObject({ verdict: 'verified' })
    expect((await judge(memoryStore(both))).finding).not.toHaveProperty('nearMisses')
    const forged = { ...both, [recordOf(bob.id)]: newRecord(alice, 'bucket/app:v1', digestOf(manifest)) }
    const result = await judge(memoryStore(forged))
    expect(result.failure?.code).toBe('signature-invalid')
    expect(result.finding).not.toHaveProperty('nearMisses')
  })

  it('is not mentioned where another key than the missing one was enough', async () => {
    const carol = newKey()
    const store = memoryStore({ ...signedByAlice, [recordOf(carol.id)]: '{}' })
    const bench = benchFor({ keys: [alice.publicPem, bob.publicPem], store, require: 'any' })
    const { result } = await judgeImage('s3://bucket/app:v1', bench)
    expect(result.verdict).toBe('verified')
    expect(result.finding).not.toHaveProperty('nearMisses')
  })

  it('is not mentioned when it was asked for itself', async () => {
    const result = await judge(memoryStore(signedByAlice), [alice.publicPem, bob.publicPem])
    expect(result.failure?.code).toBe('unsigned')
    expect(result.finding).not.toHaveProperty('nearMisses')
  })
})

describe('what lies beside the signatures', () => {
  it('is no near miss: other names, and an image whose tag is `signatures`', async () => {
    const folder = 'manifests/app/v1/signatures/'
    const store = memoryStore({
      'manifests/app/v1/manifest.json': manifest,
      [`${folder}manifest.json`]: manifest,
      [`${folder}README.json`]: '{}',
      [`${folder}${'A'.repeat(16)}.json`]: '{}',
      [`${folder}${alice.id}.json.bak`]: '{}',
    })
    expect((await judge(store)).finding).not.toHaveProperty('nearMisses')
  })

  it('is listed in order and not without end', async () => {
    const ids = Array.from({ length: 12 }, (_, index) => index.toString(16).padStart(16, '0'))
    const many = Object.fromEntries(ids.toReversed().map((id) => [recordOf(id), '{}']))
    const { finding } = await judge(memoryStore({ 'manifests/app/v1/manifest.json': manifest, ...many }))
    expect(finding.nearMisses?.map(({ message }) => /key ([0-9a-f]{16})/.exec(message)?.[1])).toEqual(
      ids.slice(0, 10),
    )
  })
})

describe('a list that cannot be had', () => {
  const failing: Readonly<Record<string, MemoryStore['names']>> = {
    'was refused': async () => Promise.resolve(failed('denied', 'no right to list', 'storage')),
    broke: async () => Promise.reject(new Error('a defect')),
  }

  it.each(Object.entries(failing))('changes nothing about the answer: it %s', async (_, names) => {
    const result = await judge({ ...memoryStore(signedByAlice), names })
    expect(result).toMatchObject({ verdict: 'rejected', failure: { code: 'unsigned' } })
    expect(result.finding).not.toHaveProperty('nearMisses')
  })

  it('is not waited for longer than the image has time', async () => {
    const store = { ...memoryStore(signedByAlice), names: async () => never }
    const bench = benchFor({ keys: [bob.publicPem], store, patience: { timeoutMs: 200 } })
    const { result } = await judgeImage('s3://bucket/app:v1', bench)
    expect(result).toMatchObject({ verdict: 'rejected', failure: { code: 'unsigned' } })
  })
})
