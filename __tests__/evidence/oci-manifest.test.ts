import { describe, expect, it } from 'vitest'
import { parseManifest, type ParsedManifest } from '../../src/evidence/oci-manifest.js'

const digest = `sha256:${'ab'.repeat(32)}`
const parse = (value: unknown): ParsedManifest | undefined =>
  parseManifest(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)))
const layer = { mediaType: 'text/plain', digest, size: 7, annotations: { a: 'x' } }

describe('a manifest', () => {
  it('has a configuration, layers, a subject and annotations', () => {
    const parsed = parse({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      artifactType: 'application/x',
      config: { mediaType: 'application/y', digest, size: 2 },
      layers: [layer, { ...layer, artifactType: 'application/z' }],
      subject: { mediaType: 'application/w', digest, size: 3 },
      annotations: { created: 'today', build: 7 },
    })
    expect(parsed).toEqual({
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      artifactType: 'application/x',
      config: { mediaType: 'application/y', digest, size: 2, annotations: {} },
      layers: [layer, { ...layer, artifactType: 'application/z' }],
      subject: { mediaType: 'application/w', digest, size: 3, annotations: {} },
      annotations: { created: 'today' },
    })
  })

  it('may name other places for its layers', () => {
    const urls = ['https://elsewhere.example/layer']
    expect(parse({ layers: [{ ...layer, urls }] })?.layers).toEqual([{ ...layer, urls }])
    for (const none of [[], [7], 'x', null])
      expect(parse({ layers: [{ ...layer, urls: none }] })?.layers).toEqual([layer])
  })

  it('needs no more than to be an object', () => {
    expect(parse('{}')).toStrictEqual({ layers: [], annotations: {} })
  })

  it.each(['', 'null', '[]', '<html></html>', '{', '{"layers":'])('is none in %j', (text) => {
    expect(parse(text)).toBeUndefined()
  })

  it.each([
    ['null', null],
    ['a text', digest],
    ['a list', [digest]],
    ['an object without a digest', {}],
    ['a digest of another type', { digest: 7 }],
    ['an inherited digest', JSON.parse(`{"__proto__":{"digest":"${digest}"}}`) as unknown],
  ])('is none with %s among its layers or manifests', (_, entry) => {
    expect(parse({ layers: [layer, entry] })).toBeUndefined()
    expect(parse({ manifests: [layer, entry] })).toBeUndefined()
  })

  it('is an image when it has no list of manifests, an index when it has one', () => {
    expect(parse({ layers: [] })).not.toHaveProperty('manifests')
    expect(parse({ manifests: null })).not.toHaveProperty('manifests')
    expect(parse({ manifests: 'x' })).not.toHaveProperty('manifests')
    expect(parse({ manifests: [] })).toMatchObject({ manifests: [] })
  })

  it('takes a subject or a configuration that is no descriptor for none', () => {
    for (const odd of [null, 'x', [], {}, { digest: null }]) {
      expect(parse({ subject: odd, config: odd })).toEqual({ layers: [], annotations: {} })
    }
  })

  it('of great depth is none', () => {
    expect(parse(`{"deep":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)).toBeUndefined()
  })
})

describe('a descriptor', () => {
  const first = (entry: object): object => parse({ manifests: [{ digest, ...entry }] })?.manifests?.[0] ?? {}

  it('needs no more than a digest', () => {
    expect(first({})).toStrictEqual({ digest, mediaType: '', annotations: {} })
  })

  it('keeps its digest as it is written: what it may be is for others to say', () => {
    for (const odd of [digest.toUpperCase(), 'sha512:00', '../../x', '']) {
      expect(first({ digest: odd })).toMatchObject({ digest: odd })
    }
  })

  it.each([-1, 1.5, '7', null, 1e300, [7]])('has no size where it says %j', (size) => {
    expect(first({ size })).not.toHaveProperty('size')
  })

  it.each([0, 1, Number.MAX_SAFE_INTEGER])('has the size %i', (size) => {
    expect(first({ size })).toMatchObject({ size })
  })

  it('keeps annotations that are texts', () => {
    const text = `{"manifests":[{"digest":"${digest}","annotations":{"__proto__":"a","b":"x","c":7}}]}`
    const [entry] = parse(text)?.manifests ?? []
    expect(Object.entries(entry?.annotations ?? {})).toEqual([
      ['__proto__', 'a'],
      ['b', 'x'],
    ])
  })

  it.each([
    [{ os: 'linux', architecture: 'amd64' }, 'linux/amd64'],
    [{ os: 'linux', architecture: 'arm', variant: 'v7' }, 'linux/arm/v7'],
    [{ architecture: 'arm64', variant: 'v8', os: 'linux', 'os.version': '1' }, 'linux/arm64/v8'],
    [{ os: 'linux', architecture: 'arm64', variant: '' }, 'linux/arm64'],
    [{ os: 'linux', architecture: 7 }, 'linux'],
  ])('is for the platform %j: %s', (platform, name) => {
    expect(first({ platform })).toMatchObject({ platform: name })
  })

  it.each([undefined, null, 'linux/amd64', {}, { os: 7 }])(
    'is for no platform where it says %j',
    (platform) => {
      expect(first({ platform })).not.toHaveProperty('platform')
    },
  )
})
