import { describe, expect, it } from 'vitest'
import { correlateImage } from '../../../src/policy/witness/correlate.js'
import type { PassedCollection } from '../../../src/policy/witness/conclude.js'
import { evaluateWitness } from '../../../src/policy/witness/evaluate.js'
import type { EvidenceSource } from '../../../src/policy/witness/evidence.js'
import { type ImageDigests, seedsOf } from '../../../src/policy/witness/image.js'
import { readPolicy } from '../../../src/policy/witness/policy.js'
import type { WitnessPolicy } from '../../../src/policy/witness/policy-model.js'
import { type ProfileName, profiles } from '../../../src/policy/witness/profile.js'
import { openPolicy } from '../../../src/policy/witness/signed-policy.js'
import { isThere, now, read, sourcesOf, trustOf } from './fixtures.js'
import { agreeable, bom, collection, digest, docker, environment, maker, oci, policyOf } from './made.js'

const of = (hex: string): string => `sha256:${hex}`

async function passedOf(
  policy: WitnessPolicy,
  envelopes: readonly EvidenceSource[],
  subjects: readonly string[],
  profile: ProfileName = 'cilock',
): Promise<readonly PassedCollection[]> {
  const said = await evaluateWitness({
    policy,
    envelopes,
    subjects,
    profile: profiles[profile],
    now,
    ask: agreeable().ask,
  })
  if (said.kind !== 'judged' || said.finding.status !== 'met')
    throw new Error(JSON.stringify(said).slice(0, 2000))
  return said.passed
}

function bound(image: ImageDigests, passed: readonly PassedCollection[]): string {
  const finding = correlateImage(image, passed)
  return 'code' in finding ? `${finding.status} ${finding.code}` : finding.status
}

describe.runIf(isThere)('evidence of the peers', () => {
  const image = isThere
    ? (JSON.parse(read('image/digests.json').toString('utf8')) as Record<
        'config' | 'manifest' | 'index' | 'base' | 'tagText' | 'tar' | 'savedManifest',
        string
      > & { layers: string[]; diffids: string[] })
    : undefined
  const own: ImageDigests = {
    signed: of(image?.index ?? ''),
    index: of(image?.index ?? ''),
    platforms: [{ manifest: of(image?.manifest ?? ''), config: of(image?.config ?? '') }],
  }
  const open = (profile: ProfileName, which = 'main'): WitnessPolicy => {
    const file = `policies/${profile === 'cilock' ? 'c' : 'w'}-${which}.json`
    const trust = trustOf('keys/policy.pub')
    const opened = openPolicy({ bytes: read(file), where: file, trust, profile: profiles[profile], now })
    if (opened.kind !== 'policy') throw new Error(opened.finding.message)
    return opened.policy
  }
  const files = (letter: string, ...names: readonly string[]): readonly EvidenceSource[] =>
    sourcesOf(names.map((name) => `attestations/${letter}-${name}.json`))

  it.each([
    ['cilock', 'c'],
    ['witness', 'w'],
  ] as const)('of the image is bound to it: %s', async (profile, letter) => {
    const passed = await passedOf(
      open(profile),
      files(letter, 'docker-build', 'docker-sbom'),
      seedsOf(own),
      profile,
    )
    const finding = correlateImage(own, passed)
    expect(finding.status).toBe('met')
    const [platform, ...others] = finding.children ?? []
    expect(platform?.facts?.['boundBy']).toMatch(/^(oci imageid|docker imagedigest) sha256:(1309|2255)/)
    expect(others.map(({ message }) => message)).toEqual([
      expect.stringContaining('step docker-build is about this image'),
      expect.stringContaining(`of this image: it names ${of(image?.manifest ?? '')}`),
    ])
  })

  const names = ['config', 'manifest', 'index', 'base', 'tagText', 'tar', 'savedManifest'] as const
  const seeds = [
    ...names.map((name) => image?.[name] ?? ''),
    ...(image?.layers ?? []),
    ...(image?.diffids ?? []),
  ]
  it.each(seeds)('does not bind another image, though a search by %s may pass', async (seed) => {
    const [build, bill] = files('w', 'docker-build', 'docker-sbom')
    const both = [build!, bill!]
    const passed = await passedOf(open('witness'), both, [image?.config ?? '', seed], 'witness')
    // An image whose digests are all those that do not name images.
    const stranger: ImageDigests = {
      signed: of(digest('a')),
      platforms: [{ manifest: of(digest('a')), config: of(digest('b')) }],
    }
    expect(bound(stranger, passed)).toBe('unmet digest-mismatch')
    const fooled: ImageDigests = {
      signed: of(seed),
      platforms: [{ manifest: of(seed), config: of(digest('b')) }],
    }
    expect(bound(fooled, passed)).toBe(seed === image?.manifest ? 'met' : 'unmet digest-mismatch')
    const asConfig: ImageDigests = {
      signed: of(digest('a')),
      platforms: [{ manifest: of(digest('a')), config: of(seed) }],
    }
    expect(bound(asConfig, passed)).toBe(seed === image?.config ? 'met' : 'unmet digest-mismatch')
  })

  it.each([
    ['cilock', 'c'],
    ['witness', 'w'],
  ] as const)('with the SBOM of a sibling is not: %s', async (profile, letter) => {
    const config = '30e8c9eb1b8069426ec9997ff935ef66afda3e066eb7d5ed0d345b999d824520'
    const manifest = 'ac637126c0cfcdfb441a8e492265faa9179e4bd1de36587c9f5149a785a9fc3d'
    const sibling: ImageDigests = {
      signed: of(manifest),
      platforms: [{ manifest: of(manifest), config: of(config) }],
    }
    const passed = await passedOf(
      open(profile),
      files(letter, 'img2-build', 'docker-sbom'),
      seedsOf(sibling),
      profile,
    )
    const finding = correlateImage(sibling, passed)
    expect('code' in finding ? finding.code : finding.status).toBe('digest-mismatch')
    const bad = finding.children?.filter(({ status }) => status === 'unmet').map(({ message }) => message)
    expect(bad).toEqual([expect.stringContaining('docker-sbom: expected a bill of materials of this image')])
  })

  it("gives the tutorial's rule what it reads", async () => {
    const said: unknown[] = []
    const { ask } = agreeable()
    const policy = open('cilock', 'tutorial')
    for (const config of [image?.config ?? '', digest('f')]) {
      const asked: ImageDigests = { ...own, platforms: [{ manifest: of(digest('e')), config: of(config) }] }
      await evaluateWitness({
        policy,
        envelopes: files('c', 'docker-build', 'docker-sbom'),
        subjects: [image?.config ?? ''],
        profile: profiles.cilock,
        now,
        image: asked,
        ask: async (question) => {
          const input = JSON.parse(question.inputs[0] ?? '{}') as Record<string, unknown>
          if ('cosign_subject' in input) said.push([input['image_digest'], input['cosign_subject']])
          return ask(question)
        },
      })
    }
    const signed = of(image?.index ?? '')
    expect(said).toEqual([
      [signed, signed],
      [of(image?.config ?? ''), signed],
    ])
  })
})

describe('an image of the tests', () => {
  const me = maker()
  const [manifest, config, other] = [digest('a'), digest('b'), digest('c')]
  const image: ImageDigests = {
    signed: of(manifest),
    platforms: [{ manifest: of(manifest), config: of(config) }],
  }
  const opened = readPolicy(
    Buffer.from(JSON.stringify(policyOf({ build: {}, more: {} }, me))),
    'p',
    profiles.cilock,
  ).policy
  const policy = opened!
  const some = { type: environment, attestation: {} }
  const saved = (imageid: string, tar = 'd'): { type: string; attestation: unknown } => ({
    type: oci,
    attestation: {
      imageid: { sha256: imageid },
      tardigest: { sha256: digest(tar) },
      manifestdigest: { sha256: digest('9') },
    },
  })
  const built = (...digests: readonly string[]): { type: string; attestation: unknown } => ({
    type: docker,
    attestation: {
      products: Object.fromEntries(digests.map((one) => [one, { imagedigest: { sha256: one } }])),
    },
  })
  const bill = (component: unknown): { type: string; attestation: unknown } => ({
    type: bom,
    attestation: { bomFormat: 'CycloneDX', metadata: { component } },
  })
  const material = (tar: string): { type: string; attestation: unknown } => ({
    type: 'https://aflock.ai/attestations/material/v0.1',
    attestation: { 'image.tar': { sha256: digest(tar) } },
  })
  const product = {
    type: 'https://aflock.ai/attestations/product/v0.1',
    attestation: { 'image.tar': { digest: { sha256: digest('d') } } },
  }
  type Said = readonly { readonly type: string; readonly attestation: unknown }[]

  it.each<[string, Said, Said, string]>([
    ['bound by its config', [saved(config)], [], 'met'],
    ['bound by its manifest', [built(manifest)], [], 'met'],
    [
      'bound by its config, though first pushed as another manifest',
      [saved(config), built(other)],
      [],
      'met',
    ],
    ['built together with another', [built(other, manifest)], [], 'met'],
    ['not built at all', [some], [], 'unmet attestation-missing'],
    ['another one', [saved(other), built(other)], [], 'unmet digest-mismatch'],
    ['whose config is said to be its manifest', [saved(manifest)], [], 'unmet digest-mismatch'],
    ['whose manifest is said to be its config', [built(config)], [], 'unmet digest-mismatch'],
    ['known by its tar alone', [product], [], 'unmet attestation-missing'],
    ['of a step beside a step about another', [saved(config)], [built(other)], 'unmet digest-mismatch'],
    [
      'with a bill that names it',
      [saved(config)],
      [bill({ type: 'container', version: of(manifest) })],
      'met',
    ],
    [
      'with a bill that names the saved manifest',
      [saved(config)],
      [bill({ version: of(digest('9')) })],
      'met',
    ],
    [
      'with a bill that names it in its package URL',
      [saved(config)],
      [bill({ purl: `pkg:oci/app@sha256%3A${manifest}?tag=1` })],
      'met',
    ],
    [
      "with trivy's bill",
      [saved(config)],
      [
        bill({
          type: 'container',
          properties: [
            { name: 'aquasecurity:trivy:ImageID', value: of(config) },
            { name: 'aquasecurity:trivy:DiffID', value: of(other) },
          ],
        }),
      ],
      'met',
    ],
    [
      'with a bill that shares a layer',
      [saved(config)],
      [
        bill({
          type: 'container',
          properties: [
            { name: 'aquasecurity:trivy:ImageID', value: of(other) },
            { name: 'aquasecurity:trivy:DiffID', value: of(config) },
          ],
        }),
      ],
      'unmet digest-mismatch',
    ],
    ['with a bill of another', [saved(config)], [bill({ version: of(other) })], 'unmet digest-mismatch'],
    [
      'with a bill of another, made from the same tar',
      [saved(config)],
      [bill({ version: of(other) }), material('d')],
      'unmet digest-mismatch',
    ],
    [
      'with a bill of the other image of one build',
      [built(manifest, other)],
      [bill({ version: of(other) })],
      'unmet digest-mismatch',
    ],
    [
      'with a bill that was made from its tar',
      [saved(config)],
      [bill({ type: 'container', name: 'image.tar' }), material('d')],
      'met',
    ],
    [
      'with a bill that was made from another tar',
      [saved(config)],
      [bill({ type: 'container', name: 'image.tar' }), material('e')],
      'unmet attestation-missing',
    ],
    ['with a bill that says nothing', [saved(config)], [bill({})], 'unmet attestation-missing'],
    ['with a bill of its source', [saved(config)], [bill({ type: 'application', name: 'app' })], 'met'],
  ])('%s', async (_, build, more, verdict) => {
    const envelopes = [
      collection({ name: 'build', attestations: [some, ...build], subjects: [manifest] }, me),
      collection({ name: 'more', attestations: [some, ...more], subjects: [manifest] }, me),
    ]
    expect(bound(image, await passedOf(policy, envelopes, seedsOf(image)))).toBe(verdict)
  })

  it('explains a tar that no oci attestor reads', async () => {
    const envelopes = ['build', 'more'].map((name) =>
      collection({ name, attestations: [some, product], subjects: [manifest] }, me),
    )
    const finding = correlateImage(image, await passedOf(policy, envelopes, seedsOf(image)))
    expect(finding.children?.[0]?.message).toContain('none of `type=oci`')
  })

  it('with platforms is bound by its index, or each by itself', async () => {
    const two: ImageDigests = {
      signed: of(digest('1')),
      index: of(digest('1')),
      platforms: [image.platforms[0]!, { manifest: of(digest('2')), config: of(digest('3')) }],
    }
    const verdict = async (...build: Said): Promise<string> => {
      const envelopes = ['build', 'more'].map((name) =>
        collection(
          { name, attestations: name === 'build' ? [some, ...build] : [some], subjects: [manifest] },
          me,
        ),
      )
      return bound(two, await passedOf(policy, envelopes, [manifest]))
    }
    expect(await verdict(built(digest('1')))).toBe('met')
    expect(await verdict(built(manifest))).toBe('unmet digest-mismatch')
    expect(await verdict(built(manifest), saved(digest('3')))).toBe('met')
  })

  it('without anything that passed is not bound', () => {
    expect(bound(image, [])).toBe('unmet attestation-missing')
  })
})
