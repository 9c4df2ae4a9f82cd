import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decide } from '../../src/gate/gate.js'
import { toDocument } from '../../src/report/document.js'
import type { NonEmpty, Request, Threshold } from '../../src/verdict/request.js'
import type { Result } from '../../src/verdict/result.js'
import { patient, testClock } from '../harness/bench.js'
import { slowServer } from '../harness/slow-server.js'
import { digestOf, manifest, newKey, signedImage, writeStore } from '../harness/store.js'

const alice = newKey()
const bob = newKey()
const home = process.cwd()
const digest = digestOf(manifest)

// A root of `local://` is one path component, so the stores are named from the working directory, as users do.
beforeAll(() => {
  process.chdir(mkdtempSync(path.join(tmpdir(), 'verify-image-gate-')))
  writeFileSync('alice.pub', alice.publicPem)
  writeFileSync('again.pub', alice.publicPem)
  writeFileSync('bob.pub', bob.publicPem)
  writeStore('store', {
    ...signedImage(alice, 'store'),
    ...signedImage(alice, 'store', 'org/deep/app', 'v2'),
    'manifests/unsigned/v1/manifest.json': manifest,
  })
})
afterAll(() => process.chdir(home))

async function run(
  images: NonEmpty<string>,
  keys: NonEmpty<string> = ['alice.pub'],
  more: Partial<Omit<Request, 'images' | 'manifests' | 'signers' | 'policies'>> & {
    require?: Threshold
  } = {},
): Promise<Result> {
  const { require = 'all', ...rest } = more
  return decide({ images, signers: { keys, require }, patience: patient, ...rest })
}

const good = 'local://store/app:v1'
const unsigned = 'local://store/unsigned:v1'
const missing = 'local://store/missing:v1'

describe('one image in a folder', () => {
  it('is not verified where an annotation is demanded, which no record can carry', async () => {
    const { verdict, failure } = await run([good], ['alice.pub'], {
      demand: { annotations: { env: 'prod' } },
    })
    expect(verdict).toBe('undetermined')
    expect(failure).toMatchObject({
      code: 'input-invalid',
      message: expect.stringContaining('annotations') as string,
    })
  })

  it('is verified, and what was judged is named by digest', async () => {
    const result = await run([good])
    expect(result).toMatchObject({ verdict: 'verified', failure: null })
    expect(result.images).toMatchObject([
      { reference: good, digest, pinned: `${good}@${digest}`, verdict: 'verified', failure: null },
    ])
    expect(result.images[0]?.signatures).toMatchObject([
      { format: 's3lo-record', verified: true, keyRef: 'alice.pub', keyId: alice.id, scheme: 'ecdsa-sha256' },
    ])
    expect(result.keys).toMatchObject([{ reference: 'alice.pub', id: alice.id, type: 'ecdsa-p256' }])
    expect(result.calls).toEqual([])
  })

  it.each([
    ['an image name with slashes', 'local://store/org/deep/app:v2', 'verified'],
    ['its own digest beside the tag', `${good}@${digest}`, 'verified'],
    ['another digest beside the tag', `${good}@sha256:${'0'.repeat(64)}`, 'rejected'],
    ['the root spelled in another way than it was signed', 'local://./store/app:v1', 'rejected'],
    ['no signature', unsigned, 'rejected'],
    ['no image', missing, 'undetermined'],
    ['no tag', 'local://store/app', 'undetermined'],
    ['a store whose account nobody names', 'az://store/app:v1', 'undetermined'],
    ['a registry', 'registry.example/app:v1', 'undetermined'],
  ])('with %s', async (_, image, verdict) => {
    const result = await run([image])
    expect(result.verdict).toBe(verdict)
    expect(result.images[0]?.verdict).toBe(verdict)
    expect(result.images[0]?.failure === null).toBe(verdict === 'verified')
  })

  it('is held to the expected digest as well', async () => {
    expect((await run([good], ['alice.pub'], { expectedDigest: digest })).verdict).toBe('verified')
    const other = await run([good], ['alice.pub'], { expectedDigest: `sha256:${'0'.repeat(64)}` })
    expect(other).toMatchObject({ verdict: 'rejected', failure: { code: 'digest-mismatch' } })
  })

  it('has no endpoint', async () => {
    const result = await run([good], ['alice.pub'], { endpoint: 'http://127.0.0.1:1' })
    expect(result.failure).toMatchObject({ class: 'configuration', code: 'input-invalid' })
  })
})

describe('several keys', () => {
  it.each([
    ['all', 'rejected'],
    ['any', 'verified'],
    [2, 'rejected'],
  ] as const)('of which one signed, require: %s', async (require, verdict) => {
    expect((await run([good], ['alice.pub', 'bob.pub'], { require })).verdict).toBe(verdict)
  })

  it.each([
    ['two files with one key', 'again.pub'],
    ['one file named twice', 'alice.pub'],
    ['one file spelled in two ways', './alice.pub'],
    ['a file and the same PEM inline', alice.publicPem],
  ])('are one signer where they are one key: %s', async (_, second) => {
    expect((await run([good], ['alice.pub', second, 'bob.pub'], { require: 2 })).verdict).toBe('rejected')
    expect((await run([good], ['alice.pub', second], { require: 2 })).verdict).not.toBe('verified')
    const all = await run([good], ['alice.pub', second])
    expect(all.verdict).toBe('verified')
    expect(all.images[0]?.signatures).toHaveLength(1)
  })

  it('of which one cannot be read are no pass and no rejection, unless the others decide', async () => {
    const keys = ['alice.pub', 'nope.pub'] as const
    expect((await run([good], keys)).failure).toMatchObject({ class: 'configuration', code: 'key-invalid' })
    expect((await run([good], keys, { require: 'any' })).verdict).toBe('verified')
    expect((await run([unsigned], keys)).verdict).toBe('rejected')
    expect((await run([unsigned], keys, { require: 'any' })).failure?.code).toBe('key-invalid')
  })

  it('do not wait for one whose server never answers, and that call is ended', async () => {
    const server = await slowServer(bob.publicPem)
    try {
      const patience = { ...patient, timeoutMs: 3_600_000 }
      const result = await run([good], [server.url, 'alice.pub'], { require: 'any', patience })
      expect(result.verdict).toBe('verified')
      expect(result.calls).toMatchObject([{ count: 1 }])
      await server.givenUp
    } finally {
      server.close()
    }
  })
})

describe('several images', () => {
  const images: NonEmpty<string> = [missing, good, 'local://store/app', unsigned]

  it.each([1, 2, 100])('are all judged, in the order given, %i at a time', async (concurrency) => {
    const result = await run(images, ['alice.pub'], { patience: { ...patient, concurrency } })
    expect(result.images.map(({ reference }) => reference)).toEqual(images)
    expect(result.images.map(({ failure }) => failure?.code)).toEqual([
      'not-found',
      undefined,
      'reference-invalid',
      'unsigned',
    ])
    expect(result).toMatchObject({ verdict: 'rejected', failure: { code: 'unsigned' } })
  })

  it('are verified together or not at all', async () => {
    expect((await run([good, 'local://store/org/deep/app:v2'])).verdict).toBe('verified')
    expect((await run([good, missing])).verdict).toBe('undetermined')
    expect((await run([missing, good])).verdict).toBe('undetermined')
  })

  it('are judged once where they are given more than once, and that is said', async () => {
    const { images: each, warnings } = await run([good, unsigned, good, good, unsigned])
    expect(each.map(({ reference }) => reference)).toEqual([good, unsigned])
    expect(warnings).toEqual([`image: given more than once and judged once: ${good}, ${unsigned}`])
  })

  it('keep their names where two of them are one digest', async () => {
    const other = 'local://store/org/deep/app:v2'
    const { images: each } = await run([good, other])
    expect(each.map(({ reference }) => reference)).toEqual([good, other])
    expect(each[0]?.digest).toBe(each[1]?.digest)
  })

  it('leave of an image what is asked to be kept', async () => {
    const request: Request = { images, signers: { keys: ['alice.pub'], require: 'all' }, patience: patient }
    const told: string[] = []
    const result = await decide(request, {
      clock: testClock(),
      kept: (image) => ({ ...image, signatures: [] }),
      decided: ({ signatures }) => void told.push(...signatures.map(({ where }) => where)),
    })
    expect(result.images.flatMap(({ signatures }) => signatures)).toEqual([])
    expect(told).toEqual([])
    expect((await run(images)).images.flatMap(({ signatures }) => signatures)).not.toEqual([])
  })

  it('are counted before the first is decided', async () => {
    const said: string[] = []
    const request: Request = { images, signers: { keys: ['alice.pub'], require: 'all' }, patience: patient }
    await decide(request, {
      clock: testClock(),
      planned: (count) => void said.push(`planned ${count}`),
      decided: () => void said.push('decided'),
    })
    expect(said).toEqual([`planned ${images.length}`, ...images.map(() => 'decided')])
  })

  it('are told of one by one, each once', async () => {
    const told: string[] = []
    const request: Request = { images, signers: { keys: ['alice.pub'], require: 'all' }, patience: patient }
    await decide(request, { clock: testClock(), decided: ({ reference }) => void told.push(reference) })
    expect(told.toSorted()).toEqual(images.toSorted())
  })
})

describe('the same request', () => {
  const request: Request = {
    images: [good, unsigned, missing],
    signers: { keys: ['alice.pub', 'bob.pub', 'nope.pub'], require: 2 },
    patience: patient,
  }

  it('has the same document, at the same time of the clock', async () => {
    const documents = []
    for (let again = 0; again < 5; again++) {
      const result = await decide(request, { clock: testClock() })
      documents.push(toDocument(result, {}, { name: 'test', version: '0', sha256: null }))
    }
    expect(documents[0]).toMatchObject({ startedAt: '2026-11-21T00:00:00.000Z', verdict: 'rejected' })
    for (const document of documents) expect(document).toEqual(documents[0])
  })
})
