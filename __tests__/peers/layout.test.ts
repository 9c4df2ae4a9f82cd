import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cosign, type CosignKey, type Format, openCosign } from '../harness/cosign.js'
import { expectEnding } from '../harness/endings.js'
import { blobsWith, flipIn } from '../harness/laid-layout.js'
import { type Registry, startGgcr } from '../harness/registries.js'
import { type RanAction, runAction, runCli, temporaryFolder } from '../harness/run.js'

const formats = ['bundle', 'legacy'] as const satisfies readonly Format[]
const ignore = '--insecure-ignore-tlog'
const type = 'https://example.com/scan/v1'

let registry: Registry
let cosign: Cosign
let alice: CosignKey
let bob: CosignKey

beforeAll(async () => {
  registry = await startGgcr()
  cosign = openCosign()
  alice = await cosign.newKey('alice')
  bob = await cosign.newKey('bob')
})
afterAll(async () => registry.stop())

/** What `cosign save` writes of an image. */
async function save(reference: string): Promise<string> {
  const folder = path.join(temporaryFolder(), 'saved')
  const { exit, stderr } = await cosign.run('save', '--dir', folder, reference)
  expect(exit, stderr).toBe(0)
  return folder
}
const ours = async (folder: string, inputs: Readonly<Record<string, string>>): Promise<RanAction> =>
  runAction({
    image: `oci-layout://${folder}`,
    'insecure-ignore-tlog': 'true',
    offline: 'true',
    ...inputs,
  })
/** Whether cosign verifies it: as it stands, and with an attestation of this type. */
const theirs = async (folder: string, key: CosignKey, attested?: string): Promise<boolean> => {
  const what = attested === undefined ? ['verify'] : ['verify-attestation', '--type', attested]
  const { exit } = await cosign.run(...what, '--key', key.pub, ignore, '--local-image', folder)
  return exit === 0
}

describe.each(formats)('an image saved by cosign, signed as %s', (format) => {
  const newImage = async (name: string): Promise<{ digest: string; reference: string }> => {
    const repository = `${name}-${format}`
    const digest = await registry.putImage(repository, 'v1')
    return { digest, reference: `${registry.host}/${repository}@${digest}` }
  }

  it('is verified where cosign verifies it, and rejected where it does not', async () => {
    const { digest, reference } = await newImage('plain')
    await cosign.sign(reference, alice, format)
    const folder = await save(reference)
    expect(await theirs(folder, alice)).toBe(true)
    expectEnding(await ours(folder, { key: alice.pub }), 'verified', digest)
    expect(await theirs(folder, bob)).toBe(false)
    expectEnding(await ours(folder, { key: bob.pub }), 'signature-invalid')

    const other = await newImage('unsigned')
    const nothing = await save(other.reference)
    expect(await theirs(nothing, alice)).toBe(false)
    expectEnding(await ours(nothing, { key: alice.pub }), 'unsigned')
  })

  it('is verified by its attestations', async () => {
    const { digest, reference } = await newImage('attested')
    await cosign.attest(reference, alice, format, type)
    const folder = await save(reference)
    expect(await theirs(folder, alice, type)).toBe(true)
    expectEnding(await ours(folder, { key: alice.pub, 'attestation-type': type }), 'verified', digest)
    expect(await theirs(folder, bob, type)).toBe(false)
    expectEnding(await ours(folder, { key: bob.pub, 'attestation-type': type }), 'attestation-invalid')
    // cosign takes any bundle for a signature here; that an image was scanned does not say that it was signed.
    expect(await theirs(folder, alice)).toBe(format === 'bundle')
    expectEnding(await ours(folder, { key: alice.pub }), 'unsigned')
  })

  it('carries the signatures of several, and annotations', async () => {
    const { digest, reference } = await newImage('several')
    await cosign.sign(reference, alice, format, ['-a', 'env=prod'])
    await cosign.sign(reference, bob, format)
    await cosign.attest(reference, bob, format, type)
    const folder = await save(reference)
    const both = { key: `${alice.pub}\n${bob.pub}` }
    expectEnding(await ours(folder, both), 'verified', digest)
    expectEnding(await ours(folder, { key: alice.pub, annotations: 'env=prod' }), 'verified', digest)
    expectEnding(await ours(folder, { key: alice.pub, annotations: 'env=dev' }), 'annotation-mismatch')
    const listed = await runCli(['inspect', `oci-layout://${folder}`, '--key', alice.pub, '--output', 'json'])
    const { signatures } = JSON.parse(listed.stdout) as { signatures: { status: string }[] }
    expect(signatures.map(({ status }) => status).sort()).toEqual(['claimed', 'claimed', 'verified'])
  })

  it('is an index too, as it was saved', async () => {
    const repository = `index-${format}`
    const amd = await registry.putImage(repository, 'amd64')
    const size = (await registry.get(`/v2/${repository}/manifests/amd64`)).length
    const manifestType = 'application/vnd.oci.image.manifest.v1+json'
    const digest = await registry.putManifest(repository, 'v1', {
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.index.v1+json',
      manifests: [
        { mediaType: manifestType, digest: amd, size, platform: { os: 'linux', architecture: 'amd64' } },
      ],
    })
    const reference = `${registry.host}/${repository}@${digest}`
    await cosign.sign(reference, alice, format)
    const folder = await save(reference)
    // cosign finds no bundle of an index that it saved itself.
    expect(await theirs(folder, alice)).toBe(format === 'legacy')
    expectEnding(await ours(folder, { key: alice.pub }), 'verified', digest)
    expectEnding(await ours(folder, { key: alice.pub, platforms: 'linux/amd64' }), 'unsigned')
    expectEnding(await ours(folder, { key: bob.pub }), 'signature-invalid')
  })

  it('is not known where a byte of its evidence is another one', async () => {
    const { reference } = await newImage('flipped')
    await cosign.sign(reference, alice, format)
    const folder = await save(reference)
    const evidence = blobsWith(folder, format === 'legacy' ? 'docker-manifest-digest' : 'dsseEnvelope')
    expect(evidence).toHaveLength(1)
    for (const file of evidence) flipIn(file)
    expect(await theirs(folder, alice)).toBe(false)
    expectEnding(await ours(folder, { key: alice.pub }), 'response-invalid storage')
  })

  it('is told of in the words of cosign', async () => {
    const { digest, reference } = await newImage('words')
    await cosign.sign(reference, alice, format)
    const folder = await save(reference)
    const flags = ['--key', alice.pub, ignore]
    const cosigns = await cosign.run('verify', ...flags, '--output', 'json', '--local-image', folder)
    const own = await runCli(['verify', `oci-layout://${folder}`, ...flags, '--output', 'cosign'])
    expect(own.exit, own.stderr).toBe(0)
    expect(own.stderr).toBe(cosigns.stderr)
    if (format === 'legacy') expect(own.stdout).toBe(cosigns.stdout)
    // Of a bundle in a folder cosign prints the form with nothing in it.
    else expect(own.stdout).toContain(`"docker-manifest-digest":"${digest}"`)
  })
})

describe('an image copied by crane', () => {
  it.each(['signed', 'unsigned'])(
    '%s: with the tag of its signature, pulled into the same folder',
    async (what) => {
      const digest = await registry.putImage(what, 'v1')
      const name = `${registry.host}/${what}`
      const tag = `${digest.replace(':', '-')}.sig`
      if (what === 'signed') await cosign.sign(`${name}@${digest}`, alice, 'legacy')
      const folder = path.join(temporaryFolder(), 'pulled')
      for (const one of what === 'signed' ? ['v1', tag] : ['v1'])
        await cosign.crane('pull', '--format=oci', '--annotate-ref', `${name}:${one}`, folder)
      const inputs = { image: `oci-layout://${folder}:v1`, key: alice.pub, 'insecure-ignore-tlog': 'true' }
      expectEnding(await runAction(inputs), what === 'signed' ? 'verified' : 'unsigned', digest)
    },
  )
})
