import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cosign, type CosignKey, type Format, openCosign } from '../harness/cosign.js'
import { expectEnding } from '../harness/endings.js'
import { alterClaim, type LaidEvidence, openEvidence } from '../harness/laid-evidence.js'
import {
  dockerRegistry,
  login,
  type Registry,
  startDockerRegistry,
  startGgcr,
} from '../harness/registries.js'
import { runAction, type RanAction } from '../harness/run.js'

const formats = ['bundle', 'legacy'] as const satisfies readonly Format[]
const someOtherDigest = `sha256:${'ab'.repeat(32)}`

const registries = [
  { name: 'a registry with the referrers API', start: startGgcr, guarded: false, there: true },
  { name: 'a registry with the referrers API and a login', start: startGgcr, guarded: true, there: true },
  {
    name: 'docker-registry',
    start: startDockerRegistry,
    guarded: false,
    there: dockerRegistry !== undefined,
  },
  {
    name: 'docker-registry with a login',
    start: startDockerRegistry,
    guarded: true,
    there: dockerRegistry !== undefined,
  },
]

for (const { name, start, guarded, there } of registries) {
  describe.runIf(there)(`images in ${name}`, () => {
    let registry: Registry
    let cosign: Cosign
    let evidence: LaidEvidence
    let alice: CosignKey
    let bob: CosignKey

    beforeAll(async () => {
      registry = await start(guarded)
      cosign = openCosign(registry.signedIn)
      evidence = openEvidence(registry, cosign)
      alice = await cosign.newKey('alice')
      bob = await cosign.newKey('bob')
    })
    afterAll(async () => registry.stop())

    const at = (repository: string, digest: string): string => `${registry.host}/${repository}@${digest}`
    const run = async (
      image: string,
      more: Readonly<Record<string, string>> = {},
      env: Readonly<Record<string, string>> = registry.signedIn,
    ): Promise<RanAction> => {
      const inputs = { key: alice.pub, 'insecure-ignore-tlog': 'true', retries: '0', ...more }
      return runAction({ image: `${registry.host}/${image}`, ...inputs }, { env })
    }
    describe.each(formats)('signed as %s', (format) => {
      const repository = (what: string): string => `${format}/${what}`
      const signed = async (what: string, flags: readonly string[] = []): Promise<string> => {
        const digest = await registry.putImage(repository(what), 'v1')
        await cosign.sign(at(repository(what), digest), alice, format, flags)
        return digest
      }

      it('are verified by tag, by digest and by both', async () => {
        const digest = await signed('app')
        for (const suffix of [':v1', `@${digest}`, `:v1@${digest}`]) {
          const ran = await run(`${repository('app')}${suffix}`)
          expectEnding(ran, 'verified', digest)
          const signature = {
            verified: true,
            format: format === 'bundle' ? 'sigstore-bundle' : 'simple-signing',
          }
          expect(ran.document?.images).toMatchObject([{ digest, signatures: [signature] }])
          expect(ran.outputs['images']).toContain(repository('app'))
          expect(ran.outputs['images']).toContain(digest)
        }
      })

      it('are verified with the annotations that were signed', async () => {
        const digest = await signed('noted', ['-a', 'env=prod', '-a', 'build=42'])
        const image = `${repository('noted')}:v1`
        expectEnding(await run(image, { annotations: 'env=prod\nbuild=42' }), 'verified', digest)
        expectEnding(await run(image, { annotations: 'env=dev' }), 'annotation-mismatch')
        expectEnding(await run(image, { annotations: 'env=prod\nteam=a' }), 'annotation-mismatch')
      })

      it('are rejected for another key, and verified for either of two', async () => {
        const digest = await signed('keyed')
        const image = `${repository('keyed')}:v1`
        expectEnding(await run(image, { key: bob.pub }), 'signature-invalid')
        expectEnding(await run(image, { key: `${alice.pub}\n${bob.pub}` }), 'signature-invalid')
        expectEnding(
          await run(image, { key: `${alice.pub}\n${bob.pub}`, require: 'any' }),
          'verified',
          digest,
        )
      })

      it('are rejected without the entry in a transparency log that is demanded unless waived', async () => {
        await signed('unlogged')
        const ran = await run(`${repository('unlogged')}:v1`, { 'insecure-ignore-tlog': 'false' })
        expectEnding(ran, 'log-entry-missing')
      })

      it('are rejected with the signature of another image', async () => {
        const digest = await signed('origin')
        const other = await registry.putImage(repository('origin'), 'v2')
        const image = `${repository('origin')}:v2`
        expectEnding(await run(image), 'unsigned')
        const tag = digest.replace(':', '-')
        if (format === 'legacy') {
          const here = `${registry.host}/${repository('origin')}`
          await cosign.crane('copy', `${here}:${tag}.sig`, `${here}:${other.replace(':', '-')}.sig`)
        } else
          await evidence.lay(
            repository('origin'),
            other,
            format,
            await evidence.read(repository('origin'), digest, format),
          )
        expectEnding(await run(image), 'digest-mismatch')
      })

      it('are rejected once the tag names another image, while the digest stays verified', async () => {
        const digest = await signed('moved')
        expectEnding(await run(`${repository('moved')}:v1`), 'verified', digest)
        const pushed = await registry.putImage(repository('moved'), 'next')
        await cosign.crane('tag', `${registry.host}/${repository('moved')}:next`, 'v1')
        expect(pushed).not.toBe(digest)
        expectEnding(await run(`${repository('moved')}:v1`), 'unsigned')
        expectEnding(await run(`${repository('moved')}@${digest}`), 'verified', digest)
      })

      it('are rejected when another digest is expected', async () => {
        await signed('expected')
        const ran = await run(`${repository('expected')}:v1`, { 'expected-digest': someOtherDigest })
        expectEnding(ran, 'digest-mismatch')
      })

      it('are rejected with one byte of what was signed changed', async () => {
        const from = await signed('tampered')
        const original = await evidence.read(repository('tampered'), from, format)
        const text = await registry.get(
          `/v2/${repository('tampered')}/blobs/${String(original.layers[0]?.digest)}`,
        )
        const altered = alterClaim(text, format)
        expect(altered).not.toBe(text)
        const blob = await registry.putBlob(repository('tampered'), altered)
        const layers = original.layers.map((layer) => ({ ...layer, ...blob }))
        const other = await registry.putImage(repository('tampered'), 'v2')
        // The image that was signed keeps its good bundle, so the changed one goes to another image.
        const digest = format === 'legacy' ? from : other
        await evidence.lay(repository('tampered'), digest, format, { ...original, layers })
        expectEnding(await run(`${repository('tampered')}@${digest}`), 'signature-invalid')
      })

      // Only a registry that keeps files can be made to.
      if (start === startDockerRegistry)
        it('are undetermined when the registry sends other bytes', async () => {
          const digest = await signed('rotten')
          const { layers } = await evidence.read(repository('rotten'), digest, format)
          const file = registry.fileOf(String(layers[0]?.digest))
          const bytes = readFileSync(file)
          bytes[bytes.length >> 1]! ^= 1
          writeFileSync(file, bytes)
          expectEnding(await run(`${repository('rotten')}:v1`), 'response-invalid registry')
        })
    })

    it('are rejected when nothing lies beside them, and undetermined when they are not there', async () => {
      const digest = await registry.putImage('plain', 'v1')
      expectEnding(await run('plain:v1'), 'unsigned')
      expectEnding(await run(`plain@${digest}`), 'unsigned')
      expectEnding(await run('plain:nope'), 'not-found registry')
      expectEnding(await run(`plain@${someOtherDigest}`), 'not-found registry')
      expectEnding(await run('nobody/nothing:v1'), 'not-found registry')
    })

    it('are verified by one format when the other holds a signature of somebody else', async () => {
      const digest = await registry.putImage('both', 'v1')
      await cosign.sign(at('both', digest), bob, 'bundle')
      await cosign.sign(at('both', digest), alice, 'legacy')
      expectEnding(await run('both:v1'), 'verified', digest)
      const two = { key: `${alice.pub}\n${bob.pub}` }
      expectEnding(await run('both:v1', two), 'verified', digest)
    })

    if (guarded)
      it('ask for the login, and take it from docker or from the inputs', async () => {
        const digest = await registry.putImage('guarded', 'v1')
        await cosign.sign(at('guarded', digest), alice, 'bundle')
        const given = { 'registry-username': login.username, 'registry-password': login.password }
        expectEnding(await run('guarded:v1'), 'verified', digest)
        expectEnding(await run('guarded:v1', given, {}), 'verified', digest)
        expectEnding(await run('guarded:v1', {}, {}), 'denied registry')
        const wrong = { ...given, 'registry-password': 'another-password' }
        // The input comes before docker's configuration, which would do.
        expectEnding(await run('guarded:v1', wrong), 'denied registry')
      })

    it('are undetermined once the registry is down', async () => {
      const down = await start(guarded)
      const digest = await down.putImage('app', 'v1')
      await down.stop()
      for (const suffix of [':v1', `@${digest}`]) {
        const inputs = { image: `${down.host}/app${suffix}`, key: alice.pub, retries: '1' }
        expectEnding(await runAction({ ...inputs, 'insecure-ignore-tlog': 'true' }), 'unreachable registry')
      }
    })
  })
}
