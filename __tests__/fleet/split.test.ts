import { describe, expect, it } from 'vitest'
import { matrixOf, newPlan, readPlan, referencesOf } from '../../src/fleet/plan.js'
import { type FleetImage, split } from '../../src/fleet/split.js'

const image = (reference: string, inManifests = false): FleetImage => ({
  reference,
  inManifests,
  given: !inManifests,
})
const fleet = (count: number): readonly FleetImage[] =>
  Array.from({ length: count }, (_, n) => image(`registry.example/team-${n % 7}/app-${n}:v1`))
const names = (shards: readonly (readonly FleetImage[])[]): readonly (readonly string[])[] =>
  shards.map((shard) => shard.map(({ reference }) => reference))

describe('a fleet', () => {
  it.each([
    [10, { shards: 3 }, [3, 3, 4]],
    [10, { size: 4 }, [3, 3, 4]],
    [10, { size: 10 }, [10]],
    [10, { size: 1 }, Array.from({ length: 10 }, () => 1)],
    [3, { shards: 5 }, [1, 1, 1]],
    [5000, { shards: 3 }, [1666, 1667, 1667]],
  ])('of %i into %o comes in even parts', (count, into, sizes) => {
    expect(split(fleet(count), into).map(({ length }) => length)).toEqual(sizes)
  })

  it('is split the same whatever order it is given in', () => {
    const images = fleet(100)
    expect(split([...images].reverse(), { shards: 7 })).toEqual(split(images, { shards: 7 }))
  })

  it('holds each image once, with all that named it', () => {
    const [only] = split([image('a/b:1'), image('a/b:1', true), image('a/b:1')], { shards: 2 })
    expect(only).toEqual([{ reference: 'a/b:1', given: true, inManifests: true }])
  })

  it('keeps the images of a repository together', () => {
    const images = ['b/x:1', 'a/y-z:1', 'a/y:2', 'a/y-z:2', 'a/y:1', 'b/x:2'].map((name) => image(name))
    expect(names(split(images, { shards: 3 }))).toEqual([
      ['a/y-z:1', 'a/y-z:2'],
      ['a/y:1', 'a/y:2'],
      ['b/x:1', 'b/x:2'],
    ])
  })
})

describe('a plan', () => {
  const plan = newPlan(split([...fleet(9), image('m/n:1', true)], { shards: 3 }), '1.2.3')
  const bytes = (document: unknown): Uint8Array => Buffer.from(JSON.stringify(document))

  it('makes the matrix of jobs', () => {
    expect(matrixOf(plan)).toEqual({
      include: [
        { shard: 1, of: 3, count: 3 },
        { shard: 2, of: 3, count: 3 },
        { shard: 3, of: 3, count: 4 },
      ],
    })
  })

  it('is read back as it was, however it is laid out', () => {
    expect(readPlan(bytes(plan))).toEqual(plan)
    expect(readPlan(Buffer.from(JSON.stringify(plan, null, 4)))).toEqual(plan)
  })

  it('tells who named an image', () => {
    const [first] = plan.shards
    expect(first?.manifests).toEqual(['m/n:1'])
    expect(first && referencesOf(first)).toContain('m/n:1')
  })

  const [first, second, third] = plan.shards
  const changed = {
    'no JSON': 'x',
    'no object': [plan],
    'another version': { ...plan, schemaVersion: 2 },
    'of another tool': { ...plan, tool: { name: 'other', version: '1' } },
    'without shards': { ...plan, shards: [] },
    'of too many shards': { ...plan, shards: Array.from({ length: 257 }, () => first) },
    'without the last shard': { ...plan, shards: [first, second] },
    'with shards in another order': { ...plan, shards: [second, first, third] },
    'with an image more': {
      ...plan,
      shards: [first, second, { ...third, images: [...third!.images, 'x/y:1'] }],
    },
    'with an image less': { ...plan, shards: [first, second, { ...third, images: third!.images.slice(1) }] },
    'with an image twice': {
      ...plan,
      shards: [first, second, { ...third, images: [...third!.images, first!.images[0]] }],
    },
    'with an image twice in a shard': {
      ...plan,
      shards: [{ ...first, images: [...first!.images, first!.images[0]] }, second, third],
    },
    'with something else than a name': { ...plan, shards: [{ ...first, images: [1] }, second, third] },
    'with an empty shard': { ...plan, shards: [{ ...first, images: [], manifests: [] }, second, third] },
    'with another hash': { ...plan, sha256: 'ab'.repeat(32) },
    'without a hash': { ...plan, sha256: undefined },
  }
  it.each(Object.entries(changed))('that is %s is none', (_, document) => {
    expect(typeof readPlan(typeof document === 'string' ? Buffer.from(document) : bytes(document))).toBe(
      'string',
    )
  })
})
