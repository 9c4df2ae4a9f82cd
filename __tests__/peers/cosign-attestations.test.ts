import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cosign, type CosignKey, type Format, openCosign } from '../harness/cosign.js'
import { expectEnding } from '../harness/endings.js'
import { dockerRegistry, type Registry, startDockerRegistry, startGgcr } from '../harness/registries.js'
import { runAction, type RanAction } from '../harness/run.js'

const formats = ['bundle', 'legacy'] as const satisfies readonly Format[]
const uri = 'https://example.com/predicate/v1'
/** What a predicate of the type must at least hold for cosign to sign it. */
const predicates: readonly (readonly [string, string, object])[] = [
  ['slsaprovenance1', 'https://slsa.dev/provenance/v1', { buildDefinition: {}, runDetails: {} }],
  ['spdxjson', 'https://spdx.dev/Document', { spdxVersion: 'SPDX-2.3' }],
  ['cyclonedx', 'https://cyclonedx.org/bom', { bomFormat: 'CycloneDX' }],
  ['vuln', 'https://cosign.sigstore.dev/attestation/vuln/v1', { invocation: {}, scanner: {}, metadata: {} }],
  ['custom', 'https://cosign.sigstore.dev/attestation/v1', { anything: 1 }],
  [uri, uri, { anything: 2 }],
]
const registries = [
  { name: 'a registry with the referrers API', start: startGgcr, there: true },
  { name: 'docker-registry', start: startDockerRegistry, there: dockerRegistry !== undefined },
]

for (const { name, start, there } of registries) {
  describe.runIf(there).each(formats)(`images in ${name} attested as %s`, (format) => {
    let registry: Registry
    let cosign: Cosign
    let alice: CosignKey
    let bob: CosignKey

    beforeAll(async () => {
      registry = await start()
      cosign = openCosign()
      alice = await cosign.newKey('alice')
      bob = await cosign.newKey('bob')
    })
    afterAll(async () => registry.stop())

    const run = async (image: string, more: Readonly<Record<string, string>>): Promise<RanAction> => {
      const inputs = { key: alice.pub, 'insecure-ignore-tlog': 'true', retries: '0', ...more }
      return runAction({ image: `${registry.host}/${image}`, ...inputs })
    }

    it.each(predicates)(
      'are verified for the type %s, by its name and by its URI',
      async (type, predicateType, predicate) => {
        const repository = `a-${predicates.findIndex(([one]) => one === type)}`
        const digest = await registry.putImage(repository, 'v1')
        const image = `${repository}:v1`
        await cosign.attest(`${registry.host}/${repository}@${digest}`, alice, format, type, predicate)
        for (const asked of new Set([type, predicateType])) {
          expectEnding(await run(image, { 'attestation-type': asked }), 'verified', digest)
        }
        expectEnding(await run(image, { 'attestation-type': 'openvex' }), 'attestation-missing')
        expectEnding(await run(image, { 'attestation-type': `${type}\nopenvex` }), 'attestation-missing')
      },
    )

    it('are rejected for another key, another image and a signature', async () => {
      const digest = await registry.putImage('attested', 'v1')
      await registry.putImage('attested', 'v2')
      await cosign.attest(`${registry.host}/attested@${digest}`, alice, format, 'custom')
      const custom = { 'attestation-type': 'custom' }
      expectEnding(await run('attested:v1', { ...custom, key: bob.pub }), 'attestation-invalid')
      expectEnding(await run('attested:v2', custom), 'attestation-missing')
      // An attestation is no signature of the image.
      const bare = await run('attested:v1', {})
      expectEnding(bare, 'unsigned')
      expectEnding(await run('attested:v1', { ...custom, 'require-signature': 'true' }), 'unsigned')
    })

    it('are verified with a signature and an attestation when both are demanded', async () => {
      const digest = await registry.putImage('complete', 'v1')
      const image = `${registry.host}/complete@${digest}`
      await cosign.sign(image, alice, format)
      await cosign.attest(image, alice, format, 'spdxjson', { spdxVersion: 'SPDX-2.3' })
      await cosign.attest(image, bob, format, 'vuln')
      const both = { 'attestation-type': 'spdxjson', 'require-signature': 'true' }
      const ran = await run('complete:v1', both)
      expectEnding(ran, 'verified', digest)
      expect(ran.document?.images[0]?.attestations).toHaveLength(1)
      expectEnding(await run('complete:v1', {}), 'verified', digest)
      // The signature is no attestation, and what bob attested is not alice's.
      expectEnding(await run('complete:v1', { 'attestation-type': 'vuln' }), 'attestation-invalid')
      expectEnding(await run('complete:v1', { 'attestation-type': 'vuln', key: bob.pub }), 'verified', digest)
    })
  })
}
