import { describe, expect, it } from 'vitest'
import type { Descriptor } from '../../src/evidence/oci-manifest.js'
import { signaturePredicate } from '../../src/evidence/statement.js'
import { openJournal } from '../../src/network/journal.js'
import { absent, failed, found, type Lookup } from '../../src/network/lookup.js'
import type { Repository } from '../../src/stores/registry/client.js'
import { offersOfReferrers, offersOfTag, readAll } from '../../src/stores/companions.js'
import type { Offer, Wanted } from '../../src/stores/store.js'

const call = { signal: new AbortController().signal, retries: 0, journal: openJournal() }
const digest = (letter: string): `sha256:${string}` => `sha256:${letter.repeat(64)}`
const signature: Wanted = { keyId: 'any' }
const spdx: Wanted = { keyId: 'any', predicateType: 'https://spdx.dev/Document' }
const bundleType = 'application/vnd.dev.sigstore.bundle.v0.3+json'
const signatureArtifact = 'application/vnd.dev.cosign.artifact.sig.v1+json'

interface Held {
  /** By tag or digest. */
  readonly manifests?: Readonly<Record<string, object | Lookup<never>>>
  /** By digest. */
  readonly blobs?: Readonly<Record<string, string | Lookup<never>>>
}

/** A repository that holds this, and the names of what was read from it. */
function repositoryOf({ manifests = {}, blobs = {} }: Held): Repository & { readonly reads: string[] } {
  const reads: string[] = []
  const take = (name: string, value: object | string | undefined): Lookup<Uint8Array> => {
    reads.push(name)
    if (value === undefined) return absent(`${name}: not there`)
    if (typeof value === 'object' && 'kind' in value) return value as Lookup<never>
    return found(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)))
  }
  return {
    name: 'registry.example/app',
    service: 'registry',
    host: 'registry.example',
    path: 'app',
    reads,
    manifest: async (reference) => {
      const bytes = take(reference, manifests[reference])
      return Promise.resolve(
        bytes.kind === 'found' ? found({ digest: digest('f'), bytes: bytes.value }) : bytes,
      )
    },
    blob: async (descriptor, limit) =>
      Promise.resolve(take(`${descriptor.digest.slice(7, 8)} ${limit}`, blobs[descriptor.digest])),
    has: async () => Promise.reject(new Error('nobody asks for this')),
    stream: async () => Promise.reject(new Error('nobody asks for this')),
    page: async () => Promise.reject(new Error('nobody asks for this')),
  }
}

const listing = (letter: string, more: Partial<Descriptor> = {}): Descriptor => ({
  digest: digest(letter),
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  annotations: {},
  ...more,
})
const layer = (letter: string, annotations: object = {}, mediaType = 'text/plain'): object => ({
  digest: digest(letter),
  mediaType,
  annotations,
})
const ranks = (offers: readonly Offer[]): readonly number[] => offers.map(({ rank }) => rank)

async function tag(
  held: Held,
  wanted = signature,
  format: 'simple-signing' | 'dsse-envelope' = 'simple-signing',
): Promise<readonly Offer[]> {
  const offers = await offersOfTag(repositoryOf(held), 'sig', format, wanted, call)
  if (offers.kind !== 'found') throw new Error(JSON.stringify(offers))
  return offers.value
}

describe('the layers of a tag', () => {
  const blobs = { [digest('a')]: 'first', [digest('b')]: 'second' }

  it('are pieces of evidence with their annotations, whatever type they say', async () => {
    const manifests = { sig: { layers: [layer('a', { x: '1' }), layer('b', { x: '2' }, 'image/png')] } }
    expect(await readAll(await tag({ manifests, blobs }))).toEqual({
      problems: [],
      evidence: [
        {
          format: 'simple-signing',
          where: 'registry.example/app:sig (layer 1)',
          bytes: Buffer.from('first'),
          annotations: { x: '1' },
        },
        {
          format: 'simple-signing',
          where: 'registry.example/app:sig (layer 2)',
          bytes: Buffer.from('second'),
          annotations: { x: '2' },
        },
      ],
    })
  })

  it('are read only when they are asked for, up to the limit of their kind', async () => {
    const repository = repositoryOf({ manifests: { sig: { layers: [layer('a')] } }, blobs })
    for (const format of ['simple-signing', 'dsse-envelope'] as const) {
      const offers = await offersOfTag(repository, 'sig', format, signature, call)
      if (offers.kind === 'found') await readAll(offers.value)
    }
    expect(repository.reads).toEqual(['sig', `a ${1024 ** 2}`, 'sig', `a ${128 * 1024 ** 2}`])
  })

  it('that cannot be read hide no other', async () => {
    const broken = { ...blobs, [digest('a')]: failed('timeout', 'no answer', 'registry') }
    const { evidence, problems } = await readAll(
      await tag({ manifests: { sig: { layers: [layer('a'), layer('b')] } }, blobs: broken }),
    )
    expect(problems).toMatchObject([{ code: 'timeout' }])
    expect(evidence).toMatchObject([{ bytes: Buffer.from('second') }])
  })

  it('with a type of attestation come first or last by it, and none is left out', async () => {
    const types = ['https://spdx.dev/Document', 'https://other.example', undefined]
    const layers = types.map((predicateType) =>
      layer('a', predicateType === undefined ? {} : { predicateType }),
    )
    expect(ranks(await tag({ manifests: { sig: { layers } }, blobs }, spdx, 'dsse-envelope'))).toEqual([
      1, 3, 1,
    ])
  })

  it('are a thousand at most', async () => {
    const layers = (count: number): object => ({ layers: Array.from({ length: count }, () => layer('a')) })
    expect(await tag({ manifests: { sig: layers(1000) } })).toHaveLength(1000)
    const more = await offersOfTag(
      repositoryOf({ manifests: { sig: layers(1001) } }),
      'sig',
      'simple-signing',
      signature,
      call,
    )
    expect(more).toMatchObject({ kind: 'failed', problem: { code: 'limit-exceeded' } })
  })

  it('are none where the tag is not there, and unknown where it cannot be read', async () => {
    const none = await offersOfTag(repositoryOf({}), 'sig', 'simple-signing', signature, call)
    expect(none.kind).toBe('absent')
    const manifests = { sig: failed('denied', 'no right', 'registry') }
    const unknown = await offersOfTag(repositoryOf({ manifests }), 'sig', 'simple-signing', signature, call)
    expect(unknown).toMatchObject({ kind: 'failed', problem: { code: 'denied' } })
  })
})

describe('what refers to an image', () => {
  const read = async (held: Held, letter = 'a', wanted = signature): ReturnType<typeof readAll> =>
    readAll(offersOfReferrers(repositoryOf(held), [listing(letter)], wanted, call))

  it('is a bundle when its one layer says so, whatever the listing says', async () => {
    const held = {
      manifests: { [digest('a')]: { layers: [layer('b', {}, bundleType)] } },
      blobs: { [digest('b')]: '{}' },
    }
    const where = `registry.example/app@${digest('a')}`
    const evidence = [{ format: 'sigstore-bundle', where, bytes: Buffer.from('{}') }]
    expect(await read(held)).toEqual({ evidence, problems: [] })
    for (const artifactType of ['application/vnd.oci.empty.v1+json', 'text/spdx', bundleType]) {
      const [offer] = offersOfReferrers(repositoryOf(held), [listing('a', { artifactType })], signature, call)
      expect(await offer?.read()).toEqual({ evidence, problems: [] })
    }
  })

  it.each([
    ['artifactType', { artifactType: signatureArtifact }],
    ['config', { config: { digest: digest('c'), mediaType: signatureArtifact } }],
  ])('is a list of signatures when its %s says so', async (_, more) => {
    const layers = [layer('b', { x: '1' }), layer('b', { x: '2' })]
    const held = { manifests: { [digest('a')]: { ...more, layers } }, blobs: { [digest('b')]: 'payload' } }
    expect(await read(held)).toMatchObject({
      problems: [],
      evidence: [
        { format: 'simple-signing', annotations: { x: '1' } },
        { format: 'simple-signing', annotations: { x: '2' } },
      ],
    })
  })

  it.each([
    ['no layers', { layers: [] }],
    ['a layer of another type', { layers: [layer('b', {}, 'text/spdx')] }],
    ['two bundles in one', { layers: [layer('b', {}, bundleType), layer('b', {}, bundleType)] }],
    ['an index', { manifests: [] }],
  ])('is no evidence with %s', async (_, manifest) => {
    const held = { manifests: { [digest('a')]: manifest }, blobs: { [digest('b')]: '{}' } }
    expect(await read(held)).toEqual({ evidence: [], problems: [] })
  })

  it('that is listed and not there, or cannot be read, is a problem', async () => {
    expect(await read({})).toMatchObject({ problems: [{ code: 'response-invalid' }] })
    const manifests = { [digest('a')]: failed('server-error', 'broken', 'registry') }
    expect(await read({ manifests })).toMatchObject({ problems: [{ code: 'server-error' }] })
    const bundle = { [digest('a')]: { layers: [layer('b', {}, bundleType)] } }
    const blobs = { [digest('b')]: failed('timeout', 'no answer', 'registry') }
    expect(await read({ manifests: bundle, blobs })).toMatchObject({
      evidence: [],
      problems: [{ code: 'timeout' }],
    })
  })

  it('by another kind of digest is not asked for', async () => {
    const repository = repositoryOf({})
    for (const odd of ['sha512:00', '../../v1', '']) {
      const [offer] = offersOfReferrers(repository, [listing('a', { digest: odd })], signature, call)
      expect(await offer?.read()).toMatchObject({ problems: [{ code: 'unsupported' }] })
    }
    expect(repository.reads).toEqual([])
  })

  it('is ordered by what it says of itself, and never left out', () => {
    const hint = (type: string): Partial<Descriptor> => ({
      annotations: { 'dev.sigstore.bundle.predicateType': type },
    })
    const listed = [
      listing('a', hint(signaturePredicate)),
      listing('b', hint('https://spdx.dev/Document')),
      listing('c', { artifactType: bundleType }),
      listing('d', { artifactType: signatureArtifact }),
      listing('e', { artifactType: 'application/vnd.oci.empty.v1+json' }),
      listing('f', { artifactType: 'application/spdx+json' }),
      listing('0'),
    ]
    const repository = repositoryOf({})
    expect(ranks(offersOfReferrers(repository, listed, signature, call))).toEqual([1, 3, 1, 1, 1, 2, 1])
    expect(ranks(offersOfReferrers(repository, listed, spdx, call))).toEqual([3, 1, 1, 1, 1, 2, 1])
  })
})
