import { describe, expect, it } from 'vitest'
import { openStage, type StagedImage } from '../harness/attack-stage.js'
import { expectEnding } from '../harness/endings.js'
import { layBundle, laySignature, simplySigned } from '../harness/laid-pieces.js'
import { indexType, manifestType, sendAnswer } from '../harness/registry-answers.js'
import { says } from '../harness/registry-faults.js'
import { putImage } from '../harness/registry-images.js'
import type { Kind, RegistryRequest } from '../harness/registry.js'
import { statementOf } from '../harness/signing-paths.js'
import { bundleOf, newSigner, seal } from '../verify/sealed.js'

const stage = openStage()
const signer = newSigner()
const other = newSigner()

function signedImage(by = signer): StagedImage {
  const image = stage.image()
  laySignature(image.holdings, image.repository, image.digest, simplySigned(by, image.digest))
  return image
}

function callsOf({ repository }: StagedImage, ...kinds: readonly Kind[]): readonly RegistryRequest[] {
  return stage.registry().requests.filter((one) => one.repository === repository && kinds.includes(one.kind))
}

/** Another image of the same repository, signed by nobody. */
function evilTwin({ holdings, repository, digest }: StagedImage): string {
  const twin = putImage(holdings, repository, 'evil')
  expect(twin).not.toBe(digest)
  return twin
}

describe('CVE-2022-47633, Kyverno: a registry that answers the second time with something else', () => {
  it.each([
    ['the signed image first', true, 'verified'],
    ['the signed image later', false, 'unsigned'],
  ] as const)('%s: it is asked once, and that answer is judged and handed on', async (_, first, ending) => {
    const image = signedImage()
    const twin = evilTwin(image)
    const { holdings, repository, digest } = image
    const { registry } = stage
    registry().fault(repository, 'tag', 'always', (response, usual, { attempt, method }) => {
      const chosen = (attempt === 1) === first ? digest : twin
      const body = holdings.repository(repository).manifests.get(chosen)?.bytes ?? Buffer.alloc(0)
      const headers = { ...usual.headers, 'docker-content-digest': chosen }
      sendAnswer(response, { ...usual, headers, body }, method)
    })
    const ran = await stage.byKey(image, signer)
    expectEnding(ran, ending, digest)
    expect(callsOf(image, 'tag')).toHaveLength(1)
    if (first) expect(ran.outputs['images']).toBe(JSON.stringify([`${image.reference}@${digest}`]))
    expect(ran.document?.images[0]?.digest).toBe(first ? digest : twin)
  })
})

describe('CVE-2023-47630, Kyverno: a registry that decides the digest', () => {
  it('of other bytes, by its header', async () => {
    const image = signedImage()
    const { holdings, repository } = image
    const evil = holdings.repository(repository).manifests.get(evilTwin(image))?.bytes ?? Buffer.alloc(0)
    // The header still names the signed image.
    stage.registry().fault(repository, 'tag', 'always', (response, usual, { method }) => {
      sendAnswer(response, { ...usual, body: evil }, method)
    })
    expectEnding(await stage.byKey(image, signer), 'response-invalid registry')
  })

  it('of an image asked for by its digest, by calling it another', async () => {
    const image = signedImage()
    const twin = evilTwin(image)
    const pinned = { ...image, reference: image.reference.replace(':v1', `:v1@${image.digest}`) }
    expectEnding(await stage.byKey(pinned, signer), 'verified', image.digest)
    stage.registry().fault(image.repository, 'head', 'always', (response, usual, { method }) => {
      sendAnswer(response, { ...usual, headers: { ...usual.headers, 'docker-content-digest': twin } }, method)
    })
    expectEnding(await stage.byKey(pinned, signer), 'response-invalid registry')
  })

  it('of an image asked for by tag and digest, by moving the tag', async () => {
    const image = signedImage()
    const moved = { ...image, reference: `${image.reference}@${image.digest}` }
    image.holdings.repository(image.repository).tags.set('v1', evilTwin(image))
    expectEnding(await stage.byKey(moved, signer), 'verified', image.digest)
    expectEnding(await stage.byKey(image, signer), 'unsigned')
  })

  it('by other bytes under the digest of a manifest or a payload', async () => {
    for (const kind of ['blob', 'manifest'] as const) {
      const image = stage.image()
      const { holdings, repository, digest } = image
      layBundle(holdings, repository, digest, bundleOf(seal(statementOf(image), [other])))
      // What is there is by another key: what the registry gives out instead is by ours.
      const good = stage.image()
      layBundle(good.holdings, good.repository, digest, bundleOf(seal(statementOf(image), [signer])))
      const held = holdings.repository(good.repository)
      const [bundle = Buffer.alloc(0)] = [...held.blobs.values()].slice(-1)
      const [, manifest] = [...held.manifests].at(-1) ?? []
      for (const [name, bytes] of held.blobs) holdings.repository(repository).blobs.set(name, bytes)
      expectEnding(await stage.byKey(image, signer), 'signature-invalid')
      const body = kind === 'blob' ? bundle : (manifest?.bytes ?? bundle)
      stage.registry().fault(repository, kind, 'always', (response, usual, { method }) => {
        sendAnswer(response, { ...usual, body }, method)
      })
      expectEnding(await stage.byKey(image, signer), 'response-invalid registry')
    }
  })
})

describe('cosign, section 4: a call that is blocked changes no verdict', () => {
  it.each([
    ['referrers', 'bundle'],
    ['manifest', 'bundle'],
    ['blob', 'bundle'],
    ['sig', 'sig'],
    ['blob', 'sig'],
  ] as const)('to "no signatures found" (%s of a %s)', async (kind, form) => {
    const image = form === 'sig' ? signedImage() : stage.image()
    const { holdings, repository, digest } = image
    if (form === 'bundle')
      layBundle(holdings, repository, digest, bundleOf(seal(statementOf(image), [signer])))
    expectEnding(await stage.byKey(image, signer), 'verified', digest)
    stage.registry().fault(repository, kind, 'always', says(403, 'DENIED'))
    expectEnding(await stage.byKey(image, signer), 'denied registry')
  })

  it.each(['referrers', 'fallback', 'sig', 'manifest', 'blob'] as const)(
    'to a pass, when the other format is by another key (%s)',
    async (kind) => {
      const image = signedImage(other)
      const { holdings, repository, digest } = image
      layBundle(holdings, repository, digest, bundleOf(seal(statementOf(image), [other])))
      stage.registry().fault(repository, kind, 'always', says(500, 'UNKNOWN'))
      const ran = await stage.byKey(image, signer)
      expect(ran.outputs['verdict']).not.toBe('verified')
      expect(ran.exit).not.toBe(0)
    },
  )
})

describe('cosign #4641: a listing that calls everything by another name', () => {
  it('hides no bundle', async () => {
    const image = stage.image()
    const { holdings, repository, digest } = image
    holdings.repository(repository).referrers = false
    layBundle(holdings, repository, digest, bundleOf(seal(statementOf(image), [signer])))
    const [own, held] = [...holdings.repository(repository).manifests].at(-1) ?? ['', undefined]
    const artifactType = 'application/vnd.oci.empty.v1+json'
    const listed = { mediaType: manifestType, digest: own, size: held?.bytes.length, artifactType }
    const index = { schemaVersion: 2, mediaType: indexType, manifests: [listed] }
    holdings.putManifest(repository, index, digest.replace(':', '-'))
    expectEnding(await stage.byKey(image, signer), 'verified', digest)
  })
})
