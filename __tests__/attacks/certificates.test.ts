import { describe, it } from 'vitest'
import { openStage } from '../harness/attack-stage.js'
import { expectEnding } from '../harness/endings.js'
import { decades, type Issuer, newIssuer, pemOf, timeStamping } from '../harness/forged-certificate.js'
import { type Certified, signedAt } from '../harness/forged-instance.js'
import { bodies } from '../harness/forged-log.js'
import { bundleWith, layBundle, laySignature, loggedEnvelope, simplySigned } from '../harness/laid-pieces.js'
import type { RanAction } from '../harness/run.js'
import { paths, playOn, statementOf } from '../harness/signing-paths.js'
import { seal } from '../verify/sealed.js'

const stage = openStage()
const { instance } = stage
const { root, intermediate } = instance
const keyless = paths.filter((path) => path.keyless)

const before = new Date('2026-03-01T11:59:59Z')
const after = new Date('2026-03-01T12:10:01Z')

describe.each(keyless)('$name ($kind)', (path) => {
  it.each([
    ['that was valid', decades, 'verified'],
    ['of which a part was over', { from: decades.from, to: before }, 'certificate-expired'],
    ['of which a part had not begun', { from: after, to: decades.to }, 'certificate-expired'],
  ] as const)(
    'GHSA-wfqv-66vq-46rm, CVE-2026-24122: a chain %s as the leaf signed',
    async (_, valid, ending) => {
      const middle = newIssuer('middle', { above: root, valid })
      const changes = { chain: [middle.certificate, root.certificate] }
      const [ran, digest] = await playOn(path, instance.certify({ by: middle }), stage, { changes })
      expectEnding(ran, ending, digest)
    },
  )

  it('is nobody, certified by another authority of the same name', async () => {
    const by = newIssuer('stage.example intermediate')
    const [ran] = await playOn(path, instance.certify({ by }), stage)
    expectEnding(ran, 'certificate-untrusted')
  })

  it.each(['none', 'stranger', 'misplaced'] as const)(
    'Kyverno, attestations without attestors: the promise of a log of certificates is not looked at (%s)',
    async (sct) => {
      const [ran] = await playOn(path, instance.certify({ sct }), stage)
      expectEnding(ran, 'certificate-untrusted')
      const [waived, digest] = await playOn(path, instance.certify({ sct }), stage, {
        inputs: { 'insecure-ignore-sct': 'true' },
      })
      expectEnding(waived, 'verified', digest)
    },
  )

  it('is nobody, certified for another purpose', async () => {
    const [ran] = await playOn(path, instance.certify({ usage: timeStamping }), stage)
    expectEnding(ran, 'certificate-untrusted')
  })
})

describe('GHSA-wfqv-66vq-46rm, CVE-2026-24122: authorities that the user gives, and no log', () => {
  const play = async (valid: typeof decades): Promise<readonly [RanAction, string]> => {
    const middle = newIssuer('middle', { above: root, valid })
    const signer = instance.certify({ by: middle, valid: decades })
    const image = stage.image()
    laySignature(image.holdings, image.repository, image.digest, simplySigned(signer, image.digest), {
      certificate: signer.pem,
    })
    const inputs = {
      'trusted-root': '',
      'ca-roots': stage.file(pemOf('CERTIFICATE', root.certificate)),
      'ca-intermediates': stage.file(pemOf('CERTIFICATE', middle.certificate)),
      'insecure-ignore-tlog': 'true',
      'insecure-ignore-sct': 'true',
    }
    return [await stage.byIdentity(image, inputs), image.digest]
  }

  it('an intermediate that is over certifies nobody', async () => {
    const [ran] = await play({ from: decades.from, to: before })
    expectEnding(ran, 'certificate-expired')
  })

  it('one that is valid does', async () => {
    const [ran, digest] = await play(decades)
    expectEnding(ran, 'verified', digest)
  })
})

describe('a chain that the attacker brings along', () => {
  const own = newIssuer('own root')
  const middle = newIssuer('own intermediate', { above: own })
  const chain = pemOf('CERTIFICATE', middle.certificate) + pemOf('CERTIFICATE', own.certificate)

  it.each([
    ['leads to nobody', () => instance.certify({ by: middle }), 'certificate-untrusted'],
    ['takes nothing from a certificate that leads home', () => instance.certify(), 'verified'],
  ] as const)('beside a payload %s', async (_, certify, ending) => {
    const image = stage.image()
    const signer = certify()
    const signed = simplySigned(signer, image.digest)
    const { annotation: entry } = instance.log.record(bodies['hashedrekord 0.0.1'](signed.logged), signedAt)
    const beside = { certificate: signer.pem, chain, entry }
    laySignature(image.holdings, image.repository, image.digest, signed, beside)
    expectEnding(await stage.byIdentity(image), ending, image.digest)
  })

  it.each([
    ['leads to nobody', () => [middle, own], 'certificate-untrusted'],
    // A certificate of the trusted authority that may sign no others.
    [
      'leads home by way of a leaf',
      () => [asIssuer(instance.certify()), intermediate],
      'certificate-untrusted',
    ],
    ['takes nothing from a certificate that leads home', () => [intermediate], 'verified'],
  ] as const)('in an older bundle %s', async (_, chainOf, ending) => {
    const image = stage.image()
    const above = chainOf()
    const [by = intermediate] = above
    const signer = instance.certify({ by })
    const envelope = seal(statementOf(image), [signer])
    const { entry } = instance.log.record(bodies['dsse 0.0.1'](loggedEnvelope(signer, envelope)), signedAt)
    const certificates = [signer, ...above].map(({ certificate }) => ({
      rawBytes: Buffer.from(certificate).toString('base64'),
    }))
    const changes = {
      mediaType: 'application/vnd.dev.sigstore.bundle+json;version=0.2',
      verificationMaterial: { x509CertificateChain: { certificates }, tlogEntries: [entry] },
    }
    layBundle(image.holdings, image.repository, image.digest, bundleWith(envelope, { changes }))
    expectEnding(await stage.byIdentity(image), ending, image.digest)
  })
})

/** Uses a certificate for what it was not given for. */
function asIssuer({ pair, certificate }: Certified): Issuer {
  return { name: new Uint8Array([0x30, 0]), privateKey: pair.privateKey, certificate }
}
