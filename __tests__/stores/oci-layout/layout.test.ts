import { symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { openJournal } from '../../../src/network/journal.js'
import type { Lookup } from '../../../src/network/lookup.js'
import { parseReference } from '../../../src/reference/parse.js'
import { openLayout } from '../../../src/stores/oci-layout/layout.js'
import type { Place } from '../../../src/stores/store.js'
import { temporaryFolder } from '../../harness/run.js'
import { digestOf, manifest, writeStore } from '../../harness/store.js'

const call = { signal: new AbortController().signal, retries: 0, journal: openJournal() }
const refName = 'org.opencontainers.image.ref.name'
const digest = digestOf(manifest)
const otherManifest = manifest.replace('"layers":[]', '"layers":[],"annotations":{}')
const other = digestOf(otherManifest)
const blobName = (of: string): string => `blobs/sha256/${of.slice(7)}`
const marker = '{"imageLayoutVersion":"1.0.0"}'
const entry = (of: string, annotations: object = {}): object => ({
  mediaType: 'any',
  digest: of,
  annotations,
})

let root = ''
beforeEach(() => {
  root = temporaryFolder()
})

/** Writes a layout with these entries and both manifests; what is in `more` comes on top. */
function lay(entries: readonly unknown[], more: Readonly<Record<string, string>> = {}): void {
  writeStore(root, {
    'oci-layout': marker,
    'index.json': JSON.stringify({ schemaVersion: 2, manifests: entries }),
    [blobName(digest)]: manifest,
    [blobName(other)]: otherManifest,
    ...more,
  })
}

function open(suffix = ''): Place {
  const reference = parseReference(`oci-layout://${root}${suffix}`)
  if (reference.kind !== 'oci-layout') throw new Error('no layout')
  return openLayout(reference)
}
const word = (lookup: Lookup<{ digest: string }>): string =>
  lookup.kind === 'failed' ? lookup.problem.code : lookup.kind === 'found' ? lookup.value.digest : lookup.kind
const resolve = async (suffix = ''): Promise<string> =>
  word(await open(suffix).images.resolve(call, 'digest'))

/** What looking for signatures beside the image comes to. */
async function beside(suffix = ''): Promise<string> {
  const place = open(suffix)
  const [channel] = place.evidence.look(place.images.resolve(call, 'digest'), call)({ keyId: 'any' })
  const listed = await channel
  return listed?.kind === 'failed' ? listed.problem.code : (listed?.kind ?? 'no channel')
}

describe('an image in a layout', () => {
  it('is the only one, or that of a tag or a digest', async () => {
    lay([entry(digest, { [refName]: 'v1' })])
    for (const suffix of ['', ':v1', `@${digest}`]) expect(await resolve(suffix)).toBe(digest)
    expect(await resolve(':v2')).toBe('absent')
    expect(await resolve(`@${other}`)).toBe('absent')
  })

  it('may be tagged with its whole name', async () => {
    lay([
      entry(digest, { [refName]: 'registry.example:5000/app:v1' }),
      entry(other, { [refName]: 'app:v10' }),
    ])
    expect(await resolve(':v1')).toBe(digest)
  })

  it('has to be named where there are several', async () => {
    lay([entry(digest, { [refName]: 'v1' }), entry(other, { [refName]: 'v2' })])
    expect(await resolve()).toBe('reference-invalid')
    expect(await resolve(':v2')).toBe(other)
    lay([entry(digest, { [refName]: 'a:v1' }), entry(other, { [refName]: 'b:v1' })])
    expect(await resolve(':v1')).toBe('reference-invalid')
    expect(await resolve(`@${other}`)).toBe(other)
  })

  it('may be listed twice', async () => {
    lay([entry(digest, { [refName]: 'v1' }), entry(digest, { [refName]: 'latest' })])
    expect(await resolve()).toBe(digest)
  })

  it('is not one of the signatures that lie beside it', async () => {
    lay([entry(digest), entry(other, { kind: 'dev.cosignproject.cosign/sigs' })])
    expect(await resolve()).toBe(digest)
  })

  it('is its bytes: others under its name are none', async () => {
    lay([entry(digest)], { [blobName(digest)]: otherManifest })
    expect(await resolve()).toBe('response-invalid')
  })

  it('is its bytes to the last bit', async () => {
    const flipped = Buffer.from(manifest)
    flipped[20]! ^= 1
    lay([entry(digest)], { [blobName(digest)]: flipped.toString('latin1') })
    expect(await resolve()).toBe('response-invalid')
  })

  it('may be an index: it is judged as it is, and not one of those that it lists', async () => {
    const index = JSON.stringify({ schemaVersion: 2, manifests: [entry(digest), entry(other)] })
    lay([entry(digestOf(index), { [refName]: 'v1' })], { [blobName(digestOf(index))]: index })
    expect(await resolve(':v1')).toBe(digestOf(index))
  })

  it('is absent where its bytes are', async () => {
    lay([entry(`sha256:${'0'.repeat(64)}`)])
    expect(await resolve()).toBe('absent')
  })
})

describe('a layout', () => {
  it('is none without its marker or its index', async () => {
    expect(await resolve()).toBe('absent')
    writeStore(root, { 'oci-layout': marker })
    expect(await resolve()).toBe('absent')
    expect(await beside()).toBe('absent')
  })

  it.each(['', '[]', '{}', '{"imageLayoutVersion":"2.0.0"}', '{"imageLayoutVersion":1}'])(
    'is not read with the marker %j',
    async (text) => {
      lay([entry(digest)], { 'oci-layout': text })
      expect(await resolve()).toBe('response-invalid')
    },
  )

  it.each([
    '',
    'hello',
    '[]',
    '{}',
    '{"manifests":{}}',
    '{"manifests":[null]}',
    '{"manifests":[{"digest":7}]}',
    '{"manifests":[{}]}',
  ])('is not read with the index %j', async (text) => {
    lay([], { 'index.json': text })
    expect(await resolve()).toBe('response-invalid')
  })

  it('may be empty', async () => {
    lay([])
    expect(await resolve()).toBe('absent')
  })
})

describe('names in a layout', () => {
  it.each([
    'sha256:../../secret',
    `sha256:${'../'.repeat(20)}etc/hostname`,
    `sha512:${'a'.repeat(128)}`,
    digest.toUpperCase(),
    `${digest}/../x`,
    '',
  ])('never become a path that is not a digest: %s', async (odd) => {
    lay([entry(odd)], { secret: '{"token":"hidden"}' })
    const answer = await open().images.resolve(call, 'digest')
    expect(answer).toMatchObject({ kind: 'failed', problem: { code: 'unsupported' } })
    expect(JSON.stringify(answer)).not.toContain('hidden')
  })

  it('may lead elsewhere: what lies there has to be the image all the same, and is not shown', async () => {
    const outside = temporaryFolder()
    writeFileSync(path.join(outside, 'image'), manifest)
    writeFileSync(path.join(outside, 'secret'), '{"token":"hidden"}')
    const linkTo = (target: string): void => {
      root = temporaryFolder()
      const index = JSON.stringify({ manifests: [entry(digest)] })
      writeStore(root, { 'oci-layout': marker, 'index.json': index, 'blobs/sha256/x': '' })
      symlinkSync(path.join(outside, target), path.join(root, blobName(digest)))
    }
    linkTo('image')
    expect(await resolve()).toBe(digest)
    linkTo('secret')
    const answer = await open().images.resolve(call, 'digest')
    expect(word(answer)).toBe('response-invalid')
    expect(JSON.stringify(answer)).not.toContain('hidden')
  })
})

describe('what lies beside the image', () => {
  it('is nothing where there is only the image, or other images', async () => {
    lay([entry(digest, { [refName]: 'v1', kind: 'dev.cosignproject.cosign/image' })])
    expect(await beside()).toBe('absent')
    lay([entry(digest, { [refName]: 'v1' }), entry(other, { [refName]: 'v2' })])
    expect(await beside(':v1')).toBe('absent')
  })

  it.each([
    ['signatures', { kind: 'dev.cosignproject.cosign/sigs' }],
    ['attestations', { kind: 'dev.cosignproject.cosign/atts' }],
    ['a tag for signatures', { [refName]: `sha256-${'ab'.repeat(32)}.sig` }],
    ['a tag for attestations', { [refName]: `sha256-${'ab'.repeat(32)}.att` }],
    ['a tag for a listing', { [refName]: `sha256-${'ab'.repeat(32)}` }],
  ])('may be evidence (%s), so nobody may say that there is none', async (_, annotations) => {
    lay([entry(digest), entry(other, annotations)])
    expect(await beside()).toBe('unsupported')
  })

  it('may be evidence when it refers to the image', async () => {
    const about = (subject: string): string => JSON.stringify({ layers: [], subject: { digest: subject } })
    for (const [subject, word] of [
      [digest, 'unsupported'],
      [other, 'absent'],
    ] as const) {
      const text = about(subject)
      lay([entry(digest, { [refName]: 'v1' }), entry(digestOf(text))], { [blobName(digestOf(text))]: text })
      expect(await beside(':v1')).toBe(word)
    }
  })

  it('may be evidence when it cannot be read', async () => {
    for (const odd of [`sha256:${'0'.repeat(64)}`, 'sha512:00', 'sha256:../x']) {
      lay([entry(digest, { [refName]: 'v1' }), entry(odd)])
      expect(await beside(':v1')).toBe('unsupported')
    }
  })

  it('is not looked at where there is no image', async () => {
    lay([entry(other, { kind: 'dev.cosignproject.cosign/sigs' })])
    expect(await beside()).toBe('absent')
    lay([entry(digest), entry(other)])
    expect(await beside()).toBe('reference-invalid')
  })
})
