import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as made from '../harness/built-image.js'
import { clusterImagePolicy, runFaces } from '../harness/cluster-policies.js'
import { type Expected, expectEnding } from '../harness/endings.js'
import { signSimply } from '../harness/registry-images.js'
import { runAction } from '../harness/run.js'
import { newKey } from '../harness/store.js'

const { hands, signBill, signBuild, signPolicy } = made
const cosign = newKey()

let shop: made.Workshop
beforeAll(async () => {
  shop = await made.openWorkshop()
})
afterAll(async () => shop.registry.stop())

describe('an image that was built as the policy says', { timeout: 60_000 }, () => {
  it('is verified on both faces, and everything that decided is told', async () => {
    const staged = shop.stage(shop.newImage())
    const { image, at } = staged
    const cwd = made.layEvidence(image)
    const { action, document } = await runFaces(cwd, { image: at, ...made.usualInputs })
    expectEnding(action, 'verified', image.digest)
    expect(JSON.parse(action.outputs['images'] ?? '')).toEqual([`${at}@${image.digest}`])
    const [only] = document.images
    expect(only?.attestations.map(({ where, keyId, verified }) => [where, keyId, verified])).toEqual([
      ['build.json', hands.builder.id, true],
      ['sbom.json', hands.biller.id, true],
    ])
    expect(only?.signatures).toEqual([])
    expect(document.policies).toEqual([
      { policy: 'policy.json', rule: '', image: at, result: 'pass', message: `verified ${at}` },
    ])
    const hash = made.sha256(signPolicy())
    expect(document.policyFiles).toEqual([{ file: 'policy.json', language: 'build-policy', sha256: hash }])
    const found = JSON.stringify(only?.findings)
    for (const check of [
      'policy-signed',
      'policy-current',
      'step docker-build',
      'step docker-sbom',
      'image-bound',
    ])
      expect(found).toContain(`"check":"${check}"`)
    expect(found).toContain(`docker imagedigest ${image.digest}`)
    expect(action.summary).toContain('docker-build')
    expect(document.calls.map(({ host }) => host)).toEqual([shop.registry.host])
    expect(document.warnings).toEqual([])
  })

  it('and signed, in one step: one verdict, both in the findings', async () => {
    const staged = shop.stage(shop.newImage())
    const { image, at, repository } = staged
    signSimply(shop.registry.holdings, repository, image.digest, cosign)
    const cwd = made.layEvidence(image, { 'cosign.pub': cosign.publicPem })
    const both = { key: 'cosign.pub', 'insecure-ignore-tlog': 'true' }
    const { action, document } = await runFaces(cwd, { image: at, ...made.usualInputs, ...both })
    expectEnding(action, 'verified', image.digest)
    const [only] = document.images
    expect(only?.signatures.map(({ keyRef }) => keyRef)).toEqual(['cosign.pub'])
    expect(only?.attestations).toHaveLength(2)
    const found = JSON.stringify(only?.findings)
    expect(found).toContain('"check":"policy-signed"')
    expect(found).toContain('cosign.pub')
  })

  it('out of an OCI layout', async () => {
    const image = shop.newImage()
    const cwd = made.layEvidence(image)
    made.layBuilt(`${cwd}/layout`, image)
    const { action } = await runFaces(cwd, { image: 'oci-layout://layout:v1', ...made.usualInputs })
    expectEnding(action, 'verified', image.digest)
  })

  const twoArchitectures = { architectures: ['amd64', 'arm64'] } as const
  it.each<[string, () => made.Change]>([
    ['with two platforms, as its index', () => ({ image: shop.newImage(twoArchitectures) })],
    [
      'with two platforms of which one is asked about',
      () => {
        const image = shop.newImage(twoArchitectures)
        const one = [made.sayDocker(image.platforms[0].manifest)]
        return {
          image,
          files: () => ({ 'build.json': signBuild(made.buildOf(image, { instead: one })) }),
          inputs: { platforms: 'linux/amd64' },
        }
      },
    ],
    [
      'and pushed by a second build: another manifest of the same configuration',
      () => ({
        image: made.newBuiltImage({ salt: 'twice' }),
        there: made.newBuiltImage({ salt: 'twice', note: 'pushed' }),
      }),
    ],
    [
      'by a tar alone, without metadata of buildx',
      () => ({
        files: (image) => ({
          ...made.plainPolicy([made.docker]),
          'build.json': signBuild(made.buildOf(image, { without: [made.docker] })),
        }),
      }),
    ],
  ])('%s: verified', async (_, make) => {
    const { ran, image } = await shop.run(make())
    expectEnding(ran, 'verified', image.digest)
  })
})

const other = made.newBuiltImage({ salt: 'other' })

describe('what several images share binds none of them', { timeout: 60_000 }, () => {
  const empty = made.sha256('')
  const pipeline = made.sha256('https://github.com/example/app/actions/runs/4242')
  it.each<[string, string]>([
    ['the digest of the base image', other.base],
    ['the digest of the text of a tag', made.sha256(made.tagText)],
    ['a layer', other.sharedLayer],
    ['the run of a workflow', pipeline],
    ['the tree without files', empty],
    ['its own digest, and the build of another', other.digest],
  ])('%s', async (_, subject) => {
    const none = made.sayTree(made.products, {})
    const files = (image: made.BuiltImage): made.Files => ({
      ...made.plainPolicy([made.products]),
      'build.json': signBuild(made.buildOf(image, { instead: [none] })),
    })
    const { ran } = await shop.run({
      image: other,
      there: shop.newImage(),
      files,
      inputs: { subjects: `sha256:${made.bare(subject)}` },
    })
    expectEnding(ran, 'digest-mismatch')
    expect(ran.outputs['message']).toMatch(/expected a passed build with oci imageid/)
    const found = JSON.stringify(ran.document?.images[0]?.findings)
    // It is the binding that says no: the search itself was led there.
    expect(found).toContain('build.json passes')
  })
})

describe('either failing stops the promotion', { timeout: 60_000 }, () => {
  const wrong = (image: made.BuiltImage): made.Files => ({
    ...made.plainPolicy(),
    'sbom.json': signBill(made.billOf(image), hands.stranger),
  })
  it.each<[string, boolean, (image: made.BuiltImage) => made.Files, Expected]>([
    ['the signature is missing, the build is good', false, () => made.plainPolicy(), 'unsigned'],
    ['the signature is good, the build is not', true, wrong, 'attestation-invalid'],
    ['both fail', false, wrong, 'unsigned'],
  ])('%s', async (_, isSigned, files, expected) => {
    const image = shop.newImage()
    const { at, repository } = shop.stage(image)
    if (isSigned) signSimply(shop.registry.holdings, repository, image.digest, cosign)
    const cwd = made.layEvidence(image, { ...files(image), 'cosign.pub': cosign.publicPem })
    const key = { key: 'cosign.pub', 'insecure-ignore-tlog': 'true' }
    expectEnding(await runAction({ image: at, ...made.usualInputs, ...key }, { cwd }), expected)
  })

  it.each<[string, boolean, (image: made.BuiltImage) => made.Files, Expected, readonly string[]]>([
    ['both hold', true, () => made.plainPolicy(), 'verified', ['pass', 'pass']],
    [
      'the policy of the cluster fails',
      false,
      () => made.plainPolicy(),
      'signature-invalid',
      ['fail', 'pass'],
    ],
    ['the policy about the build fails', true, wrong, 'attestation-invalid', ['pass', 'fail']],
  ])('beside a ClusterImagePolicy: %s', async (_, isSigned, files, expected, rows) => {
    const image = shop.newImage()
    const { at, repository } = shop.stage(image)
    signSimply(shop.registry.holdings, repository, image.digest, isSigned ? cosign : newKey())
    const policy = clusterImagePolicy(['**'], [{ key: { data: cosign.publicPem } }])
    const cwd = made.layEvidence(image, { ...files(image), 'cluster.yaml': policy })
    const inputs = {
      ...made.usualInputs,
      policy: 'cluster.yaml\npolicy.json',
      'insecure-ignore-tlog': 'true',
    }
    const ran = await runAction({ image: at, ...inputs }, { cwd })
    expectEnding(ran, expected, image.digest)
    expect(ran.document?.policies.map(({ result }) => result)).toEqual(rows)
  })

  it('of two policies about the build each must hold', async () => {
    const image = shop.newImage()
    const strict = made.policyOf({
      'docker-test': { by: [hands.builder], attestations: [{ type: made.environment }] },
    })
    const cwd = made.layEvidence(image, { 'strict.json': signPolicy(strict) })
    const inputs = { ...made.usualInputs, policy: 'policy.json\nstrict.json' }
    const { action, document } = await runFaces(cwd, { image: shop.stage(image).at, ...inputs })
    expectEnding(action, 'attestation-missing')
    expect(document.policies.map(({ policy, result }) => [policy, result])).toEqual([
      ['policy.json', 'pass'],
      ['strict.json', 'fail'],
    ])
    expect(document.policyFiles).toHaveLength(2)
  })

  it('of two images each is held against it, and the good one is handed on', async () => {
    const [good, bad] = [shop.newImage(), shop.newImage()]
    const cwd = made.layEvidence(good)
    const [first, second] = [shop.stage(good).at, shop.stage(bad).at]
    const ran = await runAction({ image: `${first}\n${second}`, ...made.usualInputs }, { cwd })
    expect(ran.exit).toBe(1)
    expect(ran.document?.images.map(({ verdict }) => verdict)).toEqual(['verified', 'rejected'])
    expect(JSON.parse(ran.outputs['images'] ?? '')).toEqual([`${first}@${good.digest}`])
  })
})
