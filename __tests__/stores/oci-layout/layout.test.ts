import { rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { openJournal } from '../../../src/network/journal.js'
import type { Lookup } from '../../../src/network/lookup.js'
import { parseReference } from '../../../src/reference/parse.js'
import { openLayout } from '../../../src/stores/oci-layout/layout.js'
import { readAll } from '../../../src/stores/companions.js'
import type { Channel, Place, Wanted } from '../../../src/stores/store.js'
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

const attestation = 'https://e.example/t'

/** What looking for evidence beside the image comes to: formats, or the codes of what could not be read, or `none`. */
async function beside(suffix = '', wanted: Partial<Wanted> = {}): Promise<string> {
  const place = open(suffix)
  const look = place.evidence.look(place.images.resolve(call, 'digest'), call)
  return inWords(look({ keyId: 'any', ...wanted }))
}

async function inWords(channels: readonly Channel[]): Promise<string> {
  const words: string[] = []
  for (const listed of await Promise.all(channels)) {
    if (listed.kind === 'failed') words.push(listed.problem.code)
    const { evidence, problems } = await readAll(listed.kind === 'found' ? listed.value : [])
    for (const problem of problems) {
      expect(problem.service ?? problem.code).toMatch(/^(storage|unsupported)$/)
      words.push(problem.code)
    }
    words.push(...evidence.map((one) => `${one.format} ${Buffer.from(one.bytes).toString('utf8')}`))
  }
  return words.length === 0 ? 'none' : [...new Set(words)].sort().join(', ')
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

  it('may be one of those that a listed index lists, by its digest', async () => {
    const index = JSON.stringify({ schemaVersion: 2, manifests: [entry(other)] })
    const files = { [blobName(digestOf(index))]: index }
    lay([entry(digestOf(index), { [refName]: 'v1' })], files)
    expect(await resolve(`@${other}`)).toBe(other)
    expect(await resolve(`@${digest}`)).toBe('absent')
  })

  it('is the one that all others are parts of, or are about', async () => {
    const index = JSON.stringify({ schemaVersion: 2, manifests: [entry(digest), entry(other)] })
    const about = JSON.stringify({ layers: [], subject: { digest: digestOf(index) } })
    const files = { [blobName(digestOf(index))]: index, [blobName(digestOf(about))]: about }
    lay(
      [digest, other, digestOf(index), digestOf(about)].map((of) => entry(of)),
      files,
    )
    expect(await resolve()).toBe(digestOf(index))
    lay(
      [digest, other, digestOf(about)].map((of) => entry(of)),
      files,
    )
    expect(await resolve()).toBe('reference-invalid')
    lay([entry(digest), entry(`sha256:${'0'.repeat(64)}`)])
    expect(await resolve()).toBe('reference-invalid')
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
    expect(await beside()).toBe('none')
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

/** A blob, or an image of signatures or attestations, in files and as a descriptor. */
interface Laid {
  readonly digest: string
  readonly text: string
  readonly files: Readonly<Record<string, string>>
}
const bundleType = 'application/vnd.dev.sigstore.bundle.v0.3+json'
const laid = (text: string, files: Readonly<Record<string, string>> = {}): Laid => ({
  digest: digestOf(text),
  text,
  files: { ...files, [blobName(digestOf(text))]: text },
})
/** An image whose layers hold these texts. */
const holding = (texts: readonly string[], type: string, more: object = {}): Laid => {
  const layers = texts.map((text) => ({ mediaType: type, digest: digestOf(text), size: text.length }))
  const files = Object.fromEntries(texts.map((text) => [blobName(digestOf(text)), text]))
  return laid(JSON.stringify({ schemaVersion: 2, layers, ...more }), files)
}
const signatures = (...texts: readonly string[]): Laid => holding(texts, 'text/plain')
const bundle = (text: string, subject?: string): Laid =>
  holding([text], bundleType, subject === undefined ? {} : { subject: { digest: subject } })
const listing = (...entries: readonly Laid[]): Laid =>
  laid(JSON.stringify({ schemaVersion: 2, manifests: entries.map((one) => entry(one.digest)) }))
const filesOf = (...all: readonly Laid[]): Readonly<Record<string, string>> =>
  Object.assign({}, ...all.map(({ files }) => files)) as Record<string, string>
const tagOf = (of: string, suffix = ''): object => ({ [refName]: `${of.replace(':', '-')}${suffix}` })
const saved = { kind: 'dev.cosignproject.cosign/image' }
const v1 = { [refName]: 'v1' }

describe('what lies beside the image', () => {
  it('is nothing where there is only the image, or other images', async () => {
    lay([entry(digest, { ...v1, ...saved })])
    expect(await beside()).toBe('none')
    lay([entry(digest, v1), entry(other, { [refName]: 'v2' })])
    expect(await beside(':v1')).toBe('none')
  })

  it('is by its tag signatures or attestations', async () => {
    const sig = signatures('one', 'two')
    const att = signatures('three')
    const entries = [
      entry(digest, v1),
      entry(sig.digest, tagOf(digest, '.sig')),
      entry(att.digest, tagOf(digest, '.att')),
    ]
    lay(entries, filesOf(sig, att))
    expect(await beside()).toBe('simple-signing one, simple-signing two')
    expect(await beside(':v1', { predicateType: attestation })).toBe('dsse-envelope three')
    expect(await beside(':v1', { only: 'tags' })).toBe('simple-signing one, simple-signing two')
    expect(await beside(':v1', { only: 'referrers' })).toBe('none')
  })

  it('may be tagged with a whole name, or a prefix that was asked for', async () => {
    const sig = signatures('one')
    const hex = digest.replace(':', '-')
    lay([entry(digest, v1), entry(sig.digest, { [refName]: `r.example/app:${hex}.sig` })], filesOf(sig))
    expect(await beside()).toBe('simple-signing one')
    lay([entry(digest, v1), entry(sig.digest, { [refName]: `rel-${hex}.sig` })], filesOf(sig))
    expect(await beside(':v1')).toBe('none')
    const reference = parseReference(`oci-layout://${root}`)
    if (reference.kind !== 'oci-layout') throw new Error('no layout')
    const place = openLayout(reference, 'rel-')
    const image = place.images.resolve(call, 'digest')
    expect(await inWords(place.evidence.look(image, call)({ keyId: 'any' }))).toBe('simple-signing one')
  })

  it('is no signature of another image', async () => {
    const sig = signatures('one')
    const about = bundle('{"other":1}', other)
    const entries = [entry(digest, v1), entry(sig.digest, tagOf(other, '.sig')), entry(about.digest)]
    lay([...entries, entry(other, { [refName]: 'v2' })], filesOf(sig, about))
    expect(await beside(':v1')).toBe('none')
    expect(await beside(':v2')).toBe('sigstore-bundle {"other":1}, simple-signing one')
  })

  it('is what `cosign save` calls so, about the image that it saved and no other', async () => {
    const sig = signatures('one')
    const att = signatures('two')
    const beneath = [
      entry(sig.digest, { kind: 'dev.cosignproject.cosign/sigs' }),
      entry(att.digest, { kind: 'dev.cosignproject.cosign/atts' }),
    ]
    for (const kind of ['image', 'imageIndex']) {
      lay([entry(digest, { kind: `dev.cosignproject.cosign/${kind}` }), ...beneath], filesOf(sig, att))
      expect(await beside()).toBe('simple-signing one')
      expect(await beside('', { predicateType: attestation })).toBe('dsse-envelope two')
    }
    lay([entry(digest, v1), entry(other, saved), ...beneath], filesOf(sig, att))
    expect(await beside(':v1')).toBe('none')
    expect(await beside(`@${other}`)).toBe('simple-signing one')
  })

  it('refers to the image: listed, or in the listing that has its tag', async () => {
    const one = bundle('{"one":1}', digest)
    lay([entry(digest, v1), entry(one.digest)], filesOf(one))
    expect(await beside(':v1')).toBe('sigstore-bundle {"one":1}')
    const list = listing(one)
    lay([entry(digest, v1), entry(list.digest, tagOf(digest))], filesOf(one, list))
    expect(await beside(':v1')).toBe('sigstore-bundle {"one":1}')
    expect(await beside(':v1', { only: 'tags' })).toBe('none')
    lay([entry(digest, v1), entry(list.digest, tagOf(other))], filesOf(one, list))
    expect(await beside(':v1')).toBe('none')
  })

  it('is found without being listed where `cosign save` wrote, and only there', async () => {
    const one = bundle('{"one":1}', digest)
    const another = bundle('{"two":1}', other)
    lay([entry(digest, saved)], filesOf(one, another))
    expect(await beside()).toBe('sigstore-bundle {"one":1}')
    lay([entry(digest, v1)], filesOf(one, another))
    expect(await beside()).toBe('none')
  })

  it('is read likely pieces first: hints order, and leave nothing out', async () => {
    const [sbom, signature] = [bundle('{"bom":1}', digest), bundle('{"sig":1}', digest)]
    const hint = (type: string): object => ({ 'dev.sigstore.bundle.predicateType': type })
    const lines = [
      entry(sbom.digest, hint('https://spdx.dev/Document')),
      entry(signature.digest, hint('https://sigstore.dev/cosign/sign/v1')),
    ]
    lay([entry(digest, v1), entry(other), ...lines], filesOf(sbom, signature))
    const place = open(':v1')
    const [, referrers] = place.evidence.look(place.images.resolve(call, 'digest'), call)({ keyId: 'any' })
    const listed = await referrers
    expect(listed?.kind === 'found' && listed.value.map(({ rank }) => rank)).toEqual([3, 3, 1])
    expect(await beside(':v1')).toBe('sigstore-bundle {"bom":1}, sigstore-bundle {"sig":1}')
  })

  it('is listed whole for whoever inspects it, up to what is asked for', async () => {
    const [sig, att, one] = [signatures('one'), signatures('two'), bundle('{"three":1}', digest)]
    const entries = [
      entry(digest, v1),
      entry(sig.digest, tagOf(digest, '.sig')),
      entry(att.digest, tagOf(digest, '.att')),
      entry(one.digest),
    ]
    lay(entries, filesOf(sig, att, one))
    const list = async (most: number): Promise<unknown> => {
      const place = open(':v1')
      const all = await place.evidence.list(place.images.resolve(call, 'digest'), most, call)
      return all.kind === 'found' ? all.value.map(({ format, where }) => [format, where]) : word(all)
    }
    const name = `oci-layout://${root}`
    const hex = digest.replace(':', '-')
    const whole = [
      ['simple-signing', `${name}:${hex}.sig`],
      ['dsse-envelope', `${name}:${hex}.att`],
      ['sigstore-bundle', `${name}@${one.digest}`],
    ]
    expect(await list(1000)).toEqual(whole)
    expect(await list(2)).toEqual(whole.slice(0, 2))
    writeStore(root, { [blobName(digestOf('two'))]: 'too' })
    expect(await list(1000)).toBe('response-invalid')
  })

  it('is not looked at where there is no image', async () => {
    lay([entry(other, { kind: 'dev.cosignproject.cosign/sigs' })])
    expect(await beside()).toBe('none')
    lay([entry(digest), entry(other)])
    expect(await beside()).toBe('reference-invalid')
  })
})

describe('what lies beside the image and cannot be read', () => {
  const all = (): readonly (readonly [string, Laid, object])[] => [
    ['a tag for signatures', signatures('one'), tagOf(digest, '.sig')],
    ['signatures that cosign saved', signatures('one'), { kind: 'dev.cosignproject.cosign/sigs' }],
    ['a bundle', bundle('{"one":1}', digest), {}],
  ]
  /** @returns the suffix of the image in the reference */
  const hurt = (laidOut: Laid, annotations: object, changes: Readonly<Record<string, string>>): string => {
    root = temporaryFolder()
    const image = Object.hasOwn(annotations, 'kind') ? saved : v1
    const files = Object.fromEntries(
      Object.entries({ ...laidOut.files, ...changes }).filter(([, text]) => text !== 'missing'),
    )
    lay([entry(digest, image), entry(laidOut.digest, annotations)], files)
    return image === v1 ? ':v1' : ''
  }

  it('is never nothing: a blob that is missing, or is another one by a byte', async () => {
    for (const [what, laidOut, annotations] of all()) {
      for (const [file, text] of Object.entries(laidOut.files)) {
        const suffix = hurt(laidOut, annotations, { [file]: 'missing' })
        expect(await beside(suffix), `${what}: ${file} missing`).toBe('response-invalid')
        for (let at = 0; at < text.length; at++) {
          const flipped = Buffer.from(text)
          flipped[at]! ^= 1
          hurt(laidOut, annotations, { [file]: flipped.toString('latin1') })
          expect(await beside(suffix), `${what}: ${file} at ${at}`).toBe('response-invalid')
        }
      }
    }
  })

  it('is never nothing where nothing lists it either, missing aside', async () => {
    const one = bundle('{"one":1}', digest)
    for (const [file, text] of Object.entries(one.files)) {
      for (let at = 0; at < text.length; at++) {
        const flipped = Buffer.from(text)
        flipped[at]! ^= 1
        root = temporaryFolder()
        lay([entry(digest, saved)], { ...one.files, [file]: flipped.toString('latin1') })
        expect(await beside(), `${file} at ${at}`).toBe('response-invalid')
      }
    }
  })

  it('is not known where what is listed is not there, or by another kind of digest', async () => {
    for (const [odd, code] of [
      [`sha256:${'0'.repeat(64)}`, 'response-invalid'],
      ['sha512:00', 'unsupported'],
      ['sha256:../x', 'unsupported'],
      ['../../etc/passwd', 'unsupported'],
    ] as const) {
      for (const annotations of [{}, tagOf(digest), tagOf(digest, '.sig'), { [refName]: 'v2' }]) {
        lay([entry(digest, v1), entry(odd, annotations)])
        expect(await beside(':v1'), `${odd} ${JSON.stringify(annotations)}`).toBe(code)
      }
      const list = laid(JSON.stringify({ manifests: [entry(odd)] }))
      lay([entry(digest, v1), entry(list.digest, tagOf(digest))], list.files)
      expect(await beside(':v1'), `${odd} in a listing`).toBe(code)
      const layers = laid(JSON.stringify({ layers: [{ digest: odd, mediaType: 'x' }] }))
      lay([entry(digest, v1), entry(layers.digest, tagOf(digest, '.sig'))], layers.files)
      expect(await beside(':v1'), `${odd} as a layer`).toBe(code)
    }
  })

  it('hides nothing else', async () => {
    const [sig, one] = [signatures('one'), bundle('{"two":1}', digest)]
    const entries = [entry(digest, v1), entry(sig.digest, tagOf(digest, '.sig')), entry(one.digest)]
    lay([...entries, entry(`sha256:${'0'.repeat(64)}`, tagOf(digest, '.sig'))], filesOf(sig, one))
    expect(await beside(':v1')).toBe('response-invalid, sigstore-bundle {"two":1}, simple-signing one')
    root = temporaryFolder()
    const broken = { [blobName(`sha256:${'0'.repeat(64)}`)]: 'something else' }
    lay([entry(digest, saved)], { ...one.files, ...broken })
    expect(await beside()).toBe('response-invalid, sigstore-bundle {"two":1}')
  })

  it('is what has the name of a manifest and is none', async () => {
    for (const text of ['', 'hello', '[]', '{"layers":[7]}', '{"manifests":[{}]}']) {
      const odd = laid(text)
      for (const annotations of [{}, tagOf(digest), tagOf(digest, '.sig')]) {
        lay([entry(digest, v1), entry(odd.digest, annotations)], odd.files)
        expect(await beside(':v1'), `${text} ${JSON.stringify(annotations)}`).toBe('response-invalid')
      }
    }
  })

  it('is a layout whose index is gone once the image was found', async () => {
    lay([entry(digest, v1)])
    const place = open(':v1')
    const image = place.images.resolve(call, 'digest')
    expect((await image).kind).toBe('found')
    rmSync(path.join(root, 'index.json'))
    expect(await inWords(place.evidence.look(image, call)({ keyId: 'any' }))).toBe('response-invalid')
    const listed = await place.evidence.list(image, 9, call)
    expect(listed).toMatchObject({
      kind: 'failed',
      problem: { code: 'response-invalid', service: 'storage' },
    })
  })

  it('is bounded: blobs, listings, layers and their number', async () => {
    const big = { digest: digestOf('x'), mediaType: 'x', size: 1024 ** 2 + 1 }
    const sig = laid(JSON.stringify({ layers: [big] }), { [blobName(digestOf('x'))]: 'x' })
    lay([entry(digest, v1), entry(sig.digest, tagOf(digest, '.sig'))], sig.files)
    expect(await beside(':v1')).toBe('limit-exceeded')

    const long = laid(JSON.stringify({ layers: [{ ...big, size: 1 }] }), {
      [blobName(digestOf('x'))]: 'more than it says',
    })
    lay([entry(digest, v1), entry(long.digest, tagOf(digest, '.sig'))], long.files)
    expect(await beside(':v1')).toBe('response-invalid')

    const layers = laid(JSON.stringify({ layers: Array.from({ length: 1001 }, () => ({ ...big, size: 1 })) }))
    lay([entry(digest, v1), entry(layers.digest, tagOf(digest, '.sig'))], layers.files)
    expect(await beside(':v1')).toBe('limit-exceeded')

    const many = Array.from({ length: 1001 }, (_, at) => entry(digestOf(String(at))))
    const list = laid(JSON.stringify({ manifests: many }))
    lay([entry(digest, v1), entry(list.digest, tagOf(digest))], list.files)
    expect(await beside(':v1')).toBe('limit-exceeded')
    lay([
      entry(digest, v1),
      ...Array.from({ length: 1001 }, (_, at) => entry(digestOf(`s${at}`), tagOf(digest, '.sig'))),
    ])
    expect(await beside(':v1', { only: 'tags' })).toBe('limit-exceeded')
  })

  it('is a manifest larger than one may be', async () => {
    const huge = laid(JSON.stringify({ subject: { digest }, filler: ' '.repeat(4 * 1024 ** 2) }))
    lay([entry(digest, v1), entry(huge.digest)], huge.files)
    expect(await beside(':v1')).toBe('limit-exceeded')
  })

  it('is found among thousands of others, read when nothing else settles it', async () => {
    const others = Array.from({ length: 2000 }, (_, at) => laid(`{"layers":[],"at":${at}}`))
    const one = bundle('{"one":1}', digest)
    lay([entry(digest, v1), ...[...others, one].map((image) => entry(image.digest))], filesOf(...others, one))
    expect(await beside(':v1')).toBe('sigstore-bundle {"one":1}')
  })

  it('is not known where more refers to the image than anybody signs', async () => {
    const all = Array.from({ length: 1001 }, (_, at) => bundle(`{"at":${at}}`, digest))
    lay([entry(digest, v1), ...all.map((image) => entry(image.digest))], filesOf(...all))
    expect(await beside(':v1')).toContain('limit-exceeded')
    root = temporaryFolder()
    lay([entry(digest, saved)], filesOf(...all))
    expect(await beside()).toContain('limit-exceeded')
  })

  it('is told of in a few words, however much of it there is', async () => {
    const odd = Array.from({ length: 20_000 }, (_, at) => entry(`x${at}`))
    lay([entry(digest, v1), ...odd])
    const place = open(':v1')
    const [, referrers] = place.evidence.look(place.images.resolve(call, 'digest'), call)({ keyId: 'any' })
    const listed = await referrers
    const { evidence, problems } = await readAll(listed?.kind === 'found' ? listed.value : [])
    expect([evidence.length, problems.length]).toEqual([0, 10])
  })

  it('may lead in circles: no link is followed for ever', async () => {
    const one = bundle('{"one":1}', digest)
    lay([entry(digest, v1), entry(one.digest)], filesOf(one))
    const file = path.join(root, blobName(one.digest))
    rmSync(file)
    symlinkSync(file, file)
    expect(await beside(':v1')).toBe('server-error')
  })

  it('is not read any more once the time for it is over', async () => {
    const one = bundle('{"one":1}', digest)
    lay([entry(digest, saved)], filesOf(one))
    const place = open()
    const image = place.images.resolve(call, 'digest')
    const late = { ...call, signal: AbortSignal.abort() }
    expect((await image).kind).toBe('found')
    expect(await inWords(place.evidence.look(image, late)({ keyId: 'any' }))).toBe('timeout')
    lay([entry(digest, v1), entry(one.digest)], filesOf(one))
    expect(await inWords(open(':v1').evidence.look(image, late)({ keyId: 'any' }))).toBe('timeout')
  })
})
