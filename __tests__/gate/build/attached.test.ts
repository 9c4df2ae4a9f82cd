import { describe, expect, it } from 'vitest'
import { openAttached } from '../../../src/gate/build/attached.js'
import type { Evidence } from '../../../src/evidence/evidence.js'
import { absent, failed, found } from '../../../src/network/lookup.js'
import type { Channel, Offer, Place, Wanted } from '../../../src/stores/store.js'
import type { Problem } from '../../../src/verdict/finding.js'
import * as made from '../../harness/built-image.js'
import { newCall } from '../../harness/call.js'

const { hands, signBuild } = made
const image = made.newBuiltImage({ salt: 'attached' })
const down: Problem = { code: 'server-error', service: 'registry', message: 'down' }
const envelope = signBuild(made.buildOf(image))
const json = (bytes: Buffer): object => JSON.parse(bytes.toString()) as object

const dsse = (bytes: Buffer, where: string): Evidence => ({
  format: 'dsse-envelope',
  where,
  bytes,
  annotations: {},
})
const attest = (predicate: unknown): Buffer =>
  signBuild(
    { _type: 'https://in-toto.io/Statement/v1', subject: [], predicateType: 'x', predicate },
    hands.stranger,
  )

interface Shelf {
  readonly place: Place
  readonly reads: string[]
  readonly wanted: Wanted[]
}

function shelf(
  channels: (
    offer: (
      name: string,
      rank: Offer['rank'],
      evidence?: readonly Evidence[],
      problems?: readonly Problem[],
    ) => Offer,
  ) => readonly Channel[],
  more: Partial<Place['evidence']> = {},
): Shelf {
  const reads: string[] = []
  const wanted: Wanted[] = []
  const offer = (
    name: string,
    rank: Offer['rank'],
    evidence = [dsse(envelope, name)],
    problems: readonly Problem[] = [],
  ): Offer => ({
    rank,
    read: async () => {
      reads.push(name)
      return Promise.resolve({ evidence, problems })
    },
  })
  const images = { resolve: async () => Promise.resolve(absent('not asked for')) }
  const evidence: Place['evidence'] = {
    byKey: false,
    look: () => (one) => {
      wanted.push(one)
      return channels(offer as never)
    },
    list: async () => Promise.resolve(absent('not asked for')),
    ...more,
  }
  return { place: { images, evidence }, reads, wanted }
}

const listed = async (...offers: readonly Offer[]): Channel => Promise.resolve(found(offers))
const open = ({ place }: Shelf): ReturnType<typeof openAttached> =>
  openAttached(place, Promise.resolve(absent('no image')), newCall())

describe('envelopes beside an image', () => {
  it('are read as far as they are likely, then all, and none twice', async () => {
    const one = shelf((offer) => [
      listed(offer('a', 1), offer('b', 3)),
      listed(...['c', 'd', 'e', 'f', 'g'].map((name) => offer(name, 2))),
    ])
    const attached = open(one)
    const likely = await attached('likely')
    expect(likely.sources.map(({ where }) => where)).toEqual(['a', 'c', 'd', 'e', 'f', 'g'])
    expect(likely.sources.every(({ origin }) => origin === 'found')).toBe(true)
    const all = await attached('all')
    expect(all.sources.map(({ where }) => where)).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g'])
    await Promise.all([attached('likely'), attached('all')])
    expect(one.reads.sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g'])
    expect(one.wanted).toHaveLength(1)
    expect(one.wanted[0]?.builds).toBe(true)
  })

  it('that could not be listed or read are problems, and hide no others', async () => {
    const attached = open(
      shelf((offer) => [
        Promise.resolve(failed('timeout', 'slow', 'registry')),
        listed(offer('a', 1), offer('b', 1, [], [down])),
        Promise.resolve(absent('no tag')),
      ]),
    )
    const { sources, problems } = await attached('likely')
    expect(sources.map(({ where }) => where)).toEqual(['a'])
    expect(problems.map(({ code }) => code)).toEqual(['timeout', 'server-error'])
  })

  it('are none where evidence lies under the ids of keys, unless anybody’s attestations do', async () => {
    const channels = (offer: (name: string, rank: Offer['rank']) => Offer): readonly Channel[] => [
      listed(offer('a', 1)),
    ]
    const byKey = shelf(channels, { byKey: true })
    expect(await open(byKey)('all')).toEqual({ sources: [], problems: [] })
    expect(byKey.wanted).toEqual([])
    const both = shelf(channels, { byKey: true, attestationsByAnyone: true })
    expect((await open(both)('all')).sources).toHaveLength(1)
  })

  it('are none of other formats', async () => {
    const simple: Evidence = { format: 'simple-signing', where: 'sig', bytes: envelope, annotations: {} }
    const attached = open(shelf((offer) => [listed(offer('a', 1, [simple]))]))
    expect(await attached('all')).toEqual({ sources: [], problems: [] })
  })
})

describe('what an attestation holds', () => {
  const bundle = (inside: Buffer): Buffer =>
    Buffer.from(
      JSON.stringify({
        mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
        dsseEnvelope: json(inside),
      }),
    )
  it.each<[string, Evidence['format'], Buffer, number]>([
    ['an envelope', 'dsse-envelope', envelope, 1],
    ['an envelope in a bundle', 'sigstore-bundle', bundle(envelope), 1],
    ['an envelope as predicate', 'dsse-envelope', attest(json(envelope)), 2],
    ['an envelope as predicate, in a bundle', 'sigstore-bundle', bundle(attest(json(envelope))), 2],
    ['an envelope as text', 'dsse-envelope', attest({ Data: envelope.toString() }), 2],
    ['a text that is none', 'dsse-envelope', attest({ Data: 'x' }), 1],
    ['something else', 'dsse-envelope', Buffer.from('x'), 1],
  ])('%s', async (_, format, bytes, count) => {
    const evidence = { format, where: 'here', bytes, annotations: {} } as Evidence
    const { sources } = await open(shelf((offer) => [listed(offer('a', 1, [evidence]))]))('all')
    expect(sources).toHaveLength(count)
    expect(sources.every(({ origin }) => origin === 'found')).toBe(true)
    if (count === 2) expect(json(Buffer.from(sources[1]?.bytes ?? ''))).toEqual(json(envelope))
  })
})
