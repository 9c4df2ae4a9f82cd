import { describe, expect, it } from 'vitest'
import { openStage } from '../harness/attack-stage.js'
import { expectEnding } from '../harness/endings.js'
import { spkiOf } from '../harness/forged-certificate.js'
import { type Certified, signedAt } from '../harness/forged-instance.js'
import { bodies, type ForgedLog, type Logged, newLog } from '../harness/forged-log.js'
import {
  bundleWith,
  layBundle,
  layEnvelope,
  laySignature,
  loggedEnvelope,
  simplySigned,
  verifierOf,
} from '../harness/laid-pieces.js'
import type { RanAction } from '../harness/run.js'
import {
  askOn,
  layOn,
  logOf,
  type Path,
  paths,
  playOn,
  provenance,
  signOn,
  statementOf,
} from '../harness/signing-paths.js'
import { newSigner, seal, type SealedEnvelope, type Signer } from '../verify/sealed.js'

const stage = openStage()
const { instance } = stage

const signerOf = ({ keyless }: Path): Signer | Certified => (keyless ? instance.certify() : newSigner())

/** What the log was told instead: `own` is this signature, `other` a genuine one of another image by the same signer. */
type Splice = (own: Logged, other: Logged, stranger: string) => Logged

function withEnvelope({ envelope }: Logged, changes: Partial<SealedEnvelope>): Pick<Logged, 'envelope'> {
  return envelope ? { envelope: { ...envelope, ...changes } } : {}
}

const splices: readonly (readonly [string, Splice])[] = [
  [
    'GHSA-ccxc-vr6p-4858, CVE-2022-23649: the entry of another signature by the same signer',
    (_, other) => other,
  ],
  [
    'GHSA-whqx-f9j3-ch6m, CVE-2026-22703: an entry with another signature',
    (own, other) => ({
      ...own,
      signature: other.signature,
      ...withEnvelope(own, { signatures: other.envelope?.signatures ?? [] }),
    }),
  ],
  [
    'GHSA-whqx-f9j3-ch6m, CVE-2026-22703: an entry with the hash of something else',
    (own, other) => ({
      ...own,
      message: other.message,
      ...withEnvelope(own, { payload: other.envelope?.payload ?? '' }),
    }),
  ],
  [
    'GHSA-8gw7-4j42-w388, CVE-2022-36056: an entry of the same that names another signer',
    (own, _, stranger) => ({ ...own, verifier: stranger }),
  ],
]

async function spliceOn(path: Path, splice: Splice, log = logOf(path, stage)): Promise<RanAction> {
  const signer = signerOf(path)
  const image = stage.image()
  const piece = signOn(path, signer, image)
  const other = signOn(path, signer, stage.image()).logged
  const told = splice(piece.logged, other, verifierOf(signerOf(path)))
  layOn(path, piece, signer, log.record(bodies[path.kind](told), signedAt), image, stage)
  return askOn(path, signer, image, stage)
}

describe.each(paths)('beside $name ($kind)', (path) => {
  it('its own entry proves it', async () => {
    const [ran, digest] = await playOn(path, signerOf(path), stage)
    expectEnding(ran, 'verified', digest)
  })

  it.each(splices)('%s', async (_, splice) => {
    const ran = await spliceOn(path, splice)
    expectEnding(ran, 'log-entry-invalid')
    expect(ran.document?.images[0]?.signatures.filter(({ verified }) => verified)).toEqual([])
  })

  it('GHSA-jp26-88mw-89qr, CVE-2024-54140: an entry of a log of the attacker, by the name and id of the trusted one', async () => {
    const { baseUrl, id } = logOf(path, stage)
    const own: ForgedLog = newLog(
      baseUrl.replace('https://', ''),
      path.kind.endsWith('rekord 0.0.2') ? 2 : 1,
      id,
    )
    expectEnding(await spliceOn(path, (logged) => logged, own), 'log-entry-invalid')
  })

  it('cosign TestInvalidBundle: all that lies beside one image, laid beside another', async () => {
    const [from, to] = [stage.image(), stage.image()]
    const signer = signerOf(path)
    const piece = signOn(path, signer, from)
    const recorded = logOf(path, stage).record(bodies[path.kind](piece.logged), signedAt)
    for (const image of [from, to]) layOn(path, piece, signer, recorded, image, stage)
    expectEnding(await askOn(path, signer, from, stage), 'verified', from.digest)
    expectEnding(await askOn(path, signer, to, stage), 'digest-mismatch')
  })
})

describe('GHSA-fx35-mq7g-6g98: a bare key where an identity is demanded, with a genuine entry for that key', () => {
  const signer = newSigner()
  const key = verifierOf(signer)
  const rawBytes = spkiOf(signer.pair.publicKey).toString('base64')

  it.each([
    ['as a PEM key in the place of the certificate', { certificate: key }],
    ['with no certificate at all', {}],
    [
      'as a key that calls itself a certificate',
      { certificate: key.replaceAll('PUBLIC KEY', 'CERTIFICATE') },
    ],
  ])('under the tag of signatures, %s', async (_, beside) => {
    const image = stage.image()
    const signed = simplySigned(signer, image.digest)
    const { annotation: entry } = instance.log.record(bodies['hashedrekord 0.0.1'](signed.logged), signedAt)
    laySignature(image.holdings, image.repository, image.digest, signed, { ...beside, entry })
    expectEnding(await stage.byIdentity(image), 'key-mismatch')
    // Nothing else was wrong with it: it is good for whoever asks for that key.
    if (!('certificate' in beside))
      expectEnding(await stage.byLoggedKey(image, signer), 'verified', image.digest)
  })

  it('under the tag of attestations', async () => {
    const image = stage.image()
    const envelope = seal(statementOf(image, { predicateType: provenance }), [signer])
    const logged = loggedEnvelope(signer, envelope)
    const { annotation: entry } = instance.log.record(bodies['dsse 0.0.1'](logged), signedAt)
    layEnvelope(image.holdings, image.repository, image.digest, envelope, { certificate: key, entry })
    expectEnding(await stage.byIdentity(image, { 'attestation-type': provenance }), 'key-mismatch')
  })

  it.each([
    ['by its hint', { publicKey: { hint: rawBytes } }],
    ['as a certificate', { certificate: { rawBytes } }],
    ['as a chain', { x509CertificateChain: { certificates: [{ rawBytes }] } }],
  ])('in a bundle, %s', async (_, named) => {
    const image = stage.image()
    const envelope = seal(statementOf(image), [signer])
    const { entry } = instance.log.record(bodies['dsse 0.0.1'](loggedEnvelope(signer, envelope)), signedAt)
    const verificationMaterial = { ...named, tlogEntries: [entry] }
    const bundle = bundleWith(envelope, { changes: { verificationMaterial } })
    layBundle(image.holdings, image.repository, image.digest, bundle)
    // A bundle of this version has no chain: it cannot be read as one.
    const code = 'x509CertificateChain' in named ? 'signature-invalid' : 'key-mismatch'
    expectEnding(await stage.byIdentity(image), code)
    if ('publicKey' in named) expectEnding(await stage.byLoggedKey(image, signer), 'verified', image.digest)
  })
})
