import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cosign, type CosignKey, type Format, openCosign } from '../harness/cosign.js'
import { expectEnding } from '../harness/endings.js'
import { type Registry, startGgcr } from '../harness/registries.js'
import { runAction, type RanAction } from '../harness/run.js'

const formats = ['bundle', 'legacy'] as const satisfies readonly Format[]
const amd64 = { os: 'linux', architecture: 'amd64' }
const arm64 = { os: 'linux', architecture: 'arm64' }

describe.each(formats)('signed as %s', (format) => {
  let registry: Registry
  let cosign: Cosign
  let alice: CosignKey

  beforeAll(async () => {
    registry = await startGgcr()
    cosign = openCosign()
    alice = await cosign.newKey('alice')
  })
  afterAll(async () => registry.stop())

  const run = async (image: string, more: Readonly<Record<string, string>> = {}): Promise<RanAction> => {
    const inputs = { key: alice.pub, 'insecure-ignore-tlog': 'true', retries: '0', ...more }
    return runAction({ image: `${registry.host}/${image}`, ...inputs })
  }

  describe('an index of two platforms', () => {
    /** @returns the digests of the index and of its images */
    const putIndex = async (repository: string): Promise<{ index: string; amd: string; arm: string }> => {
      const amd = await registry.putImage(repository, 'amd64', amd64)
      const arm = await registry.putImage(repository, 'arm64', arm64)
      const parts = [
        ['amd64', amd, amd64],
        ['arm64', arm, arm64],
      ] as const
      const manifests = await Promise.all(
        parts.map(async ([tag, digest, platform]) => ({
          mediaType: 'application/vnd.oci.image.manifest.v1+json',
          digest,
          size: (await registry.get(`/v2/${repository}/manifests/${tag}`)).length,
          platform,
        })),
      )
      const mediaType = 'application/vnd.oci.image.index.v1+json'
      const index = await registry.putManifest(repository, 'v1', { schemaVersion: 2, mediaType, manifests })
      return { index, amd, arm }
    }
    const at = (repository: string, digest: string): string => `${registry.host}/${repository}@${digest}`

    it('is verified whole when it was signed with --recursive', async () => {
      const { index } = await putIndex('recursive')
      await cosign.sign(at('recursive', index), alice, format, ['--recursive'])
      for (const platforms of ['index', 'all', 'linux/amd64', 'linux/amd64\nlinux/arm64']) {
        expectEnding(await run('recursive:v1', { platforms }), 'verified', index)
      }
    })

    it('is verified as an index and no further when only the index was signed', async () => {
      const { index } = await putIndex('alone')
      await cosign.sign(at('alone', index), alice, format)
      expectEnding(await run('alone:v1'), 'verified', index)
      expectEnding(await run('alone:v1', { platforms: 'index' }), 'verified', index)
      expectEnding(await run('alone:v1', { platforms: 'all' }), 'unsigned')
      expectEnding(await run('alone:v1', { platforms: 'linux/amd64' }), 'unsigned')
    })

    it('is verified for the platform that was signed', async () => {
      const { amd, index } = await putIndex('partly')
      await cosign.sign(at('partly', amd), alice, format)
      expectEnding(await run('partly:v1', { platforms: 'linux/amd64' }), 'verified', index)
      expectEnding(await run('partly:v1', { platforms: 'linux/arm64' }), 'unsigned')
      expectEnding(await run('partly:v1', { platforms: 'linux/amd64\nlinux/arm64' }), 'unsigned')
      expectEnding(await run('partly:v1', { platforms: 'all' }), 'unsigned')
      expectEnding(await run('partly:v1'), 'unsigned')
      expectEnding(await run('partly:v1', { platforms: 'linux/s390x' }), 'input-invalid')
      expectEnding(await run('partly:v1', { platforms: 'linux/amd64\nlinux/s390x' }), 'input-invalid')
    })
  })

  it('in another repository it is found there and only there', async () => {
    const digest = await registry.putImage('apart', 'v1')
    const there = `${registry.host}/signatures/all`
    const elsewhere = openCosign({ COSIGN_REPOSITORY: there })
    await elsewhere.sign(`${registry.host}/apart@${digest}`, alice, format)
    const signatures = { 'signature-repository': there }
    expectEnding(await run('apart:v1', signatures), 'verified', digest)
    expectEnding(await run('apart:v1'), 'unsigned')
    expectEnding(await run('apart:v1', { 'signature-repository': `${there}/nothing` }), 'unsigned')
    const other = await registry.putImage('apart', 'v2')
    expect(other).not.toBe(digest)
    expectEnding(await run('apart:v2', signatures), 'unsigned')
  })

  // A bundle has no tag of its own that could have a prefix.
  if (format === 'legacy') {
    it('with a prefix before its tag it is found with the prefix and only so', async () => {
      const digest = await registry.putImage('prefixed', 'v1')
      const flags = ['--attachment-tag-prefix', 'rel-']
      await cosign.sign(`${registry.host}/prefixed@${digest}`, alice, format, flags)
      expectEnding(await run('prefixed:v1', { 'attachment-tag-prefix': 'rel-' }), 'verified', digest)
      expectEnding(await run('prefixed:v1', { 'attachment-tag-prefix': 'dev-' }), 'unsigned')
      expectEnding(await run('prefixed:v1'), 'unsigned')
    })
  }
})
