import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as made from '../harness/built-image.js'
import { runFaces } from '../harness/cluster-policies.js'
import { type Expected, expectEnding } from '../harness/endings.js'
import { indexType, manifestType } from '../harness/registry-answers.js'
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

/** The envelope with a change that its signature does not cover. */
function changed(bytes: Buffer, change: (envelope: Record<string, unknown>) => void): Buffer {
  const envelope = JSON.parse(bytes.toString()) as Record<string, unknown>
  change(envelope)
  return Buffer.from(JSON.stringify(envelope))
}

function tampered(bytes: Buffer, from: string, to: string): Buffer {
  return changed(bytes, (envelope) => {
    const payload = Buffer.from(String(envelope['payload']), 'base64').toString()
    expect(payload).toContain(from)
    envelope['payload'] = Buffer.from(payload.replaceAll(from, to)).toString('base64')
  })
}

function flipped(bytes: Buffer): Buffer {
  return changed(bytes, (envelope) => {
    const [signature] = envelope['signatures'] as { sig: string }[]
    const raw = Buffer.from(signature?.sig ?? '', 'base64')
    raw[10] = (raw[10] ?? 0) ^ 1
    envelope['signatures'] = [{ ...signature, sig: raw.toString('base64') }]
  })
}

const other = made.newBuiltImage({ salt: 'other' })
const sibling = made.newBuiltImage({ salt: 'sibling' })

const failures: readonly [string, Expected, RegExp, () => made.Change][] = [
  [
    'manifest replaced: the tag leads to another image',
    'attestation-missing',
    /step docker-build: expected a collection about one of [0-9a-f ]+, got 1 about others/,
    () => ({ there: shop.newImage() }),
  ],
  [
    'SBOM missing: no envelope',
    'attestation-missing',
    /step docker-sbom: expected a collection named docker-sbom .*got none/,
    () => ({ inputs: { attestations: 'build.json' } }),
  ],
  [
    'SBOM missing: no attestation in the envelope',
    'attestation-missing',
    /got one at sbom\.json without https:\/\/cyclonedx\.org\/bom/,
    () => ({ files: (image) => ({ 'sbom.json': signBill(made.billOf(image, { without: [made.bom] })) }) }),
  ],
  [
    'build missing',
    'attestation-missing',
    /step docker-build: expected a collection named docker-build/,
    () => ({ inputs: { attestations: 'sbom.json' } }),
  ],
  [
    'wrong branch',
    'policy-denied',
    /wrong branch: built from refs\/heads\/dev/,
    () => ({
      files: (image) => ({ 'build.json': signBuild(made.buildOf(image, { ref: 'refs/heads/dev' })) }),
    }),
  ],
  [
    'SBOM from the wrong branch',
    'policy-denied',
    /sbom\.json: .*wrong branch: built from refs\/heads\/dev/,
    () => ({ files: (image) => ({ 'sbom.json': signBill(made.billOf(image, { ref: 'refs/heads/dev' })) }) }),
  ],
  [
    'action unpinned',
    'policy-denied',
    /action is not pinned to a commit: docker\/build-push-action@v6/,
    () => ({
      files: (image) => ({
        'build.json': signBuild(made.buildOf(image, { action: 'docker/build-push-action@v6' })),
      }),
    }),
  ],
  [
    'action of a source that is not approved',
    'policy-denied',
    /action is of no approved source: evil\/build@a{40}/,
    () => ({
      files: (image) => ({
        'build.json': signBuild(made.buildOf(image, { action: `evil/build@${'a'.repeat(40)}` })),
      }),
    }),
  ],
  [
    'action unsigned',
    'attestation-missing',
    /build\.json without https:\/\/aflock\.ai\/attestations\/github-action\/v0\.1/,
    () => ({
      files: (image) => ({ 'build.json': signBuild(made.buildOf(image, { without: [made.githubAction] })) }),
    }),
  ],
  [
    'wrong functionary: that of another step',
    'key-mismatch',
    /build\.json: no verifiers matched the allowed functionaries for step docker-build/,
    () => ({ files: (image) => ({ 'build.json': signBuild(made.buildOf(image), hands.biller) }) }),
  ],
  [
    'wrong functionary: a stranger',
    'attestation-invalid',
    /build\.json: no verifiers present/,
    () => ({ files: (image) => ({ 'build.json': signBuild(made.buildOf(image), hands.stranger) }) }),
  ],
  [
    'wrong functionary: the signer of the policy',
    'attestation-invalid',
    /sbom\.json: no verifiers present/,
    () => ({ files: (image) => ({ 'sbom.json': signBill(made.billOf(image), hands.policy) }) }),
  ],
  [
    'tampered payload',
    'attestation-invalid',
    /build\.json: no verifiers present/,
    () => ({
      files: (image) => ({
        'build.json': tampered(
          signBuild(made.buildOf(image, { ref: 'refs/heads/dev' })),
          'refs/heads/dev',
          'refs/heads/main',
        ),
      }),
    }),
  ],
  [
    'flipped byte of a signature',
    'attestation-invalid',
    /sbom\.json: no verifiers present/,
    () => ({ files: (image) => ({ 'sbom.json': flipped(signBill(made.billOf(image))) }) }),
  ],
  [
    'expired policy',
    'policy-expired',
    /got one that expired on 2026-01-01/,
    () => ({
      files: () => ({
        'policy.json': signPolicy(made.policyOf(undefined, { expires: '2026-01-01T00:00:00Z' })),
      }),
    }),
  ],
  [
    'policy signed by another key',
    'policy-untrusted',
    /policy\.json: expected a signature by key [0-9a-f]{64}, got none that verifies/,
    () => ({ files: () => ({ 'policy.json': signPolicy(made.policyOf(), hands.stranger) }) }),
  ],
  [
    'policy signed by a functionary',
    'policy-untrusted',
    /got none that verifies/,
    () => ({ files: () => ({ 'policy.json': signPolicy(made.policyOf(), hands.builder) }) }),
  ],
  [
    'tampered policy',
    'policy-untrusted',
    /got none that verifies/,
    () => ({ files: () => ({ 'policy.json': tampered(signPolicy(), '2035-01-01', '2036-01-01') }) }),
  ],
  [
    'flipped byte of the signature of a policy',
    'policy-untrusted',
    /got none that verifies/,
    () => ({ files: () => ({ 'policy.json': flipped(signPolicy()) }) }),
  ],
  [
    'no policy-key',
    'input-invalid',
    /expected policy-key or policy-ca-roots for a signed policy, got neither/,
    () => ({ inputs: { 'policy-key': '' } }),
  ],
  [
    'unsigned policy',
    'policy-invalid',
    /policy\.json: expected a signed policy in a DSSE envelope/,
    () => ({ files: () => ({ 'policy.json': JSON.stringify(made.policyOf()) }) }),
  ],
  [
    'policy with no signatures',
    'policy-untrusted',
    /got none that verifies/,
    () => ({ files: () => ({ 'policy.json': changed(signPolicy(), (one) => (one['signatures'] = [])) }) }),
  ],
  [
    'SBOM of a sibling image of the same run, made from another tar',
    'digest-mismatch',
    /mismatched digests for image\.tar/,
    () => ({ files: () => ({ 'sbom.json': signBill(made.billOf(sibling)) }) }),
  ],
  [
    'SBOM of a sibling image, where nothing asks for the tar',
    'digest-mismatch',
    /step docker-sbom: expected a bill of materials of this image, got one at sbom\.json of/,
    () => ({ files: () => ({ ...made.plainPolicy([], true), 'sbom.json': signBill(made.billOf(sibling)) }) }),
  ],
  [
    'SBOM that names a sibling, made from the tar of this image',
    'digest-mismatch',
    /expected a bill of materials of this image/,
    () => ({
      files: (image) => ({
        'sbom.json': signBill(made.billOf(image, { instead: [made.sayBill(sibling.digest)] })),
      }),
    }),
  ],
  [
    "a build of a sibling image, in the tutorial's rule",
    'policy-denied',
    /image digest mismatch: cilock has sha256:[0-9a-f]{64}, cosign signed sha256:[0-9a-f]{64}/,
    () => ({ image: sibling, there: other, inputs: { subjects: sibling.digest } }),
  ],
  [
    'another manifest that only docker speaks of',
    'attestation-missing',
    /step docker-build: expected a collection about one of/,
    () => ({
      image: made.newBuiltImage({ salt: 'docker' }),
      there: made.newBuiltImage({ salt: 'docker', note: 'pushed' }),
      files: (image) => ({
        ...made.plainPolicy([made.oci]),
        'build.json': signBuild(made.buildOf(image, { without: [made.oci] })),
      }),
    }),
  ],
  [
    'an index of which one platform was not built',
    'digest-mismatch',
    /expected a passed build with oci imageid .* or docker imagedigest/,
    () => {
      const image = shop.newImage({ architectures: ['amd64', 'arm64'] })
      const one = [made.sayDocker(image.platforms[0].manifest)]
      return { image, files: () => ({ 'build.json': signBuild(made.buildOf(image, { instead: one })) }) }
    },
  ],
  [
    'a tar of type=oci, which no attestor reads',
    'attestation-missing',
    /build\.json without .*\/oci\/v0\.1; the oci attestor reads tars of `type=docker`/,
    () => ({ files: (image) => ({ 'build.json': signBuild(made.buildOf(image, { without: [made.oci] })) }) }),
  ],
]

/** Where nothing is about rules, none are there: they take an engine, which takes seconds. */
function filesFor(expected: Expected, files: made.Change['files'] = () => ({})): NonNullable<typeof files> {
  return expected === 'policy-denied' ? files : (image) => ({ ...made.plainPolicy(), ...files(image) })
}

describe('the failure table of the tutorial', { timeout: 60_000 }, () => {
  it.each(failures)('%s: %s', async (_, expected, message, make) => {
    const { files, ...change } = make()
    const { ran } = await shop.run({ ...change, files: filesFor(expected, files) })
    expectEnding(ran, expected)
    expect(ran.outputs['message']).toMatch(message)
    expect(ran.document?.images[0]?.pinned).toBeNull()
    expect(ran.document?.policies.map(({ result }) => result)).toEqual([
      ran.outputs['verdict'] === 'rejected' ? 'fail' : 'error',
    ])
  })

  const named = [
    'wrong branch',
    'tampered payload',
    'expired policy',
    'no policy-key',
    'SBOM missing: no envelope',
  ]
  it.each(failures.filter(([name]) => named.includes(name)))(
    'on both faces, with all rules: %s',
    async (_, expected, message, make) => {
      const { image = shop.newImage(), files, inputs = {} } = make()
      const cwd = made.layEvidence(image, files?.(image))
      // An empty flag is another thing than none.
      const given = Object.entries({ image: shop.stage(image).at, ...made.usualInputs, ...inputs })
      const { action, said } = await runFaces(
        cwd,
        Object.fromEntries(given.filter(([, value]) => value !== '')),
      )
      expectEnding(action, expected)
      expect(said).toMatch(message)
    },
  )

  it('replaced although the new one is signed by the same key', async () => {
    const [image, there] = [shop.newImage(), shop.newImage()]
    const { at, repository } = shop.stage(there)
    signSimply(shop.registry.holdings, repository, there.digest, cosign)
    const cwd = made.layEvidence(image, { 'cosign.pub': cosign.publicPem })
    const key = { key: 'cosign.pub', 'insecure-ignore-tlog': 'true' }
    const ran = await runAction({ image: at, ...made.usualInputs, ...key }, { cwd })
    expectEnding(ran, 'attestation-missing')
    expect(ran.document?.images[0]?.signatures).toMatchObject([{ verified: true }])
  })
})

describe('an index that hides a platform', { timeout: 60_000 }, () => {
  // Nodes pull by platform and look at no annotation.
  it.each([
    ['marked as an attestation', { os: 'linux', architecture: 'arm64' }],
    ['marked as an attestation, and for no platform', undefined],
  ])('%s: rejected', async (_, platform) => {
    const [good, evil] = [shop.newImage(), shop.newImage({ architectures: ['arm64'] })]
    const repository = 'hiding'
    const { holdings } = shop.registry
    for (const image of [good, evil]) made.putBuilt(holdings, repository, image)
    const [mediaType, size] = [manifestType, 1]
    const digest = holdings.putManifest(
      repository,
      {
        schemaVersion: 2,
        mediaType: indexType,
        manifests: [
          { mediaType, size, digest: good.digest, platform: { os: 'linux', architecture: 'amd64' } },
          {
            ...{ mediaType, size, digest: evil.digest },
            ...(platform && { platform }),
            annotations: { 'vnd.docker.reference.type': 'attestation-manifest' },
          },
        ],
      },
      'v1',
    )
    const cwd = made.layEvidence(good, made.plainPolicy())
    const image = `${shop.registry.host}/${repository}:v1`
    expectEnding(await runAction({ image, ...made.usualInputs }, { cwd }), 'digest-mismatch', digest)
  })
})
