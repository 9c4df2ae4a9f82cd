import { describe, expect, it } from 'vitest'
import { openStage, type StagedImage } from '../harness/attack-stage.js'
import { expectEnding } from '../harness/endings.js'
import {
  bundleWith,
  layBundle,
  layEnvelope,
  layReferrer,
  laySignature,
  simplySigned,
} from '../harness/laid-pieces.js'
import type { RanAction } from '../harness/run.js'
import { provenance, statementOf } from '../harness/signing-paths.js'
import { bundleOf, newSigner, seal, type SealedEnvelope } from '../verify/sealed.js'

const stage = openStage()
const signer = newSigner()
const stranger = newSigner()
const other = 'https://spdx.dev/Document'
const wanted = { 'attestation-type': provenance }
const attest = (image: Pick<StagedImage, 'digest'>, changes: object = {}): object =>
  statementOf(image, { predicateType: provenance, ...changes })

type Form = 'tag' | 'bundle'
const forms: readonly Form[] = ['tag', 'bundle']

/** @param hint what the registry says it is, whatever it is */
function lay(image: StagedImage, form: Form, envelope: object, hint?: string): void {
  const { holdings, repository, digest } = image
  if (form === 'tag') layEnvelope(holdings, repository, digest, envelope, {}, hint)
  else layBundle(holdings, repository, digest, bundleWith(envelope), hint)
}

const ask = async (image: StagedImage): Promise<RanAction> => stage.byKey(image, signer, wanted)

describe.each(forms)('an attestation (%s)', (form) => {
  it('is good: it is of this image, of this type and by this key', async () => {
    const image = stage.image()
    lay(image, form, seal(attest(image), [signer]), provenance)
    expectEnding(await ask(image), 'verified', image.digest)
  })

  it('GHSA-vjxv-45g9-9296, CVE-2022-35929: of another type does for the one asked for', async () => {
    const image = stage.image()
    lay(image, form, seal(attest(image, { predicateType: other }), [signer]))
    expectEnding(await ask(image), 'attestation-missing')
  })

  it('GHSA-739f-hw6h-7wq8, CVE-2022-35930: the registry calls another one the type asked for', async () => {
    const image = stage.image()
    lay(image, form, seal(attest(image, { predicateType: other }), [signer]), provenance)
    expectEnding(await ask(image), 'attestation-missing')
  })

  it('is found although the registry calls it another: its own word counts', async () => {
    const image = stage.image()
    lay(image, form, seal(attest(image), [signer]), other)
    expectEnding(await ask(image), 'verified', image.digest)
  })

  it.each<[string, object | string]>([
    ['no JSON', 'hello'],
    ['cut off', JSON.stringify(attest({ digest: `sha256:${'0'.repeat(64)}` })).slice(0, -1)],
    ['a list', '[]'],
    ['null', 'null'],
    ['a text', '"hello"'],
    ['nothing', ''],
  ])(
    'GHSA-w6c6-c85g-mmv6, CVE-2026-39395: a signed payload that is %s counts as read',
    async (_, payload) => {
      const image = stage.image()
      lay(image, form, seal(payload, [signer]), provenance)
      expectEnding(await ask(image), 'attestation-invalid')
    },
  )

  it.each([
    ['a text', 'SPDXVersion: SPDX-2.3'],
    ['null', null],
    ['a list', []],
  ])('GHSA-w6c6-c85g-mmv6, CVE-2026-39395: a predicate that is %s counts as read', async (_, predicate) => {
    const image = stage.image()
    lay(image, form, seal(attest(image, { predicate }), [signer]), provenance)
    expectEnding(await ask(image), 'attestation-invalid')
  })

  it.each<[string, object, 'attestation-invalid' | 'digest-mismatch']>([
    ['subject: null', { subject: null }, 'attestation-invalid'],
    ['a null among the subjects', { subject: [null] }, 'attestation-invalid'],
    ['a subject that is no list', { subject: {} }, 'attestation-invalid'],
    ['a subject whose digest is null', { subject: [{ name: 'app', digest: null }] }, 'digest-mismatch'],
    ['a subject with a null as SHA-256', { subject: [{ digest: { sha256: null } }] }, 'digest-mismatch'],
    ['no subject', { subject: undefined }, 'digest-mismatch'],
    ['subjects that are none', { subject: [] }, 'digest-mismatch'],
  ])('cosign 3.1, sigstore-go: %s ends the program, or passes', async (_, changes, ending) => {
    const image = stage.image()
    lay(image, form, seal(attest(image, changes), [signer]), provenance)
    const ran = await ask(image)
    expectEnding(ran, ending)
    expect(ran.stderr).not.toMatch(/\bat .*\.js:\d+/)
  })

  it('CVE-2026-31830, @sigstore/verify: one of another image, laid beside this one, does for this one', async () => {
    const [from, to] = [stage.image(), stage.image()]
    const envelope = seal(attest(from), [signer])
    for (const image of [from, to]) lay(image, form, envelope, provenance)
    expectEnding(await ask(from), 'verified', from.digest)
    expectEnding(await ask(to), 'digest-mismatch')
  })

  it('no two that fail make one that counts: each fact has to be in the same statement', async () => {
    const image = stage.image()
    const elsewhere = stage.image()
    lay(image, form, seal(attest(image), [stranger]), provenance)
    lay(image, form, seal(attest(elsewhere), [signer]), provenance)
    lay(image, form, seal(attest(image, { predicateType: other }), [signer]), other)
    const { holdings, repository, digest } = image
    laySignature(holdings, repository, digest, simplySigned(signer, digest))
    const ran = await ask(image)
    expect(['attestation-invalid', 'digest-mismatch']).toContain(ran.outputs['failure-code'])
    expect([ran.outputs['verdict'], ran.exit]).toEqual(['rejected', 1])
    lay(image, form, seal(attest(image), [signer]), provenance)
    expectEnding(await ask(image), 'verified', image.digest)
  })

  it('DSSE: the type of the payload is signed, and has to be that of a statement', async () => {
    const image = stage.image()
    const sealed = seal(attest(image), [signer], 'application/json')
    lay(image, form, sealed, provenance)
    expectEnding(await ask(image), 'attestation-invalid')
    const renamed = stage.image()
    lay(renamed, form, {
      ...seal(attest(renamed), [signer], 'application/json'),
      payloadType: 'application/vnd.in-toto+json',
    })
    expectEnding(await ask(renamed), 'attestation-invalid')
  })

  it('Kyverno, key and attestations: whoever has a certificate of the authority attests for the key', async () => {
    const image = stage.image()
    const certified = stage.instance.certify()
    const envelope = seal(attest(image), [certified])
    const { holdings, repository, digest } = image
    if (form === 'tag') layEnvelope(holdings, repository, digest, envelope, { certificate: certified.pem })
    else layBundle(holdings, repository, digest, bundleWith(envelope, { certificate: certified.certificate }))
    expectEnding(await ask(image), 'key-mismatch')
  })
})

describe('beside an image', () => {
  const empty = (sealed: SealedEnvelope): object => ({ ...sealed, signatures: [] })
  const forged = (sealed: SealedEnvelope): object => ({
    ...sealed,
    signatures: [{ sig: Buffer.alloc(70).toString('base64') }],
  })

  it.each<[string, (sealed: SealedEnvelope) => object, string]>([
    ['without a signature', empty, 'attestation-invalid'],
    ['with a forged one', forged, 'attestation-invalid'],
    ['with a good one', (sealed) => sealed, 'attestation-missing'],
  ])(
    'policy-controller enable-oci11: a bare envelope %s that refers to it is taken for verified',
    async (_, change, inBundle) => {
      const image = stage.image()
      const { holdings, repository, digest } = image
      const envelope = change(seal(attest(image), [signer]))
      layReferrer(
        holdings,
        repository,
        digest,
        'application/vnd.dsse.envelope.v1+json',
        JSON.stringify(envelope),
      )
      layReferrer(holdings, repository, digest, 'application/vnd.in-toto+json', JSON.stringify(envelope))
      // Such referrers are of no format that is read; in one that is, the signature decides.
      expectEnding(await ask(image), 'attestation-missing')
      layBundle(holdings, repository, digest, bundleOf(envelope))
      if (inBundle === 'attestation-missing') expectEnding(await ask(image), 'verified', digest)
      else expectEnding(await ask(image), 'attestation-invalid')
    },
  )

  it.each([
    ['behind ours', [signer, stranger]],
    ['before ours', [stranger, signer]],
  ])('bundles, one signature: another %s is taken along', async (_, signers) => {
    const image = stage.image()
    lay(image, 'bundle', seal(attest(image), signers))
    expectEnding(await ask(image), 'attestation-invalid')
  })

  it.each(forms)('cosign verify: an attestation alone (%s) does for a signature', async (form) => {
    const image = stage.image()
    const { holdings, repository, digest } = image
    lay(image, form, seal(attest(image), [signer]))
    expectEnding(await stage.byKey(image, signer), 'unsigned')
    laySignature(holdings, repository, digest, simplySigned(signer, digest))
    expectEnding(await stage.byKey(image, signer), 'verified', digest)
  })

  it('bundles: the signature of a message says nothing of an image', async () => {
    const image = stage.image()
    const { holdings, repository, digest } = image
    const manifest = holdings.repository(repository).manifests.get(digest)?.bytes ?? Buffer.alloc(0)
    const messageSignature = {
      messageDigest: {
        algorithm: 'SHA2_256',
        digest: Buffer.from(digest.slice(7), 'hex').toString('base64'),
      },
      signature: Buffer.from(signer.sign(manifest)).toString('base64'),
    }
    layBundle(
      holdings,
      repository,
      digest,
      bundleWith({}, { changes: { messageSignature, dsseEnvelope: undefined } }),
    )
    expectEnding(await stage.byKey(image, signer), 'signature-invalid')
  })
})
