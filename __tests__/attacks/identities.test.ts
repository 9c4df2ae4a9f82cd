import { describe, expect, it } from 'vitest'
import { openStage, type StagedImage } from '../harness/attack-stage.js'
import { expectEnding } from '../harness/endings.js'
import { pemOf, spkiOf } from '../harness/forged-certificate.js'
import { type Certified, type Claims, oidcIssuer, signedAt, workflow } from '../harness/forged-instance.js'
import { bodies } from '../harness/forged-log.js'
import { bundleWith, layBundle, laySignature, loggedEnvelope, simplySigned } from '../harness/laid-pieces.js'
import { statementOf } from '../harness/signing-paths.js'
import { newSigner, seal, type Signer } from '../verify/sealed.js'

const stage = openStage()
const { instance } = stage

const uri = 0x86
const email = 0x81
const dns = 0x82

/** Lays a whole signature under the tag or in a bundle. */
function layBy(image: StagedImage, signer: Signer | Certified, form: 'sig' | 'bundle'): void {
  const { holdings, repository, digest } = image
  if (form === 'sig') {
    const signed = simplySigned(signer, digest)
    const { annotation: entry } = instance.log.record(bodies['hashedrekord 0.0.1'](signed.logged), signedAt)
    const beside = 'pem' in signer ? { certificate: signer.pem } : {}
    laySignature(holdings, repository, digest, signed, { ...beside, entry })
  } else {
    const envelope = seal(statementOf(image), [signer])
    const { entry } = instance.log.record(bodies['dsse 0.0.1'](loggedEnvelope(signer, envelope)), signedAt)
    const certificate = 'certificate' in signer ? { certificate: signer.certificate } : {}
    layBundle(holdings, repository, digest, bundleWith(envelope, { ...certificate, entries: [entry] }))
  }
}

function signedBy(signer: Signer | Certified, form: 'sig' | 'bundle'): StagedImage {
  const image = stage.image()
  layBy(image, signer, form)
  return image
}

describe.each(['sig', 'bundle'] as const)('whom a certificate names (%s)', (form) => {
  it.each<[string, Claims]>([
    ['Kyverno keyless: a certificate that names nobody skips the comparison', { names: [] }],
    ['an empty name', { names: [[uri, '']] }],
    [
      'sigstore-js: the dots of an exact name stand for anything',
      { names: [[uri, workflow.replaceAll('.', 'x')]] },
    ],
    [
      'sigstore-js: an exact name is met by one that holds it, behind',
      { names: [[uri, `https://evil.example/${workflow}`]] },
    ],
    [
      'sigstore-js: an exact name is met by one that holds it, in front',
      { names: [[uri, `${workflow}-fork`]] },
    ],
    ['a name in other letters', { names: [[uri, workflow.toUpperCase()]] }],
    ['a name with a line end', { names: [[uri, `${workflow}\n`]] }],
    ['a name cut off by a zero byte', { names: [[uri, `${workflow}\0.evil.example`]] }],
    [
      'another issuer, by whom the same name is somebody else',
      { issuer: 'https://issuer.example.evil.example' },
    ],
    ['no issuer', { issuer: '' }],
  ])('%s: is not the one asked for', async (_, claims) => {
    const ran = await stage.byIdentity(signedBy(instance.certify(claims), form))
    expectEnding(ran, 'identity-mismatch')
  })

  it.each<[string, Claims]>([
    ['alone', {}],
    [
      'beside others',
      {
        names: [
          [email, 'team@example.com'],
          [dns, 'ci.example'],
          [uri, workflow],
        ],
      },
    ],
  ])('is the one asked for, named %s', async (_, claims) => {
    const image = signedBy(instance.certify(claims), form)
    expectEnding(await stage.byIdentity(image), 'verified', image.digest)
  })

  it('cosign, certificates: the issuer counts beside its pattern, and neither wins', async () => {
    const image = signedBy(instance.certify(), form)
    const pattern = { 'certificate-oidc-issuer-regexp': `^${oidcIssuer}$` }
    expectEnding(await stage.byIdentity(image, pattern), 'verified', image.digest)
    const wrong = { 'certificate-oidc-issuer': 'https://other.example' }
    expectEnding(await stage.byIdentity(image, { ...pattern, ...wrong }), 'identity-mismatch')
    const wrongPattern = { 'certificate-oidc-issuer-regexp': '^https://other' }
    expectEnding(await stage.byIdentity(image, wrongPattern), 'identity-mismatch')
  })

  it('cosign: a pattern that is not anchored is met by a name made for that, which is said aloud', async () => {
    const image = signedBy(instance.certify({ names: [[uri, `https://evil.example/?x=${workflow}`]] }), form)
    const ask = (pattern: string): Promise<Awaited<ReturnType<typeof stage.byIdentity>>> =>
      stage.byIdentity(image, { 'certificate-identity': '', 'certificate-identity-regexp': pattern })
    expectEnding(await ask('^https://github\\.com/team/app/'), 'identity-mismatch')
    const loose = await ask('https://github.com/team/app/')
    expect(loose.outputs['verdict']).toBe('verified')
    expect(loose.exit).toBe(0)
    expect(loose.stdout).toContain('has no anchor')
  })

  it('sigstore-js #1556: a pattern that takes for ever elsewhere is decided', async () => {
    const image = signedBy(instance.certify({ names: [[email, `${'a'.repeat(60)}!`]] }), form)
    const inputs = { 'certificate-identity': '', 'certificate-identity-regexp': '^(a+)+$' }
    expectEnding(await stage.byIdentity(image, inputs), 'identity-mismatch')
  })
})

describe('who is asked for', () => {
  const issuer = { 'certificate-oidc-issuer': '' }
  const subject = { 'certificate-identity': '' }

  it.each([
    ['an identity without an issuer', issuer],
    ['an issuer without an identity', subject],
    ['an identity twice, by name and by pattern', { 'certificate-identity-regexp': '.' }],
  ])('cosign #2056: %s is refused', async (_, inputs) => {
    const image = signedBy(instance.certify(), 'sig')
    expectEnding(await stage.byIdentity(image, inputs), 'input-invalid')
  })

  it('cosign 3.1: with a key, an identity is not left out in silence', async () => {
    const [key, certified] = [newSigner(), instance.certify()]
    const inputs = { key: pemOf('PUBLIC KEY', spkiOf(key.pair.publicKey)) }
    for (const form of ['sig', 'bundle'] as const) {
      const [byKey, byIdentity] = [signedBy(key, form), signedBy(certified, form)]
      expectEnding(await stage.byIdentity(byKey, inputs), 'key-mismatch')
      expect((await stage.byIdentity(byIdentity, inputs)).exit).toBe(1)
      layBy(byKey, certified, form)
      expectEnding(await stage.byIdentity(byKey, inputs), 'verified', byKey.digest)
    }
  })

  it('cosign verify_test: a signature by the key, with a certificate for another, is by neither', async () => {
    const image = stage.image()
    const key = newSigner()
    const { holdings, repository, digest } = image
    const signed = simplySigned(key, digest)
    laySignature(holdings, repository, digest, signed, { certificate: instance.certify().pem })
    expectEnding(await stage.byKey(image, key), 'key-mismatch')
    const plain = stage.image()
    laySignature(plain.holdings, plain.repository, plain.digest, simplySigned(key, plain.digest))
    expectEnding(await stage.byKey(plain, key), 'verified', plain.digest)
  })
})
