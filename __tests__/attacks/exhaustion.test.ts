import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { openStage, type StagedImage } from '../harness/attack-stage.js'
import { expectEnding } from '../harness/endings.js'
import { signedAt } from '../harness/forged-instance.js'
import { bodies, type BundledEntry, type Logged, newLog } from '../harness/forged-log.js'
import {
  bundleWith,
  layBundle,
  layEnvelope,
  layLayers,
  laySignature,
  loggedEnvelope,
  simplySigned,
} from '../harness/laid-pieces.js'
import { type Answer, indexType, manifestType, sendAnswer } from '../harness/registry-answers.js'
import { neverEnds } from '../harness/registry-faults.js'
import type { Kind } from '../harness/registry.js'
import { provenance, statementOf } from '../harness/signing-paths.js'
import { bundleOf, newSigner, seal, type SealedEnvelope } from '../verify/sealed.js'

const stage = openStage()
const { log } = stage.instance
const signer = newSigner()
const tagOf = ({ digest }: StagedImage, suffix: string): string => `${digest.replace(':', '-')}${suffix}`
const GiB = 1024 ** 3

function askedFor({ repository }: StagedImage, kind: Kind): number {
  return stage.registry().requests.filter((one) => one.repository === repository && one.kind === kind).length
}

/** Plays an answer that differs from the usual one. */
function answer(image: StagedImage, kind: Kind, change: (usual: Answer) => Answer): void {
  stage
    .registry()
    .fault(image.repository, kind, 'always', (response, usual, { method }) =>
      sendAnswer(response, change(usual), method),
    )
}

const bundled = (image: StagedImage): object => bundleOf(seal(statementOf(image), [signer]))

describe('GHSA-vfp6-jrw2-99g9, CVE-2023-46737: signatures without end', () => {
  /** Layers of the same payload, the last of them with a signature that verifies. */
  function layMany(image: StagedImage, count: number): void {
    const { holdings, repository, digest } = image
    const { payload, logged } = simplySigned(signer, digest)
    const blob = holdings.putBlob(repository, 'application/vnd.dev.cosign.simplesigning.v1+json', payload)
    const layer = (signature: Uint8Array): object => ({
      ...blob,
      annotations: { 'dev.cosignproject.cosign/signature': Buffer.from(signature).toString('base64') },
    })
    const wrong = Array.from({ length: count - 1 }, () => layer(new Uint8Array(64)))
    layLayers(holdings, repository, tagOf(image, '.sig'), [...wrong, layer(logged.signature)])
  }

  it('are not read when there are more than anybody needs', async () => {
    const image = stage.image()
    layMany(image, 1001)
    expectEnding(await stage.byKey(image, signer), 'limit-exceeded registry')
    expect(askedFor(image, 'blob')).toBe(0)
  })

  it('are read as long as there are no more than that', async () => {
    const image = stage.image()
    layMany(image, 1000)
    expectEnding(await stage.byKey(image, signer), 'verified', image.digest)
  })

  it('listed as referrers, page after page, come to an end', async () => {
    const image = stage.image()
    const { holdings, repository, digest } = image
    layBundle(holdings, repository, digest, bundleOf(seal(statementOf(image), [newSigner()])))
    const next = `</v2/${repository}/referrers/${digest}?from=0>; rel="next"`
    answer(image, 'referrers', (usual) => ({ ...usual, headers: { ...usual.headers, link: next } }))
    expectEnding(await stage.byKey(image, signer), 'limit-exceeded registry')
    expect(askedFor(image, 'referrers')).toBeLessThan(1001)
    expect(askedFor(image, 'manifest')).toBe(0)
  })

  it.each(['referrers', 'fallback'] as const)('listed in one answer are not opened (%s)', async (kind) => {
    const image = stage.image()
    const { holdings, repository } = image
    holdings.repository(repository).referrers = kind === 'referrers'
    const one = { mediaType: manifestType, digest: `sha256:${'0'.repeat(64)}`, size: 2 }
    const index = {
      schemaVersion: 2,
      mediaType: indexType,
      manifests: Array.from({ length: 1001 }, () => one),
    }
    const body = Buffer.from(JSON.stringify(index))
    answer(image, kind, () => ({ status: 200, headers: { 'content-type': indexType }, body }))
    expectEnding(await stage.byKey(image, signer), 'limit-exceeded registry')
    expect(askedFor(image, 'manifest')).toBe(0)
  })
})

describe('GHSA-88jx-383q-w4qc, CVE-2024-29902, and GHSA-95pr-fxf5-86gv, CVE-2024-29903: more than memory holds', () => {
  const asAttested = { 'attestation-type': provenance }
  /** Lays one good piece of evidence of a kind. */
  const lays: Readonly<Record<'sig' | 'att' | 'bundle', (image: StagedImage) => void>> = {
    sig: ({ holdings, repository, digest }) =>
      laySignature(holdings, repository, digest, simplySigned(signer, digest)),
    att: (image) =>
      layEnvelope(
        image.holdings,
        image.repository,
        image.digest,
        seal(statementOf(image, { predicateType: provenance }), [signer]),
      ),
    bundle: (image) => layBundle(image.holdings, image.repository, image.digest, bundled(image)),
  }
  const forms = ['sig', 'att', 'bundle'] as const
  const askFor = async (image: StagedImage, form: (typeof forms)[number]): ReturnType<typeof stage.byKey> =>
    stage.byKey(image, signer, form === 'att' ? asAttested : {})

  /** Rewrites the manifest that lists the evidence. */
  function relist({ holdings, repository }: StagedImage, size: number | undefined): void {
    const held = holdings.repository(repository)
    const [before, last] = [...held.manifests].at(-1) ?? []
    const manifest = JSON.parse(String(last?.bytes)) as { layers: { size?: number | undefined }[] }
    for (const layer of manifest.layers) layer.size = size
    const tag = [...held.tags].find(([, digest]) => digest === before)?.[0]
    held.manifests.delete(before ?? '')
    holdings.putManifest(repository, manifest, tag)
  }

  it.each(forms)('a piece as it is made is read (%s)', async (form) => {
    const image = stage.image()
    lays[form](image)
    expectEnding(await askFor(image, form), 'verified', image.digest)
  })

  it.each(forms)('one that is announced as huge is not asked for (%s)', async (form) => {
    const image = stage.image()
    lays[form](image)
    relist(image, 2 * GiB)
    expectEnding(await askFor(image, form), 'limit-exceeded registry')
    expect(askedFor(image, 'blob')).toBe(0)
  })

  it.each(forms)('one that never ends is read no further than it is announced (%s)', async (form) => {
    const image = stage.image()
    lays[form](image)
    stage.registry().fault(image.repository, 'blob', 'always', neverEnds)
    expectEnding(await askFor(image, form), 'response-invalid registry')
  })

  it.each(forms)(
    'one that never ends and is not announced is read no further than the limit (%s)',
    async (form) => {
      const image = stage.image()
      lays[form](image)
      relist(image, undefined)
      stage.registry().fault(image.repository, 'blob', 'always', neverEnds)
      expectEnding(await askFor(image, form), 'limit-exceeded registry')
    },
  )

  it.each(['tag', 'sig', 'referrers'] as const)(
    'an answer that never ends is read no further than the limit (%s)',
    async (kind) => {
      const image = stage.image()
      lays.sig(image)
      if (kind === 'referrers') image.holdings.repository(image.repository).tags.delete(tagOf(image, '.sig'))
      stage.registry().fault(image.repository, kind, 'always', neverEnds)
      expectEnding(await stage.byKey(image, signer), 'limit-exceeded registry')
    },
  )

  it.each(['tag', 'sig', 'blob'] as const)('an answer that is packed is not unpacked (%s)', async (kind) => {
    const image = stage.image()
    lays.sig(image)
    answer(image, kind, (usual) => ({
      ...usual,
      headers: { ...usual.headers, 'content-encoding': 'gzip' },
      body: gzipSync(kind === 'blob' ? usual.body : Buffer.alloc(64 * 1024 * 1024, ' ')),
    }))
    expectEnding(await stage.byKey(image, signer), 'response-invalid registry')
  })

  it.each<[string, string]>([
    ['lists in lists', '['.repeat(500_000)],
    ['an envelope of them', `{"dsseEnvelope":${'{"a":'.repeat(500_000)}`],
  ])('a bundle of %s is none', async (_, text) => {
    const image = stage.image()
    layBundle(image.holdings, image.repository, image.digest, text)
    expectEnding(await stage.byKey(image, signer), 'signature-invalid')
  })
})

describe('GHSA-cq38-jh5f-37mq, CVE-2024-45395, sigstore-go: lists without end inside of a bundle', () => {
  const stranger = newLog('rekor.elsewhere.example', 1)
  const kind = 'dsse 0.0.1'

  async function ask(
    entriesOf: (logged: Logged, envelope: SealedEnvelope) => readonly BundledEntry[],
  ): Promise<void> {
    const image = stage.image()
    const envelope = seal(statementOf(image), [signer])
    const entries = entriesOf(loggedEnvelope(signer, envelope), envelope)
    layBundle(image.holdings, image.repository, image.digest, bundleWith(envelope, { entries }))
    const ran = await stage.byLoggedKey(image, signer)
    if (entries.length <= 32 && entries.length > 0) expectEnding(ran, 'verified', image.digest)
    else expectEnding(ran, 'log-entry-invalid')
  }
  const many = (count: number, logged: Logged): readonly BundledEntry[] => [
    ...Array.from({ length: count - 1 }, () => stranger.record(bodies[kind](logged), signedAt).entry),
    log.record(bodies[kind](logged), signedAt).entry,
  ]

  it('entries: as many as anybody needs are looked at', async () => ask((logged) => many(32, logged)))

  it('entries: more than that are not', async () => ask((logged) => many(33, logged)))

  it('hashes of a proof: there are as many as the tree is high', async () => {
    const image = stage.image()
    const envelope = seal(statementOf(image), [signer])
    const { entry } = log.record(bodies[kind](loggedEnvelope(signer, envelope)), signedAt)
    const hashes = Array.from({ length: 100_000 }, () => 'AAAA')
    const long = { ...entry, inclusionProof: { ...entry.inclusionProof, hashes } }
    layBundle(image.holdings, image.repository, image.digest, bundleWith(envelope, { entries: [long] }))
    expectEnding(await stage.byLoggedKey(image, signer), 'log-entry-invalid')
  })

  it.each([
    [1024, 'verified'],
    [1025, 'signature-invalid'],
  ] as const)('subjects: %i', async (count, ending) => {
    const image = stage.image()
    const others = Array.from({ length: count - 1 }, () => ({ digest: { sha256: '0'.repeat(64) } }))
    const subject = [...others, { digest: { sha256: image.digest.slice(7) } }]
    const bundle = bundleOf(seal(statementOf(image, { subject }), [signer]))
    layBundle(image.holdings, image.repository, image.digest, bundle)
    expectEnding(await stage.byKey(image, signer), ending, image.digest)
  })
})
