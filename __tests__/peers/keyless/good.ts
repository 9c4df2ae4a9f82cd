import { describe, expect, it } from 'vitest'
import { judge } from '../../harness/keyless-verdict.js'
import { type KeylessImage, kindNames, kinds, newImage, signImage } from '../../harness/keyless-signed.js'
import { issuers } from '../../harness/keyless-world.js'
import { address, release, releaseIdentity, releaseSigner, releaseToken, slug, type Stage } from './stage.js'

/** What a private instance signed is verified: the answer of cosign, on the same image. */
export function verifyGood(stage: () => Stage): void {
  describe.each(kindNames)('an image signed as %s', (kind) => {
    const image = (): KeylessImage => stage().images[kind][0]
    const isBundle = kinds[kind].format === 'bundle'

    it('is verified for who signed it', async () => {
      const { world } = stage()
      const ran = await judge(world, image(), releaseSigner(world), 'verified', 'verified')
      const format = isBundle ? 'sigstore-bundle' : 'simple-signing'
      expect(ran.document?.images).toMatchObject([{ signatures: [{ verified: true, format }] }])
      expect(ran.summary).toContain('release.yml')
    })

    it('is verified by patterns and by what the certificate says of the workflow', async () => {
      const { world } = stage()
      const inputs = {
        'certificate-identity-regexp':
          '^https://github\\.com/team/app/\\.github/workflows/.+@refs/heads/main$',
        'certificate-oidc-issuer-regexp': '^http://127\\.0\\.0\\.1:\\d+/github$',
        'certificate-github-workflow-trigger': release.event,
        'certificate-github-workflow-sha': release.sha,
        'certificate-github-workflow-name': release.name,
        'certificate-github-workflow-repository': release.repository,
        'certificate-github-workflow-ref': release.ref,
      }
      await judge(world, image(), inputs, 'verified', 'verified')
    })

    const stamped = 'timestamp' in kinds[kind]
    it(`is ${stamped ? 'verified' : 'rejected'} where a signed timestamp is demanded`, async () => {
      const { world } = stage()
      const inputs = { ...releaseSigner(world), 'use-signed-timestamps': 'true' }
      if (stamped) await judge(world, image(), inputs, 'verified', 'verified')
      // In the older format cosign only looks at a timestamp that is there.
      else await judge(world, image(), inputs, 'timestamp-invalid', isBundle ? /timestamp/ : 'verified')
    })

    it('is verified when a person signed it, by the address', async () => {
      const { world } = stage()
      const by = world.oidc.token(issuers.mail, { sub: '7', email: address, email_verified: true })
      const signed = await signImage(world, `${slug(kind)}-by-mail`, { ...kinds[kind], by })
      const issuer = { 'certificate-oidc-issuer': world.oidc.url(issuers.mail) }
      const inputs = { ...issuer, 'certificate-identity': address }
      await judge(world, signed, inputs, 'verified', 'verified')
      const lookalike = { ...issuer, 'certificate-identity': address.replace('.', 'x') }
      await judge(
        world,
        signed,
        lookalike,
        'identity-mismatch',
        /expected SAN|none of the expected identities/,
      )
    })

    it('is verified with the annotations that were signed', async () => {
      const { world } = stage()
      const signing = { ...kinds[kind], by: releaseToken(world), annotations: ['env=prod'] }
      const signed = await signImage(world, `${slug(kind)}-noted`, signing)
      const inputs = releaseSigner(world)
      await judge(world, signed, { ...inputs, annotations: 'env=prod' }, 'verified', 'verified')
      await judge(world, signed, { ...inputs, annotations: 'env=dev' }, 'annotation-mismatch', /annotation/)
    })

    it('is verified for its attestation of a type, and for no other type', async () => {
      const { world } = stage()
      const attested = await newImage(world, `${slug(kind)}-attested`)
      const provenance = { buildDefinition: {}, runDetails: {} }
      const signing = { ...kinds[kind], by: releaseToken(world) }
      await world.attest(attested.reference, signing, 'slsaprovenance1', provenance)
      const inputs = { ...releaseSigner(world), 'attestation-type': 'slsaprovenance1' }
      await judge(world, attested, inputs, 'verified', 'verified')
      const other = { ...inputs, 'attestation-type': 'vuln' }
      await judge(world, attested, other, 'attestation-missing', /none of the attestations matched/)
      const nobody = { ...inputs, 'certificate-identity': `${releaseIdentity}x` }
      await judge(
        world,
        attested,
        nobody,
        'identity-mismatch',
        /expected SAN|none of the expected identities/,
      )
    })
  })
}
